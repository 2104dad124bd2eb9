/** What REINFORCE, A2C and PPO have in common among their options. */
import { UserError } from '../data/user-error'
import type { Spec } from '../envs/env'
import { type NetworkBackend, networkBackends } from '../networks/make-network'
import { type PerceptronActivation, perceptronActivations } from '../networks/perceptron'
import { atLeast, between, oneOf, seed, whole, wholes } from './options'

export const scorings = ['candidates', 'whole'] as const

export interface PolicyOptions {
  /** What a reward one step later is worth now, 0 to 1; .99. */
  readonly discount: number
  /** Adam's step size, above 0. */
  readonly learningRate: number
  /** The step size falls in a straight line to 0 over this many transitions; left out, it stays. */
  readonly annealSteps?: number
  /** The whole gradient, of policy and value together, is scaled to a length of at most this, above 0; .5. */
  readonly clipNorm: number
  /** Units of each hidden layer, of policy and value alike; [64, 64]. */
  readonly hiddenUnits: readonly number[]
  /** Behind each hidden layer: 'tanh' or 'relu'; 'tanh'. */
  readonly activation: PerceptronActivation
  /**
   * For slates: 'candidates' scores each candidate by itself with one network, so that what it learns of one holds for all; 'whole' makes
   * all logits from the whole row with one network, which learns of every place by itself. 'candidates' where the shop shows them;
   * 'whole' for actions that are no slates.
   */
  readonly scoring: (typeof scorings)[number]
  /** What the networks compute with; 'auto'. */
  readonly backend: NetworkBackend
  /** Of the weights, the actions drawn and the order of learning; 0. */
  readonly seed: number
}

/** As they are read: `scoring` may be left open. */
export type OpenScoring<Options extends PolicyOptions> = Omit<Options, 'scoring'> & Partial<Pick<PolicyOptions, 'scoring'>>

/** Readers of the options, each with its default. */
export const policyFields = (learningRate: number) => ({
  discount: between(0, 1).default(0.99),
  learningRate: atLeast(0, { excluded: true }).default(learningRate),
  annealSteps: whole(1).optional(),
  clipNorm: atLeast(0, { excluded: true }).default(0.5),
  hiddenUnits: wholes(1, 8192).default([64, 64]),
  activation: oneOf(perceptronActivations).default('tanh'),
  scoring: oneOf(scorings).optional(),
  backend: oneOf(networkBackends).default('auto'),
  seed: seed().default(0),
})

/**
 * How the shop's actions are scored, where the options leave it open.
 *
 * @throws UserError where candidates are to be scored that the shop does not show
 */
export function scoringOf(
  agent: string,
  { name, actions, layout }: Spec,
  given: PolicyOptions['scoring'] | undefined,
): PolicyOptions['scoring'] {
  const shown = actions.kind === 'slate' && layout.some(block => block.name === 'candidates')
  if (given === 'candidates' && !shown) {
    throw new UserError(`${agent}: scoring is 'candidates', but ${name} shows no candidates of a slate; 'whole' serves it`)
  }
  return given ?? (shown ? 'candidates' : 'whole')
}

/** What is left of a setting that falls in a straight line: 1 at first, 0 from `annealSteps` transitions on; 1 where nothing falls. */
export function annealed(transitions: number, annealSteps: number | undefined): number {
  return annealSteps === undefined ? 1 : Math.max(0, 1 - transitions / annealSteps)
}
