/** The long tail as a Lorenz curve (Lorenz 1905): what share of all interactions the most popular items have together. */
import { gini } from '../metrics/gini'
import type { Figure, Plot } from './figure'
import { percent } from './panels'
import { shareOfTopFifth } from './shop-counts'
import { axis, layout, PALETTE, QUIET } from './theme'

export interface Spread {
  /** Whose counts: 'items'. */
  readonly label: string
  /** How often each occurred, any order. */
  readonly counts: ArrayLike<number>
}

/**
 * A curve for each list, the most frequent first, beside the line of an even spread; the farther from it, the longer the tail. A dotted line
 * marks the top fifth.
 *
 * @throws RangeError for a list that is empty or holds no count
 */
export function longTail(spreads: readonly Spread[], { title = 'The long tail', unit = 'interactions' } = {}): Figure {
  const told: string[] = []
  const data = spreads.map(({ label, counts }, order): Plot => {
    const sorted = Array.from(counts).sort((one, other) => other - one)
    const spread = gini(sorted)
    const total = sorted.reduce((sum, count) => sum + count, 0) || 1
    let sum = 0
    const shares = sorted.map(count => (100 * (sum += count)) / total)
    told.push(`the top fifth of the ${label} has ${percent(shareOfTopFifth(sorted))} (Gini ${spread.toFixed(2)})`)
    return {
      x: [0, ...sorted.map((_, rank) => (100 * (rank + 1)) / sorted.length)],
      y: [0, ...shares],
      type: 'scatter',
      mode: 'lines',
      name: `${label}: Gini ${spread.toFixed(2)}`,
      line: { color: PALETTE[order % PALETTE.length]!, width: 2.5 },
    }
  })
  const even: Plot = {
    x: [0, 100],
    y: [0, 100],
    type: 'scatter',
    mode: 'lines',
    name: 'even spread',
    line: { color: QUIET, width: 1.5, dash: 'dash' },
    hoverinfo: 'skip',
  }
  return {
    data: [...data, even],
    layout: layout(title, `Share of all ${unit}, the most frequent first: ${told.join('; ')}.`, {
      xaxis: axis(`Share of the ${spreads.map(({ label }) => label).join(', of the ')}, the most frequent first (%)`, { range: [0, 100] }),
      yaxis: axis(`Share of all ${unit} (%)`, { range: [0, 102] }),
      shapes: [{ type: 'line', x0: 20, x1: 20, y0: 0, y1: 100, line: { color: QUIET, width: 1, dash: 'dot' } }],
    }),
  }
}
