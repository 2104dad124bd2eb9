/**
 * The way back on the kernels: gradient of the chosen outputs, clipping and Adam. Only what is not zero is multiplied: of the last layer the
 * chosen columns, of the hidden ones the units that were on.
 */
import { stabiliser } from '../adam'
import { chosenLoss } from '../chosen-loss'
import { droppedWidths } from '../dropout'
import type { NetworkOptions, NetworkShape } from '../network'
import { type AdamBlocks, adamStep } from './adam'
import type { Block } from './arena'
import type { Blocks } from './blocks'
import type { Engine } from './engine'
import { CHUNK, type Dropped, ENTRY, Forward, type Lists, takeLists } from './forward'
import { Normalisation } from './normalisation'
import { COLUMNS } from './panels'

/** What a hidden layer needs on the way back. */
interface Backward {
  /** The layer's inputs by column. */
  readonly columns: Lists
  /** The gradient of its sums, as panels and as lists. */
  readonly delta: number
  readonly deltas: Lists
}

const none = new Float32Array(0)

export class Learner implements AdamBlocks {
  readonly parameters: Block
  readonly gradient: Block
  readonly firstMoments: Block
  readonly secondMoments: Block
  private readonly engine: Engine
  /** Of each hidden layer its weights turned round. */
  private readonly turned: readonly number[]
  /** What a chunk of rows needs; of a normalised network a whole batch, for which `forward` is then one of its own. */
  private forward: Forward
  private normalisation: Normalisation | undefined
  private layers: readonly Backward[] = []
  private slopes!: Block
  private chunk: readonly Block[] = []
  /** The outputs that occur in this batch, each once. */
  private readonly touched: Block
  private readonly seen: Uint8Array
  private readonly droppedWidths: readonly number[]
  /** Dropout's bits of a whole batch of `keptRows` rows, for each layer it stands behind. */
  private kept: Block[] = []
  private keptRows = 0
  private dropped: readonly Dropped[] = []

  constructor(
    private readonly shape: NetworkShape,
    private readonly options: NetworkOptions,
    forward: Forward,
    private readonly blocks: Blocks,
  ) {
    this.engine = blocks.engine
    this.forward = forward
    this.parameters = forward.parameters
    this.gradient = blocks.take(4 * forward.numbers)
    this.firstMoments = blocks.take(4 * forward.numbers)
    this.secondMoments = blocks.take(4 * forward.numbers)
    this.turned = forward.layers
      .slice(0, -1)
      .map(({ inputs, panels }) => blocks.take(4 * Math.ceil(inputs / COLUMNS) * COLUMNS * panels * COLUMNS).address)
    this.prepare(CHUNK)
    this.touched = blocks.take(4 * shape.outputs)
    this.seen = new Uint8Array(shape.outputs)
    this.droppedWidths = droppedWidths(shape, options.dropout)
  }

  /** Mean and variance of each unit over the batch last differentiated; nothing without batch normalisation. */
  get statistics(): Float32Array {
    return this.normalisation?.statistics ?? none
  }

  /** Draws dropout for a whole batch, moving on the generator whose state lies at `state`. */
  draw(state: number, rows: number): void {
    const rate = this.options.dropout
    if (rows > this.keptRows) {
      for (const block of this.kept) this.blocks.give(block)
      this.kept = this.droppedWidths.map(width => this.blocks.take(4 * rows * Math.ceil(width / COLUMNS)))
      this.keptRows = rows
      this.dropped = this.kept.map(({ address }) => ({ kept: address, scale: 1 / (1 - rate) }))
    }
    for (let layer = 0; layer < this.kept.length; layer++) {
      this.engine.kernels.drawKept(state, this.kept[layer]!.address, rows, this.droppedWidths[layer]!, rate)
    }
  }

  /** Computes the gradient of a batch's mean loss, weighted where told, chunk after chunk; returns the loss and the gradient's norm. */
  differentiate(
    inputs: Float32Array,
    outputs: Int32Array,
    targets: Float32Array,
    rows: number,
    weights?: Float32Array,
    errors?: Float32Array,
  ): { loss: number; gradientNorm: number } {
    if (this.normalisation && rows > this.forward.capacity) this.prepare(rows)
    const { forward } = this
    const { kernels } = this.engine
    this.turnWeights()
    let loss = 0
    let squares = 0
    for (let from = 0; from < rows; from += forward.capacity) {
      const count = forward.advance(inputs, from, rows, this.dropped, this.normalisation)
      const values = forward.at(outputs, from, count)
      if (!weights && !errors) loss += this.differentiateLoss(values, targets, from, count, rows)
      else loss += chosenLoss(this.options.loss, values, targets, from, count, rows, this.slopes.floats, weights, errors)
      squares = this.backward(count, from > 0)
    }
    const touched = this.listTouched(outputs, rows)
    squares += kernels.columnSquares(this.gradientOf(forward.last), forward.last.inputs, this.touched.address, touched)
    return { loss: loss / rows, gradientNorm: Math.sqrt(squares) }
  }

