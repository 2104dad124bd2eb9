import { mean } from 'simple-statistics'
import { finiteScores } from './scores'

/**
 * Interquartile mean: the mean of the middle half of all scores, a quarter cut off at each end (Agarwal et al. 2021, rliable).
 *
 * As firm against outliers as the median, but it uses half of the scores instead of one or two. floor(n / 4) scores are cut at each
 * end, as scipy's trim_mean does, so up to three scores it is the mean.
 *
 * @param scores  one for each run, any order
 * @throws RangeError when there are none, or one is not finite
 */
export function interquartileMean(scores: ArrayLike<number>): number {
  const sorted = finiteScores(scores).sort((a, b) => a - b)
  const cut = Math.floor(sorted.length / 4)
  return mean(sorted.slice(cut, sorted.length - cut))
}
