/**
 * A2C, advantage actor-critic (Mnih et al. 2016, arXiv 1602.01783; the synchronous form, in which all copies step together): the second of
 * three steps towards PPO.
 *
 *   act      draw an action from the policy
 *   observe  play `rolloutSteps` steps in every copy; episodes end and begin in their midst
 *   update   return(t) = reward(t) + discount · reward(t + 1) + … + discount^n · value(what stands behind the rollout),
 *            or to the episode's end, where that comes first;
 *            one step of Adam on the whole rollout, down
 *              - mean of (return(t) - value(t)) · log p(action(t))  +  valueCoefficient · mean of (return(t) - value(t))²
 *              - entropyCoefficient · mean entropy of the policy
 *
 * REINFORCE waits for the end of an episode; here the value function, the critic, stands for all that comes behind the rollout, so that
 * learning goes on while episodes are long. The entropy bonus keeps the policy from settling early.
 *
 * Ours differs from the paper in two points: Adam (epsilon 1e-5) instead of RMSProp with shared statistics, and policy and value are separate
 * networks. `lambda` below 1 would weigh shorter returns in (generalised advantage estimation); 1 is the paper's.
 *
 * The next step is PPO: it learns from each rollout several times over, and takes care not to leave the policy that played it.
 */
import type { Spec } from '../envs/env'
import type { Agent, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { atLeast, between, readOptions, whole } from './options'
import { PolicyGradient, type PolicyParts, policyParts } from './policy-gradient'
import { policyLoss } from './policy-loss'
import { type OpenScoring, type PolicyOptions, policyFields, scoringOf } from './policy-options'

export interface A2cOptions extends PolicyOptions {
  /** Adam's step size, above 0; .0007. */
  readonly learningRate: number
  /** Steps of each copy between two updates, at least 1; 5, as in the paper. */
  readonly rolloutSteps: number
  /** Of generalised advantage estimation, 0 to 1; 1: the return as far as the rollout goes. */
  readonly lambda: number
  /** What the squared error of the value counts beside the policy, at least 0; .5. */
  readonly valueCoefficient: number
  /** What entropy counts, at least 0; .01. */
  readonly entropyCoefficient: number
}

const kind = 'a2c'

const fields = () => ({
  rolloutSteps: whole(1, 1_000_000).default(5),
  lambda: between(0, 1).default(1),
  ...policyFields(7e-4),
  valueCoefficient: atLeast(0).default(0.5),
  entropyCoefficient: atLeast(0).default(0.01),
})

export const a2cFacts: AgentFacts = {
  kind,
  about: 'advantage actor-critic: policy gradient from a few steps and a learned value',
  source: 'Mnih et al. 2016, arXiv 1602.01783',
  spaces: ['discrete', 'multi-discrete', 'slate'],
  fields,
}

/**
 * A2C for a shop: `await a2c(shop.spec, { rolloutSteps: 5, seed: 1 })`. Options and defaults: `A2cOptions`.
 *
 * @param spec the shop's: `env.spec`; several copies make its small batches less noisy
 * @throws UserError for options that do not fit
 */
export async function a2c(spec: Spec, given: Partial<A2cOptions> = {}): Promise<Agent> {
  const read = readOptions<OpenScoring<A2cOptions>>(kind, fields, given)
  const options = { ...read, scoring: scoringOf(kind, spec, read.scoring) }
  return new A2c(spec, options, await policyParts(kind, spec, options))
}

class A2c extends PolicyGradient {
  constructor(
    spec: Spec,
    private readonly own: A2cOptions,
    parts: PolicyParts,
  ) {
    super(kind, 'A2C', spec, own, own, parts)
  }

  update(): Report | undefined {
    if (!this.isLearning) return undefined
    this.forward(0, this.order.length)
    const { distribution, rollout, order, logits, values, logitSlopes, valueSlopes } = this
    const report = policyLoss(distribution, rollout, order, logits, values, this.own, logitSlopes, valueSlopes)
    const step = this.descend(report.loss)
    this.finish()
    return { ...report, ...step }
  }
}
