/**
 * Double DQN: deep Q-learning whose next action is named by one network and valued by another.
 *
 * Sources: the guide's text (its network, loss, replay, exploration, soft target update, clipping and learning-rate formulas); experience
 * replay and the target network of Mnih et al. 2015 (doi 10.1038/nature14236); the double estimate of van Hasselt, Guez & Silver 2016
 * (arXiv 1509.06461).
 *
 *   act      a = argmax Q(s, a; online) with probability 1 - epsilon, else any action alike
 *   observe  keep (s, a, r, s', terminated) in the replay; when an episode ends, epsilon ← max(epsilonEnd, epsilon · epsilonDecay),
 *            or epsilon falls in a straight line with the transitions
 *   update   draw a batch; y = r + discount · Q(s', argmax Q(s', ·; online); target), or y = r where s' is terminal;
 *            one step of Adam on (y - Q(s, a; online))², clipped; then target ← tau · online + (1 - tau) · target
 *
 * The time limit of an episode is not an end of the process: a truncated transition still bootstraps, a terminated one does not.
 * Dropout acts in the fit alone; choosing and valuing actions, also inside the target, goes without. So it is with batch normalisation, when
 * asked for: the fit alone normalises by its batch; choosing and valuing go by the running statistics of the network asked, and the target's
 * follow the online network's as its parameters do, by tau or as a copy.
 *
 * Three switches change one thing each, and stand in files of their own: `nSteps` what a transition is (memory/n-step.ts), `prioritised`
 * which transitions are drawn (memory/prioritised-replay.ts), `duelling` what the networks are made of (networks/duelling.ts).
 */
import { UserError } from '../data/user-error'
import type { Env, Spec } from '../envs/env'
import { decayedLearningRate, epsilonAfter } from '../memory/schedules'
import type { Network, NetworkShape } from '../networks/network'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { arrayOf, chanceOf, checkAgent, countOf, streamOf } from './checkpoints'
import { DoubleDqnMemory } from './double-dqn-memory'
import { joinNetwork, makeNetworks, nameNetwork } from './double-dqn-networks'
import { type DoubleDqnOptions, doubleDqnFields, readDoubleDqnOptions } from './double-dqn-options'
import { checkObservations, checkStep, discreteActions } from './spaces'

export type { DoubleDqnOptions } from './double-dqn-options'

const kind = 'double-dqn'

export const doubleDqnFacts: AgentFacts = {
  kind,
  about: 'deep Q-learning; one network names the next action, another values it',
  source:
    'the guide; Mnih et al. 2015; van Hasselt, Guez & Silver 2016, arXiv 1509.06461; its switches arXiv 1710.02298, 1511.05952, 1511.06581',
  spaces: ['discrete'],
  fields: doubleDqnFields,
}

/**
 * A Double DQN for a shop: `await doubleDqn(shop.spec, { learningRate: 5e-4, epsilonDecay: 0.998, seed: 1 })`.
 *
 * Left out, an option has the guide's value: hiddenUnits [256, 256, 128], dropout .2, learningRate .001, discount .95, batchSize 32,
 * replayCapacity 10,000, epsilonDecay .995 an episode, targetUpdate 'soft' with tau .005, clip 'value' at 1; all of them are in
 * `DoubleDqnOptions`, and in `agent.options` with their values.
 *
 * @param spec  the shop's: `env.spec`; its actions must be discrete
 * @param given what shall differ from the guide
 * @throws UserError for options that do not fit
 */
export async function doubleDqn(spec: Spec, given: Partial<DoubleDqnOptions> = {}): Promise<Agent> {
  const options = readDoubleDqnOptions(given)
  const { hiddenUnits: hidden, batchNormalisation } = options
  const shape = { inputs: spec.width, hidden, outputs: discreteActions(kind, spec), batchNormalisation }
  return new DoubleDqn(spec, shape, options, await makeNetworks(shape, options))
}

