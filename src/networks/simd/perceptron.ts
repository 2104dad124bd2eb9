/**
 * The perceptron seam on our own WebAssembly kernels (assembly/dense.ts). Every unit is multiplied, as those of tanh are all on.
 *
 * Rows are worked on in chunks, so that what a layer leaves is still in the first caches when the next one takes it. A row's outputs and
 * input slopes are the same to the last bit whichever rows stand beside it.
 */
import { checkNumbers } from '../check'
import { checkMasks, checkPerceptronState, checkSameLayers, requireRemembered } from '../check-perceptron'
import { initialPerceptron } from '../initial-perceptron'
import { parameterCount } from '../initialise'
import type { Perceptron, PerceptronOptions, PerceptronShape, PerceptronState } from '../perceptron'
import { type AdamBlocks, adamStep } from './adam'
import type { Block } from './arena'
import { Blocks } from './blocks'
import { type Engine, type SimdBackend, simdEngine } from './engine'
import { fromPadded, type PaddedLayer, paddedLayers, paddedNumbers, paddedRows, paddedWidth, toPadded } from './padded'
import { PaddedRows } from './padded-rows'
import { Staging } from './staging'

/** Rows worked on together, a multiple of 4. */
const CHUNK = 64

/**
 * A perceptron on WebAssembly kernels; they load with the first one.
 *
 * @throws UserError when the kernels are not built
 */
export async function simdPerceptron(
  shape: PerceptronShape,
  options: PerceptronOptions,
  backend: SimdBackend = 'simd',
): Promise<Perceptron> {
  return new SimdPerceptron(shape, options, await simdEngine(backend))
}

/** What only learning needs. */
interface Learning extends AdamBlocks {
  /** Each layer's weights turned round, [outputs, inputs]. */
  readonly turned: readonly Block[]
}

class SimdPerceptron implements Perceptron {
  readonly backend: string
  private readonly blocks: Blocks
  private readonly layers: readonly PaddedLayer[]
  /** How many parameters with their padding. */
  private readonly numbers: number
  private readonly parameters: Block
  private readonly tanh: number
  /** Room for a chunk before a layer and behind it, by turns, and a row of zeros. */
  private readonly before: Block
  private readonly behind: Block
  private readonly zeros: Block
  /** Packed rows on their way in and out. */
  private readonly inwards: Staging
  private readonly outwards: Staging
  private learning: Learning | undefined
  private turnedIsCurrent = false
  private updates = 0
  /** The last `forward`: how many rows, 0 when there was none; its inputs and what each layer made of them; masks, and where there are any. */
  private rows = 0
  private readonly kept: PaddedRows[]
  private readonly masks: PaddedRows[]
  private readonly isMasked: boolean[]
  private disposed = false

  constructor(
    readonly shape: PerceptronShape,
    readonly options: PerceptronOptions,
    private readonly engine: Engine,
  ) {
    const initial = initialPerceptron(shape, options)
    this.backend = engine.backend
    this.layers = paddedLayers(shape)
    this.numbers = paddedNumbers(this.layers)
    this.tanh = shape.activation === 'tanh' ? 1 : 0
    this.blocks = new Blocks(engine, this)
    this.parameters = this.blocks.take(4 * this.numbers)
    toPadded(this.layers, initial, this.parameters.floats)
    const widths = [paddedWidth(shape.inputs), ...this.layers.map(({ width }) => width)]
    const widest = 4 * Math.max(...widths)
    this.before = this.blocks.take(CHUNK * widest)
    this.behind = this.blocks.take(CHUNK * widest)
    this.zeros = this.blocks.take(widest)
    this.inwards = new Staging(this.blocks)
    this.outwards = new Staging(this.blocks)
    this.kept = widths.map(width => new PaddedRows(this.blocks, width))
    this.masks = shape.hidden.map(width => new PaddedRows(this.blocks, paddedWidth(width)))
    this.isMasked = this.layers.map(() => false)
  }

