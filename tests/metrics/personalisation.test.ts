import fc from 'fast-check'
import { expect, test } from 'vitest'
import { personalisation } from '../../src/metrics/personalisation'
import { badLists, items } from './lists'

test('two lists with one of two items in common are half personal', () => {
  expect(
    personalisation(
      [
        [0, 1],
        [1, 2],
      ],
      2,
    ),
  ).toBeCloseTo(0.5, 12)
  // Three pairs, with 1, 0 and 0 of two items in common: 1 - (.5 + 0 + 0) / 3.
  expect(
    personalisation(
      [
        [0, 1],
        [1, 2],
        [3, 4],
      ],
      2,
    ),
  ).toBeCloseTo(5 / 6, 12)
})

test('the same list for all is not personal, lists without a common item are wholly so', () => {
  expect(
    personalisation(
      [
        [4, 2],
        [2, 4],
        [4, 2],
      ],
      2,
    ),
  ).toBeCloseTo(0, 12)
  expect(personalisation([[1], [2], []], 3)).toBeCloseTo(1, 12)
})

test('equals the mean over all pairs of lists, in whatever order users and items come', () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: items - 1 }), { maxLength: items })
  fc.assert(
    fc.property(fc.array(list, { minLength: 2, maxLength: 8 }), fc.integer({ min: 1, max: 25 }), (lists, k) => {
      const cosines: number[] = []
      lists.forEach((list, at) => {
        for (const other of lists.slice(at + 1)) {
          const [one, two] = [list.slice(0, k), other.slice(0, k)]
          const common = one.filter(item => two.includes(item)).length
          cosines.push(common === 0 ? 0 : common / Math.sqrt(one.length * two.length))
        }
      })
      const expected = 1 - cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length
      expect(personalisation(lists, k)).toBeCloseTo(expected, 10)
      expect(personalisation([...lists].reverse(), k)).toBeCloseTo(expected, 10)
      expect(
        personalisation(
          lists.map(list => list.slice(0, k).reverse()),
          k,
        ),
      ).toBeCloseTo(expected, 10)
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => personalisation([ranked, [1]], k)).toThrow(message)
})

test('one user alone is refused', () => {
  expect(() => personalisation([[1]], 1)).toThrow('ranked holds 1 lists; personalisation compares users')
})
