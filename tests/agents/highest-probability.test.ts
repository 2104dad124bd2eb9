import { expect, test } from 'vitest'
import { type Draws, probabilityOfHighest, probabilityTolerance } from '../../src/agents/highest-probability'
import { cumulativeNormal } from '../../src/random/cumulative-normal'

function normals(means: readonly number[], deviations: readonly number[]): Draws {
  return {
    count: means.length,
    density: (which, x) => Math.exp(-(((x - means[which]!) / deviations[which]!) ** 2) / 2) / (deviations[which]! * Math.sqrt(2 * Math.PI)),
    cumulative: (which, x) => cumulativeNormal((x - means[which]!) / deviations[which]!),
  }
}

function probabilities(means: readonly number[], deviations: readonly number[]): number[] {
  const draws = normals(means, deviations)
  return means.map((mean, which) => probabilityOfHighest(draws, which, mean - 9 * deviations[which]!, mean + 9 * deviations[which]!))
}

test('of two normal numbers it is right to 1e-8, wide or narrow, near or far', () => {
  for (const deviation of [1, 0.1, 1e-3, 1e-5]) {
    for (const mean of [0, 0.003, -0.7, 2.5]) {
      const expected = cumulativeNormal(-mean / Math.sqrt(1 + deviation ** 2))
      const [wide, narrow] = probabilities([0, mean], [1, deviation])
      expect(Math.abs(wide! - expected)).toBeLessThan(probabilityTolerance)
      expect(Math.abs(narrow! - (1 - expected))).toBeLessThan(probabilityTolerance)
    }
  }
})

test('of equals each has its share, and of many the shares sum to 1', () => {
  for (const share of probabilities(Array(10).fill(3), Array(10).fill(0.2))) expect(share).toBeCloseTo(0.1, 8)
  const means = Array.from({ length: 30 }, (_, at) => Math.sin(at))
  const deviations = Array.from({ length: 30 }, (_, at) => 10 ** -(at % 5))
  expect(probabilities(means, deviations).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
})

test('it is never 0, since what was drawn can happen', () => {
  expect(probabilities([0, 100], [1, 1])).toEqual([probabilityTolerance, 1])
})
