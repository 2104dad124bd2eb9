/**
 * The second seam between algorithms and arithmetic: a multilayer perceptron whose loss the algorithm knows. Where network.ts moves chosen
 * outputs towards targets, this one is handed the slope of any loss by its outputs, and can pass the slope by its inputs on. Policies,
 * values, item scorers and heads on a common trunk are all made of it.
 *
 * Everything is synchronous and works on typed arrays. One optimiser step: `forward`, `backward`, and `stepTogether` (step-together.ts) over
 * all the parts of an agent, so that one global norm clips them.
 */
import type { Initialisation } from './network'

export const perceptronActivations = ['tanh', 'relu'] as const
export type PerceptronActivation = (typeof perceptronActivations)[number]

/** The shape: 4 → 64 → 64 → 2 is { inputs: 4, hidden: [64, 64], outputs: 2, activation: 'tanh' }. */
export interface PerceptronShape {
  readonly inputs: number
  readonly hidden: readonly number[]
  readonly outputs: number
  /** Behind every hidden layer. */
  readonly activation: PerceptronActivation
  /** Whether the outputs go through the activation too, as those of a trunk do on which heads stand; false. */
  readonly activateOutputs?: boolean
}

export interface PerceptronOptions {
  /** 'orthogonal': rows or columns at right angles, gain √2 (Saxe et al. 2014; Huang et al. 2022, detail 2), biases 0; others as in initialise.ts. */
  readonly initialisation: Initialisation | 'orthogonal'
  /** What orthogonal weights into the outputs are multiplied by: .01 for a policy, 1 for a value; √2. */
  readonly outputGain?: number
  readonly seed: number
  /** The stream that initial weights come from, so that two networks of one seed begin apart; 'initialisation'. */
  readonly stream?: string
}

/** Parameters and optimiser as flat arrays, in the order layer by layer, weights [inputs, outputs] row by row, then biases. */
export interface PerceptronState {
  readonly parameters: Float32Array
  readonly firstMoments: Float32Array
  readonly secondMoments: Float32Array
  readonly updates: number
}

/** What Adam needs of a part of an agent: a perceptron, or a table of embeddings. */
export interface Trainable {
  /** The sum of the squares of the gradient gathered since the last step; not finite when any number is not. */
  gradientSquares(): number
  /**
   * One step of Adam down the gradient times `scale`; the gradient is zero afterwards.
   *
   * @param epsilon Adam's stabiliser
   * @param limit   every number of the scaled gradient is brought into ±limit; Infinity when left out
   */
  step(learningRate: number, scale: number, epsilon: number, limit?: number): void
  /** Forgets the gradient. */
  clearGradient(): void
}

export interface Perceptron extends Trainable {
  readonly shape: PerceptronShape
  readonly options: PerceptronOptions
  readonly backend: string
  /** Outputs, as acting needs them; nothing is remembered. inputs [rows, inputs], out [rows, outputs]. */
  values(inputs: Float32Array, rows: number, out: Float32Array): void
  /**
   * Outputs, and what `backward` needs is remembered until the next `forward`.
   *
   * @param masks of dropout, for each hidden layer that it stands behind: [rows, width], 0 or 1 / (1 - rate) (dropout.ts)
   * @throws RangeError when an input is not finite
   */
  forward(inputs: Float32Array, rows: number, out: Float32Array, masks?: readonly Float32Array[]): void
  /**
   * Adds to the gradient, Σ over the rows of the last `forward` of slope · ∂output / ∂parameter; the caller divides by the rows where the
   * loss is a mean.
   *
   * @param slopes      [rows, outputs]: ∂loss / ∂output
   * @param inputSlopes [rows, columns], overwritten with ∂loss / ∂input of the first columns of the inputs, when given
   * @param columns     all when left out; fewer where the others come from nothing that learns, which saves their work
   */
  backward(slopes: Float32Array, inputSlopes?: Float32Array, columns?: number): void
  /** The gradient gathered so far, in the order of the parameters; a copy, for tests and pictures. */
  gradient(): Float32Array
  /** parameters ← tau · source's + (1 - tau) · own; tau 1 copies. */
  follow(source: Perceptron, tau: number): void
  save(): PerceptronState
  /** Takes a state of the same shape, or throws and stays as it was. */
  load(state: PerceptronState): void
  dispose(): void
}
