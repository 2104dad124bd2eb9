/** How far two columns go together: Pearson's correlation with its bootstrap interval, pairs drawn again as pairs. */
import { sampleCorrelation } from 'simple-statistics'
import { type BootstrapOptions, bootstrapInterval, type Interval } from './bootstrap-interval'

/**
 * From -1 (one falls as the other rises) over 0 to 1. An interval that holds 0 says that the data show no relation, not that there is none.
 *
 * @param one   at least three numbers, not all alike
 * @param other as many
 * @throws RangeError when the columns differ in length, are too short, not finite, or one of them is constant
 */
export function correlation(one: ArrayLike<number>, other: ArrayLike<number>, options: Omit<BootstrapOptions, 'statistic'> = {}): Interval {
  if (one.length !== other.length) throw new RangeError(`the columns have ${one.length} and ${other.length} numbers; they must be pairs`)
  if (one.length < 3) throw new RangeError(`there are ${one.length} pairs; at least 3 are needed`)
  for (const column of [one, other]) {
    const values = Array.from(column)
    const wrong = values.find(value => !Number.isFinite(value))
    if (wrong !== undefined) throw new RangeError(`a column holds ${wrong}; its numbers must be finite`)
    if (values.every(value => value === values[0]))
      throw new RangeError('a column holds one number only; it cannot go together with anything')
  }
  const pairs = Array.from({ length: one.length }, (_, row) => row)
  return bootstrapInterval([pairs], {
    ...options,
    // A draw may repeat one pair so often that nothing varies: no relation is seen then.
    statistic: rows =>
      sampleCorrelation(
        rows.map(row => one[row]!),
        rows.map(row => other[row]!),
      ) || 0,
  })
}
