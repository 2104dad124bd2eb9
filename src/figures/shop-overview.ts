/** The shop's data at a glance: who comes, what is sold at what price, how unevenly it sells, and when. */
import { max, min } from 'simple-statistics'
import { hourOf } from '../data/calendar'
import type { ShopTables } from '../data/tables'
import type { Figure, Plot } from './figure'
import { axis, layout, PALETTE, readable } from './theme'

const AGE_BIN = 5
const PRICE_BINS = 12

/** Six panels: ages, categories, prices; interactions by item, by outcome and by hour of the day (UTC). */
export function shopOverview({ users, items, interactions }: ShopTables, { title = 'The shop at a glance' } = {}): Figure {
  const ages = histogram(users.age, AGE_BIN)
  const categories = counted(items.categories).sort((a, b) => b[1] - a[1])
  const highestPrice = max(Array.from(items.price))
  const prices = histogram(items.price, niceWidth(highestPrice / PRICE_BINS))
  const byItem = new Float64Array(items.count)
  const byHour = new Array<number>(24).fill(0)
  const byEvent = [0, 0, 0]
  for (let row = 0; row < interactions.count; row++) {
    byItem[interactions.item[row]!]! += 1
    byHour[hourOf(interactions.timestamp[row]!)]! += 1
    byEvent[interactions.event[row]!]! += 1
  }
  const popularity = Array.from(byItem).sort((a, b) => b - a)
  const panels = [
    panel('Items by kind', 'Items', '', {
      ...bars(
        categories.map(([, count]) => count),
        categories.map(([name]) => name),
        2,
      ),
      orientation: 'h',
    }),
    panel('Shoppers by age', 'Age (years)', 'Shoppers', bars(ages.middles, ages.counts, 0)),
    panel('Items by price', 'Price (dollars)', 'Items', bars(prices.middles, prices.counts, 4)),
    panel('Popularity: the long tail', 'Item, most popular first', 'Interactions', {
      x: popularity.map((_, rank) => rank + 1),
      y: popularity,
      type: 'scatter',
      mode: 'lines',
      fill: 'tozeroy',
      line: { color: PALETTE[1], width: 2 },
    }),
    panel('What shoppers did', '', 'Interactions', bars(['ignored', 'clicked', 'bought'], byEvent, 3)),
    panel(
      'Interactions by hour',
      'Hour of the day (UTC)',
      'Interactions',
      bars(
        byHour.map((_, hour) => hour),
        byHour,
        5,
      ),
    ),
  ]
  const shopperAges = Array.from(users.age)
  const total = interactions.count || 1
  const fifth = popularity.slice(0, Math.ceil(items.count / 5)).reduce((sum, count) => sum + count, 0)
  const busiest = byHour.indexOf(Math.max(...byHour))
  const description =
    `${readable(users.count)} shoppers aged ${min(shopperAges)} to ${max(shopperAges)}; ${readable(items.count)} items of ${categories.length} kinds, ` +
    `most of them ${categories[0]?.[0] ?? 'none'}, priced up to ${readable(highestPrice)}; ${readable(interactions.count)} interactions, of which ${percent(byEvent[1]! / total)} ` +
    `were clicks and ${percent(byEvent[2]! / total)} purchases. The most popular fifth of the items drew ${percent(fifth / total)} of them; the busiest hour is ${busiest} o'clock UTC.`
  return arrange(panels, title, description)
}

interface Panel {
  readonly title: string
  readonly x: string
  readonly y: string
  readonly trace: Plot
}

const panel = (title: string, x: string, y: string, trace: Plot): Panel => ({ title, x, y, trace: { ...trace, name: title } })

function bars(x: readonly (string | number)[], y: readonly (string | number)[], colour: number): Plot {
  return { x: [...x], y: [...y], type: 'bar', marker: { color: PALETTE[colour]! } }
}

/** Two columns, three rows: at 700 pixels three columns would leave no room for the axes. */
function arrange(panels: readonly Panel[], title: string, description: string): Figure {
  const rows = Math.ceil(panels.length / 2)
  const figure = layout(title, description, { height: 110 + 240 * rows, showlegend: false, margin: { l: 64, r: 24, t: 84, b: 60 } })
  figure.annotations = []
  const data = panels.map(({ title, x, y, trace }, order) => {
    const at = order === 0 ? '' : String(order + 1)
    const left = order % 2 === 0 ? 0 : 0.57
    // Rows reach from the top to the bottom, with room for axis and title between them.
    const height = 0.66 / rows
    const top = 1 - (Math.floor(order / 2) * (1 - height)) / Math.max(1, rows - 1)
    const domain = { x: [left, left + 0.43], y: [top - height, top] }
    const lying = trace.orientation === 'h'
    Object.assign(figure, {
      [`xaxis${at}`]: axis(x, { domain: domain.x, anchor: `y${at}` as 'y2', showgrid: lying }),
      [`yaxis${at}`]: axis(y, {
        domain: domain.y,
        anchor: `x${at}` as 'x2',
        ...(lying ? { autorange: 'reversed', ticks: '', showgrid: false } : { nticks: 5, rangemode: 'tozero' }),
      }),
    })
    figure.annotations!.push({
      text: `<b>${title}</b>`,
      xref: 'paper',
      yref: 'paper',
      x: left,
      y: top,
      xanchor: 'left',
      yanchor: 'bottom',
      showarrow: false,
    })
    return { ...trace, xaxis: `x${at}`, yaxis: `y${at}` }
  })
  return { data, layout: figure }
}

/** Counts in bins [0, width), [width, 2 width) and so on, from the first that holds something to the last. */
function histogram(values: ArrayLike<number>, width: number): { middles: number[]; counts: number[] } {
  const bins = Array.from(values, value => Math.floor(value / width))
  if (bins.length === 0) return { middles: [], counts: [] }
  const first = min(bins)
  const counts = new Array<number>(max(bins) - first + 1).fill(0)
  for (const bin of bins) counts[bin - first]! += 1
  return { middles: counts.map((_, at) => Number(((first + at + 0.5) * width).toPrecision(6))), counts }
}

/** The nearest width above that people count in: 1, 2 or 5 times a power of ten. */
function niceWidth(width: number): number {
  if (!(width > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(width))
  return power * ([1, 2, 5].find(step => step * power >= width) ?? 10)
}

function counted(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Array.from(counts)
}

const percent = (share: number): string => `${readable(100 * share, 2)} %`
