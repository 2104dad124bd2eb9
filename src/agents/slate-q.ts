/**
 * SlateQ: Q-learning for pages of several items, of which the shopper chooses one or none.
 *
 * Source: Ie, Jain, Wang, Narvekar, Agarwal, Wu, Cheng, Chandra & Boutilier 2019, "SlateQ: A Tractable Decomposition for Reinforcement
 * Learning with Recommendation Sets" (IJCAI), and its long version, arXiv 1905.12767.
 *
 * There are too many slates to learn a value for each. If one item of a slate is chosen, or none, and all that happens next depends on the
 * choice alone, the value of a slate falls apart into values of items:
 *
 *   Q(s, A) = Σ P(i | s, A) Q(s, i), over the items of A and none
 *
 * P is a choice model (slate-choice.ts). The paper knows it; here it is learned from the clicks unless told otherwise. What was chosen learns:
 *
 *   Q(s, i) → r + discount · Σ P(j | s', A') Q(s', j; target)
 *
 * A' is the best next slate by a slate optimiser ('q'), or the one that was shown ('sarsa'). An episode cut off by its horizon has no next
 * slate, so that SARSA takes the optimiser's there. A terminated one has no future.
 *
 * To choose nothing. The session goes on after it, so it has a value, Q(s, none) = r + discount · (the next slate's value), and is learned like
 * an item's, in a row of its own. RecSim's agent lets it be worth 0 and learns from clicks alone, as if a slate without a click ended the
 * session; then clicks seem worth more than they are. `noClick: 'zero'` does that, for comparison with the published numbers.
 *
 *   act      the optimiser's slate by v(s, i) and Q(s, i; online), with probability epsilon any slate alike
 *   update   one step of Adam on the values' loss over a batch of what was chosen, one on the choice model's; then the target follows
 *
 * Where several items of a page may be clicked, as in simshop, the first counts as the choice, and the reward is the whole page's.
 */
import { UserError } from '../data/user-error'
import type { Env, Spec } from '../envs/env'
import { actionCount, randomActions } from '../envs/spaces'
import { epsilonAfter } from '../memory/schedules'
import { chosenLoss } from '../networks/chosen-loss'
import { makePerceptron } from '../networks/make-perceptron'
import type { Perceptron } from '../networks/perceptron'
import { stepTogether } from '../networks/step-together'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { chanceOf, checkAgent, countOf, streamOf } from './checkpoints'
import { namePerceptron, readPerceptron } from './named-perceptrons'
import { type ChoiceModel, interestChoice, learnedChoice } from './slate-choice'
import { makeSlateChoices, type SlateOptimiser, slateOptimisers, slateValue } from './slate-optimisers'
import { SlateMemory } from './slate-q-memory'
import { readSlateQOptions, type SlateQOptions, slateQFields } from './slate-q-options'
import { makeSlateBatch } from './slate-q-replay'
import { SlateRows } from './slate-q-rows'
import { checkObservations, checkStep } from './spaces'

export type { SlateQOptions } from './slate-q-options'

const kind = 'slate-q'

export const slateQFacts: AgentFacts = {
  kind,
  about: 'values of items, put together to values of slates by a model of what shoppers choose',
  source: 'Ie et al. 2019, arXiv 1905.12767',
  spaces: ['slate'],
  needs: 'the candidates in the observation',
  fields: slateQFields,
}

/**
 * A SlateQ agent: `await slateQ(shop.spec, { learning: 'sarsa', optimiser: 'greedy', seed: 1 })`.
 *
 * @param spec the shop's: `env.spec`; its actions must be slates
 * @throws UserError for options that do not fit, and for a shop that does not show candidates
 */
export async function slateQ(spec: Spec, given: Partial<SlateQOptions> = {}): Promise<Agent> {
  const options = readSlateQOptions(given)
  const rows = new SlateRows(kind, spec)
  const { hiddenUnits: hidden, choiceHiddenUnits, batchSize, learningRate, clipNorm, backend, seed } = options
  const shape = { inputs: rows.width, hidden, outputs: 1, activation: 'relu' as const }
  const made = { initialisation: 'he' as const, seed, backend }
  const choice =
    options.choiceModel === 'interest'
      ? interestChoice(rows)
      : await learnedChoice(rows, batchSize, { hiddenUnits: choiceHiddenUnits, learningRate, clipNorm, backend, seed })
  return new SlateQ(spec, rows, options, await makePerceptron(shape, made), await makePerceptron(shape, made), choice)
}