class DoubleDqn implements Agent {
  readonly kind = kind
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
  readonly backend: string
  private readonly online: Network
  private readonly target: Network
  private readonly memory: DoubleDqnMemory
  private readonly policyStream: Generator
  private readonly replayStream: Generator
  /** Buffers of one update. */
  private readonly bestNext: Int32Array
  private readonly future: Float32Array
  private readonly targets: Float32Array
  /** Buffers of one decision of every copy: the random action drawn, or -1, and the best action. */
  private random = new Int32Array(0)
  private greedy = new Int32Array(0)
  /** Transitions seen that no update has been begun for. */
  private owed = 0
  /** Updates still to be made of those begun. */
  private pending = 0
  private updates = 0
  private currentEpsilon: number

  constructor(
    private readonly spec: Spec,
    private readonly shape: NetworkShape,
    private readonly settings: DoubleDqnOptions,
    networks: readonly [online: Network, target: Network],
  ) {
    ;[this.online, this.target] = networks
    this.name = settings.double ? 'Double DQN' : 'DQN'
    this.options = { ...settings }
    this.backend = this.online.backend
    this.memory = new DoubleDqnMemory(settings, shape.inputs)
    this.policyStream = stream(settings.seed, 'policy')
    this.replayStream = stream(settings.seed, 'replay')
    this.bestNext = new Int32Array(settings.batchSize)
    this.future = new Float32Array(settings.batchSize)
    this.targets = new Float32Array(settings.batchSize)
    this.currentEpsilon = settings.epsilonStart
  }

