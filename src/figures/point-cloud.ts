/** Points on a plane, each with a name, in groups told apart by colour and shape. */
import type { Figure, Plot } from './figure'
import { axis, layout, PALETTE } from './theme'

export interface CloudPoint {
  readonly x: number
  readonly y: number
  /** What one reads when pointing at it. */
  readonly label?: string
  /** The name of its group. */
  readonly group: string
}

export interface PointCloudOptions {
  readonly title: string
  /** What the axes measure, with their units. */
  readonly across: string
  readonly up: string
  /** What the points are, in the plural: 'shoppers'. */
  readonly what: string
  readonly note?: string
}

// Shapes change after each round of colours, so that eight groups differ without eight colours.
const SHAPES = ['circle', 'diamond-open', 'cross-thin-open'] as const

/** Groups in the order in which they first appear. */
export function pointCloud(points: readonly CloudPoint[], { title, across, up, what, note }: PointCloudOptions): Figure {
  const groups = Array.from(new Set(points.map(({ group }) => group)))
  const data = groups.map((group, order): Plot => {
    const own = points.filter(point => point.group === group)
    return {
      x: own.map(({ x }) => x),
      y: own.map(({ y }) => y),
      ...(own.some(({ label }) => label !== undefined) && { text: own.map(({ label }) => label ?? '') }),
      type: 'scatter',
      mode: 'markers',
      name: group,
      marker: {
        size: 7,
        color: PALETTE[order % PALETTE.length]!,
        symbol: SHAPES[Math.floor(order / PALETTE.length) % SHAPES.length]!,
        line: { width: order < PALETTE.length ? 0 : 1.5 },
        opacity: 0.8,
      },
    }
  })
  const sizes = groups.map(group => `${group} ${points.filter(point => point.group === group).length}`)
  const grouped = groups.length > 1 ? `, in ${groups.length} groups: ${sizes.join(', ')}` : ''
  return {
    data,
    layout: layout(
      title,
      `${points.length} ${what} by ${across} and ${up}${grouped}.`,
      {
        height: 520,
        margin: { l: 64, r: 24, t: note ? 78 : 58, b: 60 }, // the legend stands below
        showlegend: groups.length > 1,
        legend: { orientation: 'h', x: 0, y: -0.16, xanchor: 'left', yanchor: 'top' },
        xaxis: axis(across),
        yaxis: axis(up),
      },
      note,
    ),
  }
}
