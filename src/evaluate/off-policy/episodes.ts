/**
 * A log as sequences: where its episodes begin, and what the importance weights of whole sequences of decisions are.
 *
 *     w(t) = Π  π(a | s) / propensity    over the steps 0 to t of an episode, π being the judged policy
 *
 * is how much more often the judged policy would have gone this way up to step t (Precup, Sutton & Singh 2000). Products of many ratios
 * spread quickly: after fifty steps a handful of episodes usually has all the weight. The diagnostics are those of the weights of whole
 * episodes.
 *
 * Episodes may differ in length. After its end an episode pays nothing, as if it rested in a state with reward 0 and one action; its ratio
 * is 1 there, and its weight stays what it was (Thomas 2015, Safe reinforcement learning, chapter 2). The last round in the log ends its
 * episode.
 */
import { checkNumber } from '../../data/check'
import type { LoggedFeedback } from '../../data/logged-feedback'
import type { EstimateOptions } from './estimate'
import { importanceWeights, largestAllowed, type WeightDiagnostics, weightDiagnostics, weightWarnings } from './importance-weights'

export interface SequenceOptions extends EstimateOptions {
  /** What a reward one step later counts, between 0 and 1; 1. */
  readonly discount?: number
}

export interface Episodes {
  readonly count: number
  /** The first round of each episode, and after the last one the number of rounds, [count + 1]. */
  readonly starts: Int32Array
  /** Steps of the longest episode. */
  readonly longest: number
}

export interface SequenceWeights extends Episodes {
  /** π / propensity of each round alone, [rounds]. */
  readonly ratios: Float64Array
  /** The product of an episode's ratios up to and with each round, [rounds]. */
  readonly weights: Float64Array
  /** Of the weights of whole episodes. */
  readonly diagnostics: WeightDiagnostics
  readonly warnings: string[]
}

/** Where the episodes of a log begin. @throws RangeError when the log does not say */
export function episodesOf({ rounds, episode }: Pick<LoggedFeedback, 'rounds' | 'episode'>): Episodes {
  if (!episode) {
    throw new RangeError('episode is missing from the feedback; number the episode of each round, or use an estimator for single rounds')
  }
  const starts: number[] = []
  for (let round = 0; round < rounds; round++) if (round === 0 || episode[round] !== episode[round - 1]) starts.push(round)
  starts.push(rounds)
  const longest = starts.reduce((most, start, at) => (at === 0 ? 0 : Math.max(most, start - starts[at - 1]!)), 0)
  return { count: starts.length - 1, starts: Int32Array.from(starts), longest }
}

/**
 * The episodes of a log and their weights.
 *
 * @param policy [rounds, actions] or [rounds], as for importanceWeights
 * @throws RangeError for bad feedback or a bad policy, a log without episodes, and weights above 1e150
 */
export function sequenceWeights(feedback: LoggedFeedback, policy: ArrayLike<number>): SequenceWeights {
  const ratios = importanceWeights(feedback, policy)
  const episodes = episodesOf(feedback)
  const { count, starts } = episodes
  const weights = new Float64Array(ratios.length)
  const last = new Float64Array(count)
  for (let episode = 0; episode < count; episode++) {
    let weight = 1
    for (let round = starts[episode]!; round < starts[episode + 1]!; round++) {
      weights[round] = weight *= ratios[round]!
      if (weight > largestAllowed) {
        const length = round - starts[episode]! + 1
        throw new RangeError(
          `the weight of episode ${episode} is above ${largestAllowed} after ${length} steps; cut the log into shorter episodes`,
        )
      }
    }
    last[episode] = weight
  }
  const diagnostics = weightDiagnostics(last)
  return { ...episodes, ratios, weights, diagnostics, warnings: sequenceWarnings(diagnostics, count) }
}

/** The discount of the options; 1 when left out. @throws RangeError when it is not between 0 and 1 */
export function discountOf({ discount = 1 }: SequenceOptions): number {
  return checkNumber('discount', discount, 0, 1)
}

function sequenceWarnings(diagnostics: WeightDiagnostics, count: number): string[] {
  if (diagnostics.zeroSupport === 1)
    return ['no episode of the log goes a way that the judged policy would go to its end; the log cannot answer']
  return weightWarnings(diagnostics, count)
}
