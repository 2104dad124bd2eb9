/**
 * Double DQN that scores items by their features, so that a catalogue need not be listed in an output layer.
 *
 * Sources: scoring a state and an action's features together, He et al. 2016, "Deep Reinforcement Learning with a Natural Language Action
 * Space" (arXiv 1511.04636), whose network combines the vectors of two towers by their inner product; the double estimate of van Hasselt,
 * Guez & Silver 2016 (arXiv 1509.06461); the rest as in double-dqn.ts.
 *
 *   [u, c] = user tower(s)        [v(i), b(i)] = item tower(features of i), item-dqn-tower.ts        u and v(i) of d numbers
 *   Q(s, i) = u · v(i) / √d + b(i) + c
 *   y = r + discount · Q(s', i*; target), i* = argmax Q(s', i; online), or y = r where s' is terminal
 *
 * What is learned of an item holds for all that resemble it, and the number of parameters does not depend on how many there are. An update
 * puts only the items of its batch through the towers. To choose the best of all, act and argmax need every v(i); these are worked out anew
 * after every `refreshEvery` updates and kept, so that a decision is one product of a matrix and a vector. In between, choosing goes by
 * vectors that are a few updates old, while values and targets always come from the towers as they are. Acting without exploring, and
 * `scores`, go by fresh vectors always: a set of their own, so that evaluating on the way leaves no trace.
 */
import { UserError } from '../data/user-error'
import type { Env, Items, Spec } from '../envs/env'
import { type Batch, makeBatch, Replay } from '../memory/replay'
import { decayedLearningRate, epsilonAfter } from '../memory/schedules'
import { chosenLoss } from '../networks/chosen-loss'
import { type InnerProductSearch, innerProductSearch } from '../networks/inner-product-search'
import { makePerceptron } from '../networks/make-perceptron'
import { stepTogether } from '../networks/step-together'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { arrayOf, chanceOf, checkAgent, countOf, streamOf } from './checkpoints'
import { type ItemDqnOptions, itemDqnFields, readItemDqnOptions } from './item-dqn-options'
import { ItemTower } from './item-dqn-tower'
import { TwoTowers, type TwoTowersState } from './item-dqn-towers'
import { observationFeatures } from './observation-features'
import { nameReplay, readReplay } from './replay-checkpoint'
import { checkObservations, checkStep, discreteActions } from './spaces'

export type { ItemDqnOptions } from './item-dqn-options'

const kind = 'item-dqn'

export const itemDqnFacts: AgentFacts = {
  kind,
  about: 'deep Q-learning that scores items by their features, for large catalogues',
  source: 'He et al. 2016, arXiv 1511.04636; van Hasselt, Guez & Silver 2016, arXiv 1509.06461',
  spaces: ['discrete'],
  needs: 'the features of the items',
  fields: itemDqnFields,
}

/**
 * An item-embedding DQN: `await itemDqn(shop, { vectorWidth: 16, seed: 1 })`.
 *
 * @param env its `spec`, and its `items` for their features; those may be left out when a checkpoint, which holds them, is loaded next and the
 *   options say its `featureWidth`, as those of a checkpoint do
 * @throws UserError for options that do not fit, actions that are not discrete, or a shop that does not tell finite features of its items
 */
export async function itemDqn(
  { spec, items }: { readonly spec: Spec; readonly items?: Items },
  given: Partial<ItemDqnOptions> = {},
): Promise<Agent> {
  const count = discreteActions(kind, spec)
  const read = readItemDqnOptions(given, count)
  const featureWidth = featureWidthOf(spec, count, items, read.featureWidth)
  const options = { ...read, featureWidth }
  const { hiddenUnits, itemHiddenUnits, vectorWidth, initialisation, seed, backend } = options
  const features = observationFeatures(spec)
  const tower = (inputs: number, hidden: readonly number[], name: string) =>
    makePerceptron(
      { inputs, hidden, outputs: vectorWidth + 1, activation: 'relu' },
      { initialisation, seed, stream: `${name} initialisation`, backend },
    )
  const known = Float32Array.from(items?.features ?? [])
  const towers = async () => {
    const perceptron = await tower(featureWidth, itemHiddenUnits, 'item')
    const item = new ItemTower(perceptron, known, count, options.batchSize, options.itemEmbeddings ? seed : undefined)
    return new TwoTowers(features, await tower(features.width, hiddenUnits, 'user'), item, options.batchSize)
  }
  const online = await towers()
  return new ItemDqn(spec, count, options, online, await towers(), await innerProductSearch(count, online.width))
}

