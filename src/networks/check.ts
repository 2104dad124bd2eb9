/** What every network refuses, in one place, so that all backends say the same. */
import { UserError } from '../data/user-error'
import { parameterCount } from './initialise'
import type { NetworkOptions, NetworkShape, NetworkState } from './network'

/** @throws RangeError when an option is outside its range */
export function checkOptions({ dropout, clipLimit, seed }: NetworkOptions): void {
  if (!(dropout >= 0 && dropout < 1)) throw new RangeError(`dropout is ${dropout}; it must be at least 0 and below 1`)
  if (!(clipLimit > 0)) throw new RangeError(`clipLimit is ${clipLimit}; it must be above 0`)
  if (!Number.isFinite(seed)) throw new RangeError(`seed is ${seed}; it must be a finite number`)
}

/** @throws RangeError when the first `count` numbers are not all there or not all finite */
export function checkNumbers(what: string, values: Float32Array, count: number): void {
  if (values.length < count) throw new RangeError(`${what} holds ${values.length} numbers; ${count} are needed`)
  for (let at = 0; at < count; at++) {
    if (!Number.isFinite(values[at]!)) throw new RangeError(`${what}[${at}] is ${values[at]}; a network learns from finite numbers only`)
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

/** Whether a step may be taken: the loss and every number of the gradient are finite. */
export function isFiniteStep(loss: number, gradientNorm: number): boolean {
  return Number.isFinite(loss) && Number.isFinite(gradientNorm)
}

/** What to throw when it may not: settings under which learning diverges are the user's to change. */
export function notFinite(loss: number, gradientNorm: number): UserError {
  const facts = `the loss is ${loss} and the norm of its gradient ${gradientNorm}`
  return new UserError(`${facts}; the step was not taken. Smaller rewards, a lower learning rate or the Huber loss may help`)
}

/** @throws Error when a state does not fit the shape */
export function checkState(state: NetworkState, shape: NetworkShape): void {
  const count = parameterCount(shape)
  for (const part of ['parameters', 'firstMoments', 'secondMoments'] as const) {
    if (state[part].length !== count) {
      throw new RangeError(
        `the saved ${part} are ${state[part].length} numbers, but the network ${widths(shape)} has ${count}; they belong to another one`,
      )
    }
  }
  if (!(Number.isInteger(state.updates) && state.updates >= 0))
    throw new RangeError(`the saved updates are ${state.updates}; a count is needed`)
}

/** @throws RangeError when two networks differ in shape */
export function checkSameShape(own: NetworkShape, other: NetworkShape): void {
  if (widths(own) !== widths(other)) throw new RangeError(`a network ${widths(own)} cannot follow a network ${widths(other)}`)
}

/** A shape in words: 42-256-256-128-500. */
export function widths({ inputs, hidden, outputs }: NetworkShape): string {
  return [inputs, ...hidden, outputs].join('-')
}