  /** One step of Adam down the gradient, clipped; the running statistics follow those of the batch's `rows` rows. */
  step(update: number, norm: number, learningRate: number, rows: number): void {
    const { clip, clipLimit } = this.options
    const scale = clip === 'norm' && norm > clipLimit ? clipLimit / norm : 1
    const limit = clip === 'value' ? clipLimit : Infinity
    adamStep(this.engine, this, this.forward.numbers, update, learningRate, scale, limit, stabiliser)
    this.normalisation?.follow(rows)
  }

  /** Makes the last layer's gradient zero again where this batch touched it; elsewhere it is, and the other layers' are overwritten. */
  clear(outputs: Int32Array, rows: number): void {
    const { last } = this.forward
    const touched = this.listTouched(outputs, rows)
    this.engine.kernels.clearColumns(this.gradientOf(last), last.inputs, this.touched.address, touched)
  }

  /** Takes buffers for `rows` rows at once, and gives back those there were. */
  private prepare(rows: number): void {
    const { blocks, shape } = this
    for (const block of this.chunk) blocks.give(block)
    this.chunk = blocks.during(() => {
      if (shape.batchNormalisation && shape.hidden.length > 0) {
        this.forward = new Forward(shape, blocks, rows, this.forward)
        this.normalisation = new Normalisation(this.forward, blocks)
      }
      this.layers = this.forward.layers.slice(0, -1).map(({ inputs, units, panels }) => ({
        columns: takeLists(blocks, inputs + 1, rows),
        delta: blocks.take(4 * panels * COLUMNS * rows).address,
        deltas: takeLists(blocks, rows, units),
      }))
      this.slopes = blocks.take(4 * rows)
    })
  }

  private gradientOf({ offset }: { readonly offset: number }): number {
    return this.gradient.address + 4 * offset
  }

  /** Fills `slopes` and returns the sum of the rows' losses: what chosenLoss does, for rows that all weigh the same. */
  private differentiateLoss(values: Float32Array, targets: Float32Array, from: number, count: number, rows: number): number {
    const slopes = this.slopes.floats
    const squared = this.options.loss === 'squared'
    let loss = 0
    for (let row = 0; row < count; row++) {
      const error = values[row]! - targets[from + row]!
      // Huber (1964) at 1: half the square near zero, a straight line beyond.
      const near = Math.min(Math.abs(error), 1)
      loss += squared ? error * error : near * near * 0.5 + Math.abs(error) - near
      slopes[row] = (squared ? 2 * error : Math.sign(error) * near) / rows
    }
    return loss
  }

  /** Adds a chunk's gradient to what the earlier chunks gave; returns the squares of all but the last layer's. */
  private backward(count: number, add: boolean): number {
    const { forward, layers, normalisation } = this
    const { kernels } = this.engine
    const { last } = forward
    const top = layers[layers.length - 1]
    // Without hidden layers there is nothing to go back to.
    const delta = top ? [top.delta, ...top.deltas] : [0, 0, 0, 0]
    const places = [forward.chosen.address, this.slopes.address, this.gradientOf(last)]
    kernels.chosenGradient(...forward.lastInputs, count, forward.weights(last), last.inputs, ...places, ...delta)
    let squares = 0
    for (let at = layers.length - 1; at >= 0; at--) {
      const layer = forward.layers[at]!
      const { active } = forward.inputs[at]!
      let { lists } = forward.inputs[at]!
      const { columns, delta, deltas } = layers[at]!
      if (normalisation) {
        squares += normalisation.backward(at, count, delta, this.gradient.address, at > 0 ? deltas : undefined)
        // The bias stands first in a list; left out, as a normalised layer has none, its gradient is exactly zero.
        lists = [lists[0] + ENTRY, lists[1], lists[2]]
      }
      kernels.turnLists(...lists, count, layer.inputs, ...columns)
      squares += kernels.weightGradient(...columns, layer.inputs, delta, count, layer.units, this.gradientOf(layer), add ? 1 : 0)
      if (at === 0) break
      const before = layers[at - 1]!
      const scale = this.dropped[at - 1]?.scale ?? 1
      kernels.inputGradient(...deltas, count, this.turned[at]!, layer.inputs, layer.units, active, scale, before.delta, ...before.deltas)
    }
    return squares
  }

  private turnWeights(): void {
    const { forward } = this
    for (let at = 1; at < this.turned.length; at++) {
      const layer = forward.layers[at]!
      this.engine.kernels.turnWeights(forward.weights(layer), layer.inputs, layer.units, this.turned[at]!)
    }
  }

  private listTouched(outputs: Int32Array, rows: number): number {
    const list = this.touched.ints
    let count = 0
    for (let row = 0; row < rows; row++) {
      const output = outputs[row]!
      if (this.seen[output]) continue
      this.seen[output] = 1
      list[count++] = output
    }
    for (let at = 0; at < count; at++) this.seen[list[at]!] = 0
    return count
  }
}