function featureWidthOf(spec: Spec, count: number, items: Items | undefined, said: number | undefined): number {
  if (!items) {
    if (said !== undefined) return said
    throw new UserError(
      `${kind} needs the features of the items, which ${spec.name} does not tell; choose another agent or shop, or say featureWidth and load a checkpoint`,
    )
  }
  if (items.features.length !== count * items.width || items.width < 1) {
    throw new UserError(
      `${kind} needs features for each item; ${spec.name} has ${count} actions and the features of ${items.labels.length} items`,
    )
  }
  const wrong = items.features.findIndex(value => !Number.isFinite(value))
  if (wrong >= 0) {
    throw new UserError(
      `${kind}: feature ${wrong % items.width} of item ${Math.floor(wrong / items.width)} of ${spec.name} is ${items.features[wrong]}; features must be finite`,
    )
  }
  if (said !== undefined && said !== items.width) {
    throw new UserError(`${kind}: featureWidth is ${said}; the items of ${spec.name} have ${items.width} features`)
  }
  return items.width
}

class ItemDqn implements Agent {
  readonly kind = kind
  readonly name = 'item-embedding DQN'
  readonly options: Readonly<Record<string, unknown>>
  readonly backend: string
  private readonly replay: Replay
  private readonly policyStream: Generator
  private readonly replayStream: Generator
  /** All items' vectors for exploring and for the target's argmax, as old as `refreshEvery` says. */
  private readonly vectors: InnerProductSearch
  /** For acting without exploring: those of update number `servedAt`. */
  private served: InnerProductSearch | undefined
  private servedAt = -1
  private vectorsAt = 0
  /** Buffers of a block of rows and of an update. */
  private readonly batch: Batch
  private readonly values: Float32Array
  private readonly future: Float32Array
  private readonly targets: Float32Array
  private readonly slopes: Float32Array
  private readonly bestNext: Int32Array
  private readonly among: Int32Array | undefined
  /** Buffers of one decision of every copy: the random action drawn, or -1, and the best action. */
  private random = new Int32Array(0)
  private greedy = new Int32Array(0)
  private owed = 0
  private pending = 0
  private updates = 0
  private currentEpsilon: number

  constructor(
    private readonly spec: Spec,
    private readonly count: number,
    private readonly settings: ItemDqnOptions & { readonly featureWidth: number },
    private readonly online: TwoTowers,
    private readonly target: TwoTowers,
    vectors: InnerProductSearch,
  ) {
    const { batchSize, replayCapacity, seed, candidatesInTarget = count } = settings
    this.options = { ...settings }
    this.backend = online.user.backend
    this.replay = new Replay(replayCapacity, spec.width)
    this.policyStream = stream(seed, 'policy')
    this.replayStream = stream(seed, 'replay')
    this.vectors = vectors
    this.batch = makeBatch(batchSize, spec.width)
    this.values = new Float32Array(batchSize)
    this.future = new Float32Array(batchSize)
    this.targets = new Float32Array(batchSize)
    this.slopes = new Float32Array(batchSize)
    this.bestNext = new Int32Array(batchSize)
    this.among = candidatesInTarget < count ? new Int32Array(candidatesInTarget) : undefined
    this.currentEpsilon = settings.epsilonStart
    if (online.item.features.length > 0) online.item.refresh(vectors)
  }

