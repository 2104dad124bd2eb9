/**
 * The forward pass on the kernels: a chunk of rows from a network's inputs to the inputs of its last layer.
 *
 * Between layers stand lists of the numbers that are not zero (assembly/lists.ts), one a row, and for each row bits that name them.
 */
import { epsilon } from '../batch-normalisation'
import type { NetworkShape } from '../network'
import type { Block } from './arena'
import type { Blocks } from './blocks'
import { COLUMNS, type PanelLayer, panelLayers, panelNumbers, statisticNumbers } from './panels'

/** Rows worked on together: their lists and activations fit the second-level cache beside the weights. */
export const CHUNK = 64

/** Lists, one a row: they begin at address + row · stride, and ends[row] holds the address behind the last entry. */
export type Lists = readonly [address: number, stride: number, ends: number]

/** The inputs of a layer, and the bits that say which of them are not zero. */
export interface LayerInputs {
  readonly lists: Lists
  readonly active: number
}

/** Bytes of a list's entry, and the room behind a list that the kernels may write to. */
export const ENTRY = 8
const SLACK = 4 * ENTRY

/** Room for the lists of `rows` rows of at most `entries` entries. */
export function takeLists(blocks: Blocks, rows: number, entries: number): Lists {
  const stride = Math.ceil((entries * ENTRY + SLACK) / 16) * 16
  return [blocks.take(rows * stride).address, stride, blocks.take(4 * rows).address]
}

const undropped: Dropped = { kept: 0, scale: 1 }

/** What normalises hidden layers by the statistics of the rows at hand, while learning. */
export interface Normaliser {
  /** One hidden layer: from the lists of its inputs to those of its activations. */
  advance(layer: number, inputs: Lists, rows: number, dropped: Dropped, next: LayerInputs): void
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
  /** Running means and variances of the normalised layers, [panel][32] each. */
  readonly statistics: Block
  readonly inputs: readonly LayerInputs[]
  /** One output a row, named and computed. */
  readonly chosen: Block
  readonly results: Block
  private readonly staged: Block
  /** All outputs of a chunk, or the leaders among them. */
  private outputs: Block | undefined
  /** The parameters with the running statistics folded in, for acting, and whether they are those of now. */
  private folded: Block | undefined
  private foldedIsCurrent = false

  /**
   * @param capacity how many rows are worked on together
   * @param owner    whose parameters and statistics to work on; its own when left out
   */
  constructor(
    private readonly shape: NetworkShape,
    private readonly blocks: Blocks,
    readonly capacity = CHUNK,
    owner?: Forward,
  ) {
    this.layers = panelLayers(shape)
    this.last = this.layers[this.layers.length - 1]!
    this.numbers = panelNumbers(this.layers)
    this.parameters = owner?.parameters ?? blocks.take(4 * this.numbers)
    this.statistics = owner?.statistics ?? blocks.take(4 * statisticNumbers(this.layers))
    this.inputs = this.layers.map(({ inputs }) => ({
      lists: takeLists(blocks, capacity, inputs + 1),
      active: blocks.take(4 * capacity * Math.ceil(inputs / COLUMNS)).address,
    }))
    this.chosen = blocks.take(4 * capacity)
    this.results = blocks.take(4 * capacity)
    this.staged = blocks.take(4 * capacity * shape.inputs + SLACK)
  }

  /** To be called when parameters or statistics have changed. */
  changed(): void {
    this.foldedIsCurrent = false
  }

  /** Where a layer's weights lie. */
  weights({ offset }: PanelLayer): number {
    return this.parameters.address + 4 * offset
  }

  get lastInputs(): Lists {
    return this.inputs[this.inputs.length - 1]!.lists
  }

  /**
   * Brings rows to the inputs of the last layer: from row `from` on, at most `capacity`. Returns how many.
   *
   * @param dropped    for each layer that dropout stands behind; none when acting
   * @param normaliser of a learner; when left out, normalised layers go by their running statistics
   * @throws RangeError when there are fewer inputs than `rows` rows
   */
  advance(inputs: Float32Array, from: number, rows: number, dropped: readonly Dropped[] = [], normaliser?: Normaliser): number {
    const width = this.shape.inputs
    if (inputs.length < rows * width) {
      throw new RangeError(`inputs holds ${inputs.length} numbers; ${rows} rows of ${width} are needed`)
    }
    const { kernels } = this.blocks.engine
    const count = Math.min(this.capacity, rows - from)
    this.staged.floats.set(inputs.subarray(from * width, (from + count) * width))
    kernels.listRows(this.staged.address, count, width, ...this.inputs[0]!.lists)
    const acting = normaliser ? 0 : this.acting().address
    for (let at = 0; at < this.layers.length - 1; at++) {
      const layer = this.layers[at]!
      const { kept, scale } = dropped[at] ?? undropped
      const next = this.inputs[at + 1]!
      const bits = kept && kept + 4 * from * layer.panels
      if (normaliser) {
        normaliser.advance(at, this.inputs[at]!.lists, count, { kept: bits, scale }, next)
        continue
      }
      kernels.hiddenLayer(
        ...this.inputs[at]!.lists,
        count,
        acting + 4 * layer.offset,
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

  /** Parameters whose hidden layers need nothing but the sum: normalised ones have their running statistics folded in. */
  private acting(): Block {
    if (this.statistics.bytes === 0) return this.parameters
    this.folded ??= this.blocks.take(4 * this.numbers)
    if (!this.foldedIsCurrent) this.fold(this.folded.address)
    return this.folded
  }

  private fold(folded: number): void {
    const [parameters, statistics] = [this.parameters.address, this.statistics.address]
    for (const { inputs, units, offset, normalisation } of this.layers) {
      if (!normalisation) continue
      const learnt = [normalisation.shifts, normalisation.scales].map(place => parameters + 4 * place)
      const running = [normalisation.means, normalisation.variances].map(place => statistics + 4 * place)
      this.blocks.engine.kernels.foldStatistics(parameters + 4 * offset, inputs, units, ...learnt, ...running, epsilon, folded + 4 * offset)
    }
    this.foldedIsCurrent = true
  }

  private takeOutputs(): Block {
    return this.blocks.take(4 * this.capacity * this.last.panels * COLUMNS)
  }
}
