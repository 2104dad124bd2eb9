/**
 * Ranking metrics against figures that others published.
 *
 * - pytrec_eval's README, https://github.com/cvangysel/pytrec_eval (binary relevance)
 * - ir_measures on five documents of graded relevance, https://ir-measur.es
 */
import { expect, test } from 'vitest'
import { averagePrecision } from '../../src/metrics/average-precision'
import { ndcg } from '../../src/metrics/ndcg'
import { precisionAtK } from '../../src/metrics/precision-at-k'
import { recallAtK } from '../../src/metrics/recall-at-k'

/** The ids of the scores, best first. */
const byScore = (scores: Record<number, number>) =>
  Object.keys(scores)
    .map(Number)
    .sort((a, b) => scores[b]! - scores[a]!)

const relevance = (ids: number[]) => new Map(ids.map(id => [id, 1]))

test('pytrec_eval, first query: ndcg .5, map 1/3', () => {
  const ranked = byScore({ 1: 1, 2: 0, 3: 1.5 })
  expect(ndcg(ranked, relevance([2]), 3)).toBe(0.5)
  expect(averagePrecision(ranked, new Set([2]), 3, { denominator: 'relevant' })).toBe(1 / 3)
})

test('pytrec_eval, second query: ndcg .6934264036172708, map .5833333333333333', () => {
  const ranked = byScore({ 1: 1.5, 2: 0.2, 3: 0.5 })
  expect(ndcg(ranked, relevance([2, 3]), 3)).toBeCloseTo(0.6934264036172708, 15)
  expect(averagePrecision(ranked, new Set([2, 3]), 3, { denominator: 'relevant' })).toBeCloseTo(0.5833333333333333, 15)
})

test('pytrec_eval: one hit at rank 2 has ndcg .6309297535714575', () => {
  expect(ndcg([7, 8], relevance([8]), 2)).toBeCloseTo(0.6309297535714575, 15)
})

const graded = new Map([0, 1, 1, 2, 0].map((value, document) => [document, value]))
const relevant = new Set([1, 2, 3])
const ranked = byScore({ 0: 0.8, 1: 0.3, 2: 0.7, 3: 0.4, 4: 0.1 })

test('ir_measures: P@5 .6, R@2 1/3', () => {
  expect(precisionAtK(ranked, relevant, 5)).toBe(0.6)
  expect(recallAtK(ranked, relevant, 2)).toBe(1 / 3)
})

test('ir_measures: AP .6388888888888888, AP@2 1/6', () => {
  expect(averagePrecision(ranked, relevant, 5, { denominator: 'relevant' })).toBeCloseTo(0.6388888888888888, 15)
  expect(averagePrecision(ranked, relevant, 2, { denominator: 'relevant' })).toBeCloseTo(1 / 6, 15)
})

test('ir_measures: nDCG .6584645692843067, nDCG@2 .23981246656813146', () => {
  expect(ndcg(ranked, graded, 5)).toBeCloseTo(0.6584645692843067, 15)
  expect(ndcg(ranked, graded, 2)).toBeCloseTo(0.23981246656813146, 15)
})

test('ir_measures, exponential gain: nDCG .6201040599710453, nDCG@2 .17376534287144002', () => {
  expect(ndcg(ranked, graded, 5, { gain: 'exponential' })).toBeCloseTo(0.6201040599710453, 15)
  expect(ndcg(ranked, graded, 2, { gain: 'exponential' })).toBeCloseTo(0.17376534287144002, 15)
})

test('recommended 0 to 4 where 0, 2, 4, 6, 8 are relevant: precision@5 .6, recall@5 .6', () => {
  expect(precisionAtK([0, 1, 2, 3, 4], new Set([0, 2, 4, 6, 8]), 5)).toBe(0.6)
  expect(recallAtK([0, 1, 2, 3, 4], new Set([0, 2, 4, 6, 8]), 5)).toBe(0.6)
})
