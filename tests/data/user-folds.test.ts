import fc from 'fast-check'
import { expect, test } from 'vitest'
import { userFolds } from '../../src/data/user-folds'

test('everybody is in one fold, and folds differ in size by one at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 0, max: 200 }), fc.integer(), (folds, more, seed) => {
      const dealt = userFolds(folds + more, folds, seed)
      const sizes = dealt.map(({ length }) => length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      expect(dealt.flatMap(fold => Array.from(fold)).sort((one, other) => one - other)).toEqual(
        Array.from({ length: folds + more }, (_, user) => user),
      )
      for (const fold of dealt) expect(Array.from(fold)).toEqual(Array.from(fold).sort((one, other) => one - other))
    }),
  )
})

test('the same seed deals the same, another seed otherwise', () => {
  expect(userFolds(50, 5, 1)).toEqual(userFolds(50, 5, 1))
  expect(userFolds(50, 5, 1)).not.toEqual(userFolds(50, 5, 2))
})

test('one fold, or more folds than shoppers, are refused', () => {
  expect(() => userFolds(10, 1, 0)).toThrow('folds is 1; it must be a whole number of at least 2')
  expect(() => userFolds(3, 4, 0)).toThrow('userCount is 3; it must be a whole number of at least folds, 4')
})