  values(inputs: Float32Array, rows: number, out: Float32Array): void {
    this.checkAlive()
    const { kernels } = this.engine
    const { inputs: width, outputs } = this.shape
    const depth = this.layers.length
    const from = this.inwards.bring('inputs', inputs, rows * width)
    const to = this.outwards.room(rows * outputs)
    for (let row = 0; row < rows; row += CHUNK) {
      const count = Math.min(CHUNK, rows - row)
      let now = this.before.address
      let next = this.behind.address
      kernels.padRows(from + 4 * row * width, count, width, now, 4 * paddedWidth(width))
      for (let at = 0; at < depth; at++) {
        this.advance(at, now, count, next, 0)
        const left = now
        now = next
        next = left
      }
      kernels.packRows(now, 4 * this.layers[depth - 1]!.width, count, outputs, to + 4 * row * outputs)
    }
    this.outwards.fetch(out, rows * outputs)
  }

  forward(inputs: Float32Array, rows: number, out: Float32Array, masks: readonly Float32Array[] = []): void {
    this.checkAlive()
    const { layers, kept } = this
    const { kernels } = this.engine
    const { inputs: width, outputs } = this.shape
    const from = this.inwards.bring('inputs', inputs, rows * width)
    if (!Number.isFinite(kernels.sumOfSquares(from, rows * width))) checkNumbers('inputs', inputs, rows * width)
    checkMasks(masks, this.shape, rows)
    kernels.padRows(from, rows, width, kept[0]!.room(rows), kept[0]!.stride)
    this.bringMasks(masks, rows)
    this.rows = rows
    for (let at = 1; at < kept.length; at++) kept[at]!.room(rows)
    const to = this.outwards.room(rows * outputs)
    for (let row = 0; row < rows; row += CHUNK) {
      const count = Math.min(CHUNK, rows - row)
      for (let at = 0; at < layers.length; at++) {
        this.advance(at, kept[at]!.at(row), count, kept[at + 1]!.at(row), this.maskOf(at, row))
      }
    }
    const last = kept[layers.length]!
    kernels.packRows(last.at(0), last.stride, rows, outputs, to)
    this.outwards.fetch(out, rows * outputs)
  }

  backward(slopes: Float32Array, inputSlopes?: Float32Array, columns = this.shape.inputs): void {
    requireRemembered(this.rows)
    const { layers, rows, kept } = this
    const { kernels } = this.engine
    const { outputs } = this.shape
    const { gradient, turned } = this.learn()
    this.turnWeights()
    const from = this.inwards.bring('slopes', slopes, rows * outputs)
    const to = inputSlopes ? this.outwards.room(rows * columns) : 0
    for (let row = 0; row < rows; row += CHUNK) {
      const count = Math.min(CHUNK, rows - row)
      let now = this.before.address
      let next = this.behind.address
      kernels.padRows(from + 4 * row * outputs, count, outputs, now, 4 * layers[layers.length - 1]!.width)
      for (let at = layers.length - 1; at >= 0; at--) {
        const { outputs, rows: height, width, weights, biases } = layers[at]!
        const stride = 4 * width
        if (this.isActivated(at)) {
          kernels.activationSlopes(now, kept[at + 1]!.at(row), paddedRows(count) * width, this.tanh, this.maskOf(at, row))
        }
        const input = kept[at]!
        kernels.addTurnedProduct(input.at(row), input.stride, now, stride, gradient.address + 4 * weights, stride, height, count, width)
        kernels.addColumnSums(now, stride, count, width, gradient.address + 4 * biases)
        if (at === 0 && !inputSlopes) break
        const { address } = this.zeros
        kernels.matrixProduct(
          now,
          stride,
          turned[at]!.address,
          input.stride,
          address,
          0,
          next,
          input.stride,
          count,
          outputs,
          at === 0 ? paddedWidth(columns) : input.stride / 4,
        )
        const left = now
        now = next
        next = left
      }
      if (inputSlopes) kernels.packRows(now, kept[0]!.stride, count, columns, to + 4 * row * columns)
    }
    if (inputSlopes) this.outwards.fetch(inputSlopes, rows * columns)
  }

  gradientSquares(): number {
    this.checkAlive()
    return this.learning ? this.engine.kernels.sumOfSquares(this.learning.gradient.address, this.numbers) : 0
  }

  step(learningRate: number, scale: number, epsilon: number, limit = Infinity): void {
    this.checkAlive()
    adamStep(this.engine, this.learn(), this.numbers, ++this.updates, learningRate, scale, limit, epsilon)
    this.turnedIsCurrent = false
    this.clearGradient()
  }

  clearGradient(): void {
    this.checkAlive()
    this.learning?.gradient.floats.fill(0)
  }

