import { mean } from 'simple-statistics'
import { finiteScores } from './scores'

/**
 * Optimality gap: how far scores fall short of a target on average, where what lies above it counts as met (Agarwal et al. 2021, rliable).
 *
 * mean over scores of max(0, target - score), in the unit of the scores; 0 where every run reaches the target. Unlike the mean it is not
 * mended by a run that does better than is asked.
 *
 * @param scores one for each run, any order
 * @param target what is asked, 1 for normalised scores
 * @throws RangeError when there are no scores, or a number is not finite
 */
export function optimalityGap(scores: ArrayLike<number>, target = 1): number {
  if (!Number.isFinite(target)) throw new RangeError(`target is ${target}; it must be a finite number`)
  return mean(finiteScores(scores).map(score => Math.max(0, target - score)))
}
