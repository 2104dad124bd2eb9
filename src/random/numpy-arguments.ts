/** Checks of the arguments of NumPy's distributions: each error says the name, the value and what is allowed. */

/** A number between two bounds, both allowed. */
export function checkBetween(name: string, value: number, low: number, high: number): void {
  if (typeof value === 'number' && value >= low && value <= high) return
  throw new RangeError(`${name} is ${value}; it must be a number between ${low} and ${high}`)
}

export function checkFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${name} is ${value}; it must be a finite number`)
}

/** A finite number of at least 0, or above 0. */
export function checkSize(name: string, value: number, above: 'above 0' | 'at least 0' = 'at least 0'): void {
  if (Number.isFinite(value) && (above === 'above 0' ? value > 0 : value >= 0)) return
  throw new RangeError(`${name} is ${value}; it must be a finite number, ${above}`)
}

/** A whole number between two bounds, both allowed. */
export function checkInteger(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return
  throw new RangeError(`${name} is ${value}; it must be a whole number between ${low} and ${high}`)
}

/** Probabilities: none negative, and a sum of 1, as NumPy wants them (to the root of a double's precision). */
export function checkProbabilities(probabilities: ArrayLike<number>): void {
  if (probabilities.length === 0) throw new RangeError('there are no probabilities; at least one is needed')
  let sum = 0
  for (let at = 0; at < probabilities.length; at++) {
    const probability = probabilities[at]!
    if (!(probability >= 0)) throw new RangeError(`probability ${at} is ${probability}; it must be a number between 0 and 1`)
    sum += probability
  }
  if (!(Math.abs(sum - 1) <= Math.sqrt(Number.EPSILON))) throw new RangeError(`the probabilities sum to ${sum}; they must sum to 1`)
}
