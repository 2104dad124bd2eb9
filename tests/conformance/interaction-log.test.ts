/**
 * The interaction log against its original, github.com/kryptologyst/Reinforcement-Learning-for-Recommendation-Systems at commit 465a2de: the
 * numbers stand in src/conformance/interaction-log.ts; here they are tested, with its words and with what its metrics do.
 */
import { expect, test } from 'vitest'
import { interactionLogFigures, publishedLog } from '../../src/conformance/interaction-log'
import { relevantByQuantile } from '../../src/data/interaction-log-relevance'
import { temporalSplit } from '../../src/data/temporal-split'
import { averagePrecision } from '../../src/metrics/average-precision'
import { hitRate } from '../../src/metrics/hit-rate'
import { intraListDiversity } from '../../src/metrics/intra-list-diversity'
import { ndcg } from '../../src/metrics/ndcg'
import { precisionAtK } from '../../src/metrics/precision-at-k'
import { recallAtK } from '../../src/metrics/recall-at-k'
import { testFigures } from './test-figures'

testFigures(interactionLogFigures)

const { interactions, items, users } = publishedLog()

test('the words of its items and users are the original’s too', () => {
  expect(items.categories.slice(0, 4)).toEqual(['home', 'sports', 'clothing', 'clothing'])
  expect([0, 1, 2, 3, 999].map(user => [users.gender[user], users.location[user]])).toEqual([
    ['M', 'Asia'],
    ['M', 'US'],
    ['Other', 'Asia'],
    ['M', 'Other'],
    ['M', 'EU'],
  ])
})

test('no weight is 1, so every published metric is 0; a quantile as threshold mends it', () => {
  expect(interactions.weight.every(weight => weight < 1)).toBe(true)
  const held = temporalSplit({ interactions }).test
  const asPublished = new Set(Array.from(held.item).filter((_, row) => held.weight[row] === 1))
  const relevant = relevantByQuantile(held, users.count)
  const shown = [...relevant[held.user[0]!]!, ...Array.from({ length: 10 }, (_, item) => item)].filter(
    (item, at, all) => all.indexOf(item) === at,
  )
  for (const metric of [precisionAtK, recallAtK, hitRateOf]) {
    expect(metric(shown, asPublished, 10)).toBe(0)
    expect(metric(shown, relevant[held.user[0]!]!, 10)).toBeGreaterThan(0)
  }
})

const hitRateOf = (ranked: number[], relevant: Set<number>, k: number) => hitRate([ranked], [relevant], k)

const ranked = [0, 1, 2, 3, 4]
const relevant = new Set([0, 2, 4, 6, 8])

// Hits at ranks 1, 3, 5: 1 + 2/3 + 3/5 = 2.2667. At 3: 1 + 2/3 = 1.6667. Ideal gain at 3: 1 + 1/log2 3 + 1/2.
test('MAP is divided by min(k, |relevant|), where the original divides by |relevant| alone', () => {
  expect(averagePrecision(ranked, relevant, 3)).toBeCloseTo(1.6667 / 3, 4)
  expect(averagePrecision(ranked, relevant, 3, { denominator: 'relevant' })).toBeCloseTo(1.6667 / 5, 4)
  expect(averagePrecision(ranked, relevant, 5)).toBeCloseTo(2.2667 / 5, 4)
  expect(ndcg(ranked, new Map([...relevant].map(item => [item, 1])), 3)).toBeCloseTo(1.5 / (1.5 + 1 / Math.log2(3)), 12)
})

// The original says 1 - (distinct / shown) = 0 without features, and with them leaves zeros on the diagonal in the mean: for two items alike
// 1 - (0 + 1 + 1 + 0)/4 = .5 where there is no diversity at all.
test('diversity is pairwise and off the diagonal: two items alike have 0, two unlike 1, two of three alike 2/3', () => {
  const catalogue = { features: Float32Array.of(1, 0, 1, 0, 0, 1), width: 2 }
  expect(intraListDiversity([0, 1], catalogue, 2)).toBeCloseTo(0, 12)
  expect(intraListDiversity([0, 2], catalogue, 2)).toBeCloseTo(1, 12)
  expect(intraListDiversity([0, 1, 2], catalogue, 3)).toBeCloseTo(2 / 3, 12)
})
