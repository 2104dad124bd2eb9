import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaUnderCurve } from '../../src/metrics/area-under-curve'
import { areasUnderCurve } from '../../src/metrics/areas-under-curve'
import { items } from './lists'
import { people, relevantOf, relevantTo } from './many-lists'

// Few values, so that ties are common.
const score = fc.constantFrom(-Infinity, -2, 0, 0.5, 4)

test('to the last bit what areaUnderCurve gives for each user, with gains and without', () => {
  const scored = people.chain(persons =>
    fc.tuple(
      fc.constant(persons),
      fc.array(fc.array(score, { minLength: items, maxLength: items }), { minLength: persons.length, maxLength: persons.length }),
    ),
  )
  fc.assert(
    fc.property(scored, fc.boolean(), ([persons, rows], graded) => {
      const areas = areasUnderCurve(Float64Array.from(rows.flat()), relevantOf(persons, graded), items)
      expect([...areas]).toEqual(persons.map((person, user) => areaUnderCurve(rows[user]!, relevantTo(person))))
    }),
  )
})

// Two users, three items; user 0 likes item 2, user 1 items 0 and 1.
const scores = Float64Array.of(1, 3, 2, 9, 8, 7)
const wanted = { offsets: Int32Array.of(0, 1, 3), items: Int32Array.of(2, 0, 1) }

test('by hand: one of two pairs in order, then both', () => {
  expect(areasUnderCurve(scores, wanted, 3)).toEqual(Float64Array.of(0.5, 1))
})

test.each<[string, Float64Array, object, number, string]>([
  ['no items', scores, {}, 0, 'items is 0'],
  ['too few scores', scores.slice(1), {}, 3, 'scores has 5 numbers; there must be 6'],
  ['a score that is no number', scores.map((value, at) => (at === 4 ? Number.NaN : value)), {}, 3, 'that of item 1 for user 1 is NaN'],
  ['an item twice', scores, { items: Int32Array.of(2, 1, 1) }, 3, 'relevant: user 1 has item 1 twice, again at place 1'],
  ['an id that has no score', scores, { items: Int32Array.of(2, 0, 3) }, 3, 'relevant: user 1 has item 3 at place 1; ids are 0 to 2'],
  ['a gain below 0', scores, { gains: Float64Array.of(1, -1, 1) }, 3, 'relevant: item 0 of user 1 has gain -1'],
  ['offsets that fall', scores, { offsets: Int32Array.of(0, 4, 3) }, 3, 'relevant.offsets falls to 3 after user 1'],
])('%s: refused', (_, values, other, count, message) => {
  const measure = () => areasUnderCurve(values, { ...wanted, ...other }, count)
  expect(measure).toThrow(RangeError)
  expect(measure).toThrow(message)
})
