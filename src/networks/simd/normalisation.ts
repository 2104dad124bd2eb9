/** Batch normalisation on the kernels while learning: a whole batch at once, as its statistics are over all of its rows. */
import { epsilon, followBatch } from '../batch-normalisation'
import type { Block } from './arena'
import type { Blocks } from './blocks'
import type { Dropped, Forward, LayerInputs, Lists, Normaliser } from './forward'
import { COLUMNS } from './panels'

export class Normalisation implements Normaliser {
  /** Of each hidden layer, [panel][rows][32]: its sums, and then what is left of them without mean and deviation. */
  private readonly normalised: readonly number[]
  /** Means and variances of the batch, and 1 / √(variance + epsilon), where the running ones of `forward.statistics` stand. */
  private readonly batch: Block
  private readonly deviations: Block

  constructor(
    private readonly forward: Forward,
    private readonly blocks: Blocks,
  ) {
    this.normalised = forward.layers.slice(0, -1).map(({ panels }) => blocks.take(4 * panels * COLUMNS * forward.capacity).address)
    this.batch = blocks.take(forward.statistics.bytes)
    this.deviations = blocks.take(forward.statistics.bytes)
  }

  /** Statistics of the batch that was advanced last; its variances are divided by its rows. */
  get statistics(): Float32Array {
    return this.batch.floats
  }

  advance(at: number, inputs: Lists, rows: number, { kept, scale }: Dropped, next: LayerInputs): void {
    const layer = this.forward.layers[at]!
    const { shifts, scales, means, variances } = layer.normalisation!
    const { kernels } = this.blocks.engine
    const normalised = this.normalised[at]!
    const parameters = this.forward.parameters.address
    const [mean, variance, deviation] = [this.batch.address + 4 * means, this.batch.address + 4 * variances, this.deviationsOf(at)]
    kernels.layerSums(...inputs, rows, this.forward.weights(layer), layer.inputs, layer.units, normalised)
    kernels.normalise(normalised, rows, layer.units, epsilon, mean, variance, deviation)
    const places = [parameters + 4 * shifts, parameters + 4 * scales, kept, scale]
    kernels.activate(normalised, rows, layer.units, ...places, ...next.lists, next.active)
  }

  /**
   * The way back through a hidden layer: turns the gradient of what came out, panels in `delta`, into that of its sums, there and, when asked
   * for, as lists. Fills the gradient of shifts and scales, and returns the sum of their squares.
   */
  backward(at: number, rows: number, delta: number, gradient: number, deltas: Lists | undefined): number {
    const { units, normalisation } = this.forward.layers[at]!
    const { shifts, scales } = normalisation!
    const places = [this.forward.parameters.address + 4 * scales, this.deviationsOf(at), gradient + 4 * shifts, gradient + 4 * scales]
    return this.blocks.engine.kernels.normalisationGradient(delta, this.normalised[at]!, rows, units, ...places, ...(deltas ?? [0, 0, 0]))
  }

  /** Moves the running statistics towards the batch's. */
  follow(rows: number): void {
    for (const { panels, normalisation } of this.forward.layers) {
      if (normalisation) followBatch(this.forward.statistics.floats, this.batch.floats, normalisation, panels * COLUMNS, rows)
    }
  }

  private deviationsOf(at: number): number {
    return this.deviations.address + 4 * this.forward.layers[at]!.normalisation!.means
  }
}