class SlateQ implements Agent {
  readonly kind = kind
  readonly name = 'SlateQ'
  readonly options: Readonly<Record<string, unknown>>
  readonly backend: string
  private readonly size: number
  /** Candidates and none. */
  private readonly places: number
  private readonly optimiser: SlateOptimiser
  private readonly targetOptimiser: SlateOptimiser
  private readonly slates: number
  private readonly memory: SlateMemory
  private readonly policyStream: Generator
  private readonly replayStream: Generator
  /** Buffers of a block of decisions and of an update. */
  private readonly batch
  private readonly block: Float32Array
  private readonly inputs: Float32Array
  private readonly values: Float32Array
  private readonly weights: Float64Array
  private readonly choices
  private readonly nextSlate: Int32Array
  private readonly shownInputs: Float32Array
  private readonly chosenInputs: Float32Array
  private readonly chosenValues: Float32Array
  private readonly targets: Float32Array
  private readonly slopes: Float32Array
  private readonly teaches: Float32Array
  private readonly parts: readonly Perceptron[]
  private greedySlates = new Int32Array(0)
  private randomSlate: Int32Array
  private owed = 0
  private updates = 0
  private currentEpsilon: number

  constructor(
    private readonly spec: Spec,
    private readonly rows: SlateRows,
    private readonly settings: SlateQOptions,
    private readonly online: Perceptron,
    private readonly target: Perceptron,
    private readonly choice: ChoiceModel,
  ) {
    const { batchSize, replayCapacity, seed } = settings
    const { size, candidates } = rows.features
    this.options = { ...settings }
    this.backend = online.backend
    this.size = size
    this.places = candidates + 1
    this.optimiser = slateOptimisers[settings.optimiser]
    this.targetOptimiser = slateOptimisers[settings.targetOptimiser]
    this.slates = actionCount(spec.actions)
    // SARSA waits for the next slate, which there is only while the episode goes on.
    this.memory = new SlateMemory(replayCapacity, spec.width, size, settings.learning === 'sarsa')
    this.policyStream = stream(seed, 'policy')
    this.replayStream = stream(seed, 'replay')
    this.batch = makeSlateBatch(batchSize, spec.width, size)
    this.block = new Float32Array(batchSize * spec.width)
    this.inputs = new Float32Array(batchSize * this.places * rows.width)
    this.values = new Float32Array(batchSize * this.places)
    this.weights = new Float64Array(batchSize * this.places)
    this.choices = makeSlateChoices(candidates)
    this.nextSlate = new Int32Array(size)
    this.shownInputs = new Float32Array(batchSize * (size + 1) * rows.width)
    this.chosenInputs = new Float32Array(batchSize * rows.width)
    this.chosenValues = new Float32Array(batchSize)
    this.targets = new Float32Array(batchSize)
    this.slopes = new Float32Array(batchSize)
    this.teaches = new Float32Array(batchSize)
    this.randomSlate = new Int32Array(size)
    this.parts = [online]
    this.currentEpsilon = settings.epsilonStart
  }

  get epsilon(): number {
    return this.currentEpsilon
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { size, spec, policyStream, randomSlate } = this
    const copies = actions.length / size
    checkObservations(observations, copies, spec.width)
    const epsilon = explore ? this.currentEpsilon : 0
    if (epsilon < 1 || propensities) {
      if (this.greedySlates.length !== actions.length) this.greedySlates = new Int32Array(actions.length)
      this.best(observations, copies, this.greedySlates)
    }
    for (let copy = 0; copy < copies; copy++) {
      const from = copy * size
      const exploring = explore && policyStream.next() < epsilon
      if (exploring) randomActions(spec.actions, policyStream, randomSlate)
      let isGreedy = true
      for (let at = 0; at < size; at++) {
        actions[from + at] = exploring ? randomSlate[at]! : this.greedySlates[from + at]!
        if (propensities && actions[from + at] !== this.greedySlates[from + at]) isGreedy = false
      }
      // The best slate is shown on purpose or by chance.
      if (propensities) propensities[copy] = epsilon / this.slates + (isGreedy ? 1 - epsilon : 0)
    }
  }

