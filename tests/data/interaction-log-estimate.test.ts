import { expect, test } from 'vitest'
import { correctedLog } from '../../src/data/interaction-log'
import { estimateAffinity } from '../../src/data/interaction-log-estimate'
import { logSource } from '../../src/data/interaction-log-options'
import { log } from './log'

/** Two users, three items of two categories. */
const shop = (rows: Parameters<typeof log>[0]) => ({
  users: { count: 2 } as never,
  items: { count: 3, categories: ['a', 'a', 'b'] } as never,
  interactions: log(rows),
})

// mean 1.4/3 = .4667; users (1 + 2.3333)/7 = .4762 and (.4 + 2.3333)/6 = .4556; categories (1.2 + 2.3333)/7 = .5048 and (.2 + 2.3333)/6 = .4222;
// items (.8 + 2.5238)/6 = .55397, (.4 + 2.5238)/6 = .4873, (.2 + 2.1111)/6 = .38519;
// pairs (0, a) (.8 + 2.38095)/6 = .53016, (1, a) (.4 + 2.27778)/6 = .4463, (1, b) 2.27778/5 = .45556.
test('worked by hand: logged pairs have their weight, the others what user, category and item say', () => {
  const affinity = estimateAffinity(
    shop([
      [0, 0, 1, 0.8],
      [0, 2, 2, 0.2],
      [1, 1, 3, 0.4],
    ]),
  )
  const expected = [0.8, (0.53016 * 0.4873) / 0.50476, 0.2, (0.4463 * 0.55397) / 0.50476, 0.4, (0.45556 * 0.38519) / 0.42222]
  for (const [pair, value] of expected.entries()) expect(affinity[pair]).toBeCloseTo(value, 4)
})

test('a pair met twice has the mean of its weights; weights of 0 give a shop where nobody clicks', () => {
  const twice = estimateAffinity(
    shop([
      [0, 0, 1, 0.2],
      [0, 0, 2, 0.6],
    ]),
  )
  expect(twice[0]).toBeCloseTo(0.4, 6)
  expect(Array.from(estimateAffinity(shop([[1, 2, 1, 0]])))).toEqual([0, 0, 0, 0, 0, 0])
})

test('an estimate is a chance, also where all weights are 1', () => {
  const affinity = estimateAffinity(
    shop([
      [0, 0, 1, 1],
      [0, 1, 1, 1],
      [1, 2, 2, 0.1],
    ]),
  )
  for (const chance of affinity) expect(chance >= 0 && chance <= 1).toBe(true)
})

test('an empty log is refused', () => {
  expect(() => estimateAffinity(shop([]))).toThrow('the log has no interactions')
})

test('from the default log, the estimate of the pairs that are not in it goes with the truth: correlation above .75', () => {
  const { tables, affinity } = correctedLog(logSource({}))
  const estimate = estimateAffinity(tables)
  const logged = new Set(Array.from(tables.interactions.user, (user, row) => user * 500 + tables.interactions.item[row]!))
  const pairs = Array.from(affinity.keys()).filter(pair => !logged.has(pair))
  const mean = (values: Float32Array) => pairs.reduce((sum, pair) => sum + values[pair]!, 0) / pairs.length
  const [trueMean, guessMean] = [mean(affinity), mean(estimate)]
  let [both, own, other] = [0, 0, 0]
  for (const pair of pairs) {
    const [truth, guess] = [affinity[pair]! - trueMean, estimate[pair]! - guessMean]
    both += truth * guess
    own += truth * truth
    other += guess * guess
  }
  expect(both / Math.sqrt(own * other)).toBeGreaterThan(0.75)
})
