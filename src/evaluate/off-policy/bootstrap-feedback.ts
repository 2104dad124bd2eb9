/**
 * The bootstrap of a log: what is drawn again is what came independently of each other. Rounds that stand alone are drawn one by one
 * (bootstrap-rounds.ts). The rounds of a visit have a shopper in common, so of visits whole ones are drawn (the cluster bootstrap; Davison & Hinkley
 * 1997, section 3.8).
 */
import type { LoggedFeedback } from '../../data/logged-feedback'
import type { Interval } from '../bootstrap-interval'
import { bootstrapRounds } from './bootstrap-rounds'
import { episodesOf } from './episodes'
import type { EstimateOptions } from './estimate'

/**
 * Sum of numerators / sum of denominators, with the percentile interval.
 *
 * @param numerators   what each round adds above, [rounds], finite
 * @param denominators what each round adds below, [rounds], 0 or more; 1 each when left out
 * @throws RangeError when an option lies outside its range
 */
export function bootstrapFeedback(
  feedback: Pick<LoggedFeedback, 'rounds' | 'episode'>,
  numerators: Float64Array,
  denominators: Float64Array | undefined,
  options: EstimateOptions,
): Interval {
  if (!feedback.episode) return bootstrapRounds(numerators, denominators, options)
  const { starts, count } = episodesOf(feedback)
  if (count === feedback.rounds) return bootstrapRounds(numerators, denominators, options)
  const above = new Float64Array(count)
  const below = new Float64Array(count)
  for (let visit = 0; visit < count; visit++) {
    for (let round = starts[visit]!; round < starts[visit + 1]!; round++) {
      above[visit]! += numerators[round]!
      below[visit]! += denominators ? denominators[round]! : 1
    }
  }
  return bootstrapRounds(above, below, options)
}