  /** The optimiser's slate for every row, a block of rows at a time. */
  private best(observations: Float32Array, copies: number, slates: Int32Array): void {
    const { block, size, spec, choices } = this
    const most = this.settings.batchSize
    for (let first = 0; first < copies; first += most) {
      const rows = Math.min(most, copies - first)
      for (let at = 0; at < rows * spec.width; at++) block[at] = observations[first * spec.width + at]!
      this.evaluate(this.online, block, rows)
      for (let row = 0; row < rows; row++) {
        this.fill(row)
        this.optimiser(choices, slates, (first + row) * size, size)
      }
    }
  }

  /** Values and weights of all candidates, and none, of at most a batch of observations. */
  private evaluate(network: Perceptron, observations: Float32Array, rows: number): void {
    this.rows.writeAll(observations, rows, this.inputs)
    network.values(this.inputs, rows * this.places, this.values)
    this.choice.weigh(observations, this.inputs, rows, this.weights)
  }

  /** The choices of one row of what was evaluated. */
  private fill(row: number): void {
    const { places, choices, values, weights } = this
    const none = (row + 1) * places - 1
    for (let at = 0; at < places - 1; at++) {
      choices.values[at] = values[row * places + at]!
      choices.weights[at] = weights[row * places + at]!
    }
    choices.noneWeight = weights[none]!
    choices.noneValue = this.settings.noClick === 'zero' ? 0 : values[none]!
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    checkClicks(env, this.size)
    this.memory.observe(env, before, actions)
    for (let copy = 0; copy < env.copies; copy++) {
      const ended = env.terminated[copy] === 1 || env.truncated[copy] === 1
      this.currentEpsilon = epsilonAfter(this.currentEpsilon, ended, this.settings)
    }
    this.owed = this.memory.length < this.settings.warmUp ? 0 : this.owed + env.copies
  }

  update(): Report | undefined {
    const { trainEvery } = this.settings
    if (this.owed < trainEvery) return undefined
    this.owed -= trainEvery
    return this.learn()
  }

  private learn(): Report {
    const { batchSize, targetUpdate, tau, targetEvery } = this.settings
    const { batch, online, target, rows } = this
    this.memory.sample(this.replayStream, batch)
    this.aim()
    const loss = this.miss()
    online.backward(this.slopes)
    const gradientNorm = stepTogether(this.parts, loss, this.settings)
    let choiceLoss = 0
    if (this.choice.scorer) {
      rows.writeShown(batch.observations, batch.slates, batchSize, this.shownInputs)
      choiceLoss = this.choice.fit(this.shownInputs, batch.clicked, batchSize)
    }
    this.updates++
    if (targetUpdate === 'soft') target.follow(online, tau)
    else if (this.updates % targetEvery === 0) target.follow(online, 1)
    return { loss, gradientNorm, choiceLoss, epsilon: this.currentEpsilon }
  }

  /** The targets: r + discount · (what the next slate is worth to the target network). */
  private aim(): void {
    const { batchSize, discount, learning } = this.settings
    const { batch, size, choices, nextSlate, targets } = this
    this.evaluate(this.target, batch.following, batchSize)
    for (let row = 0; row < batchSize; row++) {
      targets[row] = batch.rewards[row]!
      if (batch.terminated[row]) continue
      this.fill(row)
      const from = row * size
      const known = learning === 'sarsa' && batch.nextSlates[from]! >= 0
      if (!known) this.targetOptimiser(choices, nextSlate, 0, size)
      targets[row]! += discount * slateValue(choices, known ? batch.nextSlates : nextSlate, known ? from : 0, size)
      if (!Number.isFinite(targets[row])) throw diverged(this.updates)
    }
  }

