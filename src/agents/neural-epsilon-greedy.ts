/**
 * Neural epsilon-greedy: a perceptron that predicts the next reward of every action from the observation; now and then a random action.
 *
 * Sources: epsilon-greedy, Sutton & Barto 2018, section 2.2; with a network for the rewards, the NeuralGreedy baseline of Riquelme, Tucker
 * & Snoek 2018 (arXiv 1802.09127). It is DQN that does not look ahead: discount 0, no target network.
 *
 *   act      argmax of the predictions with probability 1 - epsilon, else any action alike
 *   observe  keep (x, action, reward) in a replay; epsilon ← max(epsilonEnd, epsilon · epsilonDecay) with every transition
 *   update   one step of Adam on (reward - prediction)² over a batch drawn from the replay
 *
 * What has left the replay is forgotten in time: `replayCapacity` says how long a drifting taste is remembered.
 *
 * What the network sees and has outputs for: neural-epsilon-greedy-rows.ts. Of a slate it scores the candidates, shows the k of the highest
 * predictions, best first, and learns from each item shown what slate-credit.ts credits it with.
 */
import type { Env, Spec } from '../envs/env'
import { actionCount, actionWidth, randomActions } from '../envs/spaces'
import { type Batch, makeBatch, Replay } from '../memory/replay'
import { decayed } from '../memory/schedules'
import { makeNetwork, type NetworkBackend, networkBackends } from '../networks/make-network'
import type { Network, NetworkShape } from '../networks/network'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { arrayOf, chanceOf, checkAgent, countOf, streamOf } from './checkpoints'
import { joinLayers, nameLayers } from './named-layers'
import { type NetworkRows, networkRows } from './neural-epsilon-greedy-rows'
import { atLeast, between, checkAtMost, oneOf, readOptions, seed, whole, wholes } from './options'
import { checkObservations, checkStep } from './spaces'

export interface NeuralEpsilonGreedyOptions {
  /** Units of each hidden layer, with ReLU; [64, 64]. */
  readonly hiddenUnits: readonly number[]
  /** Chance of a random action while learning, at the start; .1. */
  readonly epsilon: number
  /** What epsilon is multiplied by after every transition, 0 to 1; 1: it stays. */
  readonly epsilonDecay: number
  /** The least it falls to, 0 to `epsilon`; 0. */
  readonly epsilonEnd: number
  /** Adam's step size, above 0; .001. */
  readonly learningRate: number
  /** Transitions in a batch, 1 to 65,536; 32. */
  readonly batchSize: number
  /** Transitions kept, of slates items shown, 1 to 10,000,000; 10,000. */
  readonly replayCapacity: number
  /** Transitions kept before learning begins; as many as a batch. */
  readonly warmUp?: number
  /** Steps of a shopper from one update to the next; 1. */
  readonly trainEvery: number
  /** Of a prediction's error: its square, or Huber's, which is linear beyond 1; 'squared'. */
  readonly loss: 'squared' | 'huber'
  /** The whole gradient is scaled to a length of at most this, above 0; 10. */
  readonly clipNorm: number
  /** What the network computes with; 'auto'. */
  readonly backend: NetworkBackend
  /** Of the weights, exploration and replay; 0. */
  readonly seed: number
}

const kind = 'neural-epsilon-greedy'

const fields = () => ({
  hiddenUnits: wholes(1, 8192).default([64, 64]),
  epsilon: between(0, 1).default(0.1),
  epsilonDecay: between(0, 1).default(1),
  epsilonEnd: between(0, 1).default(0),
  learningRate: atLeast(0, { excluded: true }).default(1e-3),
  batchSize: whole(1, 65_536).default(32),
  replayCapacity: whole(1, 10_000_000).default(10_000),
  warmUp: whole(1).optional(),
  trainEvery: whole(1).default(1),
  loss: oneOf(['squared', 'huber']).default('squared'),
  clipNorm: atLeast(0, { excluded: true }).default(10),
  backend: oneOf(networkBackends).default('auto'),
  seed: seed().default(0),
})

export const neuralEpsilonGreedyFacts: AgentFacts = {
  kind,
  about: 'a network that predicts the next reward of every action, now and then another action',
  source: 'Sutton & Barto 2018, section 2.2; Riquelme, Tucker & Snoek 2018, arXiv 1802.09127',
  spaces: ['discrete', 'multi-discrete', 'slate'],
  needs: "at most 10,000 combinations; for slates, the candidates' features in the observation",
  fields,
}