  get epsilon(): number {
    return this.currentEpsilon
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const copies = actions.length
    const { inputs, outputs } = this.shape
    checkObservations(observations, copies, inputs)
    if (this.random.length !== copies) [this.random, this.greedy] = [new Int32Array(copies), new Int32Array(copies)]
    const { random, greedy } = this
    const epsilon = explore ? this.currentEpsilon : 0
    let allRandom = true
    for (let copy = 0; copy < copies; copy++) {
      const exploring = explore && this.policyStream.next() < epsilon
      random[copy] = exploring ? Math.floor(this.policyStream.next() * outputs) : -1
      if (!exploring) allRandom = false
    }
    // The network need not be asked when nobody will follow it and nobody wants to know the probabilities.
    if (!allRandom || propensities) this.online.best(observations, copies, greedy)
    for (let copy = 0; copy < copies; copy++) {
      actions[copy] = random[copy] === -1 ? greedy[copy]! : random[copy]!
      // The best action is taken on purpose or by chance.
      if (propensities) propensities[copy] = epsilon / outputs + (actions[copy] === greedy[copy] ? 1 - epsilon : 0)
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    const { memory, settings } = this
    memory.begin(env.copies)
    for (let copy = 0; copy < env.copies; copy++) {
      const terminated = env.terminated[copy] === 1
      const ended = terminated || env.truncated[copy] === 1
      // Where an episode ended, `observations` already shows the next one.
      const following = ended ? env.finalObservations : env.observations
      memory.add(before, following, copy, actions[copy]!, env.rewards[copy]!, terminated, ended)
      this.currentEpsilon = epsilonAfter(this.currentEpsilon, ended, settings)
    }
    this.owed = memory.size < settings.warmUp ? 0 : this.owed + env.copies
  }

  update(): Report | undefined {
    const { trainEvery, gradientSteps } = this.settings
    if (this.pending === 0) {
      if (this.owed < trainEvery) return undefined
      this.owed -= trainEvery
      this.pending = gradientSteps
    }
    this.pending--
    return this.learn()
  }

  private learn(): Report {
    const { double, discount, batchSize, targetUpdate, tau, targetEvery } = this.settings
    const { memory, bestNext, future, targets, online, target } = this
    const { batch, prioritised } = memory
    memory.sample(this.replayStream, this.updates)

    // DQN's maximum takes and values the action by the same network, so it believes its own errors; Double DQN asks two.
    const namer = double ? online : target
    namer.best(batch.following, batchSize, bestNext)
    target.valuesAt(batch.following, bestNext, batchSize, future)
    for (let row = 0; row < batchSize; row++) {
      targets[row] = batch.rewards[row]! + (batch.terminated[row] ? 0 : discount * future[row]!)
      // With n-step returns the rewards are those of several steps, and what follows lies as many ahead.
      if (batch.steps && !batch.terminated[row]) targets[row] = batch.rewards[row]! + discount ** batch.steps[row]! * future[row]!
      if (!Number.isFinite(targets[row])) throw diverged(this.updates)
    }

    const { learningRate, learningRateDecay, learningRateDecayEvery } = this.settings
    const rate = decayedLearningRate(learningRate, learningRateDecay, learningRateDecayEvery, this.updates)
    const { weights, errors } = prioritised ?? unweighted
    const { loss, gradientNorm } = online.fit(batch.observations, batch.actions, targets, batchSize, rate, weights, errors)
    prioritised?.reprioritise()
    this.updates++
    if (targetUpdate === 'soft') target.follow(online, tau)
    else if (this.updates % targetEvery === 0) target.follow(online, 1)
    return { loss, gradientNorm, learningRate: rate, epsilon: this.currentEpsilon }
  }

  scores(observation: Float32Array, out: Float32Array): void {
    this.online.values(observation, 1, out)
  }

  save(policyOnly = false): Checkpoint {
    const arrays: Record<string, Checkpoint['arrays'][string]> = {}
    const shapes: Record<string, readonly number[]> = {}
    const online = this.online.save()
    const { duelling } = this.settings
    nameNetwork('online', this.shape, duelling, online, arrays, shapes)
    const head = { agent: kind, options: this.options, policyOnly, arrays, shapes }
    if (policyOnly) return { ...head, state: { epsilon: this.currentEpsilon, updates: this.updates } }

    nameNetwork('target', this.shape, duelling, this.target.save(), arrays, shapes)
    arrays.firstMoments = online.firstMoments
    arrays.secondMoments = online.secondMoments
    const state: Record<string, unknown> = {
      epsilon: this.currentEpsilon,
      updates: this.updates,
      owed: this.owed,
      pending: this.pending,
      policy: this.policyStream.save(),
      replay: this.replayStream.save(),
      dropout: online.dropout,
    }
    this.memory.save({ arrays, shapes, state })
    return { ...head, state }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const epsilon = chanceOf(checkpoint, 'epsilon')
    const { duelling } = this.settings
    const learned = joinNetwork('online', this.shape, duelling, checkpoint)
    const count = learned.parameters.length
    if (checkpoint.policyOnly) {
      const zeros = new Float32Array(count)
      this.online.load({ ...this.online.save(), ...learned, firstMoments: zeros, secondMoments: zeros, updates: 0 })
      this.target.follow(this.online, 1)
      this.memory.clear()
      this.owed = 0
      this.pending = 0
      this.updates = 0
      this.currentEpsilon = epsilon
      return
    }

    // All of it is read before any of it is taken over.
    const firstMoments = arrayOf(checkpoint, 'firstMoments', Float32Array, count)
    const secondMoments = arrayOf(checkpoint, 'secondMoments', Float32Array, count)
    const followed = joinNetwork('target', this.shape, duelling, checkpoint)
    const [updates, owed, pending] = ['updates', 'owed', 'pending'].map(name => countOf(checkpoint, name)) as [number, number, number]
    const [policy, replay, dropout] = ['policy', 'replay', 'dropout'].map(name => streamOf(checkpoint, name))
    const takeMemory = this.memory.read(checkpoint)
    this.online.load({ ...learned, firstMoments, secondMoments, updates, dropout: dropout! })
    this.target.load({ ...this.target.save(), ...followed })
    takeMemory()
    this.policyStream.load(policy!)
    this.replayStream.load(replay!)
    this.owed = owed
    this.pending = pending
    this.updates = updates
    this.currentEpsilon = epsilon
  }

  dispose(): void {
    this.online.dispose()
    this.target.dispose()
  }
}

const unweighted = { weights: undefined, errors: undefined }

/** Rewards are checked when they are observed, so values that are no numbers are the network's own doing. */
function diverged(updates: number): UserError {
  return new UserError(
    `learning diverged: after ${updates} updates the network's values are no numbers any more; a lower learningRate, clip 'value' or 'norm', or loss 'huber' may help`,
  )
}
