/** Double DQN's options: the guide's defaults, and every hyperparameter of its grid. */
import { UserError } from '../data/user-error'
import { type NetworkBackend, networkBackends } from '../networks/make-network'
import { type Initialisation, initialisations } from '../networks/network'
import { atLeast, between, checkAtMost, flag, oneOf, readOptions, seed, whole, wholes } from './options'

export interface DoubleDqnOptions {
  /** Units of each hidden layer; [256, 256, 128]. */
  readonly hiddenUnits: readonly number[]
  /** Share of units dropped behind all hidden layers but the last, while learning; .2. */
  readonly dropout: number
  /** Whether the sums of hidden layers are normalised over the batch before their ReLU (Ioffe & Szegedy 2015); false. */
  readonly batchNormalisation: boolean
  /** How weights start: 'he' (He et al. 2015, biases 0), or 'fan-in', PyTorch's default. */
  readonly initialisation: Initialisation
  /** Adam's step size at the start; .001. */
  readonly learningRate: number
  /** The learning rate has been multiplied by this after every `learningRateDecayEvery` updates, smoothly; .99. */
  readonly learningRateDecay: number
  readonly learningRateDecayEvery: number
  /** What a reward one step later is worth now; .95. */
  readonly discount: number
  /** Transitions in a batch; 32. */
  readonly batchSize: number
  /** Transitions kept; 10,000. */
  readonly replayCapacity: number
  /** Transitions seen before learning begins; as many as a batch. */
  readonly warmUp: number
  /** True: the online network names the next action and the target network values it. False: DQN of 2015, the target network does both. */
  readonly double: boolean
  /** 'soft': target ← tau · online + (1 - tau) · target after every update. 'hard': a copy after every `targetEvery` updates. */
  readonly targetUpdate: 'soft' | 'hard'
  readonly tau: number
  readonly targetEvery: number
  /** 'value': every number of the gradient into ±clipLimit. 'norm': the whole gradient to a length of at most clipLimit. */
  readonly clip: 'value' | 'norm' | 'none'
  readonly clipLimit: number
  readonly loss: 'squared' | 'huber'
  /** Chance of a random action at the start, and the least it falls to. */
  readonly epsilonStart: number
  readonly epsilonEnd: number
  /** 'episode': multiplied by `epsilonDecay` whenever an episode ends. 'linear': in a straight line over the first `epsilonSteps` transitions. */
  readonly epsilonSchedule: 'episode' | 'linear'
  readonly epsilonDecay: number
  readonly epsilonSteps: number
  /** After every `trainEvery` transitions (1) there are `gradientSteps` updates (1), one after another. */
  readonly trainEvery: number
  readonly gradientSteps: number
  /** What the networks compute with. */
  readonly backend: NetworkBackend
  /** Of the weights, dropout, exploration and replay; 0. */
  readonly seed: number
  /** Rewards of so many steps are seen before the value of what follows stands in for the rest (Sutton 1988), 1 to 255; 1. */
  readonly nSteps: number
  /** Whether what surprised the agent is replayed more often (Schaul et al. 2016, proportional); false. */
  readonly prioritised: boolean
  /** With `prioritised`: what the size of an error is raised to, 0 (all alike) to 1; .6. */
  readonly priorityExponent: number
  /** With `prioritised`: how far drawing unevenly is made up for, at the start, 0 (not) to 1 (wholly); .4. It rises to 1. */
  readonly importanceExponent: number
  /** With `prioritised`: updates after which it has risen to 1, in a straight line; 100,000. */
  readonly importanceSteps: number
  /** Whether the networks have a stream for the situation and one for the actions (Wang et al. 2016); false. Without batchNormalisation. */
  readonly duelling: boolean
}

/** Readers of the options, each with its default. */
export const doubleDqnFields = () => ({
  hiddenUnits: wholes(1, 8192).default([256, 256, 128]),
  dropout: between(0, 0.99).default(0.2),
  batchNormalisation: flag().default(false),
  learningRate: atLeast(0, { excluded: true }).default(1e-3),
  learningRateDecay: between(0.01, 1).default(0.99),
  learningRateDecayEvery: whole(1).default(1000),
  discount: between(0, 1).default(0.95),
  batchSize: whole(1, 65_536).default(32),
  replayCapacity: whole(1, 10_000_000).default(10_000),
  warmUp: whole(1).optional(),
  double: flag().default(true),
  targetUpdate: oneOf(['soft', 'hard']).default('soft'),
  tau: between(0, 1).default(0.005),
  targetEvery: whole(1).default(100),
  clip: oneOf(['value', 'norm', 'none']).default('value'),
  clipLimit: atLeast(0, { excluded: true }).default(1),
  loss: oneOf(['squared', 'huber']).default('squared'),
  epsilonStart: between(0, 1).default(1),
  epsilonEnd: between(0, 1).default(0.01),
  epsilonSchedule: oneOf(['episode', 'linear']).default('episode'),
  epsilonDecay: between(0, 1).default(0.995),
  epsilonSteps: whole(1).default(10_000),
  trainEvery: whole(1).default(1),
  gradientSteps: whole(1).default(1),
  initialisation: oneOf(initialisations).default('he'),
  backend: oneOf(networkBackends).default('auto'),
  seed: seed().default(0),
  nSteps: whole(1, 255).default(1),
  prioritised: flag().default(false),
  priorityExponent: between(0, 1).default(0.6),
  importanceExponent: between(0, 1).default(0.4),
  importanceSteps: whole(1).default(100_000),
  duelling: flag().default(false),
})

/** @throws UserError for what is unknown, out of range or contradicts itself */
export function readDoubleDqnOptions(given: Partial<DoubleDqnOptions>): DoubleDqnOptions {
  const read = readOptions<Omit<DoubleDqnOptions, 'warmUp'> & { readonly warmUp?: number }>('double-dqn', doubleDqnFields, given)
  const options = { ...read, warmUp: read.warmUp ?? read.batchSize }
  checkAtMost('double-dqn', options, 'warmUp', 'replayCapacity')
  if (options.batchNormalisation && options.batchSize < 2) {
    throw new UserError(`double-dqn: batchSize is ${options.batchSize}; batchNormalisation takes mean and variance of at least 2`)
  }
  if (options.batchNormalisation && options.duelling) {
    throw new UserError(
      'double-dqn: batchNormalisation and duelling are both true; duelling networks have no batch normalisation, so choose one',
    )
  }
  checkAtMost('double-dqn', options, 'epsilonEnd', 'epsilonStart')
  return options
}
