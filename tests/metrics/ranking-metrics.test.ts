import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averagePrecision } from '../../src/metrics/average-precision'
import { f1AtK } from '../../src/metrics/f1-at-k'
import { hitRate } from '../../src/metrics/hit-rate'
import { meanAveragePrecision } from '../../src/metrics/mean-average-precision'
import { meanReciprocalRank } from '../../src/metrics/mean-reciprocal-rank'
import { ndcg } from '../../src/metrics/ndcg'
import { precisionAtK } from '../../src/metrics/precision-at-k'
import { rPrecision } from '../../src/metrics/r-precision'
import { rankBiasedPrecision } from '../../src/metrics/rank-biased-precision'
import { type RankingMetricsOptions, rankingMetricNames, rankingMetrics } from '../../src/metrics/ranking-metrics'
import { recallAtK } from '../../src/metrics/recall-at-k'
import { reciprocalRank } from '../../src/metrics/reciprocal-rank'
import { items } from './lists'
import { listsOf, type Person, people, relevantOf, relevantTo } from './many-lists'

const cutOffs = fc.uniqueArray(fc.integer({ min: 1, max: items + 5 }), { minLength: 1, maxLength: 3 })
const choices = fc.record({
  denominator: fc.constantFrom('attainable' as const, 'relevant' as const),
  gain: fc.constantFrom('linear' as const, 'exponential' as const),
  persistence: fc.constantFrom(0, 0.5, 0.95),
})

/** One person's metrics by the functions for one list. */
function oneByOne(person: Person, k: number, graded: boolean, options: Partial<RankingMetricsOptions> = {}): Record<string, number> {
  const { ranked } = person
  const relevant = relevantTo(person)
  const gains = graded ? person.relevance : new Map([...relevant].map(item => [item, 1]))
  return {
    [`precision@${k}`]: precisionAtK(ranked, relevant, k),
    [`recall@${k}`]: recallAtK(ranked, relevant, k),
    [`f1@${k}`]: f1AtK(ranked, relevant, k),
    [`hitRate@${k}`]: hitRate([ranked], [relevant], k),
    [`reciprocalRank@${k}`]: reciprocalRank(ranked, relevant, k),
    [`averagePrecision@${k}`]: averagePrecision(ranked, relevant, k, options),
    [`ndcg@${k}`]: ndcg(ranked, gains, k, options),
    [`rankBiasedPrecision@${k}`]: rankBiasedPrecision(ranked, relevant, k, options),
    rPrecision: rPrecision(ranked, relevant),
  }
}

test('to the last bit what the functions for one list give, for every metric, cut-off and option', () => {
  fc.assert(
    fc.property(people, cutOffs, choices, fc.boolean(), (persons, k, options, graded) => {
      const { users } = rankingMetrics(listsOf(persons), relevantOf(persons, graded), { k, ...options })
      persons.forEach((person, user) => {
        const expected = Object.assign({}, ...k.map(cut => oneByOne(person, cut, graded, options)))
        expect(Object.fromEntries(Object.entries(users).map(([name, values]) => [name, values[user]]))).toEqual(expected)
      })
    }),
  )
})

test('the means are those of hitRate, meanAveragePrecision and meanReciprocalRank', () => {
  fc.assert(
    fc.property(people, persons => {
      const { means } = rankingMetrics(listsOf(persons), relevantOf(persons, false), { k: 5 })
      const [ranked, relevant] = [persons.map(person => [...person.ranked]), persons.map(relevantTo)]
      expect(means['hitRate@5']).toBe(hitRate(ranked, relevant, 5))
      expect(means['averagePrecision@5']).toBe(meanAveragePrecision(ranked, relevant, 5))
      expect(means['reciprocalRank@5']).toBe(meanReciprocalRank(ranked, relevant, 5))
    }),
  )
})

