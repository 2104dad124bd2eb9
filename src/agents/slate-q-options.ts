/** SlateQ's options and their defaults. */
import { type NetworkBackend, networkBackends } from '../networks/make-network'
import { atLeast, between, checkAtMost, oneOf, readOptions, seed, whole, wholes } from './options'
import { type ChoiceModelName, choiceModelNames } from './slate-choice'
import { type SlateOptimiserName, slateOptimiserNames } from './slate-optimisers'

export interface SlateQOptions {
  /** How slates are made of scores when serving: 'top-k', 'greedy' or 'exact' (slate-optimisers.ts); 'exact'. */
  readonly optimiser: SlateOptimiserName
  /** The same inside the target; 'exact'. */
  readonly targetOptimiser: SlateOptimiserName
  /** 'q': the next slate is the best, by `targetOptimiser`. 'sarsa': the one that was shown next; 'q'. */
  readonly learning: 'q' | 'sarsa'
  /** 'learned' from the clicks, in any shop; 'interest': known, in recsim-interest-evolution alone; 'learned'. */
  readonly choiceModel: ChoiceModelName
  /** 'learned': to choose nothing has a value, learned from slates without a click. 'zero': it is worth 0 and such slates teach nothing; 'learned'. */
  readonly noClick: 'learned' | 'zero'
  /** Units of each hidden layer of the values; [128, 64]. */
  readonly hiddenUnits: readonly number[]
  /** Of the learned choice model; [64]. */
  readonly choiceHiddenUnits: readonly number[]
  /** Adam's step size, of values and choice model alike; .001. */
  readonly learningRate: number
  /** What a reward one step later is worth now; .99. */
  readonly discount: number
  /** Transitions in a batch; 32. */
  readonly batchSize: number
  /** Transitions kept; 20,000. */
  readonly replayCapacity: number
  /** Transitions kept before learning begins; 500. */
  readonly warmUp: number
  /** One update after every so many transitions; 4. */
  readonly trainEvery: number
  /** 'soft': target ← tau · online + (1 - tau) · target after every update. 'hard': a copy after every `targetEvery` updates; 'soft'. */
  readonly targetUpdate: 'soft' | 'hard'
  readonly tau: number
  readonly targetEvery: number
  /** The gradient of values and that of the choice model are each scaled to a length of at most this; 10. */
  readonly clipNorm: number
  /** Of the difference between target and value: its square, or Huber's, which is straight beyond 1; 'squared'. */
  readonly loss: 'squared' | 'huber'
  /** Chance of a random slate at the start, and the least it falls to; 1 and .01. */
  readonly epsilonStart: number
  readonly epsilonEnd: number
  /** 'episode': multiplied by `epsilonDecay` whenever an episode ends. 'linear': in a straight line over the first `epsilonSteps` transitions; 'linear'. */
  readonly epsilonSchedule: 'episode' | 'linear'
  readonly epsilonDecay: number
  readonly epsilonSteps: number
  /** What the networks compute with. */
  readonly backend: NetworkBackend
  /** Of the weights, exploration and replay; 0. */
  readonly seed: number
}

/** Readers of the options, each with its default. */
export const slateQFields = () => ({
  optimiser: oneOf(slateOptimiserNames).default('exact'),
  targetOptimiser: oneOf(slateOptimiserNames).default('exact'),
  learning: oneOf(['q', 'sarsa']).default('q'),
  choiceModel: oneOf(choiceModelNames).default('learned'),
  noClick: oneOf(['learned', 'zero']).default('learned'),
  hiddenUnits: wholes(1, 8192).default([128, 64]),
  choiceHiddenUnits: wholes(1, 8192).default([64]),
  learningRate: atLeast(0, { excluded: true }).default(1e-3),
  discount: between(0, 1).default(0.99),
  batchSize: whole(1, 65_536).default(32),
  replayCapacity: whole(1, 10_000_000).default(20_000),
  warmUp: whole(1).default(500),
  trainEvery: whole(1).default(4),
  targetUpdate: oneOf(['soft', 'hard']).default('soft'),
  tau: between(0, 1).default(0.01),
  targetEvery: whole(1).default(100),
  clipNorm: atLeast(0, { excluded: true }).default(10),
  loss: oneOf(['squared', 'huber']).default('squared'),
  epsilonStart: between(0, 1).default(1),
  epsilonEnd: between(0, 1).default(0.01),
  epsilonSchedule: oneOf(['episode', 'linear']).default('linear'),
  epsilonDecay: between(0, 1).default(0.99),
  epsilonSteps: whole(1).default(10_000),
  backend: oneOf(networkBackends).default('auto'),
  seed: seed().default(0),
})

/** @throws UserError for what is unknown, out of range or contradicts itself */
export function readSlateQOptions(given: Partial<SlateQOptions>): SlateQOptions {
  const options = readOptions<SlateQOptions>('slate-q', slateQFields, given)
  checkAtMost('slate-q', options, 'warmUp', 'replayCapacity')
  checkAtMost('slate-q', options, 'epsilonEnd', 'epsilonStart')
  return options
}
