/**
 * The difference of two independent means with its interval and p-value (Welch 1947), for samples large enough that means are normal.
 *
 * For two groups of shoppers, each met by one policy only. Where both policies met the same shoppers, `pairedDifference` tells more.
 */
import { mean, sampleVariance } from 'simple-statistics'
import { cumulativeNormal } from '../random/cumulative-normal'
import { normalQuantile } from '../random/normal-quantile'
import { finiteScores } from './scores'

/** Fewer than this, and a mean of clicks or rewards cannot be taken for normal. */
const fewest = 30

export interface MeanDifference {
  readonly means: readonly [number, number]
  /** The second mean minus the first, with the interval around it. */
  readonly estimate: number
  readonly low: number
  readonly high: number
  /** How often a difference at least as large as this would be seen if there were none; two-sided. */
  readonly pValue: number
}

/**
 * @param first  the control's outcomes, at least 30
 * @param second the treatment's
 * @param level  the share of such intervals that should hold the truth
 * @throws RangeError when there are fewer than 30, or one is not finite
 */
export function meanDifference(first: ArrayLike<number>, second: ArrayLike<number>, level = 0.95): MeanDifference {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it lies between 0 and 1, like .95`)
  for (const group of [first, second]) {
    if (group.length < fewest)
      throw new RangeError(`a group has ${group.length} outcomes; at least ${fewest} are needed to take their mean for normal`)
  }
  const [one, other] = [finiteScores(first, 'first'), finiteScores(second, 'second')]
  const means = [mean(one), mean(other)] as const
  const estimate = means[1] - means[0]
  const spread = Math.sqrt(sampleVariance(one) / one.length + sampleVariance(other) / other.length)
  const reach = normalQuantile((1 + level) / 2) * spread
  const pValue = spread > 0 ? 2 * cumulativeNormal(-Math.abs(estimate) / spread) : estimate === 0 ? 1 : 0
  return { means, estimate, low: estimate - reach, high: estimate + reach, pValue }
}
