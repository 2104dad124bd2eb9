import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distributionalCoverage } from '../../src/metrics/distributional-coverage'

test('half, a quarter and a quarter are one and a half bits of the two that four items could have', () => {
  expect(distributionalCoverage([2, 1, 1, 0])).toEqual({ bits: 1.5, normalised: 0.75 })
})

test('one item with everything has none, items shown alike have all, one alone is as even as can be', () => {
  expect(distributionalCoverage([0, 7, 0])).toEqual({ bits: 0, normalised: 0 })
  expect(distributionalCoverage([3, 3, 3, 3, 3, 3, 3, 3])).toEqual({ bits: 3, normalised: 1 })
  expect(distributionalCoverage([5])).toEqual({ bits: 0, normalised: 1 })
})

test('equals the entropy of drawing one showing, whatever the order of the items and how long it went on', () => {
  const counts = fc.array(fc.nat(20), { minLength: 2, maxLength: 12 }).filter(counts => counts.some(count => count > 0))
  fc.assert(
    fc.property(counts, counts => {
      // Every single showing, one after another: the mean of log2(all / as often as its item).
      const showings = counts.flatMap(count => Array.from({ length: count }, () => count))
      const bits = showings.reduce((sum, count) => sum + Math.log2(showings.length / count), 0) / showings.length
      const coverage = distributionalCoverage(counts)
      expect(coverage.bits).toBeCloseTo(bits, 10)
      expect(coverage.normalised).toBeCloseTo(bits / Math.log2(counts.length), 10)
      expect(distributionalCoverage([...counts].reverse()).bits).toBeCloseTo(bits, 10)
      expect(distributionalCoverage(counts.map(count => 3 * count)).bits).toBeCloseTo(bits, 10)
    }),
  )
})

test('nothing shown, and what is no count, are refused', () => {
  expect(() => distributionalCoverage([0, 0])).toThrow('shown has no interaction at all')
  expect(() => distributionalCoverage([1, Number.NaN])).toThrow('shown[1] is NaN')
})
