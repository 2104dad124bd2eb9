/**
 * Ranking metrics against figures that others published.
 *
 * - pytrec_eval's README, https://github.com/cvangysel/pytrec_eval (binary relevance)
 * - ir_measures on five documents of graded relevance, https://ir-measur.es
 *
 * Each number by the function for one list and by the one for many users at once.
 */
import { describe, expect, test } from 'vitest'
import { averagePrecision } from '../../src/metrics/average-precision'
import { ndcg } from '../../src/metrics/ndcg'
import { precisionAtK } from '../../src/metrics/precision-at-k'
import { type RankingMetricsOptions, rankingMetrics } from '../../src/metrics/ranking-metrics'
import { recallAtK } from '../../src/metrics/recall-at-k'
import { reciprocalRank } from '../../src/metrics/reciprocal-rank'

/** The ids of the scores, best first. */
const byScore = (scores: Record<number, number>) =>
  Object.keys(scores)
    .map(Number)
    .sort((a, b) => scores[b]! - scores[a]!)

/** One metric of one list, by `rankingMetrics`. */
function batch(
  name: string,
  ranked: number[],
  relevance: ReadonlyMap<number, number>,
  options: Partial<RankingMetricsOptions> = {},
): number {
  const gains = Float64Array.from(relevance.values())
  return rankingMetrics(
    { users: 1, width: ranked.length, items: Int32Array.from(ranked) },
    { offsets: Int32Array.of(0, relevance.size), items: Int32Array.from(relevance.keys()), gains },
    { k: Number(name.split('@')[1]), ...options },
  ).users[name]![0]!
}

const trec = { denominator: 'relevant' } as const

describe('pytrec_eval', () => {
  const relevance = (ids: number[]) => new Map(ids.map(id => [id, 1]))

  test('first query: ndcg .5, map 1/3', () => {
    const ranked = byScore({ 1: 1, 2: 0, 3: 1.5 })
    expect(ndcg(ranked, relevance([2]), 3)).toBe(0.5)
    expect(batch('ndcg@3', ranked, relevance([2]))).toBe(0.5)
    expect(averagePrecision(ranked, new Set([2]), 3, trec)).toBe(1 / 3)
    expect(batch('averagePrecision@3', ranked, relevance([2]), trec)).toBe(1 / 3)
  })

  test('second query: ndcg .6934264036172708, map .5833333333333333', () => {
    const ranked = byScore({ 1: 1.5, 2: 0.2, 3: 0.5 })
    expect(ndcg(ranked, relevance([2, 3]), 3)).toBeCloseTo(0.6934264036172708, 15)
    expect(batch('ndcg@3', ranked, relevance([2, 3]))).toBeCloseTo(0.6934264036172708, 15)
    expect(averagePrecision(ranked, new Set([2, 3]), 3, trec)).toBeCloseTo(0.5833333333333333, 15)
    expect(batch('averagePrecision@3', ranked, relevance([2, 3]), trec)).toBeCloseTo(0.5833333333333333, 15)
  })

  test('one hit at rank 2: ndcg .6309297535714575', () => {
    expect(ndcg([7, 8], relevance([8]), 2)).toBeCloseTo(0.6309297535714575, 15)
    expect(batch('ndcg@2', [7, 8], relevance([8]))).toBeCloseTo(0.6309297535714575, 15)
  })
})

describe('ir_measures', () => {
  const graded = new Map([0, 1, 1, 2, 0].map((value, document) => [document, value]))
  const relevant = new Set([1, 2, 3])
  const ranked = byScore({ 0: 0.8, 1: 0.3, 2: 0.7, 3: 0.4, 4: 0.1 })

  test('P@5 .6, R@2 1/3, RR .5', () => {
    expect(precisionAtK(ranked, relevant, 5)).toBe(0.6)
    expect(batch('precision@5', ranked, graded)).toBe(0.6)
    expect(recallAtK(ranked, relevant, 2)).toBe(1 / 3)
    expect(batch('recall@2', ranked, graded)).toBe(1 / 3)
    expect(reciprocalRank(ranked, relevant, ranked.length)).toBe(0.5)
    expect(batch('reciprocalRank@5', ranked, graded)).toBe(0.5)
  })

  test('AP .6388888888888888, AP@2 1/6', () => {
    for (const [k, published] of [
      [5, 0.6388888888888888],
      [2, 1 / 6],
    ] as const) {
      expect(averagePrecision(ranked, relevant, k, trec)).toBeCloseTo(published, 15)
      expect(batch(`averagePrecision@${k}`, ranked, graded, trec)).toBeCloseTo(published, 15)
    }
  })

  test.each([
    ['linear', 5, 0.6584645692843067],
    ['linear', 2, 0.23981246656813146],
    ['exponential', 5, 0.6201040599710453],
    ['exponential', 2, 0.17376534287144002],
  ] as const)('%s gain: nDCG@%d %d', (gain, k, published) => {
    expect(ndcg(ranked, graded, k, { gain })).toBeCloseTo(published, 15)
    expect(batch(`ndcg@${k}`, ranked, graded, { gain })).toBeCloseTo(published, 15)
  })
})

test('recommended 0 to 4 where 0, 2, 4, 6, 8 are relevant: precision@5 .6, recall@5 .6', () => {
  const wanted = [0, 2, 4, 6, 8]
  expect(precisionAtK([0, 1, 2, 3, 4], new Set(wanted), 5)).toBe(0.6)
  expect(recallAtK([0, 1, 2, 3, 4], new Set(wanted), 5)).toBe(0.6)
  for (const name of ['precision@5', 'recall@5']) {
    expect(batch(name, [0, 1, 2, 3, 4], new Map(wanted.map(item => [item, 1])))).toBe(0.6)
  }
})
