/** What every network refuses, in one place, so that all backends say the same. */
import { UserError } from '../data/user-error'
import { parameterCount, statisticCount } from './initialise'
import type { NetworkOptions, NetworkShape, NetworkState } from './network'
import type { PerceptronState } from './perceptron'

/** @throws RangeError when an option is outside its range */
export function checkOptions({ dropout, clipLimit, seed }: NetworkOptions): void {
  if (!(dropout >= 0 && dropout < 1)) throw new RangeError(`dropout is ${dropout}; it must be at least 0 and below 1`)
  if (!(clipLimit > 0)) throw new RangeError(`clipLimit is ${clipLimit}; it must be above 0`)
  if (!Number.isFinite(seed)) throw new RangeError(`seed is ${seed}; it must be a finite number`)
}

/** @throws RangeError when the first `count` numbers are not all there */
export function checkLength(what: string, values: ArrayLike<number>, count: number): void {
  if (values.length < count) throw new RangeError(`${what} holds ${values.length} numbers; ${count} are needed`)
}

/** @throws RangeError when the first `count` numbers are not all there or not all finite */
export function checkNumbers(what: string, values: Float32Array, count: number): void {
  checkLength(what, values, count)
  for (let at = 0; at < count; at++) {
    if (!Number.isFinite(values[at]!)) throw new RangeError(`${what}[${at}] is ${values[at]}; a network learns from finite numbers only`)
  }
}

/** @throws RangeError when weights of rows are not all there or not all finite, or there is no room for all errors */
export function checkWeights(weights: Float32Array | undefined, errors: Float32Array | undefined, rows: number): void {
  if (weights) checkNumbers('weights', weights, rows)
  if (errors && errors.length < rows) throw new RangeError(`errors has room for ${errors.length} numbers; ${rows} are needed`)
}

/** @throws RangeError when batch normalisation has no variance to take */
export function checkBatch(shape: NetworkShape, rows: number): void {
  if (shape.batchNormalisation && shape.hidden.length > 0 && rows < 2) {
    throw new RangeError(`rows is ${rows}; with batch normalisation a network learns from at least 2 rows at once`)
  }
}

/** @throws RangeError when an output does not exist */
export function checkOutputs(outputs: Int32Array, rows: number, { outputs: count }: NetworkShape): void {
  if (outputs.length < rows) throw new RangeError(`outputs names ${outputs.length} outputs; ${rows} are needed`)
  for (let row = 0; row < rows; row++) {
    if (!(outputs[row]! >= 0 && outputs[row]! < count)) {
      throw new RangeError(`outputs[${row}] is ${outputs[row]}; the network has outputs 0 to ${count - 1}`)
    }
  }
}

/** Whether a step may be taken: the loss, every number of the gradient and the statistics of batch normalisation are finite. */
export function isFiniteStep(loss: number, gradientNorm: number, statistics: Float32Array): boolean {
  return Number.isFinite(loss) && Number.isFinite(gradientNorm) && statistics.every(Number.isFinite)
}

/** What to throw when it may not: settings under which learning diverges are the user's to change. */
export function notFinite(loss: number, gradientNorm: number): UserError {
  const finite = Number.isFinite(loss) && Number.isFinite(gradientNorm)
  const facts = finite
    ? 'the mean or variance of a unit over the batch is not finite'
    : `the loss is ${loss} and the norm of its gradient ${gradientNorm}`
  return new UserError(`${facts}; the step was not taken. Smaller rewards, a lower learning rate or the Huber loss may help`)
}

/** @throws RangeError when parameters, an input row or running statistics do not fit the shape */
export function checkParameters(
  shape: NetworkShape,
  parameters: ArrayLike<number>,
  input: ArrayLike<number>,
  statistics: ArrayLike<number>,
): void {
  const counts = [
    ['parameters', parameters, parameterCount(shape)],
    ['input', input, shape.inputs],
    ['statistics', statistics, statisticCount(shape)],
  ] as const
  for (const [name, { length }, count] of counts) {
    if (length !== count) throw new RangeError(`${name} has ${length} numbers; the network ${widths(shape)} has ${count}`)
  }
}

/** @throws RangeError when a state does not fit the shape */
export function checkState(state: NetworkState, shape: NetworkShape): void {
  const statistics = statisticCount(shape)
  checkLearned(state, parameterCount(shape), `the network ${widths(shape)}`)
  if (state.statistics.length !== statistics) {
    throw new RangeError(
      `the saved statistics are ${state.statistics.length} numbers, but the network ${widths(shape)} has ${statistics}; they belong to another one`,
    )
  }
}

/**
 * @param owner in words, what has `count` parameters
 * @throws RangeError when a state has another number of parameters, or no count of updates
 */
export function checkLearned(state: PerceptronState, count: number, owner: string): void {
  for (const part of ['parameters', 'firstMoments', 'secondMoments'] as const) {
    const { length } = state[part]
    if (length !== count) {
      throw new RangeError(`the saved ${part} are ${length} numbers, but ${owner} has ${count}; they belong to another one`)
    }
  }
  if (!(Number.isInteger(state.updates) && state.updates >= 0))
    throw new RangeError(`the saved updates are ${state.updates}; a count is needed`)
}

/** @throws RangeError when two networks differ in shape */
export function checkSameShape(own: NetworkShape, other: NetworkShape): void {
  if (widths(own) !== widths(other)) throw new RangeError(`a network ${widths(own)} cannot follow a network ${widths(other)}`)
}

/** A shape in words: 42-256-256-128-500, and whether it is normalised. */
export function widths({ inputs, hidden, outputs, batchNormalisation }: NetworkShape): string {
  return [inputs, ...hidden, outputs].join('-') + (batchNormalisation ? ' with batch normalisation' : '')
}
