import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameRows, toDataFrame } from '../../src/data/data-frame'
import { rankingMetrics } from '../../src/metrics/ranking-metrics'
import { rankingMetricsFrame } from '../../src/metrics/ranking-metrics-frame'
import { listsOf, people, relevantOf } from './many-lists'

// Ana likes lamp and vase and is shown lamp, book, vase; Ben likes the book and is shown lamp, book; Cy likes something and is shown nothing.
const truth = toDataFrame([
  { user_id: 'ana', item_id: 'lamp' },
  { user_id: 'ben', item_id: 'book' },
  { user_id: 'ana', item_id: 'vase' },
  { user_id: 'cy', item_id: 'rug' },
])
const ranked = toDataFrame([
  { user_id: 'ben', item_id: 'book', rank: 2 },
  { user_id: 'ana', item_id: 'vase', rank: 3 },
  { user_id: 'dee', item_id: 'lamp', rank: 1 },
  { user_id: 'ana', item_id: 'lamp', rank: 1 },
  { user_id: 'ben', item_id: 'lamp', rank: 1 },
  { user_id: 'ana', item_id: 'book', rank: 2 },
])

test('a row for each user of the truth, by hand', () => {
  const frame = rankingMetricsFrame(ranked, truth, { k: [1, 2], metrics: ['precision', 'reciprocalRank', 'rPrecision'] })
  const columns = ['user_id', 'precision@1', 'precision@2', 'reciprocalRank@1', 'reciprocalRank@2', 'rPrecision']
  expect(frame.columns).toEqual(columns)
  expect(frame.values).toEqual([
    ['ana', 1, 0.5, 1, 1, 0.5],
    ['ben', 0, 0.5, 0, 0.5, 0],
    ['cy', 0, 0, 0, 0, 0],
  ])
})

test('or the means', () => {
  expect(frameRows(rankingMetricsFrame(ranked, truth, { k: 2, metrics: ['precision', 'recall'], by: 'mean' }))).toEqual([
    { metric: 'precision@2', mean: (0.5 + 0.5) / 3 },
    { metric: 'recall@2', mean: (0.5 + 1) / 3 },
  ])
})

test('without ranks the highest score comes first, and of equal scores the row that stands first', () => {
  const rows = [
    { user_id: 1, item_id: 10, score: 0.5 },
    { user_id: 1, item_id: 11, score: -Infinity },
    { user_id: 1, item_id: 12, score: 0.5 },
    { user_id: 1, item_id: 13, score: 2 },
    { user_id: 1, item_id: 14, score: -Infinity },
  ]
  const likes = (item: number) => toDataFrame([{ user_id: 1, item_id: item }])
  const rankOf = (item: number, table = rows) =>
    1 / (rankingMetricsFrame(toDataFrame(table), likes(item), { k: 5, metrics: ['reciprocalRank'] }).values[0]![1] as number)
  expect([13, 10, 12, 11, 14].map(item => rankOf(item))).toEqual([1, 2, 3, 4, 5])
  expect([13, 12, 10, 14, 11].map(item => rankOf(item, [...rows].reverse()))).toEqual([1, 2, 3, 4, 5])
})

test.each(['gain', 'relevance'])('a column %s says how relevant an item is', column => {
  const gains = toDataFrame([
    { user_id: 'ana', item_id: 'vase', [column]: 2 },
    { user_id: 'ana', item_id: 'lamp', [column]: 1 },
    { user_id: 'ana', item_id: 'book', [column]: 0 },
  ])
  // 1 at rank 1 and 2 at rank 3, beside 2 and 1.
  const frame = rankingMetricsFrame(ranked, gains, { k: 3, metrics: ['ndcg', 'recall'], by: 'mean' })
  expect(frameRows(frame)[0]!.mean).toBeCloseTo(2 / (2 + 1 / Math.log2(3)), 14)
  expect(frameRows(frame)[1]!.mean).toBe(1)
})

