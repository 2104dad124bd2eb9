/** What every perceptron refuses, in one place, so that all backends say the same. */
import { checkLearned, checkLength, widths } from './check'
import { parameterCount } from './initialise'
import type { PerceptronShape, PerceptronState } from './perceptron'

/** @throws RangeError when a state does not fit the shape */
export function checkPerceptronState(state: PerceptronState, shape: PerceptronShape): void {
  checkLearned(state, parameterCount(shape), `the perceptron ${widths(shape)}`)
}

/** @throws RangeError when a mask is too short for its hidden layer */
export function checkMasks(masks: readonly Float32Array[], { hidden }: PerceptronShape, rows: number): void {
  for (let at = 0; at < hidden.length; at++) if (masks[at]) checkLength(`masks[${at}]`, masks[at]!, rows * hidden[at]!)
}

/** @throws RangeError when two perceptrons differ in shape, or tau is out of range */
export function checkSameLayers(own: PerceptronShape, other: PerceptronShape, tau: number): void {
  if (widths(own) !== widths(other)) throw new RangeError(`a perceptron ${widths(own)} cannot follow a perceptron ${widths(other)}`)
  if (!(tau >= 0 && tau <= 1)) throw new RangeError(`tau is ${tau}; it must be between 0 and 1`)
}

/** @throws Error when `backward` has no `forward` to go back through */
export function requireRemembered(rows: number): void {
  if (rows === 0) throw new Error('backward needs a forward before it; since then the perceptron was made or loaded')
}
