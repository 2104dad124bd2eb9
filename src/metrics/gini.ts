/**
 * Gini coefficient of a list of counts (Gini 1912): how unevenly something is spread. 0 where everybody has the same, near 1 where one has all.
 *
 * It is half the mean difference between two members drawn at random, divided by the mean. All zeros are spread evenly: 0.
 *
 * @param counts 0 or more, any order, at least one
 * @throws RangeError when the list is empty or a count is negative or not finite
 */
export function gini(counts: ArrayLike<number>): number {
  if (counts.length === 0) throw new RangeError('counts is empty; give at least one count')
  const sorted = Float64Array.from(counts).sort()
  const wrong = sorted.find(count => !(count >= 0 && count < Infinity))
  if (wrong !== undefined) throw new RangeError(`counts holds ${wrong}; a count is finite and 0 or more`)
  let sum = 0
  let weighted = 0
  sorted.forEach((count, at) => {
    sum += count
    weighted += (2 * (at + 1) - sorted.length - 1) * count
  })
  return sum === 0 ? 0 : weighted / (sorted.length * sum)
}
