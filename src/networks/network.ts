/**
 * The seam between algorithms and arithmetic: what a learner of action values asks of a network.
 *
 * A multilayer perceptron with ReLU between its layers, dropout behind the hidden layers named and, when asked for, batch normalisation
 * before every ReLU. Everything is synchronous and works on typed arrays, so that an algorithm reads like its paper whichever library
 * multiplies the matrices.
 */
import type { GeneratorState } from '../random/generator'

/** The shape of a network: 42 → 256 → 256 → 128 → 500 is { inputs: 42, hidden: [256, 256, 128], outputs: 500 }. */
export interface NetworkShape {
  readonly inputs: number
  readonly hidden: readonly number[]
  readonly outputs: number
  /** Whether hidden layers are normalised over the batch before their ReLU (batch-normalisation.ts); false. */
  readonly batchNormalisation?: boolean
}

/** How the weights start; initialise.ts says what the words mean. */
export const initialisations = ['he', 'fan-in'] as const
export type Initialisation = (typeof initialisations)[number]

export interface NetworkOptions {
  /** Probability that a unit is dropped while learning, 0 to below 1: behind all hidden layers but the last (as the guide draws it). */
  readonly dropout: number
  /** Of the difference between target and value: its square, or Huber's, which is straight beyond 1. */
  readonly loss: 'squared' | 'huber'
  /** 'value' clips every number of the gradient to ±limit, 'norm' scales it to a global norm of at most `limit`. */
  readonly clip: 'value' | 'norm' | 'none'
  readonly clipLimit: number
  /** 'he' unless told. */
  readonly initialisation?: Initialisation
  /** Initial weights and dropout masks come from streams of this seed. */
  readonly seed: number
}

export interface FitReport {
  /** Mean loss over the batch, before the step. */
  readonly loss: number
  /** Global norm of the gradient, before clipping. */
  readonly gradientNorm: number
}

/**
 * Parameters and optimiser as flat arrays, in the order layer by layer, weights [inputs, outputs] row by row, then biases; of a normalised
 * layer weights, shifts, scales.
 */
export interface NetworkState {
  readonly parameters: Float32Array
  readonly firstMoments: Float32Array
  readonly secondMoments: Float32Array
  readonly updates: number
  readonly dropout: GeneratorState
  /** Of batch normalisation, layer by layer, running means and then variances; empty without it. */
  readonly statistics: Float32Array
}

export interface Network {
  readonly shape: NetworkShape
  readonly options: NetworkOptions
  /** Which arithmetic: 'simd', 'simd-relaxed', 'tfjs-node' or 'tfjs-wasm'. */
  readonly backend: string
  /** All outputs, as acting needs them: without dropout, normalised by the running statistics. inputs [rows, inputs], out [rows, outputs]. */
  values(inputs: Float32Array, rows: number, out: Float32Array): void
  /** The output with the largest value in each row, the first of equals. out [rows]. */
  best(inputs: Float32Array, rows: number, out: Int32Array): void
  /** One output a row. outputs [rows] names it, out [rows]. */
  valuesAt(inputs: Float32Array, outputs: Int32Array, rows: number, out: Float32Array): void
  /**
   * One step of Adam that moves the named output of each row towards its target, with dropout, normalised by the batch's own statistics,
   * which move the running ones. inputs [rows, inputs], outputs [rows], targets [rows]; with batch normalisation at least 2 rows.
   * @param weights [rows], what each row's loss is multiplied by before the mean is taken; 1 each when left out
   * @param errors  [rows], overwritten with target - value, the value being that before the step, when given
   * @throws Error when a number is not finite; the network is unchanged then
   */
  fit(
    inputs: Float32Array,
    outputs: Int32Array,
    targets: Float32Array,
    rows: number,
    learningRate: number,
    weights?: Float32Array,
    errors?: Float32Array,
  ): FitReport
  /** parameters ← tau · source's + (1 - tau) · own, the running statistics of batch normalisation likewise; tau 1 copies. */
  follow(source: Network, tau: number): void
  save(): NetworkState
  /** Takes a state of the same shape, or throws and stays as it was. */
  load(state: NetworkState): void
  dispose(): void
}
