/** PPO's options, each with its range and default. */
import { UserError } from '../data/user-error'
import type { Spec } from '../envs/env'
import { atLeast, between, flag, readOptions, whole } from './options'
import { type OpenScoring, type PolicyOptions, policyFields, scoringOf } from './policy-options'

export interface PpoOptions extends PolicyOptions {
  /** Adam's step size, above 0; .0003. */
  readonly learningRate: number
  /** Steps of each copy in a rollout, at least 1; 128. */
  readonly rolloutSteps: number
  /** Transitions in a minibatch, at least 1; the last of an epoch may have fewer. Left out, the rollout falls into `minibatches` equal parts. */
  readonly minibatchSize?: number
  /** Minibatches of an epoch, where `minibatchSize` is left out, at least 1; 4. */
  readonly minibatches: number
  /** How often each rollout is learned from, at least 1; 10. */
  readonly epochs: number
  /** Of generalised advantage estimation, 0 to 1; .95. */
  readonly lambda: number
  /** How far the probability of an action may move before the surrogate stops to reward it, above 0: its ratio from 1 - this to 1 + this; .2. */
  readonly clipRange: number
  /** Whether the clip range falls with the learning rate, over `annealSteps`; false. */
  readonly annealClipRange: boolean
  /** How far a value may move before its loss stops to reward it, above 0, in units of value; left out, as far as it likes. */
  readonly clipValue?: number
  /** What the squared error of the value counts beside the policy, at least 0; .5. */
  readonly valueCoefficient: number
  /** What entropy counts, at least 0; .01. */
  readonly entropyCoefficient: number
  /** Whether the advantages of a minibatch are brought to mean 0 and deviation 1; true. */
  readonly normaliseAdvantages: boolean
  /** The rest of a rollout is left when a minibatch finds the policy further than this from the one that acted, above 0; left out, never. */
  readonly targetKl?: number
}

export const ppoFields = () => ({
  rolloutSteps: whole(1, 1_000_000).default(128),
  minibatchSize: whole(1, 10_000_000).optional(),
  minibatches: whole(1, 10_000_000).default(4),
  epochs: whole(1, 1000).default(10),
  lambda: between(0, 1).default(0.95),
  ...policyFields(3e-4),
  clipRange: atLeast(0, { excluded: true }).default(0.2),
  annealClipRange: flag().default(false),
  clipValue: atLeast(0, { excluded: true }).optional(),
  valueCoefficient: atLeast(0).default(0.5),
  entropyCoefficient: atLeast(0).default(0.01),
  normaliseAdvantages: flag().default(true),
  targetKl: atLeast(0, { excluded: true }).optional(),
})

/** @throws UserError for what is unknown, out of range or contradicts itself, and for candidates to be scored that the shop does not show */
export function readPpoOptions(kind: string, spec: Spec, given: Partial<PpoOptions>): PpoOptions {
  const read = readOptions<OpenScoring<PpoOptions>>(kind, ppoFields, given)
  if (read.annealClipRange && read.annealSteps === undefined) {
    throw new UserError(`${kind}: annealClipRange is true, but annealSteps, over which the clip range falls, is left out; give it`)
  }
  return { ...read, scoring: scoringOf(kind, spec, read.scoring) }
}
