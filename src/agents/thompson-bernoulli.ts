/**
 * Thompson sampling with yes and no (Thompson 1933; Chapelle & Li 2011, "An empirical evaluation of Thompson sampling", algorithm 2;
 * Russo et al. 2018, section 3): each arm is pulled as often as it is believed to be the best.
 *
 * A pull is a success or it is not (`success` says what counts: a click, a purchase, or a reward above 0, whose size is not looked at). The
 * chance of success of each arm has a Beta prior, and after s successes in n pulls it is Beta(priorSuccesses + s, priorFailures + n - s).
 * While learning, a chance is drawn for each arm, and the arm of the highest is pulled. With forgetting s and n are discounted, so that an
 * arm not pulled for long is believed to be what it was before anything was known.
 *
 * Propensities are the probability that an arm's draw is the highest, integrated numerically to 1e-8 (highest-probability.ts) and not
 * below. The integral runs over the logit of the chance, log(p / (1 - p)), where the densities are smooth also when they grow without bound
 * at 0 or at 1. Among a hundred arms it takes some 50 ms for each arm that is shown, so it is taken only when asked for.
 */
import type { Env, Spec } from '../envs/env'
import { cumulativeBeta, logBeta } from '../random/cumulative-beta'
import { beta } from '../random/distributions'
import type { Generator } from '../random/generator'
import { ActionValues, type ForgettingOptions, forgettingField } from './action-values'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { Arms, armSpaces } from './arms'
import { BanditAgent, type BanditRule } from './bandit-agent'
import { type Draws, probabilityOfHighest } from './highest-probability'
import { atLeast, readOptions, seed } from './options'
import { markSuccesses, type SuccessOptions, successField } from './successes'

export interface ThompsonBernoulliOptions extends ForgettingOptions, SuccessOptions {
  /** Successes and failures that every arm is taken to have had before the first pull, at least .1 each; 1 and 1: any chance alike. */
  readonly priorSuccesses: number
  readonly priorFailures: number
  /** Of what is drawn while learning; 0. */
  readonly seed: number
}

const kind = 'thompson-bernoulli'

const fields = () => ({
  success: successField(),
  priorSuccesses: atLeast(0.1).default(1),
  priorFailures: atLeast(0.1).default(1),
  forgetting: forgettingField(),
  seed: seed().default(0),
})

export const thompsonBernoulliFacts: AgentFacts = {
  kind,
  about: 'each item as often as it is believed to be the best, by clicks',
  source: 'Thompson 1933; Chapelle & Li 2011; Russo et al. 2018',
  spaces: armSpaces,
  fields,
}

/** @throws UserError for options that do not fit, slates, or more than 10,000 combinations */
export function thompsonBernoulli(spec: Spec, given: Partial<ThompsonBernoulliOptions> = {}): Agent {
  const options = readOptions<ThompsonBernoulliOptions>(kind, fields, given)
  const arms = new Arms(kind, spec)
  return new BanditAgent(spec, arms, new ThompsonBernoulli(arms.count, options), options)
}

class ThompsonBernoulli implements BanditRule, Draws {
  readonly kind = kind
  readonly name = 'Thompson sampling (Bernoulli)'
  readonly values: ActionValues
  /** Of the posteriors. */
  readonly means: Float64Array
  /** [arms]: the two numbers of each Beta distribution, and the logarithm of its beta function, NaN as long as nobody asked. */
  private readonly successes: Float64Array
  private readonly failures: Float64Array
  private readonly logBetas: Float64Array
  /** Probabilities asked for since something was learned; -1: not yet. */
  private readonly known: Float64Array
  private marks = new Uint8Array(0)

  constructor(
    readonly count: number,
    private readonly settings: ThompsonBernoulliOptions,
  ) {
    this.values = new ActionValues(count, settings.forgetting)
    this.means = new Float64Array(count)
    this.successes = new Float64Array(count)
    this.failures = new Float64Array(count)
    this.logBetas = new Float64Array(count)
    this.known = new Float64Array(count)
  }

  outcomes(env: Env): Uint8Array {
    if (this.marks.length !== env.copies) this.marks = new Uint8Array(env.copies)
    markSuccesses(env, 1, this.settings.success, this.marks)
    return this.marks
  }

  prepare(): void {
    const { count, values, means, successes, failures } = this
    const { priorSuccesses, priorFailures } = this.settings
    for (let arm = 0; arm < count; arm++) {
      const pulls = values.count(arm)
      successes[arm] = priorSuccesses + pulls * values.means[arm]!
      failures[arm] = priorFailures + pulls * (1 - values.means[arm]!)
      means[arm] = successes[arm]! / (successes[arm]! + failures[arm]!)
    }
    this.logBetas.fill(Number.NaN)
    this.known.fill(-1)
  }

  choose(policy: Generator): number {
    const { count, successes, failures } = this
    const draw = beta
    let highest = -1
    let best = 0
    for (let arm = 0; arm < count; arm++) {
      const drawn = draw(policy, successes[arm]!, failures[arm]!)
      if (drawn <= highest) continue
      highest = drawn
      best = arm
    }
    return best
  }

  probability(arm: number): number {
    if (this.known[arm]! < 0) {
      // The density falls by e^-40 within these bounds, by its slopes far out and by its deviation near the middle.
      const middle = Math.log(this.successes[arm]! / this.failures[arm]!)
      this.known[arm] = probabilityOfHighest(this, arm, this.edge(arm, middle, -1), this.edge(arm, middle, 1))
    }
    return this.known[arm]!
  }

  /** Density of the logit. */
  density(arm: number, logit: number): number {
    if (Number.isNaN(this.logBetas[arm]!)) this.logBetas[arm] = logBeta(this.successes[arm]!, this.failures[arm]!)
    return Math.exp(this.logWeight(arm, logit) - this.logBetas[arm]!)
  }

  cumulative(arm: number, logit: number): number {
    return cumulativeBeta(1 / (1 + Math.exp(-logit)), this.successes[arm]!, this.failures[arm]!, 1 / (1 + Math.exp(logit)))
  }

  /** successes · log(p) + failures · log(1 - p): the logarithm of the density, but for a constant. */
  private logWeight(arm: number, logit: number): number {
    return -this.successes[arm]! * logOneAnd(-logit) - this.failures[arm]! * logOneAnd(logit)
  }

  /** Where, to one side of its highest point, the density has fallen by e^-40. */
  private edge(arm: number, middle: number, side: -1 | 1): number {
    const floor = this.logWeight(arm, middle) - 40
    let reach = Math.sqrt(1 / this.successes[arm]! + 1 / this.failures[arm]!)
    while (this.logWeight(arm, middle + side * reach) > floor) reach *= 1.5
    return middle + side * reach
  }
}

/** log(1 + exp(x)), without overflow. */
function logOneAnd(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
}
