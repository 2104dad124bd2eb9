/**
 * The forward pass on the kernels: a chunk of rows from a network's inputs to the inputs of its last layer.
 *
 * Between layers stand lists of the numbers that are not zero (assembly/lists.ts), one a row, and for each row bits that name them.
 */
import type { NetworkShape } from '../network'
import type { Block } from './arena'
import type { Engine } from './engine'
import { COLUMNS, type PanelLayer, panelLayers, panelNumbers } from './panels'

/** Rows worked on together: their lists and activations fit the second-level cache beside the weights. */
export const CHUNK = 64

/** Lists, one a row: they begin at address + row · stride, and ends[row] holds the address behind the last entry. */
export type Lists = readonly [address: number, stride: number, ends: number]

/** Bytes of a list's entry, and the room behind a list that the kernels may write to. */
const ENTRY = 8
const SLACK = 4 * ENTRY

/** Takes blocks, and remembers them so that they can be given back together. */
export class Blocks {
  readonly taken: Block[] = []

  constructor(readonly engine: Engine) {}

  take(bytes: number): Block {
    const block = this.engine.arena.take(bytes)
    this.taken.push(block)
    return block
  }

  takeLists(rows: number, entries: number): Lists {
    const stride = Math.ceil((entries * ENTRY + SLACK) / 16) * 16
    return [this.take(rows * stride).address, stride, this.take(4 * rows).address]
  }

  give(block: Block): void {
    this.taken.splice(this.taken.indexOf(block), 1)
    this.engine.arena.give(block)
  }
}

/** What dropout does behind a layer: the bits of the units it keeps, and what it multiplies them by. */
export interface Dropped {
  readonly kept: number
  readonly scale: number
}

export class Forward {
  readonly layers: readonly PanelLayer[]
  readonly last: PanelLayer
  /** How many numbers the panels of all layers take. */
  readonly numbers: number
  readonly parameters: Block
  /** For each layer its inputs, and the bits that say which of them are not zero. */
  readonly inputs: readonly { lists: Lists; active: number }[]
  /** One output a row, named and computed. */
  readonly chosen: Block
  readonly results: Block
  private readonly staged: Block
  /** All outputs of a chunk, or the leaders among them. */
  private outputs: Block | undefined

  constructor(
    private readonly shape: NetworkShape,
    private readonly blocks: Blocks,
  ) {
    this.layers = panelLayers(shape)
    this.last = this.layers[this.layers.length - 1]!
    this.numbers = panelNumbers(this.layers)
    this.parameters = blocks.take(4 * this.numbers)
    this.inputs = this.layers.map(({ inputs }) => ({
      lists: blocks.takeLists(CHUNK, inputs + 1),
      active: blocks.take(4 * CHUNK * Math.ceil(inputs / COLUMNS)).address,
    }))
    this.chosen = blocks.take(4 * CHUNK)
    this.results = blocks.take(4 * CHUNK)
    this.staged = blocks.take(4 * CHUNK * shape.inputs + SLACK)
  }

  /** Where a layer's weights lie. */
  weights({ offset }: PanelLayer): number {
    return this.parameters.address + 4 * offset
  }

  get lastInputs(): Lists {
    return this.inputs[this.inputs.length - 1]!.lists
  }

  /**
   * Brings rows to the inputs of the last layer: from row `from` on, at most a chunk. Returns how many.
   *
   * @param dropped for each layer that dropout stands behind; none when acting
   * @throws RangeError when there are fewer inputs than `rows` rows
   */
  advance(inputs: Float32Array, from: number, rows: number, dropped: readonly Dropped[] = []): number {
    const width = this.shape.inputs
    if (inputs.length < rows * width) {
      throw new RangeError(`inputs holds ${inputs.length} numbers; ${rows} rows of ${width} are needed`)
    }
    const { kernels } = this.blocks.engine
    const count = Math.min(CHUNK, rows - from)
    this.staged.floats.set(inputs.subarray(from * width, (from + count) * width))
    kernels.listRows(this.staged.address, count, width, ...this.inputs[0]!.lists)
    for (let at = 0; at < this.layers.length - 1; at++) {
      const layer = this.layers[at]!
      const { kept, scale } = dropped[at] ?? { kept: 0, scale: 1 }
      const next = this.inputs[at + 1]!
      const bits = kept && kept + 4 * from * layer.panels
      kernels.hiddenLayer(
        ...this.inputs[at]!.lists,
        count,
        this.weights(layer),
        layer.inputs,
        layer.units,
        bits,
        scale,
        ...next.lists,
        next.active,
      )
    }
    return count
  }

  /** All outputs of `count` rows that were advanced. */
  all(count: number): Float32Array {
    const outputs = (this.outputs ??= this.takeOutputs())
    const { inputs, units } = this.last
    this.blocks.engine.kernels.outputLayer(...this.lastInputs, count, this.weights(this.last), inputs, units, outputs.address)
    return outputs.floats.subarray(0, count * units)
  }

  /** The largest output of each row, in `chosen`. */
  best(count: number): Int32Array {
    const leaders = (this.outputs ??= this.takeOutputs())
    const { inputs, units } = this.last
    const { kernels } = this.blocks.engine
    kernels.bestOutput(...this.lastInputs, count, this.weights(this.last), inputs, units, leaders.address, this.chosen.address)
    return this.chosen.ints
  }

  /** One output a row, in `results`. */
  at(outputs: Int32Array, from: number, count: number): Float32Array {
    const chosen = this.chosen.ints
    for (let row = 0; row < count; row++) chosen[row] = outputs[from + row]!
    const { kernels } = this.blocks.engine
    kernels.chosenOutput(...this.lastInputs, count, this.weights(this.last), this.last.inputs, this.chosen.address, this.results.address)
    return this.results.floats
  }

  private takeOutputs(): Block {
    return this.blocks.take(4 * CHUNK * this.last.panels * COLUMNS)
  }
}
