import { mean, sampleStandardDeviation } from 'simple-statistics'
import { expect, test } from 'vitest'
import { bootstrapInterval } from '../../src/evaluate/bootstrap-interval'
import { interquartileMean } from '../../src/evaluate/interquartile-mean'
import { stream } from '../../src/random/generator'

/** Normal numbers by Box and Muller, mean 0, deviation 1. */
function normals(seed: number, count: number): number[] {
  const chance = stream(seed, 'test')
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next()))
}

test('covers the true mean of normal data at about its stated rate', () => {
  const runs = 400
  let covered = 0
  for (let run = 0; run < runs; run++) {
    const { low, high } = bootstrapInterval([normals(run, 30)], { statistic: mean, resamples: 400, seed: run })
    if (low <= 0 && 0 <= high) covered++
  }
  // The percentile bootstrap of 30 normal scores covers about 94 % of the time; the error of 400 runs is 1.2 %.
  expect(covered / runs).toBeGreaterThan(0.9)
  expect(covered / runs).toBeLessThan(0.98)
})

// What the comment of bootstrapInterval states; the error of 500 runs is up to 1.7 %, and four of them are allowed.
test.each([
  ['interquartile mean', 5, 0.9],
  ['interquartile mean', 10, 0.93],
  ['mean', 5, 0.83],
  ['mean', 10, 0.9],
] as const)('is too narrow with few runs: the %s of %i', (name, count, stated) => {
  const statistic = name === 'mean' ? mean : interquartileMean
  const runs = 500
  let covered = 0
  for (let run = 0; run < runs; run++) {
    const { low, high } = bootstrapInterval([normals(1000 + run, count)], { statistic, resamples: 400, seed: run })
    if (low <= 0 && 0 <= high) covered++
  }
  console.log(`${name} of ${count}: the 95 % interval holds the truth ${covered} times in ${runs}`)
  expect(Math.abs(covered / runs - stated)).toBeLessThan(0.068)
})

test('is about as wide as theory says, and a level of .5 is narrower', () => {
  const scores = normals(1, 200)
  const options = { statistic: mean, resamples: 4000 }
  const { low, high } = bootstrapInterval([scores], options)
  const expected = (2 * 1.96 * sampleStandardDeviation(scores)) / Math.sqrt(200)
  expect(Math.abs((high - low) / expected - 1)).toBeLessThan(0.06)
  const half = bootstrapInterval([scores], { ...options, level: 0.5 })
  expect(Math.abs((half.high - half.low) / (expected * (0.6745 / 1.96)) - 1)).toBeLessThan(0.1)
})

test('the same seed draws the same interval, another seed another', () => {
  const scores = normals(2, 12)
  expect(bootstrapInterval([scores], { seed: 5 })).toEqual(bootstrapInterval([scores], { seed: 5 }))
  expect(bootstrapInterval([scores], { seed: 6 })).not.toEqual(bootstrapInterval([scores], { seed: 5 }))
})

test('estimates the interquartile mean unless told otherwise, and the interval surrounds it', () => {
  const scores = normals(3, 12)
  const { estimate, low, high } = bootstrapInterval([scores])
  expect(estimate).toBe(interquartileMean(scores))
  expect(low).toBeLessThan(estimate)
  expect(high).toBeGreaterThan(estimate)
})

// Two tasks whose scores differ only between them: drawn within each, nothing varies; drawn from all, it would.
test('draws within each stratum', () => {
  const strata = [
    [0, 0, 0],
    [10, 10, 10],
  ]
  expect(bootstrapInterval(strata, { statistic: mean })).toEqual({ estimate: 5, low: 5, high: 5 })
  const { low, high } = bootstrapInterval([strata.flat()], { statistic: mean })
  expect(high - low).toBeGreaterThan(5)
})

test('a single run is a point', () => {
  expect(bootstrapInterval([[4]])).toEqual({ estimate: 4, low: 4, high: 4 })
})

test('what cannot be resampled is refused by name', () => {
  expect(() => bootstrapInterval([])).toThrow('strata is empty')
  expect(() => bootstrapInterval([[]])).toThrow('strata[0] is empty')
  expect(() => bootstrapInterval([[1, Number.NaN]])).toThrow('strata[0][1] is NaN')
  expect(() => bootstrapInterval([[1]], { resamples: 0 })).toThrow('resamples is 0')
  expect(() => bootstrapInterval([[1]], { resamples: 1.5 })).toThrow('resamples is 1.5')
  expect(() => bootstrapInterval([[1]], { level: 95 })).toThrow('level is 95')
})
