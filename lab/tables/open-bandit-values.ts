/**
 * What uniform choice earns in the Open Bandit Dataset, said by the log of another policy, beside what its own log says (src/data/open-bandit.ts).
 *
 * Two policies ran side by side in each campaign. The log of Bernoulli Thompson sampling is asked what uniform choice would have earned, and since
 * uniform choice did run, the answer can be looked up.
 */
import { meanInterval, type OpenBanditFeedback, offPolicyEstimates, openBandit } from 'shoplab'

export interface OpenBanditRow {
  readonly campaign: string
  readonly estimator: string
  /** Clicks per round. */
  readonly estimate: number
  readonly low: number
  readonly high: number
  readonly effectiveSampleSize: number
  readonly largestWeight: number
  readonly warning: string
}

const ownLog = 'its own log'

/** @throws UserError when the data have not been fetched */
export function openBanditValues(campaigns: readonly ('all' | 'men' | 'women')[] = ['all', 'men', 'women']): OpenBanditRow[] {
  return campaigns.flatMap(campaign => {
    const [uniform, sampling] = [openBandit({ behaviour: 'random', campaign }), openBandit({ behaviour: 'bts', campaign })]
    const { estimate, low, high } = meanInterval(uniform.reward)
    const truth = { estimate, low, high, effectiveSampleSize: uniform.rounds, largestWeight: 1, warning: '' }
    return [
      { campaign, estimator: ownLog, ...truth },
      ...offPolicyEstimates(sampling, uniformPolicy(sampling)).map(
        ({ estimator, estimate, low, high, effectiveSampleSize, largestWeight, warning }) => ({
          ...{ campaign, estimator, estimate, low, high, effectiveSampleSize, largestWeight, warning },
        }),
      ),
    ]
  })
}

function uniformPolicy({ rounds, actions }: OpenBanditFeedback): Float64Array {
  return new Float64Array(rounds * actions).fill(1 / actions)
}