  get epsilon(): number {
    return this.currentEpsilon
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const copies = actions.length
    const { count, policyStream } = this
    checkObservations(observations, copies, this.spec.width)
    this.requireFeatures()
    if (this.random.length !== copies) [this.random, this.greedy] = [new Int32Array(copies), new Int32Array(copies)]
    const { random, greedy } = this
    const epsilon = explore ? this.currentEpsilon : 0
    let allRandom = true
    for (let copy = 0; copy < copies; copy++) {
      const exploring = explore && policyStream.next() < epsilon
      random[copy] = exploring ? Math.floor(policyStream.next() * count) : -1
      if (!exploring) allRandom = false
    }
    // No item need be scored when nobody will follow and nobody wants to know the probabilities.
    if (!allRandom || propensities) this.best(explore ? this.vectors : this.freshVectors(), observations, copies, greedy)
    for (let copy = 0; copy < copies; copy++) {
      actions[copy] = random[copy] === -1 ? greedy[copy]! : random[copy]!
      // The best action is taken on purpose or by chance.
      if (propensities) propensities[copy] = epsilon / count + (actions[copy] === greedy[copy] ? 1 - epsilon : 0)
    }
  }

  /** The best item for every row, a block of rows at a time. */
  private best(vectors: InnerProductSearch, observations: Float32Array, copies: number, out: Int32Array): void {
    const { bestNext, online } = this
    const most = this.settings.batchSize
    for (let first = 0; first < copies; first += most) {
      const rows = Math.min(most, copies - first)
      online.readUsers(observations, first, rows)
      vectors.best(online.users, rows, bestNext)
      for (let row = 0; row < rows; row++) out[first + row] = bestNext[row]!
    }
  }

  /** The vectors of all items as the towers now are. */
  private freshVectors(): InnerProductSearch {
    if (this.vectorsAt === this.updates) return this.vectors
    this.served ??= this.vectors.another()
    if (this.servedAt !== this.updates) this.online.item.refresh(this.served)
    this.servedAt = this.updates
    return this.served
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    const { replay, settings } = this
    for (let copy = 0; copy < env.copies; copy++) {
      const terminated = env.terminated[copy] === 1
      const ended = terminated || env.truncated[copy] === 1
      // Where an episode ended, `observations` already shows the next one.
      const following = ended ? env.finalObservations : env.observations
      replay.add(before, following, copy, actions[copy]!, env.rewards[copy]!, terminated)
      this.currentEpsilon = epsilonAfter(this.currentEpsilon, ended, settings)
    }
    this.owed = replay.size < settings.warmUp ? 0 : this.owed + env.copies
  }

  update(): Report | undefined {
    const { trainEvery, gradientSteps } = this.settings
    if (this.pending === 0) {
      if (this.owed < trainEvery) return undefined
      this.requireFeatures()
      this.owed -= trainEvery
      this.pending = gradientSteps
    }
    this.pending--
    return this.learn()
  }

  private learn(): Report {
    const { batchSize, discount, loss: lossName, learningRate, learningRateDecay, learningRateDecayEvery, clipNorm } = this.settings
    const { batch, online, target, values, future, targets, slopes, bestNext } = this
    this.replay.sample(this.replayStream, batch)

    online.readUsers(batch.following, 0, batchSize)
    this.vectors.best(online.users, batchSize, bestNext, this.drawn())
    target.values(batch.following, bestNext, batchSize, future)
    for (let row = 0; row < batchSize; row++) {
      targets[row] = batch.rewards[row]! + (batch.terminated[row] ? 0 : discount * future[row]!)
      if (!Number.isFinite(targets[row])) throw diverged(this.updates)
    }

    online.forward(batch.observations, batch.actions, batchSize, values)
    const loss = chosenLoss(lossName, values, targets, 0, batchSize, batchSize, slopes) / batchSize
    online.backward(slopes)
    const rate = decayedLearningRate(learningRate, learningRateDecay, learningRateDecayEvery, this.updates)
    const gradientNorm = stepTogether(online.parts, loss, { learningRate: rate, clipNorm })
    this.updates++
    this.follow()
    return { loss, gradientNorm, learningRate: rate, epsilon: this.currentEpsilon }
  }

  /** The items among which the best next one is sought, each drawn from all; undefined for all. */
  private drawn(): Int32Array | undefined {
    const { among, count, replayStream } = this
    if (among) for (let at = 0; at < among.length; at++) among[at] = Math.floor(replayStream.next() * count)
    return among
  }

