/**
 * The regression of fitted Q evaluation for contexts of any kind: each action has a ridge regression on the context x and a 1 before it.
 *
 * The targets are linear in the coefficients of the fit before, so the log need be read only once. With x the context of a round in which a
 * was taken, and x' and π' those of the round after it,
 *
 *     coefficients of a ← (Σ x xᵀ + penalty · I)⁻¹ (Σ x reward + discount · Σ over all a' of (Σ π'(a') x x'ᵀ) · coefficients of a')
 *
 * One fit then takes (actions · (width + 1))² multiplications, however long the log is, and reading the log width + 1 times as many for
 * each round and action.
 */
import { factorise, solveFactor, solveTransposed, triangleOf } from '../../agents/ridge-cholesky'
import type { LoggedFeedback } from '../../data/logged-feedback'
import type { QRegression, Step } from './fitted-q-regression'

/** The log is kept as a square of so many numbers. */
const mostCoefficients = 4000

/** Rounds whose products are added at once: the sums are read and written a quarter as often, which makes it twice as quick. */
const together = 4

/**
 * @param ridge the penalty, as a share of the rounds of an action; at least one round's worth. Coefficients are [actions, 1 + width].
 * @throws RangeError for more than 4,000 of them
 */
export function linearQ(feedback: LoggedFeedback, policy: ArrayLike<number>, { next, told }: Step, ridge: number): QRegression {
  const { rounds, actions, action, reward, contexts, width: numbers } = feedback
  const width = numbers + 1
  const size = actions * width
  if (size > mostCoefficients) {
    throw new RangeError(
      `${actions} actions on ${numbers} numbers have ${size} coefficients, and the most is ${mostCoefficients}; give shorter contexts`,
    )
  }
  const triangle = triangleOf(width)
  const features = new Float64Array(rounds * width)
  for (let round = 0; round < rounds; round++) {
    features[round * width] = 1
    for (let at = 0; at < numbers; at++) features[round * width + 1 + at] = contexts[round * numbers + at]!
  }
  const squares = new Float64Array(actions * triangle)
  const factors = Array.from({ length: actions }, () => new Float64Array(triangle))
  const rewards = new Float64Array(size)
  const futures = new Float64Array(size * size)
  const roundsOf: readonly number[][] = Array.from({ length: actions }, () => [])
  for (let round = 0; round < rounds; round++) if (told[round]) roundsOf[action[round]!]!.push(round)
  // Of the rounds at hand: x times how often the round counts, and what each action does with x' times how likely it is.
  const lefts = new Float64Array(together * width)
  const rights = new Float64Array(together * size)
  return {
    size,
    weigh(times) {
      for (const sums of [squares, rewards, futures]) sums.fill(0)
      for (let taken = 0; taken < actions; taken++) {
        let [count, waiting] = [0, 0]
        for (const round of roundsOf[taken]!) {
          const time = times[round]!
          if (time === 0) continue
          count += time
          for (let row = 0, at = taken * triangle; row < width; row++) {
            const weighed = time * features[round * width + row]!
            rewards[taken * width + row]! += weighed * reward[round]!
            for (let column = 0; column <= row; column++, at++) squares[at]! += weighed * features[round * width + column]!
          }
          const then = next[round]!
          if (then < 0) continue
          for (let row = 0; row < width; row++) lefts[waiting * width + row] = time * features[round * width + row]!
          for (let other = 0, at = waiting * size; other < actions; other++) {
            const share = policy[then * actions + other]!
            for (let column = 0; column < width; column++, at++) rights[at] = share * features[then * width + column]!
          }
          if (++waiting === together) {
            addProducts(lefts, rights, width, size, futures, taken * width * size)
            waiting = 0
          }
        }
        lefts.fill(0, waiting * width)
        addProducts(lefts, rights, width, size, futures, taken * width * size)
        const penalty = ridge * Math.max(1, count)
        for (let row = 0; row < width; row++) squares[taken * triangle + triangleOf(row + 1) - 1]! += penalty
        factorise(squares, taken * triangle, width, penalty, factors[taken]!)
      }
    },
    fit(discount, coefficients, out) {
      for (let row = 0, at = 0; row < size; row++) {
        let future = 0
        for (let column = 0; column < size; column++, at++) future += futures[at]! * coefficients[column]!
        out[row] = rewards[row]! + discount * future
      }
      for (let taken = 0; taken < actions; taken++) {
        const own = out.subarray(taken * width, (taken + 1) * width)
        solveFactor(factors[taken]!, width, own)
        solveTransposed(factors[taken]!, width, own)
      }
    },
    predict(coefficients, actionValues) {
      for (let at = 0, round = 0; round < rounds; round++) {
        for (let other = 0; other < actions; other++, at++) {
          let value = 0
          for (let column = 0; column < width; column++) value += features[round * width + column]! * coefficients[other * width + column]!
          actionValues[at] = value
        }
      }
    },
  }
}

/** Adds Σ left ⊗ right over four rounds. @param lefts [4, rows] @param rights [4, columns] @param sums [rows, columns] from `from` on */
function addProducts(lefts: Float64Array, rights: Float64Array, rows: number, columns: number, sums: Float64Array, from: number): void {
  for (let row = 0, at = from; row < rows; row++) {
    const first = lefts[row]!
    const second = lefts[rows + row]!
    const third = lefts[2 * rows + row]!
    const fourth = lefts[3 * rows + row]!
    for (let column = 0; column < columns; column++, at++) {
      sums[at]! +=
        first * rights[column]! +
        second * rights[columns + column]! +
        third * rights[2 * columns + column]! +
        fourth * rights[3 * columns + column]!
    }
  }
}