/**
 * Neural epsilon-greedy for a shop: `await neuralEpsilonGreedy(shop.spec, { epsilon: 0.05, seed: 1 })`.
 *
 * @throws UserError for options that do not fit or a shop that it cannot serve
 */
export async function neuralEpsilonGreedy(spec: Spec, given: Partial<NeuralEpsilonGreedyOptions> = {}): Promise<Agent> {
  const read = readOptions<NeuralEpsilonGreedyOptions>(kind, fields, given)
  const options = { ...read, warmUp: read.warmUp ?? read.batchSize }
  const { hiddenUnits: hidden, loss, clipNorm, seed, backend } = options
  checkAtMost(kind, options, 'warmUp', 'replayCapacity')
  checkAtMost(kind, options, 'epsilonEnd', 'epsilon')
  const rows = networkRows(kind, spec)
  const shape = { inputs: rows.width, hidden, outputs: rows.outputs }
  const network = await makeNetwork(shape, { dropout: 0, loss, clip: 'norm', clipLimit: clipNorm, seed, backend })
  return new NeuralEpsilonGreedy(spec, rows, shape, options, network)
}

class NeuralEpsilonGreedy implements Agent {
  readonly kind = kind
  readonly name = 'neural epsilon-greedy'
  readonly options: Readonly<Record<string, unknown>>
  readonly backend: string
  private readonly replay: Replay
  private readonly policyStream: Generator
  private readonly replayStream: Generator
  private readonly batch: Batch
  /** Numbers in an action, and how many actions there are. */
  private readonly size: number
  private readonly count: number
  /** Of all decisions: the network's rows and what it predicts; of one: its predictions, its best action and a random one. */
  private inputs = new Float32Array(0)
  private outputs = new Float32Array(0)
  private readonly predictions: Float32Array
  private readonly greedy: Int32Array
  private readonly random: Int32Array
  private currentEpsilon: number
  /** Steps seen that no update has been made for. */
  private owed = 0
  private updates = 0

  constructor(
    private readonly spec: Spec,
    private readonly rows: NetworkRows,
    private readonly shape: NetworkShape,
    private readonly settings: NeuralEpsilonGreedyOptions & { readonly warmUp: number },
    private readonly network: Network,
  ) {
    this.options = { ...settings }
    this.backend = network.backend
    this.replay = new Replay(settings.replayCapacity, rows.width)
    this.policyStream = stream(settings.seed, 'policy')
    this.replayStream = stream(settings.seed, 'replay')
    this.batch = makeBatch(settings.batchSize, rows.width)
    this.size = actionWidth(spec.actions)
    this.count = actionCount(spec.actions)
    this.predictions = new Float32Array(rows.each * rows.outputs)
    this.greedy = new Int32Array(this.size)
    this.random = new Int32Array(this.size)
    this.currentEpsilon = settings.epsilon
  }

