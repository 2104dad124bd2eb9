/**
 * The network seam on our own WebAssembly kernels: fast where TensorFlow.js spends its time between operations.
 *
 * What is known to be zero is not multiplied: units that ReLU or dropout switched off are left out of the lists that every sum goes over
 * (assembly/lists.ts), and of the last layer only the chosen outputs are computed and given a gradient. So a network whose units are mostly
 * on is slower, up to twice, and so is batch normalisation, whose gradient goes back to every unit. A row's outputs are the same to the last
 * bit whichever rows stand beside it.
 */
import { stream } from '../../random/generator'
import {
  checkBatch,
  checkNumbers,
  checkOptions,
  checkOutputs,
  checkSameShape,
  checkState,
  checkWeights,
  isFiniteStep,
  notFinite,
} from '../check'
import { initialParameters, initialStatistics, parameterCount, statisticCount } from '../initialise'
import type { FitReport, Network, NetworkOptions, NetworkShape, NetworkState } from '../network'
import type { Block } from './arena'
import { Blocks } from './blocks'
import { type Engine, type SimdBackend, simdEngine } from './engine'
import { CHUNK, Forward } from './forward'
import { Learner } from './learner'
import { fromPanels, statisticsFromPanels, statisticsToPanels, toPanels } from './panels'

/**
 * A network on WebAssembly kernels; they load with the first one.
 *
 * @throws UserError when the kernels are not built
 */
export async function simdNetwork(shape: NetworkShape, options: NetworkOptions, backend: SimdBackend = 'simd'): Promise<Network> {
  checkOptions(options)
  return new SimdNetwork(shape, options, await simdEngine(backend))
}

class SimdNetwork implements Network {
  readonly backend: string
  private readonly blocks: Blocks
  private readonly forward: Forward
  /** The state of dropout's generator, as the kernels move it on: s0, s1, s2, c. */
  private readonly dropout: Block
  private learner: Learner | undefined
  private updates = 0
  private disposed = false

  constructor(
    readonly shape: NetworkShape,
    readonly options: NetworkOptions,
    private readonly engine: Engine,
  ) {
    this.backend = engine.backend
    this.blocks = new Blocks(engine, this)
    this.forward = new Forward(shape, this.blocks)
    toPanels(this.forward.layers, initialParameters(shape, options.seed, options.initialisation), this.forward.parameters.floats)
    statisticsToPanels(this.forward.layers, initialStatistics(shape), this.forward.statistics.floats)
    this.dropout = this.blocks.take(32)
    this.placeDropout(stream(options.seed, 'dropout').save())
  }

  values(inputs: Float32Array, rows: number, out: Float32Array): void {
    this.checkAlive()
    for (let from = 0; from < rows; from += CHUNK) {
      const count = this.forward.advance(inputs, from, rows)
      out.set(this.forward.all(count), from * this.shape.outputs)
    }
  }

  best(inputs: Float32Array, rows: number, out: Int32Array): void {
    this.checkAlive()
    for (let from = 0; from < rows; from += CHUNK) {
      const count = this.forward.advance(inputs, from, rows)
      const best = this.forward.best(count)
      for (let row = 0; row < count; row++) out[from + row] = best[row]!
    }
  }

  valuesAt(inputs: Float32Array, outputs: Int32Array, rows: number, out: Float32Array): void {
    this.checkAlive()
    checkOutputs(outputs, rows, this.shape)
    for (let from = 0; from < rows; from += CHUNK) {
      const count = this.forward.advance(inputs, from, rows)
      const values = this.forward.at(outputs, from, count)
      for (let row = 0; row < count; row++) out[from + row] = values[row]!
    }
  }

