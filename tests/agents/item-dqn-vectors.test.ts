import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ItemTower } from '../../src/agents/item-dqn-tower'
import { ItemVectors } from '../../src/agents/item-dqn-vectors'
import { makePerceptron } from '../../src/networks/make-perceptron'
import { stream } from '../../src/random/generator'

/** Small whole numbers, so that sums are exact and scores are often equal. */
function wholeNumbers(count: number, seed: number): Float32Array {
  const draws = stream(seed, 'test')
  return Float32Array.from({ length: count }, () => Math.floor(draws.next() * 7) - 3)
}

test('the best item is the first of the highest u · v + b, over any number of items, and among some of them', () => {
  fc.assert(
    fc.property(
      fc.record({
        ...{ items: fc.integer({ min: 1, max: 700 }), width: fc.integer({ min: 2, max: 9 }) },
        ...{ rows: fc.integer({ min: 1, max: 5 }), seed: fc.nat(1000) },
      }),
      ({ items, width, rows, seed }) => {
        const vectors = new ItemVectors(items, width)
        vectors.vectors.set(wholeNumbers(items * width, seed))
        const users = wholeNumbers(rows * width, seed + 1)
        const scoreOf = (row: number, item: number) => {
          let score = vectors.vectors[item * width + width - 1]!
          for (let at = 0; at < width - 1; at++) score += users[row * width + at]! * vectors.vectors[item * width + at]!
          return score
        }
        const firstBest = (row: number, among: readonly number[]) =>
          among.reduce((best, item) => (scoreOf(row, item) > scoreOf(row, best) ? item : best))
        const all = Array.from({ length: items }, (_, item) => item)
        const some = all.map(item => (item * 7 + 3) % items).slice(0, Math.ceil(items / 2))
        const out = new Int32Array(rows)
        vectors.best(users, rows, out)
        expect([...out]).toEqual([...out.keys()].map(row => firstBest(row, all)))
        vectors.best(users, rows, out, Int32Array.from(some))
        expect([...out]).toEqual([...out.keys()].map(row => firstBest(row, some)))
        const scores = new Float32Array(items)
        vectors.score(users, scores)
        expect([...scores]).toEqual(all.map(item => scoreOf(0, item)))
      },
    ),
    { numRuns: 30 },
  )
})

test('refreshing puts every item through the tower, whatever the number of items', async () => {
  const tower = await makePerceptron(
    { inputs: 2, hidden: [4], outputs: 3, activation: 'relu' },
    { initialisation: 'he', seed: 1, backend: 'auto' },
  )
  for (const items of [1, 256, 600]) {
    const features = wholeNumbers(items * 2, items)
    const vectors = new ItemVectors(items, 3)
    vectors.refresh(new ItemTower(tower, features, items, 256))
    const whole = new Float32Array(items * 3)
    tower.values(features, items, whole)
    expect(vectors.vectors).toEqual(whole)
  }
})
