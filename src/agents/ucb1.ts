/**
 * UCB1 (Auer, Cesa-Bianchi & Fischer 2002, "Finite-time analysis of the multiarmed bandit problem", figure 1): optimism in the face of
 * uncertainty. While learning it pulls the arm whose mean reward could be the highest, and so finds out:
 *
 *   mean + alpha · sqrt(2 ln(pulls of all arms) / pulls of this arm)
 *
 * An arm never pulled could be anything and comes first. Of several highest, one at random, so that shoppers served together do not all
 * get the same new item. The paper has alpha 1 and rewards from 0 to 1; for others let alpha grow with their spread. Sutton & Barto's
 * c (2018, section 2.7) is alpha · sqrt(2).
 *
 * With forgetting, counts and means are discounted: discounted UCB (Garivier & Moulines 2011).
 */
import type { Spec } from '../envs/env'
import type { Generator } from '../random/generator'
import { ActionValues, type ForgettingOptions, forgettingField } from './action-values'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { Arms, armSpaces } from './arms'
import { BanditAgent, type BanditRule } from './bandit-agent'
import { highestOf } from './highest'
import { atLeast, readOptions, seed } from './options'

export interface Ucb1Options extends ForgettingOptions {
  /** How much what is not known counts, at least 0; 1. */
  readonly alpha: number
  /** Of the choice among equals; 0. */
  readonly seed: number
}

const kind = 'ucb1'

const fields = () => ({ alpha: atLeast(0).default(1), forgetting: forgettingField(), seed: seed().default(0) })

export const ucb1Facts: AgentFacts = {
  kind,
  about: 'the item that could be the best, by mean reward and how often it was tried',
  source: 'Auer, Cesa-Bianchi & Fischer 2002; Garivier & Moulines 2011',
  spaces: armSpaces,
  fields,
}

/**
 * The upper confidence bound of an arm.
 *
 * @param pulls of this arm; 0 makes the bound infinite
 * @param total pulls of all arms, at least 1
 */
export function upperConfidenceBound(mean: number, pulls: number, total: number, alpha: number): number {
  if (pulls === 0) return Infinity
  // Of a pull long forgotten so little may be left that the root is infinite, and 0 times that is no number.
  return alpha === 0 ? mean : mean + alpha * Math.sqrt((2 * Math.log(total)) / pulls)
}

/** @throws UserError for options that do not fit, slates, or more than 10,000 combinations */
export function ucb1(spec: Spec, given: Partial<Ucb1Options> = {}): Agent {
  const options = readOptions<Ucb1Options>(kind, fields, given)
  const arms = new Arms(kind, spec)
  return new BanditAgent(spec, arms, new Ucb1(arms.count, options), options)
}

class Ucb1 implements BanditRule {
  readonly kind = kind
  readonly name = 'UCB1'
  readonly values: ActionValues
  private readonly bounds: Float64Array
  /** The arms of the highest bound, the first `bestCount` of them. */
  private readonly best: Int32Array
  private bestCount = 0

  constructor(
    private readonly count: number,
    private readonly settings: Ucb1Options,
  ) {
    this.values = new ActionValues(count, settings.forgetting)
    this.bounds = new Float64Array(count)
    this.best = new Int32Array(count)
  }

  get means(): Float64Array {
    return this.values.means
  }

  prepare(): void {
    const { count, values, bounds, means } = this
    const { alpha } = this.settings
    let total = 0
    for (let arm = 0; arm < count; arm++) total += values.count(arm)
    for (let arm = 0; arm < count; arm++) bounds[arm] = upperConfidenceBound(means[arm]!, values.count(arm), total, alpha)
    this.bestCount = highestOf(bounds, this.best)
  }

  choose(policy: Generator): number {
    return this.best[Math.floor(policy.next() * this.bestCount)]!
  }

  probability(arm: number): number {
    return this.bounds[arm] === this.bounds[this.best[0]!] ? 1 / this.bestCount : 0
  }
}
