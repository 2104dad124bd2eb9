import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holmCorrection } from '../../src/evaluate/holm-correction'
import { stream } from '../../src/random/generator'

test('multiplies from the smallest on, and never falls', () => {
  const adjusted = holmCorrection([0.01, 0.04, 0.03])
  expect(adjusted.map(value => value.toFixed(12))).toEqual(['0.030000000000', '0.060000000000', '0.060000000000'])
  expect(holmCorrection([0.6, 0.9])).toEqual([1, 1])
  expect(holmCorrection([0.02])).toEqual([0.02])
})

test('lies between the p-value and Bonferroni, and keeps the order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), pValues => {
      const adjusted = holmCorrection(pValues)
      for (const [at, value] of pValues.entries()) {
        expect(adjusted[at]).toBeGreaterThanOrEqual(value)
        expect(adjusted[at]).toBeLessThanOrEqual(Math.min(1, pValues.length * value))
        for (const [other, second] of pValues.entries()) if (value < second) expect(adjusted[at]).toBeLessThanOrEqual(adjusted[other]!)
      }
    }),
  )
})

// Ten questions without an answer: uncorrected, 1 - .95^10 = 40 % of such studies find something.
test('finds something where nothing is in at most one study of twenty', () => {
  const chance = stream(1, 'studies')
  const studies = Array.from({ length: 4000 }, () => Array.from({ length: 10 }, () => chance.next()))
  const finding = (values: readonly number[]) => values.some(value => value < 0.05)
  expect(studies.filter(finding).length / 4000).toBeGreaterThan(0.37)
  const share = studies.filter(study => finding(holmCorrection(study))).length / 4000
  // Three standard errors, √(.05 · .95 / 4000) = .0034.
  expect(share).toBeLessThan(0.05 + 0.0104)
  expect(share).toBeGreaterThan(0.035)
})

test('what is no p-value is refused', () => {
  expect(() => holmCorrection([])).toThrow('pValues is empty')
  expect(() => holmCorrection([0.1, 1.2])).toThrow('pValues[1] is 1.2')
  expect(() => holmCorrection([Number.NaN])).toThrow('pValues[0] is NaN')
})
