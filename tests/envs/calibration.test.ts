import { expect, test } from 'vitest'
import { calibrationSeeds, engagementOf, shiftFor } from '../../lab/calibrate/guide-preference'
import { guidePreference } from '../../src/data/preference'

const { scale, shift } = guidePreference

// The figures of the opening comment of src/data/preference.ts.
test('in the shop of seed 42 a random item is engaged with .293 of the time and the best .92', () => {
  const { random, best } = engagementOf([42], scale, shift)
  expect(random).toBeCloseTo(0.293, 3)
  expect(best).toBeCloseTo(0.92, 2)
})

test('over twenty other shops it is .314 and .91 on average', () => {
  const { random, best } = engagementOf(calibrationSeeds, scale, shift)
  expect(random).toBeCloseTo(0.314, 3)
  expect(best).toBeCloseTo(0.91, 2)
})

test('the shift used lies between the one that fits seed 42 and the one that fits the others', () => {
  expect(shiftFor([42], scale, 0.3)).toBeGreaterThan(shift)
  expect(shiftFor(calibrationSeeds.slice(0, 8), scale, 0.3)).toBeLessThan(shift)
})
