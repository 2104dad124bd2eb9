/** A ranked list for one shopper: the items recommended, best on top, with the agent's scores as bars. */
import type { Figure } from './figure'
import { axis, layout, PALETTE, readable } from './theme'

export interface RecommendedItem {
  readonly label: string
  readonly score: number
  /** Same category, same colour. */
  readonly category?: string
}

export interface RecommendationsOptions {
  readonly title?: string
  /** What the score is: 'Expected return (reward)'. */
  readonly measure?: string
}

/** Items in the order given, the first on top. Two items may bear the same label. */
export function recommendations(items: readonly RecommendedItem[], options: RecommendationsOptions = {}): Figure {
  if (items.length === 0) throw new RangeError('recommendations needs at least one item')
  const { title = 'Recommended', measure = 'Score (expected return)' } = options
  const categories = [...new Set(items.map(item => item.category ?? ''))]
  // Places, not labels, are the axis, so that equal labels keep rows of their own.
  const data = categories.map((category, order) => {
    const places = items.map((_, place) => place).filter(place => (items[place]!.category ?? '') === category)
    return {
      type: 'bar' as const,
      orientation: 'h' as const,
      x: places.map(place => items[place]!.score),
      y: places,
      name: category || 'Items',
      marker: { color: PALETTE[order % PALETTE.length]! },
      text: places.map(place => readable(items[place]!.score)),
      textposition: 'auto' as const,
      hovertext: places.map(place => `${items[place]!.label}: ${readable(items[place]!.score)}`),
      hoverinfo: 'text' as const,
      width: places.map(() => 0.7),
    }
  })
  return {
    data,
    layout: layout(title, `Best first: ${items.map(item => `${item.label} ${readable(item.score)}`).join(', ')}.`, {
      height: 150 + 44 * items.length,
      barmode: 'overlay',
      showlegend: categories.length > 1,
      xaxis: axis(measure, { rangemode: 'tozero' }),
      yaxis: axis('', {
        tickmode: 'array',
        tickvals: items.map((_, place) => place),
        ticktext: items.map(item => item.label),
        range: [items.length - 0.5, -0.5],
        ticks: '',
        showgrid: false,
      }),
    }),
  }
}
