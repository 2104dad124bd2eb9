import { describe, expect, test } from 'vitest'
import { banditTries, changedTaste, shelfOf, storeLessons } from '../../src/notebook/companion-experiments'

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('a bandit', () => {
  const late = (epsilon: number) => meanOf(banditTries(epsilon).map(row => row.late))

  test('a little exploring finds more stars than none and than nothing else', () => {
    expect(late(0.1)).toBeGreaterThan(late(0) + 5)
    expect(late(0.1)).toBeGreaterThan(late(1) + 5)
  })

  test('picks at random bring the mean of all tastes', () => {
    // 200 tries of .45 in the mean
    expect(meanOf(banditTries(1).map(row => row.stars))).toBeCloseTo(90, -1)
  })

  test('gives the same rows again, one for each seed', () => {
    expect(banditTries(0.1, { seeds: 4 })).toEqual(banditTries(0.1).slice(0, 4))
  })
})

describe('a taste that changes', () => {
  test('nothing differs before the change, whatever is done afterwards', () => {
    expect(changedTaste(0).map(row => row.before)).toEqual(changedTaste(0.3).map(row => row.before))
  })

  test('whoever goes on exploring finds the new favourite more often', () => {
    const starsLater = (epsilon: number) => meanOf(changedTaste(epsilon).map(row => row.after))
    expect(starsLater(0.1)).toBeGreaterThan(starsLater(0) + 3)
  })
})

test('on a larger shelf the best candy is better, and a random one is not', () => {
  const [small, large] = [shelfOf(6), shelfOf(50)]
  expect(meanOf(large.map(row => row.best))).toBeGreaterThan(meanOf(small.map(row => row.best)) + 0.05)
  for (const { random, best } of large) expect(random).toBeLessThan(best)
})

describe('lessons in the small store', () => {
  test('an agent that explores less and less earns more than one that only roams', async () => {
    const [usual, roaming] = [await storeLessons(), await storeLessons({ agent: { epsilonStart: 1, epsilonEnd: 1 } })]
    expect(meanOf(usual.map(row => row.learning))).toBeGreaterThan(meanOf(roaming.map(row => row.learning)) + 1)
    for (const { different, taken, tried } of usual) {
      expect(different).toBeGreaterThanOrEqual(1)
      expect(different).toBeLessThanOrEqual(10)
      expect(taken).toBeLessThanOrEqual(10)
      expect(tried).toBe(12)
    }
  })

  test('a training that shows one candy only has tried one', async () => {
    const [lesson] = await storeLessons({ store: { items: 1 }, visits: 3, seeds: 1 })
    expect(lesson).toMatchObject({ seed: 1, tried: 1, different: 1 })
  })

  test('gives the same rows again', async () => {
    const few = { visits: 20, seeds: 2 }
    expect(await storeLessons(few)).toEqual(await storeLessons(few))
  })
})
