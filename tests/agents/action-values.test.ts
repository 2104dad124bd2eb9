import { expect, test } from 'vitest'
import { ActionValues } from '../../src/agents/action-values'

// Forgetting a half, rewards 4, 0, 1 of arm 0 with one of arm 1 between the last two:
//   after 4: count 1; after 0: count 1.5, mean 2 / 1.5; then arm 0 ages to .75; after 1: count 1.375, mean (4/8 + 0/4 + 1) / 1.375.
test('counts and means are discounted by what came after, whichever arm it was', () => {
  const values = new ActionValues(2, 0.5)
  values.learn(0, 4)
  values.learn(0, 0)
  expect(values.count(0)).toBeCloseTo(1.5, 14)
  expect(values.means[0]).toBeCloseTo(4 / 3, 14)
  values.learn(1, 7)
  expect([values.count(0), values.count(1)]).toEqual([0.75, 1])
  values.learn(0, 1)
  expect(values.count(0)).toBeCloseTo(1.375, 14)
  expect(values.means[0]).toBeCloseTo(1.5 / 1.375, 14)
  expect([values.count(1), values.means[1], values.steps]).toEqual([0.5, 7, 4])
})

test('long after the weights have been brought back, counts and means are those of the sums written out', () => {
  const forgetting = 0.9
  const values = new ActionValues(3, forgetting)
  const [counts, sums] = [new Float64Array(3), new Float64Array(3)]
  for (let step = 0; step < 5000; step++) {
    const [arm, reward] = [(step * step) % 3, Math.sin(step)]
    for (let other = 0; other < 3; other++) {
      counts[other]! *= forgetting
      sums[other]! *= forgetting
    }
    counts[arm]!++
    sums[arm]! += reward
    values.learn(arm, reward)
  }
  for (const arm of [0, 1]) {
    expect(values.count(arm)).toBeCloseTo(counts[arm]!, 10)
    expect(values.means[arm]).toBeCloseTo(sums[arm]! / counts[arm]!, 10)
  }
  expect(values.count(2)).toBe(0) // never pulled: squares leave 0 or 1
})

test('an arm not pulled for very long is as one never pulled, and its next reward is its mean', () => {
  const values = new ActionValues(2, 0.01)
  values.learn(0, 5)
  for (let step = 0; step < 500; step++) values.learn(1, 1)
  expect(values.count(0)).toBe(0)
  values.learn(0, 3)
  expect([values.count(0), values.means[0]]).toEqual([1, 3])
})

test('a checkpoint that is not whole is refused before anything is taken', () => {
  const values = new ActionValues(2, 0.9)
  values.learn(0, 5)
  const saved = { agent: 'ucb1', options: {}, policyOnly: false, shapes: {}, ...values.save() }
  const other = new ActionValues(2, 0.9)
  for (const newest of [undefined, 0, Number.NaN, 'many']) {
    expect(() => other.read({ ...saved, state: { ...saved.state, newest } })).toThrow('the weight of the newest reward is needed')
  }
  expect(() => new ActionValues(3, 0.9).read(saved)).toThrow('another architecture')
  other.read(saved)
  expect(other.steps).toBe(0)
  other.read(saved)()
  expect(other.save()).toEqual(values.save())
})