test('equals rankingMetrics on random tables, whatever the order of the rows of the recommendations', () => {
  const known = people.filter(
    persons => persons.every(({ relevance }) => relevance.size > 0) && persons.some(({ ranked }) => ranked.length > 0),
  )
  fc.assert(
    fc.property(known, fc.boolean(), (persons, turned) => {
      const shown = persons.flatMap((person, user) =>
        person.ranked.map((item, at) => ({ user_id: `u${user}`, item_id: item, rank: at + 1 })),
      )
      const likes = persons.flatMap((person, user) =>
        [...person.relevance].map(([item, gain]) => ({ user_id: `u${user}`, item_id: item, gain })),
      )
      const frame = rankingMetricsFrame(toDataFrame(turned ? shown.reverse() : shown), toDataFrame(likes), { k: [2, 7] })
      const { users } = rankingMetrics(listsOf(persons), relevantOf(persons, true), { k: [2, 7] })
      for (const [name, values] of Object.entries(users)) expect(frame.column(name).values).toEqual([...values])
    }),
    { numRuns: 30 },
  )
})

test('more users than a call may have arguments are not too many', () => {
  const likes = Array.from({ length: 150_000 }, (_, user) => ({ user_id: user, item_id: 1 }))
  const frame = rankingMetricsFrame(toDataFrame([{ user_id: 3, item_id: 1, rank: 1 }]), toDataFrame(likes), {
    k: 1,
    metrics: ['recall'],
    by: 'mean',
  })
  expect(frameRows(frame)).toEqual([{ metric: 'recall@1', mean: 1 / 150_000 }])
})

const likesOne = toDataFrame([{ user_id: 'ana', item_id: 'lamp' }])
const row = { user_id: 'ana', item_id: 'lamp', rank: 1 }

test.each<[string, object[], string]>([
  [
    'neither rank nor score',
    [{ user_id: 'ana', item_id: 'lamp' }],
    'recommendations has neither a column rank nor a column score; its columns are user_id, item_id',
  ],
  ['no user', [{ item_id: 'lamp', rank: 1 }], 'recommendations has no column user_id'],
  ['an item twice', [row, { ...row, rank: 2 }], 'recommendations: user ana has item lamp twice, again in row 1'],
  ['a rank twice', [row, { ...row, item_id: 'vase' }], 'recommendations: rank 1 in row 1 stands twice'],
  ['a rank that is no number', [{ ...row, rank: Number.NaN }], 'recommendations: rank in row 0 is NaN'],
  ['an id that is no number', [{ ...row, user_id: Number.NaN }], 'recommendations: user_id in row 0 is NaN'],
  ['users of another type', [{ ...row, user_id: 1 }], 'user_id holds numbers in recommendations and texts in truth'],
  ['items of another type', [{ ...row, item_id: 1 }], 'item_id holds numbers in recommendations and texts in truth'],
  ['other users', [{ ...row, user_id: 'nobody' }], 'no user of the truth has recommendations'],
  ['a rank that is a text', [{ ...row, rank: '1' }], 'rank in row 0 is the text "1"; it must be a number'],
])('recommendations with %s are refused', (_, rows, message) => {
  const measure = () => rankingMetricsFrame(toDataFrame(rows), likesOne, { k: 1 })
  expect(measure).toThrow(RangeError)
  expect(measure).toThrow(message)
})

test('recommendations without a row are refused', () => {
  const none = { columns: ['user_id', 'item_id', 'rank'], column: () => ({ values: [] }) } as never
  expect(() => rankingMetricsFrame(none, likesOne, { k: 1 })).toThrow('no user of the truth has recommendations')
})

test('a truth with an item twice or a gain below 0, and unknown options, are refused', () => {
  const like = { user_id: 'ana', item_id: 'lamp' }
  expect(() => rankingMetricsFrame(ranked, toDataFrame([like, like]), { k: 1 })).toThrow(
    'truth: user ana has item lamp twice, again in row 1',
  )
  expect(() => rankingMetricsFrame(ranked, toDataFrame([{ ...like, gain: -1 }]), { k: 1 })).toThrow('truth: gain in row 0 is -1')
  expect(() => rankingMetricsFrame(ranked, truth, { k: 0 })).toThrow('k is 0')
  expect(() => rankingMetricsFrame(ranked, truth, { k: 1, by: 'item' as 'user' })).toThrow('by is "item"')
  expect(() => rankingMetricsFrame(ranked, truth, { k: 1, top: 3 } as { k: number })).toThrow('no option "top"')
})

test('rows that are no DataFrame are told so', () => {
  expect(() => rankingMetricsFrame([{ user_id: 'ana' }] as never, truth, { k: 1 })).toThrow(
    'recommendations is no DataFrame; toDataFrame(rows)',
  )
  expect(() => rankingMetricsFrame(ranked, [] as never, { k: 1 })).toThrow('truth is no DataFrame')
})