  get epsilon(): number {
    return this.currentEpsilon
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { size, count, greedy, random, spec, policyStream } = this
    const decisions = actions.length / size
    checkObservations(observations, decisions, spec.width)
    this.predict(observations, decisions)
    const epsilon = explore ? this.currentEpsilon : 0
    for (let row = 0; row < decisions; row++) {
      this.choose(row)
      const exploring = explore && policyStream.next() < epsilon
      if (exploring) randomActions(spec.actions, policyStream, random)
      let same = true
      for (let part = 0; part < size; part++) {
        const action = exploring ? random[part]! : greedy[part]!
        actions[row * size + part] = action
        same = same && action === greedy[part]!
      }
      // The best action is taken on purpose or by chance.
      if (propensities) propensities[row] = epsilon / count + (same ? 1 - epsilon : 0)
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    const { rows, replay, settings } = this
    const { copies } = env
    this.write(before, copies)
    for (let copy = 0; copy < copies; copy++) {
      for (let which = 0; which < rows.taught; which++) {
        // Nothing follows: discount 0. The place for it in the replay is filled with the row itself, and not saved.
        const row = copy * rows.each + rows.row(actions, copy, which)
        replay.add(this.inputs, this.inputs, row, rows.output(actions, copy), rows.reward(env, copy, which), true)
      }
      this.currentEpsilon = decayed(this.currentEpsilon, settings.epsilonDecay, settings.epsilonEnd)
    }
    this.owed = replay.size < settings.warmUp ? 0 : this.owed + copies
  }

  update(): Report | undefined {
    const { trainEvery, batchSize, learningRate } = this.settings
    if (this.owed < trainEvery) return undefined
    this.owed -= trainEvery
    const { batch } = this
    this.replay.sample(this.replayStream, batch)
    const { loss, gradientNorm } = this.network.fit(batch.observations, batch.actions, batch.rewards, batchSize, learningRate)
    this.updates++
    return { loss, gradientNorm, learningRate, epsilon: this.currentEpsilon }
  }

  /** What each action is predicted to earn: each item, combination of parts (by its arm, arms.ts) or candidate. */
  scores(observation: Float32Array, out: Float32Array): void {
    checkObservations(observation, 1, this.spec.width)
    this.predict(observation, 1)
    this.take(0)
    out.set(this.predictions)
  }

  save(policyOnly = false): Checkpoint {
    const arrays: Record<string, Checkpoint['arrays'][string]> = {}
    const shapes: Record<string, readonly number[]> = {}
    const network = this.network.save()
    nameLayers('network', this.shape, network, arrays, shapes)
    const head = { agent: kind, options: this.options, policyOnly, arrays, shapes }
    const { currentEpsilon: epsilon, updates, owed } = this
    if (policyOnly) return { ...head, state: { epsilon } }
    const { size, next, arrays: kept } = this.replay.save()
    arrays.firstMoments = network.firstMoments
    arrays.secondMoments = network.secondMoments
    arrays['replay.observations'] = kept.observations
    arrays['replay.actions'] = kept.actions
    arrays['replay.rewards'] = kept.rewards
    shapes['replay.observations'] = [size, this.rows.width]
    const streams = { policy: this.policyStream.save(), replay: this.replayStream.save(), dropout: network.dropout }
    return { ...head, state: { epsilon, updates, owed, replaySize: size, replayNext: next, ...streams } }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const epsilon = chanceOf(checkpoint, 'epsilon')
    const learned = joinLayers('network', this.shape, checkpoint)
    const count = learned.parameters.length
    if (checkpoint.policyOnly) {
      const zeros = new Float32Array(count)
      this.network.load({ ...this.network.save(), ...learned, firstMoments: zeros, secondMoments: zeros, updates: 0 })
      this.replay.clear()
      this.owed = 0
      this.updates = 0
      this.currentEpsilon = epsilon
      return
    }

    // All of it is read before any of it is taken over.
    const firstMoments = arrayOf(checkpoint, 'firstMoments', Float32Array, count)
    const secondMoments = arrayOf(checkpoint, 'secondMoments', Float32Array, count)
    const [updates, owed] = [countOf(checkpoint, 'updates'), countOf(checkpoint, 'owed')]
    const [size, next] = [countOf(checkpoint, 'replaySize'), countOf(checkpoint, 'replayNext')]
    const [policy, replay, dropout] = ['policy', 'replay', 'dropout'].map(name => streamOf(checkpoint, name))
    const observations = arrayOf(checkpoint, 'replay.observations', Float32Array, size * this.rows.width)
    const kept = {
      observations,
      actions: arrayOf(checkpoint, 'replay.actions', Int32Array, size),
      rewards: arrayOf(checkpoint, 'replay.rewards', Float32Array, size),
      following: observations,
      terminated: new Uint8Array(size).fill(1),
    }
    this.replay.check({ size, next, arrays: kept })
    this.network.load({ ...learned, firstMoments, secondMoments, updates, dropout: dropout! })
    this.replay.load({ size, next, arrays: kept })
    this.policyStream.load(policy!)
    this.replayStream.load(replay!)
    this.currentEpsilon = epsilon
    this.owed = owed
    this.updates = updates
  }

  dispose(): void {
    this.network.dispose()
  }

  private predict(observations: Float32Array, decisions: number): void {
    this.write(observations, decisions)
    this.network.values(this.inputs, decisions * this.rows.each, this.outputs)
  }

  /** The rows of all decisions. */
  private write(observations: Float32Array, decisions: number): void {
    const { rows } = this
    const each = rows.each * rows.width
    if (this.inputs.length !== decisions * each) {
      this.inputs = new Float32Array(decisions * each)
      this.outputs = new Float32Array(decisions * rows.each * rows.outputs)
    }
    for (let row = 0; row < decisions; row++) rows.write(observations, row, this.inputs, row * each)
  }

  /** The predictions of one decision. */
  private take(decision: number): void {
    const { predictions, outputs } = this
    for (let at = 0, from = decision * predictions.length; at < predictions.length; at++) predictions[at] = outputs[from + at]!
  }

  private choose(decision: number): void {
    this.take(decision)
    this.rows.choose(this.predictions, this.greedy, 0)
  }
}
