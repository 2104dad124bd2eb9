/**
 * Watching the rewards of a policy that serves: has their mean fallen or risen since it was put to work? Page's test (Page 1954, two-sided,
 * as cumulative sums; Hinkley 1971 for its threshold).
 *
 * Rewards are measured in standard deviations of a reference period, so that one threshold fits any shop:
 *   fall[t] = max(0, fall[t-1] - z[t] - slack),  rise[t] = max(0, rise[t-1] + z[t] - slack);  alarm when either exceeds the threshold.
 * Slack .25 and threshold 25 are for shifts of half a standard deviation and more, which are noticed after some hundred visits. What is usual
 * must be known far better than the slack: of 300 series of 10,000 independent normal rewards that never change, 3 raised the alarm with a
 * reference of 1,000 rewards, 19 with 300, 73 with 100 and 155 with 30 (tests/evaluate/reward-drift.test.ts counts again, over fewer).
 */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { finiteScores } from './scores'

export interface RewardDriftOptions {
  /** The first rewards, taken as what is usual; at least 30, and fewer than all. Below 1,000 false alarms become common. */
  readonly reference: number
  /** Standard deviations that the mean may move without harm; .25. */
  readonly slack?: number
  /** The sum at which the alarm is raised; 25. */
  readonly threshold?: number
}

export interface RewardDrift {
  /** Of the reference period. */
  readonly mean: number
  readonly deviation: number
  /** Number of the reward at which the alarm was first raised; undefined where it never was. */
  readonly alarm: number | undefined
  readonly direction: 'fall' | 'rise' | undefined
  /** [rewards]: the larger of the two sums, 0 in the reference period. */
  readonly sums: Float64Array
}

/**
 * @param rewards in the order of time, one a visit
 * @throws RangeError when there are too few, or one is not finite
 */
export function rewardDrift(rewards: ArrayLike<number>, { reference, slack = 0.25, threshold = 25 }: RewardDriftOptions): RewardDrift {
  const all = finiteScores(rewards, 'rewards')
  if (!(Number.isInteger(reference) && reference >= 30 && reference < all.length)) {
    throw new RangeError(`reference is ${reference}; it must be a whole number from 30 to below the ${all.length} rewards there are`)
  }
  for (const [name, value] of Object.entries({ slack, threshold })) {
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} is ${value}; it must be a number of at least 0`)
  }
  const usual = all.slice(0, reference)
  const centre = mean(usual)
  const deviation = sampleStandardDeviation(usual)
  const sums = new Float64Array(all.length)
  let fall = 0
  let rise = 0
  let alarm: number | undefined
  let direction: RewardDrift['direction']
  for (let at = reference; at < all.length; at++) {
    const moved = all[at]! - centre
    // Rewards that never varied: any other one is infinitely far away.
    const distance = deviation > 0 ? moved / deviation : moved === 0 ? 0 : Math.sign(moved) * (threshold + slack + 1)
    fall = Math.max(0, fall - distance - slack)
    rise = Math.max(0, rise + distance - slack)
    sums[at] = Math.max(fall, rise)
    if (alarm === undefined && sums[at]! > threshold) {
      alarm = at
      direction = fall > rise ? 'fall' : 'rise'
    }
  }
  return { mean: centre, deviation, alarm, direction, sums }
}
