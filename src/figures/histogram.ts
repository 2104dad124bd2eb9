/** How numbers are spread: the share of them in each of some equal intervals, one group or several side by side. */
import type { Figure, Plot } from './figure'
import { axis, layout, PALETTE, readable } from './theme'

export interface HistogramGroup {
  readonly label: string
  readonly values: ArrayLike<number>
}

export interface HistogramOptions {
  readonly title: string
  /** What the numbers are, with their unit. */
  readonly across: string
  /** What is counted, in the plural: 'products'. */
  readonly what: string
  /** Intervals; 24. */
  readonly bins?: number
  readonly note?: string
}

/** @throws RangeError for a group without numbers or with one that is not finite */
export function histogram(groups: readonly HistogramGroup[], { title, across, what, bins = 24, note }: HistogramOptions): Figure {
  const lists = groups.map(({ label, values }) => {
    const list = Array.from(values)
    if (list.length === 0) throw new RangeError(`${label} has no numbers to draw`)
    const wrong = list.find(value => !Number.isFinite(value))
    if (wrong !== undefined) throw new RangeError(`${label} has the value ${wrong}; only finite numbers can be drawn`)
    return list
  })
  const all = lists.flat()
  const low = least(all)
  const high = most(all)
  const size = (high - low) / bins || 1
  const middles = Array.from({ length: bins }, (_, bin) => Number((low + (bin + 0.5) * size).toPrecision(6)))
  const data = lists.map((list, order): Plot => {
    const counts = new Float64Array(bins)
    for (const value of list) counts[Math.min(bins - 1, Math.floor((value - low) / size))]!++
    return {
      x: middles,
      y: Array.from(counts, count => Number((count / list.length).toPrecision(6))),
      type: 'bar',
      name: groups[order]!.label,
      marker: { color: PALETTE[order % PALETTE.length]! },
      opacity: lists.length > 1 ? 0.6 : 1,
    }
  })
  const said = lists.map((list, order) => {
    const mean = list.reduce((sum, value) => sum + value, 0) / list.length
    return `${groups[order]!.label}: mean ${readable(mean)}, from ${readable(least(list))} to ${readable(most(list))}`
  })
  return {
    data,
    layout: layout(
      title,
      `${across}, share of ${all.length} ${what}. ${said.join('; ')}.`,
      {
        barmode: 'overlay',
        bargap: 0.04,
        height: 360,
        showlegend: lists.length > 1,
        xaxis: axis(across),
        yaxis: axis(`Share of the ${what}`, { rangemode: 'tozero' }),
      },
      note,
    ),
  }
}

// Not Math.min(...list): a list may be longer than a call can have arguments.
function least(list: readonly number[]): number {
  return list.reduce((one, other) => Math.min(one, other), Infinity)
}

function most(list: readonly number[]): number {
  return list.reduce((one, other) => Math.max(one, other), -Infinity)
}
