/**
 * LinUCB: optimism about what is not known yet (Li, Chu, Langford & Schapire 2010, arXiv 1003.0146, algorithm 1).
 *
 * While learning it shows the action whose reward might be highest: what a ridge regression expects of it, and alpha standard deviations of
 * that on top. Ties go to the lower number.
 *
 *   score(action) = xᵀ θ + alpha √(xᵀ A⁻¹ x)
 *
 * Which regressions there are and what they look at: ridge-regressions.ts; how they learn: ridge.ts and ridge-agent.ts. Nothing is random.
 */
import type { Items, Spec } from '../envs/env'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { atLeast, readOptions, seed } from './options'
import { RidgeAgent } from './ridge-agent'
import { type RegressionOptions, type Regressions, regressionFields } from './ridge-regressions'

export interface LinUcbOptions extends RegressionOptions {
  /** Width of the confidence bound in standard deviations, at least 0; 1. */
  readonly alpha: number
  /** For the form's sake: nothing here is random; 0. */
  readonly seed: number
}

const kind = 'lin-ucb'

const fields = () => ({ alpha: atLeast(0).default(1), ...regressionFields(), seed: seed().default(0) })

export const linUcbFacts: AgentFacts = {
  kind,
  about: 'ridge regressions of the reward, and a bonus for what they do not know yet',
  source: 'Li, Chu, Langford & Schapire 2010, arXiv 1003.0146',
  spaces: ['discrete', 'multi-discrete', 'slate'],
  needs:
    "at most 10,000 combinations; of slates the candidates' features in the observation; else, for model 'shared', the items' features",
  fields,
}

/**
 * LinUCB for a shop: `linUcb(shop.spec, { alpha: 0.5 })`, or `linUcb(shop.spec, { model: 'shared' }, shop.items)`.
 *
 * @param items whose features a shared model looks at; may be left out for slates, and when a checkpoint, which holds them, is loaded next
 * @throws UserError for options that do not fit or a shop that it cannot serve
 */
export function linUcb(spec: Spec, given: Partial<LinUcbOptions> = {}, items?: Items): Agent {
  const options = readOptions<LinUcbOptions>(kind, fields, given)
  return new RidgeAgent(kind, 'LinUCB', spec, items, options, regressions => upperBounds(regressions, options.alpha))
}

function upperBounds(regressions: Regressions, alpha: number) {
  const { means, variances } = regressions
  return {
    explore(scores: Float64Array): void {
      regressions.expect(alpha > 0)
      if (alpha === 0) scores.set(means)
      else for (let action = 0; action < scores.length; action++) scores[action] = means[action]! + alpha * Math.sqrt(variances[action]!)
    },
    chance: () => 1,
    changed: () => {},
    save: () => ({}),
    read: () => () => {},
  }
}