  gradient(): Float32Array {
    this.checkAlive()
    return this.flat(this.learning?.gradient)
  }

  follow(source: Perceptron, tau: number): void {
    this.checkAlive()
    checkSameLayers(this.shape, source.shape, tau)
    const { engine, numbers, parameters } = this
    this.turnedIsCurrent = false
    if (source instanceof SimdPerceptron && source.engine === engine) {
      source.checkAlive()
      engine.kernels.follow(parameters.address, source.parameters.address, numbers, tau)
      return
    }
    const copy = engine.arena.take(4 * numbers)
    toPadded(this.layers, source.save().parameters, copy.floats)
    engine.kernels.follow(parameters.address, copy.address, numbers, tau)
    engine.arena.give(copy)
  }

  save(): PerceptronState {
    this.checkAlive()
    return {
      parameters: this.flat(this.parameters),
      firstMoments: this.flat(this.learning?.firstMoments),
      secondMoments: this.flat(this.learning?.secondMoments),
      updates: this.updates,
    }
  }

  load(state: PerceptronState): void {
    this.checkAlive()
    checkPerceptronState(state, this.shape)
    const { parameters, firstMoments, secondMoments } = this.learn()
    toPadded(this.layers, state.parameters, parameters.floats)
    toPadded(this.layers, state.firstMoments, firstMoments.floats)
    toPadded(this.layers, state.secondMoments, secondMoments.floats)
    this.updates = state.updates
    this.turnedIsCurrent = false
    this.rows = 0
    this.clearGradient()
  }

  dispose(): void {
    this.disposed = true
    this.blocks.giveAll()
  }

  /** One layer over at most a chunk of rows: from its padded inputs to what it makes of them. */
  private advance(layer: number, from: number, rows: number, to: number, masks: number): void {
    const { kernels } = this.engine
    const { inputs, width, weights, biases } = this.layers[layer]!
    const { address } = this.parameters
    const before = layer === 0 ? this.kept[0]!.stride : 4 * this.layers[layer - 1]!.width
    kernels.matrixProduct(from, before, address + 4 * weights, 4 * width, address + 4 * biases, 0, to, 4 * width, rows, inputs, width)
    if (this.isActivated(layer)) kernels.applyActivation(to, paddedRows(rows) * width, this.tanh, masks)
  }

  private isActivated(layer: number): boolean {
    return layer < this.layers.length - 1 || this.shape.activateOutputs === true
  }

  private bringMasks(masks: readonly Float32Array[], rows: number): void {
    for (let at = 0; at < this.masks.length; at++) {
      const mask = masks[at]
      this.isMasked[at] = mask !== undefined
      if (!mask) continue
      const width = this.shape.hidden[at]!
      const from = this.inwards.bring('masks', mask, rows * width)
      this.engine.kernels.padRows(from, rows, width, this.masks[at]!.room(rows), this.masks[at]!.stride)
    }
  }

  /** Where the mask behind a layer lies from row `row` on; 0 for none. */
  private maskOf(layer: number, row: number): number {
    return this.isMasked[layer] ? this.masks[layer]!.at(row) : 0
  }

  private learn(): Learning {
    this.checkAlive()
    const { blocks, parameters, numbers } = this
    this.learning ??= {
      parameters,
      gradient: blocks.take(4 * numbers),
      firstMoments: blocks.take(4 * numbers),
      secondMoments: blocks.take(4 * numbers),
      turned: this.layers.map(({ inputs, width }) => blocks.take(4 * width * paddedWidth(inputs))),
    }
    return this.learning
  }

  private turnWeights(): void {
    if (this.turnedIsCurrent) return
    for (let at = 0; at < this.layers.length; at++) {
      const { rows, width, weights } = this.layers[at]!
      const to = this.learning!.turned[at]!.address
      this.engine.kernels.turnMatrix(this.parameters.address + 4 * weights, 4 * width, rows, width, to, this.kept[at]!.stride)
    }
    this.turnedIsCurrent = true
  }

  private flat(block: Block | undefined): Float32Array {
    const numbers = new Float32Array(parameterCount(this.shape))
    if (block) fromPadded(this.layers, block.floats, numbers)
    return numbers
  }

  /** Its memory may belong to another network by now. */
  private checkAlive(): void {
    if (this.disposed) throw new Error('this perceptron was disposed of; make another one')
  }
}
