import type { LoggedFeedback } from '../../data/logged-feedback'
import { stream } from '../../random/generator'
import { percentileInterval } from '../bootstrap-interval'
import { discountOf, type SequenceOptions, type SequenceWeights, sequenceWeights } from './episodes'
import type { OffPolicyEstimate } from './estimate'

/**
 * Weighted importance sampling of each decision (Thomas 2015, Safe reinforcement learning, chapter 3, there "consistent weighted
 * per-decision"):
 *
 *     Σ discount^t · (Σ w(t) · reward(t) over episodes) / (Σ w(t) over episodes)
 *
 * The weights of a step are made to sum to 1, so each step's term stays within the range of the rewards. Biased in small logs, consistent,
 * and mostly less variable than per-decision importance sampling. An episode that has ended adds nothing above and keeps its last weight
 * below, as it does in theory (episodes.ts); without that, the value of the logging policy would not come out as the
 * mean of its returns. Libraries that need all episodes of one length, such as SCOPE-RL, leave the question open.
 * A step that no episode reaches with a weight above 0 counts 0, with a warning.
 *
 * By hand, discount 1: one episode with rewards 1, 2 and weights 2, 1, another with reward 4 and weight .5: (2 + 2) / 2.5 + 2 / 1.5 =
 * 2.933.
 *
 * @param feedback with `episode`
 * @param policy   [rounds, actions], the judged policy's probability of each action in each round; or [rounds], of the action in the log
 *   alone
 * @returns the value of an episode; the interval is a bootstrap over whole episodes, the diagnostics those of their weights
 * @throws RangeError for bad feedback, a log without episodes, a bad policy, weights above 1e150, or an option out of range
 */
export function weightedImportanceSampling(
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  options: SequenceOptions = {},
): OffPolicyEstimate {
  const discount = discountOf(options)
  const { resamples = 1000, level = 0.95, seed = 0 } = options
  const episodes = sequenceWeights(feedback, policy)
  const { count, longest, diagnostics, warnings } = episodes
  const sums = new StepSums(feedback, episodes)
  for (let episode = 0; episode < count; episode++) sums.add(episode)
  const lost = sums.firstWithoutWeight()
  if (lost < longest && diagnostics.zeroSupport < 1) {
    warnings.push(`from step ${lost} on, counted from 0, no episode goes a way of the judged policy; what it gets from there counts 0`)
  }
  const chance = stream(seed, 'bootstrap', 'episodes')
  const interval = percentileInterval(sums.value(discount), { resamples, level }, () => {
    sums.clear()
    for (let draw = 0; draw < count; draw++) sums.add(Math.floor(chance.next() * count))
    return sums.value(discount)
  })
  return { estimator: 'weighted importance sampling', ...interval, ...diagnostics, warnings }
}

/** What the episodes added so far come to, step by step. */
class StepSums {
  /** [longest]: Σ weight · reward, and Σ weight of the episodes that are still going on. */
  private readonly above: Float64Array
  private readonly going: Float64Array
  /** [longest + 1]: Σ last weight of the episodes whose first step that is missing is this one. */
  private readonly ended: Float64Array
  private readonly gains: Float64Array

  constructor(
    { reward }: LoggedFeedback,
    private readonly episodes: SequenceWeights,
  ) {
    this.above = new Float64Array(episodes.longest)
    this.going = new Float64Array(episodes.longest)
    this.ended = new Float64Array(episodes.longest + 1)
    this.gains = episodes.weights.map((weight, round) => weight * reward[round]!)
  }

  clear(): void {
    for (const sums of [this.above, this.going, this.ended]) sums.fill(0)
  }

  add(episode: number): void {
    const { above, going, gains } = this
    const { starts, weights } = this.episodes
    const first = starts[episode]!
    const length = starts[episode + 1]! - first
    for (let step = 0; step < length; step++) {
      above[step]! += gains[first + step]!
      going[step]! += weights[first + step]!
    }
    this.ended[length]! += weights[first + length - 1]!
  }

  value(discount: number): number {
    let [value, power, over] = [0, 1, 0]
    for (let step = 0; step < this.above.length; step++, power *= discount) {
      over += this.ended[step]!
      const below = this.going[step]! + over
      if (below > 0) value += (power * this.above[step]!) / below
    }
    return value
  }

  /** The first step at which no episode, going on or ended, has a weight above 0; the longest episode's length where there is none. */
  firstWithoutWeight(): number {
    let over = 0
    for (let step = 0; step < this.going.length; step++) {
      over += this.ended[step]!
      if (this.going[step]! + over === 0) return step
    }
    return this.going.length
  }
}
