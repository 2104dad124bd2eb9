/** The item-embedding DQN's options: those of Double DQN have their names and defaults, as far as they mean the same. */
import { type NetworkBackend, networkBackends } from '../networks/make-network'
import { type Initialisation, initialisations } from '../networks/network'
import { atLeast, between, checkAtMost, flag, oneOf, readOptions, seed, whole, wholes } from './options'

export interface ItemDqnOptions {
  /** Units of each hidden layer of the user tower; [128]. */
  readonly hiddenUnits: readonly number[]
  /** Of the item tower, which is asked for every item of the catalogue; [64]. */
  readonly itemHiddenUnits: readonly number[]
  /** Numbers in which user and item vectors are compared; 32. */
  readonly vectorWidth: number
  /** Whether each item also has a vector of its own, added to what its features say; false. Every update then steps through the whole table. */
  readonly itemEmbeddings: boolean
  /** Updates after which the vectors of all items are worked out anew; one for every 1,000 items of the catalogue, begun ones counted. */
  readonly refreshEvery: number
  /** How many items the best next one is sought among, drawn anew for each update; all when left out. */
  readonly candidatesInTarget?: number
  /** Numbers of features that an item has: the shop's, which need not be said; of use where an agent is made for a checkpoint, without the shop. */
  readonly featureWidth?: number
  /** How weights start: 'he' (He et al. 2015, biases 0), or 'fan-in', PyTorch's default. */
  readonly initialisation: Initialisation
  /** Adam's step size at the start; .001. */
  readonly learningRate: number
  /** The learning rate has been multiplied by this after every `learningRateDecayEvery` updates, smoothly; .99, 1,000. */
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
  /** 'soft': target ← tau · online + (1 - tau) · target after every update. 'hard': a copy after every `targetEvery` updates; 'soft', .005, 100. */
  readonly targetUpdate: 'soft' | 'hard'
  readonly tau: number
  readonly targetEvery: number
  /** The gradient of both towers together is scaled to a length of at most this; 10. */
  readonly clipNorm: number
  /** Of the difference between target and value: its square, or Huber's, which is straight beyond 1; 'squared'. */
  readonly loss: 'squared' | 'huber'
  /** Chance of a random action at the start, and the least it falls to; 1 and .01. */
  readonly epsilonStart: number
  readonly epsilonEnd: number
  /** 'episode': multiplied by `epsilonDecay` whenever an episode ends. 'linear': in a straight line over the first `epsilonSteps` transitions; 'episode'. */
  readonly epsilonSchedule: 'episode' | 'linear'
  readonly epsilonDecay: number
  readonly epsilonSteps: number
  /** After every `trainEvery` transitions (1) there are `gradientSteps` updates (1), one after another. */
  readonly trainEvery: number
  readonly gradientSteps: number
  /** What the networks compute with. */
  readonly backend: NetworkBackend
  /** Of the weights, exploration and replay; 0. */
  readonly seed: number
}

/** Readers of the options, each with its default. */
export const itemDqnFields = () => ({
  hiddenUnits: wholes(1, 8192).default([128]),
  itemHiddenUnits: wholes(1, 8192).default([64]),
  vectorWidth: whole(1, 8192).default(32),
  itemEmbeddings: flag().default(false),
  refreshEvery: whole(1).optional(),
  candidatesInTarget: whole(1).optional(),
  featureWidth: whole(1).optional(),
  initialisation: oneOf(initialisations).default('he'),
  learningRate: atLeast(0, { excluded: true }).default(1e-3),
  learningRateDecay: between(0.01, 1).default(0.99),
  learningRateDecayEvery: whole(1).default(1000),
  discount: between(0, 1).default(0.95),
  batchSize: whole(1, 65_536).default(32),
  replayCapacity: whole(1, 10_000_000).default(10_000),
  warmUp: whole(1).optional(),
  targetUpdate: oneOf(['soft', 'hard']).default('soft'),
  tau: between(0, 1).default(0.005),
  targetEvery: whole(1).default(100),
  clipNorm: atLeast(0, { excluded: true }).default(10),
  loss: oneOf(['squared', 'huber']).default('squared'),
  epsilonStart: between(0, 1).default(1),
  epsilonEnd: between(0, 1).default(0.01),
  epsilonSchedule: oneOf(['episode', 'linear']).default('episode'),
  epsilonDecay: between(0, 1).default(0.995),
  epsilonSteps: whole(1).default(10_000),
  trainEvery: whole(1).default(1),
  gradientSteps: whole(1).default(1),
  backend: oneOf(networkBackends).default('auto'),
  seed: seed().default(0),
})

/**
 * @param count items of the catalogue
 * @throws UserError for what is unknown, out of range or contradicts itself
 */
export function readItemDqnOptions(given: Partial<ItemDqnOptions>, count: number): ItemDqnOptions {
  type Read = Omit<ItemDqnOptions, 'warmUp' | 'refreshEvery'> & Partial<Pick<ItemDqnOptions, 'warmUp' | 'refreshEvery'>>
  const read = readOptions<Read>('item-dqn', itemDqnFields, given)
  const options = { ...read, warmUp: read.warmUp ?? read.batchSize, refreshEvery: read.refreshEvery ?? Math.ceil(count / 1000) }
  checkAtMost('item-dqn', options, 'warmUp', 'replayCapacity')
  checkAtMost('item-dqn', options, 'epsilonEnd', 'epsilonStart')
  return options
}
