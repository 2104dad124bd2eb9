import { expect, test } from 'vitest'
import { decayed, decayedLearningRate, type EpsilonSchedule, epsilonAfter, lowered } from '../../src/memory/schedules'

test('epsilon is multiplied and stops at its floor', () => {
  expect(decayed(1, 0.995, 0.01)).toBe(0.995)
  expect(decayed(0.01001, 0.995, 0.01)).toBe(0.01)
  // .995^n reaches .01 at n = ln .01 / ln .995 = 918.7.
  let epsilon = 1
  let episodes = 0
  for (; epsilon > 0.01; episodes++) epsilon = decayed(epsilon, 0.995, 0.01)
  expect(episodes).toBe(919)
})

test('epsilon falls in a straight line and stops at its floor', () => {
  let epsilon = 1
  for (let step = 0; step < 4000; step++) epsilon = lowered(epsilon, 1, 0.04, 8000)
  expect(epsilon).toBeCloseTo(0.52, 9)
  for (let step = 0; step < 5000; step++) epsilon = lowered(epsilon, 1, 0.04, 8000)
  expect(epsilon).toBe(0.04)
})

test('by episode epsilon falls where one ended, in a line with every transition', () => {
  const schedule = { epsilonStart: 1, epsilonEnd: 0.2, epsilonDecay: 0.5, epsilonSteps: 4 }
  const run = (epsilonSchedule: EpsilonSchedule['epsilonSchedule']) => {
    let epsilon = 1
    return [false, true, false, true, true].map(ended => (epsilon = epsilonAfter(epsilon, ended, { ...schedule, epsilonSchedule })))
  }
  expect(run('episode')).toEqual([1, 0.5, 0.5, 0.25, 0.2])
  for (const [at, epsilon] of [0.8, 0.6, 0.4, 0.2, 0.2].entries()) expect(run('linear')[at]).toBeCloseTo(epsilon, 12)
})

test('the learning rate has been multiplied by its decay once after `every` updates, smoothly', () => {
  expect(decayedLearningRate(1e-3, 0.99, 1000, 0)).toBe(1e-3)
  expect(decayedLearningRate(1e-3, 0.99, 1000, 1000)).toBeCloseTo(9.9e-4, 12)
  expect(decayedLearningRate(1e-3, 0.99, 1000, 500)).toBeCloseTo(1e-3 * Math.sqrt(0.99), 12)
})
