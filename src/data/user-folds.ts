/** Folds over shoppers: everybody is in one of them, so that what was learned from some can be tried on the others. */
import { permutation } from '../random/draws'
import { stream } from '../random/generator'

/**
 * Deals shoppers into folds whose sizes differ by at most one.
 *
 * @param userCount shoppers, at least as many as folds
 * @param folds     at least 2
 * @param seed      any finite number; the same seed deals the same
 * @returns the row numbers of each fold's shoppers, in ascending order
 * @throws RangeError naming the argument, its value and what is allowed
 */
export function userFolds(userCount: number, folds: number, seed: number): Int32Array[] {
  if (!(Number.isInteger(folds) && folds >= 2)) throw new RangeError(`folds is ${folds}; it must be a whole number of at least 2`)
  if (!(Number.isInteger(userCount) && userCount >= folds)) {
    throw new RangeError(`userCount is ${userCount}; it must be a whole number of at least folds, ${folds}`)
  }
  const order = permutation(stream(seed, 'user folds'), userCount)
  return Array.from({ length: folds }, (_, fold) => order.filter((_user, at) => at % folds === fold).sort())
}
