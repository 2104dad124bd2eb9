/**
 * Where the kernels keep a network's numbers: layer by layer in panels of 32 columns, [panel][inputs + 1][32], the last row of a panel its
 * biases, columns that do not exist zero. Behind a normalised layer, whose biases stay zero, lie panels of its shifts and its scales,
 * [panel][32] each. Conversions from and to the flat order of the seam.
 */
import { layersOf } from '../initialise'
import type { NetworkShape } from '../network'

/** Columns of a panel. */
export const COLUMNS = 32

/** A layer's place among the panels. */
export interface PanelLayer {
  readonly inputs: number
  readonly units: number
  readonly panels: number
  /** Of its first number, counted in numbers. */
  readonly offset: number
  /** Where the layer is normalised: of its shifts and scales, and among the statistics of its means and variances. */
  readonly normalisation?: Normalised
}

interface Normalised {
  readonly shifts: number
  readonly scales: number
  readonly means: number
  readonly variances: number
}

export function panelLayers(shape: NetworkShape): readonly PanelLayer[] {
  let offset = 0
  let statistics = 0
  return layersOf(shape).map(({ inputs, outputs: units, normalisation }) => {
    const panels = Math.ceil(units / COLUMNS)
    const layer = { inputs, units, panels, offset }
    offset += panels * (inputs + 1) * COLUMNS
    if (!normalisation) return layer
    const width = panels * COLUMNS
    const places = { shifts: offset, scales: offset + width, means: statistics, variances: statistics + width }
    offset += 2 * width
    statistics += 2 * width
    return { ...layer, normalisation: places }
  })
}

/** How many numbers the panels of all layers take. */
export function panelNumbers(layers: readonly PanelLayer[]): number {
  const { inputs, panels, offset } = layers[layers.length - 1]!
  return offset + panels * (inputs + 1) * COLUMNS
}

/** How many numbers the panels of running statistics take. */
export function statisticNumbers(layers: readonly PanelLayer[]): number {
  return layers.reduce((sum, { panels, normalisation }) => sum + (normalisation ? 2 * panels * COLUMNS : 0), 0)
}

/** Writes flat running statistics into panels. */
export function statisticsToPanels(layers: readonly PanelLayer[], flat: Float32Array, panels: Float32Array): void {
  eachStatistic(layers, (place, from, count) => panels.set(flat.subarray(from, from + count), place))
}

/** Reads flat running statistics back from panels. */
export function statisticsFromPanels(layers: readonly PanelLayer[], panels: Float32Array, flat: Float32Array): void {
  eachStatistic(layers, (place, to, count) => flat.set(panels.subarray(place, place + count), to))
}

/** Writes flat numbers into panels; places that stand for no number are left alone. */
export function toPanels(layers: readonly PanelLayer[], flat: Float32Array, panels: Float32Array): void {
  eachRow(layers, (place, from, count) => panels.set(flat.subarray(from, from + count), place))
}

/** Reads flat numbers back from panels. */
export function fromPanels(layers: readonly PanelLayer[], panels: Float32Array, flat: Float32Array): void {
  eachRow(layers, (place, to, count) => flat.set(panels.subarray(place, place + count), to))
}

/** Calls `visit` for each stretch that is contiguous in both orders: its place in the panels, in the flat array, and its length. */
function eachRow(layers: readonly PanelLayer[], visit: (place: number, flat: number, count: number) => void): void {
  let flat = 0
  for (const { inputs, units, panels, offset, normalisation } of layers) {
    // The biases, row `inputs`, follow the weights in both orders.
    const rows = normalisation ? inputs : inputs + 1
    for (let row = 0; row < rows; row++) {
      for (let panel = 0; panel < panels; panel++) {
        const begin = panel * COLUMNS
        visit(offset + (panel * (inputs + 1) + row) * COLUMNS, flat + begin, Math.min(COLUMNS, units - begin))
      }
      flat += units
    }
    if (!normalisation) continue
    visit(normalisation.shifts, flat, units)
    visit(normalisation.scales, flat + units, units)
    flat += 2 * units
  }
}

function eachStatistic(layers: readonly PanelLayer[], visit: (place: number, flat: number, count: number) => void): void {
  let flat = 0
  for (const { units, normalisation } of layers) {
    if (!normalisation) continue
    visit(normalisation.means, flat, units)
    visit(normalisation.variances, flat + units, units)
    flat += 2 * units
  }
}
