/** Ranking metrics of many users at once, on typed arrays: to the last bit what the functions for one list give. */
import { mean } from 'simple-statistics'
import { checkKeys, checkWord } from '../data/check'
import { type AveragePrecisionOptions, averagePrecisionOfHits } from './average-precision'
import { f1OfHits } from './f1-at-k'
import { hitOfHits } from './hit-rate'
import type { Hits } from './hits'
import { greatestRelevance, type NdcgOptions, ndcgOfHits } from './ndcg'
import { precisionOfHits } from './precision-at-k'
import { rPrecisionOfHits } from './r-precision'
import { type RankBiasedPrecisionOptions, rankBiasedPrecisionOfHits } from './rank-biased-precision'
import { checkCutOff } from './ranked-list'
import { recallOfHits } from './recall-at-k'
import { reciprocalRankOfHits } from './reciprocal-rank'
import type { RelevantItems } from './relevant-items'
import { checkLists, eachUserHits, type RankedLists } from './user-hits'

type Formula = (hits: Hits, k: number) => number
type FormulaOptions = AveragePrecisionOptions & NdcgOptions & RankBiasedPrecisionOptions

const formulas = {
  precision: () => precisionOfHits,
  recall: () => recallOfHits,
  f1: () => f1OfHits,
  hitRate: () => hitOfHits,
  reciprocalRank: () => reciprocalRankOfHits,
  averagePrecision: averagePrecisionOfHits,
  ndcg: ndcgOfHits,
  rankBiasedPrecision: rankBiasedPrecisionOfHits,
  rPrecision: () => rPrecisionOfHits,
} satisfies Record<string, (options: FormulaOptions) => Formula>

export type RankingMetric = keyof typeof formulas

/** All of them, in the order in which they are given. */
export const rankingMetricNames = Object.keys(formulas) as readonly RankingMetric[]

export interface RankingMetricsOptions extends FormulaOptions {
  /** One cut-off or several, each at least 1. */
  readonly k: number | readonly number[]
  /** Which metrics; all unless told. */
  readonly metrics?: readonly RankingMetric[]
  /** Items there are, ids 0 to catalogue - 1; other ids are refused. Without it whatever ids are found. */
  readonly catalogue?: number
}

/** By metric and cut-off: 'ndcg@10'. R-precision has no cut-off: 'rPrecision'. */
export interface RankingMetrics {
  /** A number for each user, [users]. */
  readonly users: Readonly<Record<string, Float64Array>>
  /** Over all users; that of 'averagePrecision@10' is MAP, that of 'reciprocalRank@10' MRR. */
  readonly means: Readonly<Record<string, number>>
}

/**
 * The metrics of every user, and their means.
 *
 * A user with no relevant item scores 0 in all of them and counts in the means; leave such users out first where that is not meant. An
 * empty place is a miss. With gains, an item is relevant where its gain is above 0; NDCG alone looks at how much.
 *
 * @param lists     [users, width]
 * @param relevant  the relevant items of the same users, in the same order
 * @throws RangeError when k is below 1, a metric or an option is unknown, lengths differ, an item stands twice in a user's list or among the
 *   relevant, an id lies outside the catalogue, or a gain lies outside its range (as for `ndcg`)
 */
export function rankingMetrics(lists: RankedLists, relevant: RelevantItems, options: RankingMetricsOptions): RankingMetrics {
  checkKeys('rankingMetrics', options, ['k', 'metrics', 'catalogue', 'denominator', 'gain', 'persistence'])
  const { metrics = rankingMetricNames, catalogue, gain = 'linear' } = options
  const cutOffs = typeof options.k === 'object' ? options.k : [options.k]
  if (cutOffs.length === 0 || metrics.length === 0) throw new RangeError(`${cutOffs.length ? 'metrics' : 'k'} is empty; give at least one`)
  for (const k of cutOffs) checkCutOff(k)
  const wanted = metrics.flatMap(metric => {
    const formula: Formula = formulas[checkWord('metrics', metric, rankingMetricNames)](options)
    if (metric === 'rPrecision') return [{ name: metric as string, k: 0, formula }]
    return cutOffs.map(k => ({ name: `${metric}@${k}`, k, formula }))
  })
  checkLists(lists)
  const columns = wanted.map(() => new Float64Array(lists.users))
  const [formulaOf, kOf] = [wanted.map(({ formula }) => formula), wanted.map(({ k }) => k)]
  const longest = Math.max(...cutOffs)
  eachUserHits(lists, relevant, { depth: longest, greatest: greatestRelevance[gain], catalogue }, (hits, user) => {
    for (let at = 0; at < columns.length; at++) columns[at]![user] = formulaOf[at]!(hits, kOf[at]!)
  })
  const named = <Value>(value: (at: number) => Value) => Object.fromEntries(wanted.map(({ name }, at) => [name, value(at)]))
  // The library's mean takes any list of numbers, though its types ask for an array; a copy of each column would cost as much as the metrics.
  return { users: named(at => columns[at]!), means: named(at => mean(columns[at] as unknown as number[])) }
}
