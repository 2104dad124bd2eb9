/**
 * Where the kernels keep a network's numbers: layer by layer in panels of 32 columns, [panel][inputs + 1][32], the last row of a panel its
 * biases, columns that do not exist zero. Conversions from and to the flat order of the seam.
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
}

export function panelLayers(shape: NetworkShape): readonly PanelLayer[] {
  let offset = 0
  return layersOf(shape).map(({ inputs, outputs: units }) => {
    const layer = { inputs, units, panels: Math.ceil(units / COLUMNS), offset }
    offset += layer.panels * (inputs + 1) * COLUMNS
    return layer
  })
}

/** How many numbers the panels of all layers take. */
export function panelNumbers(layers: readonly PanelLayer[]): number {
  const { inputs, panels, offset } = layers[layers.length - 1]!
  return offset + panels * (inputs + 1) * COLUMNS
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
  for (const { inputs, units, panels, offset } of layers) {
    // The biases, row `inputs`, follow the weights in both orders.
    for (let row = 0; row <= inputs; row++) {
      for (let panel = 0; panel < panels; panel++) {
        const begin = panel * COLUMNS
        visit(offset + (panel * (inputs + 1) + row) * COLUMNS, flat + begin, Math.min(COLUMNS, units - begin))
      }
      flat += units
    }
  }
}
