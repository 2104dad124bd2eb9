/**
 * Several questions asked of the same data: Holm's step-down correction (Holm 1979).
 *
 * Who compares one agent with ten others finds a difference by chance more often than one time in twenty. Holm's p-values keep the chance of
 * even one false finding below the level, whatever the questions have to do with each other, and are never larger than Bonferroni's.
 *
 *   adjusted of the i-th smallest of m = max over j ≤ i of min(1, (m - j + 1) · p of the j-th smallest)
 *
 * By hand, p = .01, .04, .03: sorted .01, .03, .04 times 3, 2, 1 = .03, .06, .04; never falling: .03, .06, .06; so .03, .06, .06.
 *
 * @param pValues  of each question, 0 to 1
 * @returns the adjusted p-values, in the order of the questions
 * @throws RangeError when there are none, or one is not between 0 and 1
 */
export function holmCorrection(pValues: ArrayLike<number>): number[] {
  if (pValues.length === 0) throw new RangeError('pValues is empty; there is no question to correct for')
  const all = Array.from(pValues)
  const wrong = all.findIndex(value => !(value >= 0 && value <= 1))
  if (wrong >= 0) throw new RangeError(`pValues[${wrong}] is ${all[wrong]}; a p-value lies between 0 and 1`)
  const order = all.map((_, question) => question).sort((one, other) => all[one]! - all[other]!)
  const adjusted = all.slice()
  let before = 0
  for (const [rank, question] of order.entries()) {
    before = Math.max(before, Math.min(1, (all.length - rank) * all[question]!))
    adjusted[question] = before
  }
  return adjusted
}
