import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findHits, type Hits } from '../../src/metrics/hits'
import { rankingMetrics } from '../../src/metrics/ranking-metrics'
import { eachUserHits } from '../../src/metrics/user-hits'
import { listsOf, people, relevantOf, relevantTo } from './many-lists'

/** Only what counts of it: the rest of the rows may hold anything. */
const plain = ({ count, places, gains, relevant, ideal }: Hits, k: number) => ({
  count,
  places: [...places.slice(0, count)],
  gains: [...gains.slice(0, count)],
  relevant,
  ideal: [...ideal.slice(0, Math.min(k, relevant))],
})

test('the hits of each user are those of their list alone', () => {
  fc.assert(
    fc.property(people, fc.boolean(), fc.integer({ min: 1, max: 8 }), (persons, graded, depth) => {
      const all: ReturnType<typeof plain>[] = []
      eachUserHits(listsOf(persons), relevantOf(persons, graded), { depth, greatest: 10 }, (hits, user) => {
        all[user] = plain(hits, depth)
      })
      expect(all).toEqual(
        persons.map(person => plain(findHits(person.ranked, graded ? person.relevance : relevantTo(person), depth), depth)),
      )
    }),
  )
})

// Two users, three places; user 0 likes 4, user 1 likes 0 and 9.
const lists = { users: 2, width: 3, items: Int32Array.of(4, 2, -1, 9, 0, 1) }
const wanted = { offsets: Int32Array.of(0, 1, 3), items: Int32Array.of(4, 0, 9), gains: Float64Array.of(1, 2, 3) }
const int = (...values: number[]) => Int32Array.from(values)

test.each<[string, object, object, string]>([
  ['no users', { users: 0, items: int() }, { offsets: int(0), items: int(), gains: undefined }, 'lists.users is 0'],
  ['a number of users that is none', { users: Number.NaN }, {}, 'lists.users is NaN'],
  ['no places', { width: 0, items: int() }, {}, 'lists.width is 0'],
  ['too few items', { items: int(4, 2, -1, 9, 0) }, {}, 'lists.items has 5 numbers; there must be 6'],
  ['plain arrays', { items: [4, 2, -1, 9, 0.5, 1] }, {}, 'lists.items is of another type; it must be of type Int32Array'],
  ['a duplicate', { items: int(4, 2, -1, 9, 0, 9) }, {}, 'lists: user 1 has item 9 twice, again at place 2'],
  ['a duplicate of an irrelevant item', { items: int(2, 2, -1, 9, 0, 1) }, {}, 'lists: user 0 has item 2 twice, again at place 1'],
  ['an id below -1', { items: int(4, -2, -1, 9, 0, 1) }, {}, 'lists: user 0 has item -2 at place 1'],
  ['an item after an empty place', { items: int(4, -1, 2, 9, 0, 1) }, {}, 'lists: user 0 has item 2 at place 2 after an empty one'],
  ['too few offsets', {}, { offsets: int(0, 3) }, 'relevant.offsets has 2 numbers; there must be 3'],
  ['offsets that begin late', {}, { offsets: int(1, 1, 3) }, 'relevant.offsets begins with 1'],
  ['offsets that fall', {}, { offsets: int(0, 4, 3) }, 'relevant.offsets falls to 3 after user 1'],
  ['fewer relevant items than the offsets say', {}, { offsets: int(0, 1, 4) }, 'relevant.items has 3 numbers; there must be 4'],
  ['a relevant item twice', {}, { items: int(4, 9, 9) }, 'relevant: user 1 has item 9 twice, again at place 1'],
  ['a relevant item below 0', {}, { items: int(4, 0, -1) }, 'relevant: user 1 has item -1 at place 1'],
  ['too few gains', {}, { gains: Float64Array.of(1, 2) }, 'relevant.gains has 2 numbers; there must be 3'],
  ['a gain that is no number', {}, { gains: Float64Array.of(1, 2, Number.NaN) }, 'relevant: item 9 of user 1 has gain NaN'],
  ['a gain below 0', {}, { gains: Float64Array.of(1, -2, 3) }, 'relevant: item 0 of user 1 has gain -2'],
  ['an infinite gain', {}, { gains: Float64Array.of(Infinity, 2, 3) }, 'relevant: item 4 of user 0 has gain Infinity'],
])('%s is refused', (_, otherLists, otherWanted, message) => {
  const measure = () => rankingMetrics({ ...lists, ...otherLists }, { ...wanted, ...otherWanted }, { k: 2 })
  expect(measure).toThrow(RangeError)
  expect(measure).toThrow(message)
})

test('ids outside a catalogue that is stated are refused, in the lists and among the relevant', () => {
  expect(() => rankingMetrics(lists, wanted, { k: 2, catalogue: 9 })).toThrow('relevant: user 1 has item 9 at place 1; ids are 0 to 8')
  const inside = { ...wanted, items: int(4, 0, 8) }
  expect(() => rankingMetrics(lists, inside, { k: 2, catalogue: 9 })).toThrow(
    'lists: user 1 has item 9 at place 0; ids are 0 to 8, -1 marks',
  )
  expect(rankingMetrics(lists, wanted, { k: 2, catalogue: 10 })).toEqual(rankingMetrics(lists, wanted, { k: 2 }))
  expect(() => rankingMetrics(lists, wanted, { k: 2, catalogue: 0 })).toThrow('catalogue is 0')
})

test('with exponential gain relevances above 1000 are refused', () => {
  const great = { ...wanted, gains: Float64Array.of(1, 2, 1001) }
  expect(() => rankingMetrics(lists, great, { k: 2, gain: 'exponential' })).toThrow('gain 1001; it must be between 0 and 1000')
  expect(rankingMetrics(lists, great, { k: 2 }).users['ndcg@2']![1]).toBe(1)
})