  /** What follows the online towers: the target, and from time to time all items' vectors. */
  private follow(): void {
    const { targetUpdate, tau, targetEvery, refreshEvery } = this.settings
    const { online, target, updates } = this
    const share = targetUpdate === 'soft' ? tau : updates % targetEvery === 0 ? 1 : 0
    if (share > 0) target.follow(online, share)
    if (updates % refreshEvery === 0) this.refresh()
  }

  private refresh(): void {
    this.online.item.refresh(this.vectors)
    this.vectorsAt = this.updates
  }

  scores(observation: Float32Array, out: Float32Array): void {
    checkObservations(observation, 1, this.spec.width)
    this.requireFeatures()
    const { online } = this
    online.readUsers(observation, 0, 1)
    this.freshVectors().all(online.users, out)
    const alike = online.users[online.width - 1]!
    for (let item = 0; item < out.length; item++) out[item]! += alike
  }

  save(policyOnly = false): Checkpoint {
    const { online, target } = this
    const arrays: Record<string, Checkpoint['arrays'][string]> = { features: online.item.features.slice() }
    const shapes: Record<string, readonly number[]> = { features: [this.count, this.settings.featureWidth] }
    const state: Record<string, unknown> = { epsilon: this.currentEpsilon, updates: this.updates }
    const parts = { arrays, shapes, state }
    online.name('', !policyOnly, parts)
    const head = { agent: kind, options: this.options, policyOnly, ...parts }
    if (policyOnly) return head

    target.name('target.', false, parts)
    arrays.vectors = this.vectors.table.slice()
    shapes.vectors = [this.count, online.width]
    nameReplay(this.replay.save(), this.spec.width, parts)
    const counters = { owed: this.owed, pending: this.pending, vectorsAt: this.vectorsAt }
    Object.assign(state, counters, { policy: this.policyStream.save(), replay: this.replayStream.save() })
    return head
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const { policyOnly } = checkpoint
    const epsilon = chanceOf(checkpoint, 'epsilon')
    // All of it is read before any of it is taken over.
    const { online, target } = this
    const features = arrayOf(checkpoint, 'features', Float32Array, this.count * this.settings.featureWidth).slice()
    const learned = online.read('', checkpoint, !policyOnly)
    const take = (followed: TwoTowersState) => {
      online.load(learned, features)
      target.load(followed, features)
      this.currentEpsilon = epsilon
      this.servedAt = -1
    }
    if (policyOnly) {
      take(learned)
      this.replay.clear()
      this.owed = 0
      this.pending = 0
      this.updates = 0
      this.refresh()
      return
    }

    const followed = target.read('target.', checkpoint, false)
    const vectors = arrayOf(checkpoint, 'vectors', Float32Array, this.count * online.width)
    const counts = ['owed', 'pending', 'updates', 'vectorsAt'].map(name => countOf(checkpoint, name))
    const [owed, pending, updates, vectorsAt] = counts as [number, number, number, number]
    const [policy, replay] = [streamOf(checkpoint, 'policy'), streamOf(checkpoint, 'replay')]
    const kept = readReplay(checkpoint, this.spec.width)
    this.replay.check(kept)
    take(followed)
    this.replay.load(kept)
    this.vectors.table.set(vectors)
    this.vectorsAt = vectorsAt
    this.policyStream.load(policy)
    this.replayStream.load(replay)
    this.owed = owed
    this.pending = pending
    this.updates = updates
  }

  dispose(): void {
    this.online.dispose()
    this.target.dispose()
    this.vectors.dispose()
    this.served?.dispose()
  }

  private requireFeatures(): void {
    if (this.online.item.features.length > 0) return
    throw new UserError(`${kind} knows no item features; make it with the shop, itemDqn(shop), or load a checkpoint first`)
  }
}

/** Rewards are checked when they are observed, so values that are no numbers are the towers' own doing. */
function diverged(updates: number): UserError {
  return new UserError(
    `learning diverged: after ${updates} updates the values are no numbers any more; a lower learningRate or clipNorm, or loss 'huber' may help`,
  )
}
