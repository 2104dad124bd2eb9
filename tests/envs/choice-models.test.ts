import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choose, multinomialLogit, multinomialProportional } from '../../src/envs/choice-models'
import { stream } from '../../src/random/generator'

const scores = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 })

test('both give probabilities: each between 0 and 1, 1 in all', () => {
  fc.assert(
    fc.property(scores, fc.double({ min: -1, max: 1, noNaN: true }), (given, noClick) => {
      for (const probabilities of [
        multinomialLogit(given, noClick),
        multinomialProportional(given, noClick, -1),
        multinomialLogit(given),
      ]) {
        expect(probabilities.length).toBe(given.length + 1)
        for (const probability of probabilities) expect(probability >= 0 && probability <= 1).toBe(true)
        expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12)
      }
    }),
  )
})

// Scores 1 and .96 stand 2 and 1.96 above -1, no click at 1 another 2: of 5.96 in all.
test('multinomial proportional, worked by hand', () => {
  expect([...multinomialProportional([1, 0.96], 1, -1)]).toEqual([2 / 5.96, 1.96 / 5.96, 2 / 5.96])
  expect([...multinomialProportional([1, 3])]).toEqual([0.25, 0.75, 0])
})

// exp(0) = 1, exp(ln 2) = 2, exp(ln 3) = 3: of 6 in all.
test('multinomial logit, worked by hand, and not changed by what all scores have in common', () => {
  for (const common of [0, 1000, -1000]) {
    const probabilities = multinomialLogit([common, common + Math.log(2)], common + Math.log(3))
    for (const [at, expected] of [1 / 6, 2 / 6, 3 / 6].entries()) expect(probabilities[at]).toBeCloseTo(expected, 12)
  }
  expect([...multinomialLogit([5])]).toEqual([1, 0])
  expect([...multinomialLogit([], 5)]).toEqual([1])
})

test('where every mass is 0, nothing is clicked', () => {
  expect([...multinomialProportional([-1, -1], -1, -1)]).toEqual([0, 0, 1])
})

test('a buffer given is used', () => {
  const out = new Float64Array(3)
  expect(multinomialLogit([0, 0], 0, out)).toBe(out)
  expect(multinomialProportional([1, 1], 1, 0, out)).toBe(out)
  expect([...out]).toEqual([1 / 3, 1 / 3, 1 / 3])
})

test('choose: the documents in order, then none', () => {
  const half = Float64Array.of(0.25, 0.25, 0.5)
  expect([0, 0.24, 0.25, 0.49, 0.5, 0.99].map(uniform => choose(half, uniform))).toEqual([0, 0, 1, 1, -1, -1])
  expect(choose(Float64Array.of(1), 0.3)).toBe(-1)
})

test('choose: what cannot happen does not, not even by rounding', () => {
  expect(choose(Float64Array.of(0, 1, 0), 0)).toBe(1)
  // Ten tenths sum to .9999999999999999.
  expect(choose(Float64Array.of(...new Array(10).fill(0.1), 0), 1 - 2 ** -53)).toBe(9)
  expect(choose(Float64Array.of(...new Array(10).fill(0.1), 0, 0), 1 - 2 ** -53)).toBe(9)
})

test('choose: as often as the probabilities say', () => {
  const probabilities = multinomialLogit([0.3, -1, 0.8], 0.1)
  const counts = [0, 0, 0, 0]
  const generator = stream(1, 'choose')
  const draws = 40_000
  for (let at = 0; at < draws; at++) counts[(choose(probabilities, generator.next()) + 4) % 4]!++
  // Four standard errors: 4 · sqrt(.25 / 40,000) = .01.
  for (const [at, count] of counts.entries()) expect(Math.abs(count / draws - probabilities[at]!)).toBeLessThan(0.01)
})

test('what cannot be scored is refused', () => {
  expect(() => multinomialLogit([0, Number.NaN])).toThrow('scores[1] is NaN; it must be a finite number')
  expect(() => multinomialLogit([0], Infinity)).toThrow('noClickScore is Infinity')
  expect(() => multinomialLogit([0], Number.NaN)).toThrow('noClickScore is NaN')
  expect(() => multinomialLogit([])).toThrow('scores is empty and noClickScore is -Infinity')
  expect(() => multinomialLogit([0], 0, new Float64Array(1))).toThrow('out has 1 numbers; it must have 2')
  expect(() => multinomialProportional([-1.5], 1, -1)).toThrow('a score is -1.5; it must be a finite number of at least -1')
  expect(() => multinomialProportional([Number.NaN])).toThrow('a score is NaN')
  expect(() => multinomialProportional([0], -2, -1)).toThrow('noClickScore is -2')
  expect(() => multinomialProportional([0], 0, Number.NaN)).toThrow('least is NaN')
})
