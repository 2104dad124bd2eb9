/**
 * Thompson sampling with normal rewards (Thompson 1933; Agrawal & Goyal 2013, "Further optimal regret bounds for Thompson sampling",
 * section 3; Russo et al. 2018, "A tutorial on Thompson sampling", section 4): each arm is pulled as often as it is believed to be the
 * best.
 *
 * Rewards are taken as normal with a known variance, and the mean of each arm has a normal prior. After n pulls with mean m it is
 *
 *   precision = 1 / priorVariance + n / noiseVariance
 *   mean      = (priorMean / priorVariance + n · m / noiseVariance) / precision, deviation = 1 / sqrt(precision)
 *
 * While learning, a number is drawn from each of these, and the arm of the highest is pulled. With forgetting n is discounted, so that an
 * arm not pulled for long is believed to be what it was before anything was known.
 *
 * Propensities are the probability that an arm's draw is the highest, integrated numerically to 1e-8 (highest-normal.ts) and not below.
 * Among a hundred arms the integral takes some 15 ms for each arm that is shown, so it is taken only when asked for.
 */
import type { Spec } from '../envs/env'
import { normal } from '../random/draws'
import type { Generator } from '../random/generator'
import { ActionValues, type ForgettingOptions, forgettingField } from './action-values'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { Arms, armSpaces } from './arms'
import { BanditAgent, type BanditRule } from './bandit-agent'
import { NormalDraws } from './highest-normal'
import { atLeast, between, readOptions, seed } from './options'

export interface ThompsonGaussianOptions extends ForgettingOptions {
  /** What an arm is believed to bring before it was pulled; 0. */
  readonly priorMean: number
  /** How sure that is not, above 0; 1. Let it be as large as the arms may differ, squared. */
  readonly priorVariance: number
  /** How much one reward of an arm differs from another, squared, above 0; 1. */
  readonly noiseVariance: number
  /** Of what is drawn while learning; 0. */
  readonly seed: number
}

const kind = 'thompson-gaussian'

const fields = () => ({
  priorMean: between(-1e6, 1e6).default(0),
  priorVariance: atLeast(0, { excluded: true }).default(1),
  noiseVariance: atLeast(0, { excluded: true }).default(1),
  forgetting: forgettingField(),
  seed: seed().default(0),
})

export const thompsonGaussianFacts: AgentFacts = {
  kind,
  about: 'each item as often as it is believed to be the best, by normal rewards',
  source: 'Thompson 1933; Agrawal & Goyal 2013; Russo et al. 2018',
  spaces: armSpaces,
  fields,
}

/** @throws UserError for options that do not fit, slates, or more than 10,000 combinations */
export function thompsonGaussian(spec: Spec, given: Partial<ThompsonGaussianOptions> = {}): Agent {
  const options = readOptions<ThompsonGaussianOptions>(kind, fields, given)
  const arms = new Arms(kind, spec)
  return new BanditAgent(spec, arms, new ThompsonGaussian(arms.count, options), options)
}

class ThompsonGaussian implements BanditRule {
  readonly kind = kind
  readonly name = 'Thompson sampling (Gaussian)'
  readonly values: ActionValues
  /** Of the posteriors. */
  readonly means: Float64Array
  private readonly deviations: Float64Array
  private readonly draws: NormalDraws
  /** Probabilities asked for since something was learned; -1: not yet. */
  private readonly known: Float64Array

  constructor(
    private readonly count: number,
    private readonly settings: ThompsonGaussianOptions,
  ) {
    this.values = new ActionValues(count, settings.forgetting)
    this.means = new Float64Array(count)
    this.deviations = new Float64Array(count)
    this.draws = new NormalDraws(this.means, this.deviations)
    this.known = new Float64Array(count)
  }

  prepare(): void {
    const { count, values, means, deviations } = this
    const { priorMean, priorVariance, noiseVariance } = this.settings
    for (let arm = 0; arm < count; arm++) {
      const pulls = values.count(arm)
      const precision = 1 / priorVariance + pulls / noiseVariance
      means[arm] = (priorMean / priorVariance + (pulls * values.means[arm]!) / noiseVariance) / precision
      deviations[arm] = 1 / Math.sqrt(precision)
    }
    this.known.fill(-1)
  }

  choose(policy: Generator): number {
    const { count, means, deviations } = this
    const draw = normal
    let highest = -Infinity
    let best = 0
    for (let arm = 0; arm < count; arm++) {
      const drawn = means[arm]! + deviations[arm]! * draw(policy)
      if (drawn <= highest) continue
      highest = drawn
      best = arm
    }
    return best
  }

  probability(arm: number): number {
    if (this.known[arm]! < 0) this.known[arm] = this.draws.probability(arm)
    return this.known[arm]!
  }
}
