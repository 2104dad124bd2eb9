/**
 * RecoGym's env_1 against what its authors printed (github.com/criteo-research/reco-gym at f8553d1, arXiv 1808.00720): traces and logs bit
 * for bit, and click-through rates; and against counts of its code under a seed.
 */
import { inProportionTo, type LogPolicy, randomProducts, recogymLogs } from '../envs/recogym-logs'
import type { RecogymOptions } from '../envs/recogym-options'
import { type PublishedFigure, shared } from './published-figure'
import { gettingStarted } from './recogym-getting-started'
import { clickThroughRates, organicModelRate } from './recogym-rates'

const shop = 'recogym'
const repository = 'github.com/criteo-research/reco-gym at f8553d1'
const start = `${repository}, Getting Started.ipynb, random_seed 42`
const embedding = `${repository}, Bandit Feedback - Embedding-based LogReg with Bandit Feedback.ipynb, reco_log.head(20)`
const organicModel = `${repository}, Bandit Feedback - Evaluate Organic Model with Bandit Signal.ipynb`
// Not printed anywhere. Its notebooks leave the agent unseeded, so that their own counts cannot come out.
const counted = `${repository}, its test_agent run with 1,000 users for training, 1,000 for the test, random_seed 42, the agent's RandomState(42)`

const exact = (what: string, source: string, published: readonly number[], ours: () => readonly number[], within = 0): PublishedFigure => ({
  ...{ shop, what, source, published, within, ours },
})

/** The first rows that generate_logs prints, with so many recommendations; before it, a user was reset who did nothing. */
const firstRows = (recommendations: number, options: RecogymOptions & { worldSeed: number }) =>
  shared(() => {
    const logs = recogymLogs(options, options.worldSeed)
    logs.skipUser()
    const sessions: number[][] = []
    const shown: number[] = []
    logs.run(1, {
      act(session, length) {
        sessions.push([...session.subarray(0, length)])
        shown.push(logs.drawProduct())
        return shown[shown.length - 1]!
      },
    })
    return { viewed: sessions.slice(0, recommendations).flat(), shown: shown.slice(0, recommendations) }
  })
const sixteen = firstRows(13, { products: 16, flips: 8, popularityDeviation: 0, tasteDrift: 0, worldSeed: 42 })
const thousand = firstRows(10, { products: 1000, flips: 500, popularityDeviation: 0.1, tasteDrift: 0.05, worldSeed: 41 })

/** Clicks and rows of the test, after the training that gives the policy its views. */
const clicksAndRows = (products: number, policyOf: (views: Float64Array) => LogPolicy) => () => {
  const logs = recogymLogs({ products }, 42)
  const { clicks, loggedRecommendations } = logs.run(1000, policyOf(logs.run(1000).views))
  return [clicks, loggedRecommendations]
}

/** What test_agent prints: the median, and the ends of the 95 % interval. */
export const publishedRates = {
  random: { median: 0.010861, low: 0.010143, high: 0.011613 },
  popularity: { median: 0.013709, low: 0.012895, high: 0.014556 },
} as const

const rate = (policy: keyof typeof publishedRates): PublishedFigure => {
  const { median, low, high } = publishedRates[policy]
  // 95 % of a normal distribution lie within 1.96 standard errors.
  const within = { error: (high - low) / 2 / 1.96 }
  return {
    shop,
    what: `click-through rate, ${policy}`,
    source: `${start}, test_agent`,
    published: median,
    within,
    ours: share => clickThroughRates(share)[policy],
  }
}

export const recogymFigures: readonly PublishedFigure[] = [
  exact('first user: products viewed before the first recommendation', start, [0], () => gettingStarted()[0].viewedBefore),
  exact('first user: products recommended, as drawn', start, [3, 4, 5], () => gettingStarted()[0].actions),
  exact('first user: rewards', start, [0, 0, 0], () => gettingStarted()[0].rewards),
  exact('first user: has left', start, [0, 0, 1], () => gettingStarted()[0].left),
  exact('second user: products viewed before the first recommendation', start, [1], () => gettingStarted()[1].viewedBefore),
  exact('second user: rewards of products 1 to 5', start, [0, 0, 0, 0, 0], () => gettingStarted()[1].rewards),
  exact(
    'second user: products viewed after the fifth',
    start,
    [4, 4, 4, 4, 4, 6, 4, 4, 4, 6, 4, 1, 4, 4, 4, 4, 1, 6],
    () => gettingStarted()[1].viewedAfter,
  ),
  exact('log of 16 products: viewed first', embedding, [1, 1, 6, 1, 6, 6, 1], () => sixteen().viewed),
  exact('log of 16 products: recommended', embedding, [7, 14, 2, 9, 6, 0, 7, 5, 4, 4, 6, 9, 14], () => sixteen().shown),
  exact(
    'log of 1,000 products: viewed first',
    `${organicModel}, reco_log.head(20)`,
    [135, 585, 347, 767, 211, 585, 898, 452, 347, 473],
    () => thousand().viewed,
  ),
  exact(
    'log of 1,000 products: recommended',
    `${organicModel}, reco_log.head(20)`,
    [666, 163, 752, 257, 412, 992, 939, 463, 375, 760],
    () => thousand().shown,
  ),
  exact(
    'click-through rate in proportion to own views: quantiles',
    `${organicModel}, result_AB`,
    [0.015113, 0.015896, 0.016706],
    organicModelRate,
    5e-7,
  ),
  exact('views of each product in training', counted, [1837, 464, 79, 1507, 6801, 3224, 303, 1395, 752, 5437], () => [
    ...recogymLogs({}, 42).run(1000).views,
  ]),
  exact(
    'clicks and rows: random of 10',
    counted,
    [927, 79_609],
    clicksAndRows(10, () => randomProducts(10, 42)),
  ),
  exact(
    'clicks and rows: in proportion to views',
    counted,
    [1132, 79_070],
    clicksAndRows(10, views => inProportionTo(views, 42)),
  ),
  exact(
    'clicks and rows: the most viewed',
    counted,
    [1217, 78_527],
    clicksAndRows(10, views => ({ act: () => views.indexOf(Math.max(...views)) })),
  ),
  exact(
    'clicks and rows: random of 100',
    counted,
    [763, 77_595],
    clicksAndRows(100, () => randomProducts(100, 42)),
  ),
  rate('random'),
  rate('popularity'),
]