  fit(
    inputs: Float32Array,
    outputs: Int32Array,
    targets: Float32Array,
    rows: number,
    learningRate: number,
    weights?: Float32Array,
    errors?: Float32Array,
  ): FitReport {
    checkBatch(this.shape, rows)
    checkNumbers('inputs', inputs, rows * this.shape.inputs)
    checkOutputs(outputs, rows, this.shape)
    checkNumbers('targets', targets, rows)
    checkWeights(weights, errors, rows)
    const learner = this.learning()
    const position = this.dropoutState()
    learner.draw(this.dropout.address, rows)
    const report = learner.differentiate(inputs, outputs, targets, rows, weights, errors)
    const finite = isFiniteStep(report.loss, report.gradientNorm, learner.statistics)
    if (finite) learner.step(++this.updates, report.gradientNorm, learningRate, rows)
    else this.placeDropout(position)
    learner.clear(outputs, rows)
    this.forward.changed()
    if (!finite) throw notFinite(report.loss, report.gradientNorm)
    return report
  }

  follow(source: Network, tau: number): void {
    this.checkAlive()
    checkSameShape(this.shape, source.shape)
    if (!(tau >= 0 && tau <= 1)) throw new RangeError(`tau is ${tau}; it must be between 0 and 1`)
    const { kernels, arena } = this.engine
    const { parameters, statistics, numbers, layers } = this.forward
    this.forward.changed()
    if (source instanceof SimdNetwork && source.engine === this.engine) {
      source.checkAlive()
      kernels.follow(parameters.address, source.forward.parameters.address, numbers, tau)
      kernels.follow(statistics.address, source.forward.statistics.address, statistics.bytes / 4, tau)
      return
    }
    const from = source.save()
    const [copy, statisticsCopy] = [arena.take(4 * numbers), arena.take(statistics.bytes)]
    toPanels(layers, from.parameters, copy.floats)
    statisticsToPanels(layers, from.statistics, statisticsCopy.floats)
    kernels.follow(parameters.address, copy.address, numbers, tau)
    kernels.follow(statistics.address, statisticsCopy.address, statistics.bytes / 4, tau)
    arena.give(copy)
    arena.give(statisticsCopy)
  }

  save(): NetworkState {
    this.checkAlive()
    const flat = (block: Block | undefined) => {
      const numbers = new Float32Array(parameterCount(this.shape))
      if (block) fromPanels(this.forward.layers, block.floats, numbers)
      return numbers
    }
    const statistics = new Float32Array(statisticCount(this.shape))
    statisticsFromPanels(this.forward.layers, this.forward.statistics.floats, statistics)
    return {
      parameters: flat(this.forward.parameters),
      firstMoments: flat(this.learner?.firstMoments),
      secondMoments: flat(this.learner?.secondMoments),
      updates: this.updates,
      dropout: this.dropoutState(),
      statistics,
    }
  }

  load(state: NetworkState): void {
    checkState(state, this.shape)
    const { layers, parameters, statistics } = this.forward
    const { firstMoments, secondMoments } = this.learning()
    this.placeDropout(state.dropout)
    toPanels(layers, state.parameters, parameters.floats)
    statisticsToPanels(layers, state.statistics, statistics.floats)
    toPanels(layers, state.firstMoments, firstMoments.floats)
    toPanels(layers, state.secondMoments, secondMoments.floats)
    this.updates = state.updates
    this.forward.changed()
  }

  dispose(): void {
    this.disposed = true
    this.blocks.giveAll()
  }

  private learning(): Learner {
    this.checkAlive()
    this.learner ??= new Learner(this.shape, this.options, this.forward, this.blocks)
    return this.learner
  }

  /** Its memory may belong to another network by now. */
  private checkAlive(): void {
    if (this.disposed) throw new Error('this network was disposed of; make another one')
  }

  private dropoutState(): NetworkState['dropout'] {
    const [s0, s1, s2, c] = this.dropoutNumbers()
    return { c: c!, s0: s0!, s1: s1!, s2: s2! }
  }

  private placeDropout(state: NetworkState['dropout']): void {
    const numbers = [state.s0!, state.s1!, state.s2!, state.c!]
    if (!numbers.every(Number.isFinite))
      throw new RangeError(`the saved dropout stream is ${JSON.stringify(state)}; s0, s1, s2 and c are needed`)
    this.dropoutNumbers().set(numbers)
  }

  private dropoutNumbers(): Float64Array {
    return new Float64Array(this.engine.memory.buffer, this.dropout.address, 4)
  }
}
