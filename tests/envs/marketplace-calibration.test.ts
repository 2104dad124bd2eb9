import { expect, test } from 'vitest'
import { myopic, random, resting, rotating, worthOf } from '../../lab/calibrate/marketplace'

// The figures of the opening comment of src/envs/marketplace.ts, over its 300 sessions.
const sessions = 300

test('looking ahead is worth 10 to 40 per cent over the myopic oracle, and a random policy earns less than 70 of a good one', () => {
  const [chance, oracle, ahead] = [random, myopic, () => resting(2)].map(policy => worthOf(policy, sessions).mean)
  expect(chance).toBeCloseTo(15.5, 1)
  expect(oracle).toBeCloseTo(36, 1)
  expect(ahead).toBeCloseTo(44.7, 1)
  expect(ahead! / oracle!).toBeGreaterThan(1.1)
  expect(ahead! / oracle!).toBeLessThan(1.4)
  expect(chance! / ahead!).toBeLessThan(0.7)
})

test('rotating through all ten categories earns 22 per cent more than the myopic oracle', () => {
  expect(worthOf(() => rotating(9), sessions).mean / worthOf(myopic, sessions).mean).toBeCloseTo(1.22, 2)
})

test.each([1, 2, 3])('in the shop of seed %i looking ahead is worth 20 to 24 per cent', dataSeed => {
  const [oracle, ahead] = [myopic, () => resting(2)].map(policy => worthOf(policy, sessions, { dataSeed }).mean)
  const more = Math.round(100 * (ahead! / oracle! - 1))
  expect(more).toBeGreaterThanOrEqual(20)
  expect(more).toBeLessThanOrEqual(24)
})

test('as published looking ahead costs', () => {
  const published = { preset: 'published' } as const
  expect(worthOf(() => rotating(3), 100, published).mean).toBeLessThan(0.95 * worthOf(myopic, 100, published).mean)
})