test('users in another order: the same numbers in that order, and the same means', () => {
  const shuffled = people.chain(persons =>
    fc.tuple(fc.constant(persons), fc.shuffledSubarray([...persons.keys()], { minLength: persons.length })),
  )
  fc.assert(
    fc.property(shuffled, ([persons, order]) => {
      const turned = order.map(user => persons[user]!)
      const before = rankingMetrics(listsOf(persons), relevantOf(persons, true), { k: [3, 10] })
      const after = rankingMetrics(listsOf(turned), relevantOf(turned, true), { k: [3, 10] })
      for (const [name, values] of Object.entries(before.users)) {
        expect([...after.users[name]!]).toEqual(order.map(user => values[user]))
        expect(after.means[name]).toBeCloseTo(before.means[name]!, 14)
      }
    }),
  )
})

test('irrelevant items change nothing: in the truth, in the catalogue, at the end of a list', () => {
  fc.assert(
    fc.property(people, persons => {
      const before = rankingMetrics(listsOf(persons), relevantOf(persons, true), { k: [4, 10] })
      const more = persons.map(({ ranked, relevance }) => ({
        ranked: [...ranked, items + 2, items + 1],
        relevance: new Map([[items + 7, 0], ...relevance, [items, 0]]),
      }))
      const options = { k: [4, 10], catalogue: items + 1000 }
      expect(rankingMetrics(listsOf(more, items + 2), relevantOf(more, true), options)).toEqual(before)
    }),
  )
})

test('a scale of all gains does not change linear NDCG, and what they are none but NDCG', () => {
  fc.assert(
    fc.property(people, fc.constantFrom(0.5, 4, 256), (persons, scale) => {
      const wanted = relevantOf(persons, true)
      const before = rankingMetrics(listsOf(persons), wanted, { k: 6 })
      const scaled = { ...wanted, gains: wanted.gains!.map(gain => gain * scale) }
      expect(rankingMetrics(listsOf(persons), scaled, { k: 6 })).toEqual(before)
      const metrics = rankingMetricNames.filter(name => name !== 'ndcg')
      const plain = rankingMetrics(listsOf(persons), relevantOf(persons, false), { k: 6, metrics })
      expect(rankingMetrics(listsOf(persons), wanted, { k: 6, metrics })).toEqual(plain)
    }),
  )
})

test('names come in the order asked for; R-precision stands without a cut-off', () => {
  const lists = { users: 1, width: 1, items: Int32Array.of(3) }
  const wanted = { offsets: Int32Array.of(0, 1), items: Int32Array.of(3) }
  const { means, users } = rankingMetrics(lists, wanted, { k: [5, 1], metrics: ['rPrecision', 'precision'] })
  expect(Object.entries(means)).toEqual([
    ['rPrecision', 1],
    ['precision@5', 0.2],
    ['precision@1', 1],
  ])
  expect(users['precision@5']).toEqual(Float64Array.of(0.2))
})

test('a cut-off far beyond the lists takes no room', () => {
  const lists = { users: 1, width: 1, items: Int32Array.of(3) }
  const wanted = { offsets: Int32Array.of(0, 1), items: Int32Array.of(3) }
  expect(rankingMetrics(lists, wanted, { k: 2 ** 50, metrics: ['ndcg'] }).means).toEqual({ 'ndcg@1125899906842624': 1 })
})

test.each<[string, object, string]>([
  ['k 0', { k: 0 }, 'k is 0'],
  ['k NaN', { k: [3, Number.NaN] }, 'k is NaN'],
  ['no k', { k: [] }, 'k is empty'],
  ['no metric', { k: 1, metrics: [] }, 'metrics is empty'],
  ['an unknown metric', { k: 1, metrics: ['map'] }, 'metrics is "map"; it must be one of precision, recall'],
  ['an unknown option', { k: 1, cutoff: 1 }, 'no option "cutoff"'],
  ['an unknown gain', { k: 1, gain: 'cubic' }, 'gain is "cubic"'],
  ['an unknown denominator', { k: 1, denominator: 'k' }, 'denominator is "k"'],
  ['a persistence of 1', { k: 1, persistence: 1 }, 'persistence is 1'],
])('%s is refused', (_, options, message) => {
  const lists = { users: 1, width: 1, items: Int32Array.of(3) }
  const wanted = { offsets: Int32Array.of(0, 1), items: Int32Array.of(3) }
  const measure = () => rankingMetrics(lists, wanted, options as RankingMetricsOptions)
  expect(measure).toThrow(RangeError)
  expect(measure).toThrow(message)
})