  /** Fills the slopes of the loss by the value of what was chosen in each row. @returns the mean loss over the rows that teach */
  private miss(): number {
    const { batchSize, loss, noClick } = this.settings
    const { batch, size, chosenInputs, chosenValues, targets, slopes, teaches } = this
    let teaching = 0
    for (let row = 0; row < batchSize; row++) {
      const place = batch.clicked[row]!
      teaches[row] = place >= 0 || noClick === 'learned' ? 1 : 0
      teaching += teaches[row]!
      this.rows.write(batch.observations, row, place < 0 ? -1 : batch.slates[row * size + place]!, chosenInputs, row)
    }
    this.online.forward(chosenInputs, batchSize, chosenValues)
    const rows = Math.max(1, teaching)
    return chosenLoss(loss, chosenValues, targets, 0, batchSize, rows, slopes, teaches) / rows
  }

  /** [candidates]: v(s, i) (Q(s, i) - Q(s, none)), what top-k goes by. */
  scores(observation: Float32Array, out: Float32Array): void {
    checkObservations(observation, 1, this.spec.width)
    this.block.set(observation)
    this.evaluate(this.online, this.block, 1)
    this.fill(0)
    const { weights, values, noneValue } = this.choices
    for (let at = 0; at < out.length; at++) out[at] = weights[at]! * (values[at]! - noneValue)
  }

  save(policyOnly = false): Checkpoint {
    const { online, target, choice } = this
    const arrays: Record<string, Checkpoint['arrays'][string]> = {}
    const shapes: Record<string, readonly number[]> = {}
    const state: Record<string, unknown> = { epsilon: this.currentEpsilon, updates: this.updates }
    const parts = { arrays, shapes, state }
    namePerceptron('online', online.shape, online.save(), !policyOnly, parts)
    if (choice.scorer) namePerceptron('choice', choice.scorer.shape, choice.scorer.save(), !policyOnly, parts)
    const head = { agent: kind, options: this.options, policyOnly, ...parts }
    if (policyOnly) return head

    namePerceptron('target', target.shape, target.save(), false, parts)
    this.memory.save(parts)
    Object.assign(state, { owed: this.owed, policy: this.policyStream.save(), replay: this.replayStream.save() })
    return head
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const { policyOnly } = checkpoint
    const epsilon = chanceOf(checkpoint, 'epsilon')
    // All of it is read before any of it is taken over.
    const online = readPerceptron('online', this.online.shape, checkpoint, !policyOnly)
    const { scorer } = this.choice
    const choice = scorer && readPerceptron('choice', scorer.shape, checkpoint, !policyOnly)
    if (policyOnly) {
      this.online.load(online)
      this.target.load({ ...this.target.save(), parameters: online.parameters })
      if (choice) scorer.load(choice)
      this.memory.clear()
      this.owed = 0
      this.updates = 0
      this.currentEpsilon = epsilon
      return
    }

    const target = readPerceptron('target', this.target.shape, checkpoint, false)
    const [owed, updates] = [countOf(checkpoint, 'owed'), countOf(checkpoint, 'updates')]
    const memory = this.memory.read(checkpoint)
    const [policy, replay] = [streamOf(checkpoint, 'policy'), streamOf(checkpoint, 'replay')]
    this.online.load(online)
    this.target.load(target)
    if (choice) scorer.load(choice)
    this.memory.load(memory)
    this.policyStream.load(policy)
    this.replayStream.load(replay)
    this.owed = owed
    this.updates = updates
    this.currentEpsilon = epsilon
  }

  dispose(): void {
    this.online.dispose()
    this.target.dispose()
    this.choice.scorer?.dispose()
  }
}

/** @throws RangeError when a place is clicked that no slate has */
function checkClicks({ chosen, copies }: Env, size: number): void {
  for (let copy = 0; copy < copies; copy++) {
    const place = chosen[copy]!
    if (!(place >= -1 && place < size))
      throw new RangeError(`the place clicked by copy ${copy} is ${place}; it must be between -1 and ${size - 1}`)
  }
}

function diverged(updates: number): UserError {
  return new UserError(
    `learning diverged: after ${updates} updates the network's values are no numbers any more; a lower learningRate or clipNorm, or loss 'huber' may help`,
  )
}
