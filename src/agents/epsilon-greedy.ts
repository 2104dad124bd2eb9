/**
 * Epsilon-greedy with action values (Sutton & Barto 2018, section 2.2 to 2.5): the simplest learner there is.
 *
 * It keeps one number for every item, the mean of the rewards that showing it has brought, and ignores the observation. While learning it
 * shows a random item with probability epsilon, else the item with the highest value; of several highest, one at random. Acting for real,
 * it shows the highest, the lowest-numbered of several.
 *
 *   value ← value + step · (reward - value), where step is 1 / times shown (the mean), or constant, which forgets what was long ago
 *
 * Epsilon stays, or falls with every step of every shopper: epsilon · epsilonDecay^steps, but not below epsilonEnd.
 */
import { UserError } from '../data/user-error'
import type { Spec } from '../envs/env'
import type { Generator } from '../random/generator'
import { ActionValues, type ForgettingOptions, forgettingField } from './action-values'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { Arms, armSpaces } from './arms'
import { BanditAgent, type BanditRule } from './bandit-agent'
import { highestOf } from './highest'
import { between, checkAtMost, readOptions, seed } from './options'

export interface EpsilonGreedyOptions extends ForgettingOptions {
  /** Chance of a random item while learning, at the start; .1. */
  readonly epsilon: number
  /** What epsilon is multiplied by with every step of a shopper, 0 to 1; 1: it stays. */
  readonly epsilonDecay: number
  /** The least that epsilon falls to, at most `epsilon`; 0. */
  readonly epsilonEnd: number
  /** Value of an item never shown; 0. Higher than any reward, and every item is tried early (section 2.6). */
  readonly initialValue: number
  /** Constant step, 0 to 1, so that recent rewards count more; left out, the plain mean. Not together with `forgetting`. */
  readonly stepSize?: number
  /** Of what is drawn while learning; 0. */
  readonly seed: number
}

const kind = 'epsilon-greedy'

const fields = () => ({
  epsilon: between(0, 1).default(0.1),
  epsilonDecay: between(0, 1).default(1),
  epsilonEnd: between(0, 1).default(0),
  initialValue: between(-1e6, 1e6).default(0),
  stepSize: between(0, 1).optional(),
  forgetting: forgettingField(),
  seed: seed().default(0),
})

export const epsilonGreedyFacts: AgentFacts = {
  kind,
  about: 'the item with the highest mean reward, now and then another',
  source: 'Sutton & Barto 2018, chapter 2',
  spaces: armSpaces,
  fields,
}

/** @throws UserError for options that do not fit, slates, or more than 10,000 combinations */
export function epsilonGreedy(spec: Spec, given: Partial<EpsilonGreedyOptions> = {}): Agent {
  const options = readOptions<EpsilonGreedyOptions>(kind, fields, given)
  checkAtMost(kind, options, 'epsilonEnd', 'epsilon')
  if (options.stepSize !== undefined && options.forgetting < 1) {
    throw new UserError(
      `${kind}: stepSize is ${options.stepSize} and forgetting ${options.forgetting}; both forget what was long ago, choose one`,
    )
  }
  const arms = new Arms(kind, spec)
  return new BanditAgent(spec, arms, new EpsilonGreedy(arms.count, options), options)
}

class EpsilonGreedy implements BanditRule {
  readonly kind = kind
  readonly name = 'epsilon-greedy'
  readonly values: ActionValues
  /** The items of the highest value, the first `bestCount` of them. */
  private readonly best: Int32Array
  private bestCount = 0

  constructor(
    private readonly count: number,
    private readonly settings: EpsilonGreedyOptions,
  ) {
    this.values = new ActionValues(count, settings.forgetting, settings.initialValue, settings.stepSize)
    this.best = new Int32Array(count)
  }

  get means(): Float64Array {
    return this.values.means
  }

  get epsilon(): number {
    const { epsilon, epsilonDecay, epsilonEnd } = this.settings
    return epsilonDecay === 1 ? epsilon : Math.max(epsilonEnd, epsilon * epsilonDecay ** this.values.steps)
  }

  prepare(): void {
    this.bestCount = highestOf(this.means, this.best)
  }

  choose(policy: Generator): number {
    // Two uniforms whatever happens, so that runs which differ in what they learned still meet the same dice.
    const exploring = policy.next() < this.epsilon
    const draw = policy.next()
    return exploring ? Math.floor(draw * this.count) : this.best[Math.floor(draw * this.bestCount)]!
  }

  probability(item: number): number {
    const { means, best, epsilon } = this
    const greedy = means[item] === means[best[0]!] ? 1 / this.bestCount : 0
    return epsilon / this.count + (1 - epsilon) * greedy
  }
}
