/**
 * Learners with one mistake each, of the kind that people make: for learning to read training curves.
 *
 * Nothing here is broken by trick code: every mistake is a setting of the agent, or a line of the shop's rewards, that somebody got wrong.
 */
import { type DoubleDqnOptions, doubleDqn } from '../agents/double-dqn'
import { type CandyStoreOptions, candyStore } from '../envs/candy-store'
import { train } from './train'

export interface BrokenLearner {
  /** A to F as the curves are labelled; 'healthy' for the one without a mistake. */
  readonly label: string
  /** The mistake in a few words. */
  readonly mistake: string
  /** What is set wrongly: the agent's options, or those of the shop it learns in. */
  readonly agent?: Partial<DoubleDqnOptions>
  readonly shop?: CandyStoreOptions
}

/** A small network, which learns in seconds, with settings that suit it. */
export const healthyOptions: Partial<DoubleDqnOptions> = { hiddenUnits: [64, 64], epsilonDecay: 0.995 }

/** The healthy one first. */
export const brokenLearners: readonly BrokenLearner[] = [
  { label: 'healthy', mistake: 'none' },
  { label: 'A', mistake: 'epsilon never falls', agent: { epsilonDecay: 1 } },
  { label: 'B', mistake: 'discount of 1 in visits without an end', agent: { discount: 1 } },
  { label: 'C', mistake: 'learning rate 100 times too high', agent: { learningRate: 0.1 } },
  { label: 'D', mistake: 'rewards swapped', shop: { engagedReward: -0.1, ignoredReward: 1 } },
  { label: 'E', mistake: 'target network copied after every update', agent: { targetUpdate: 'hard', targetEvery: 1 } },
  { label: 'F', mistake: 'target network never updated', agent: { targetUpdate: 'hard', targetEvery: 100_000_000 } },
]

/** What a learner shows of itself every so many episodes: means over them. */
export interface LearnerPoint {
  readonly learner: string
  readonly seed: number
  readonly episode: number
  /** As the learner is paid: bonuses left out. */
  readonly return: number
  readonly loss: number
  readonly epsilon: number
  /** The mean, over shoppers who walk in, of the highest value of any item. */
  readonly value: number
}

export interface WatchOptions {
  /** The shop that it learns in, before the learner's own mistake. */
  readonly shop?: CandyStoreOptions
  readonly seed: number
  readonly episodes: number
  /** Episodes that one point stands for. */
  readonly every: number
  readonly signal?: AbortSignal
}

/** Shoppers whose values are watched. */
const PROBES = 50

/**
 * Trains one of them and writes down its curves.
 *
 * @returns its curves, and the mean greedy return that it earns in the end by the shop's right rewards
 */
export async function watchLearner(learner: BrokenLearner, options: WatchOptions): Promise<{ points: LearnerPoint[]; earned: number }> {
  const { shop = {}, seed, episodes, every, signal } = options
  const agent = await doubleDqn(candyStore(1, shop).spec, { ...healthyOptions, ...learner.agent, seed })
  try {
    const env = candyStore(1, { ...shop, ...learner.shop })
    const right = candyStore(PROBES, shop)
    right.reset(seed)
    const { width, actions } = right.spec
    const probes = right.observations.slice()
    const scores = new Float32Array(actions.kind === 'discrete' ? actions.n : 0)
    const values: number[] = []
    let earned = 0
    const record = await train(agent, env, {
      ...{ episodes, seed, evaluateEveryEpisodes: every },
      evaluation: { env: right, episodes: 4 * PROBES, seed: 1_000_000 },
      onEvaluation({ mean }) {
        earned = mean
        let sum = 0
        for (let probe = 0; probe < PROBES; probe++) {
          agent.scores(probes.subarray(probe * width, (probe + 1) * width), scores)
          sum += scores.reduce((highest, score) => Math.max(highest, score), -Infinity)
        }
        values.push(sum / PROBES)
        return undefined
      },
      ...(signal && { signal }),
    })
    const { returns, losses, epsilons } = record.curves
    const points = values.map((value, at) => {
      const [from, to] = [at * every, (at + 1) * every]
      // Episodes before the first update have no loss.
      const known = losses.slice(from, to).filter(Number.isFinite)
      return {
        ...{ learner: learner.label, seed, episode: to, return: mean(returns.slice(from, to)) },
        ...{ loss: mean(known), epsilon: epsilons[to - 1]!, value },
      }
    })
    return { points, earned }
  } finally {
    agent.dispose()
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
