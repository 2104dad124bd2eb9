/**
 * What REINFORCE, A2C and PPO share: a stochastic policy that draws its actions, a rollout of what came of them, and one idea of learning,
 * the policy gradient (Williams 1992; Sutton et al. 2000): make what turned out better than expected more likely.
 *
 *   act      draw an action from the policy; acting for real, take the most likely one
 *   observe  keep the step in the rollout; when it is complete, estimate the advantage of each step (advantages.ts)
 *   update   each algorithm's own: slopes of its loss by logits and values, back through the networks, one step of Adam over both
 *
 * The time limit of an episode is no end of the process: where an episode was truncated, its last observation is valued, and the estimate
 * goes on through it. Where a copy does not go on from where it stood, since the shop was reset or loaded, the step before is treated so
 * too. A rollout is of one number of copies: when that changes, what was collected is dropped.
 *
 * It learns from actions that it has drawn itself: their log-probabilities are those under the policy that stands.
 */
import type { Env, Spec } from '../envs/env'
import { Rollout } from '../memory/rollout'
import type { Perceptron } from '../networks/perceptron'
import { stepTogether } from '../networks/step-together'
import { type Generator, stream } from '../random/generator'
import { type ActionDistribution, actionDistribution } from './action-distribution'
import type { Agent, Checkpoint, Report } from './agent'
import { arrayOf, checkAgent, countOf, streamOf } from './checkpoints'
import type { CheckpointParts } from './named-perceptrons'
import { loadNetworks, loadRollout, saveNetworks, saveRollout } from './policy-checkpoint'
import { Drawn } from './policy-drawn'
import { makePolicyNetwork, makeValueNetwork, type RowNetwork, roomFor } from './policy-network'
import { annealed, type PolicyOptions } from './policy-options'
import { checkObservations, checkStep } from './spaces'

/** What an agent's networks are; no value where nothing is valued. */
export interface PolicyParts {
  readonly distribution: ActionDistribution
  readonly policy: RowNetwork
  readonly value: RowNetwork | undefined
}

export async function policyParts(agent: string, spec: Spec, options: PolicyOptions, valued = true): Promise<PolicyParts> {
  const distribution = actionDistribution(spec.actions)
  const policy = await makePolicyNetwork(agent, spec, distribution.logits, options)
  return { distribution, policy, value: valued ? await makeValueNetwork(agent, spec, options) : undefined }
}

/** Of generalised advantage estimation. */
export interface RolloutOptions {
  /** Steps of each copy in a rollout. */
  readonly rolloutSteps: number
  readonly lambda: number
}

export abstract class PolicyGradient implements Agent {
  readonly options: Readonly<Record<string, unknown>>
  readonly backend: string
  protected readonly distribution: ActionDistribution
  protected readonly policy: RowNetwork
  protected readonly value: RowNetwork | undefined
  protected rollout: Rollout
  /** The rollout is complete and is being learned from. */
  protected isLearning = false
  /** Places in the rollout of its steps, in the order of learning. */
  protected order: Int32Array = new Int32Array(0)
  /** Of the steps in hand: [rows, logits] and [rows]. */
  protected logits: Float32Array = new Float32Array(0)
  protected values: Float32Array = new Float32Array(0)
  protected logitSlopes: Float32Array = new Float32Array(0)
  protected valueSlopes: Float32Array = new Float32Array(0)
  private readonly perceptrons: readonly Perceptron[]
  private readonly policyStream: Generator
  /** Transitions seen. */
  private transitions = 0
  private readonly drawn: Drawn
  /** [copies, width]: what each copy showed after its last step. */
  private following: Float32Array = new Float32Array(0)
  /** [copies]: copies of which a value is asked, the answers in their order, and each copy's. */
  private asked = new Int32Array(0)
  private answers = new Float32Array(0)
  private finalValues = new Float32Array(0)

  constructor(
    readonly kind: string,
    readonly name: string,
    protected readonly spec: Spec,
    protected readonly settings: PolicyOptions,
    private readonly rolloutOptions: RolloutOptions,
    { distribution, policy, value }: PolicyParts,
  ) {
    this.options = { ...settings }
    this.distribution = distribution
    this.policy = policy
    this.value = value
    this.perceptrons = Object.values({ ...policy.parts, ...value?.parts })
    this.backend = this.perceptrons[0]!.backend
    this.policyStream = stream(settings.seed, 'policy')
    this.drawn = new Drawn(distribution, policy, value)
    this.rollout = this.rolloutOf(0)
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { distribution, drawn, policyStream } = this
    const copies = actions.length / distribution.size
    checkObservations(observations, copies, this.spec.width)
    if (!explore) {
      drawn.best(observations, copies, actions)
      propensities?.fill(1)
      return
    }
    drawn.draw(observations, copies, policyStream, actions)
    if (propensities) for (let copy = 0; copy < copies; copy++) propensities[copy] = Math.exp(drawn.logProbabilities[copy]!)
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    if (this.isLearning) throw new Error(`${this.kind} has a rollout to learn from; call update() until it returns undefined, then observe`)
    const { copies } = env
    // First what may refuse the step.
    this.drawn.know(before, actions, copies)
    if (copies !== this.rollout.copies) this.beginWith(copies)
    this.valueTruncated(env)
    this.cutWhereMoved(before)
    const { drawn, finalValues, rollout } = this
    for (let copy = 0; copy < copies; copy++) {
      const terminated = env.terminated[copy] === 1
      const truncated = env.truncated[copy] === 1
      if (!this.keeps(copy, terminated || truncated)) continue
      const logProbability = drawn.logProbabilities[copy]!
      const value = drawn.values[copy]!
      rollout.add(copy, before, actions, logProbability, value, env.rewards[copy]!, terminated, truncated, finalValues[copy]!)
    }
    this.following.set(env.observations)
    this.transitions += copies
    if (!this.isComplete()) return
    this.value?.values(env.observations, copies, rollout.lastValues)
    this.isLearning = true
    this.order = placesOf(rollout)
    this.estimate()
  }

  abstract update(): Report | undefined

  /** Whether this step of the copy is to be learned from; asked once a step. */
  protected keeps(_copy: number, _ended: boolean): boolean {
    return true
  }

  protected isComplete(): boolean {
    // A checkpoint may bring a rollout that is longer.
    return this.rollout.lengths[0]! >= this.rolloutOptions.rolloutSteps
  }

  /** The copy does not go on from where its last step led, to a row worth `value`. */
  protected moved(copy: number, value: number): void {
    this.rollout.cut(copy, value)
  }

  protected estimate(): void {
    this.rollout.estimate(this.settings.discount, this.rolloutOptions.lambda)
  }

  /** What is left of the settings that fall, once the rollout in hand is complete: as Stable-Baselines3 counts. */
  protected get left(): number {
    return annealed(this.transitions, this.settings.annealSteps)
  }

  /** Logits and values of the steps order[from], order[from + 1], …, and room for the slopes by them. */
  protected forward(from: number, rows: number): void {
    const numbers = rows * this.distribution.logits
    this.logits = roomFor(this.logits, numbers)
    this.logitSlopes = roomFor(this.logitSlopes, numbers)
    this.values = roomFor(this.values, rows)
    this.valueSlopes = roomFor(this.valueSlopes, rows)
    this.policy.forward(this.rollout.observations, this.order, from, rows, this.logits)
    this.value?.forward(this.rollout.observations, this.order, from, rows, this.values)
  }

  /**
   * Back through both networks, and one step of Adam: PPO's details 3 (Adam's epsilon 1e-5), 4 (the learning rate falls) and 11 (one global
   * norm over both networks is clipped).
   *
   * @returns the norm before clipping, and the learning rate
   */
  protected descend(loss: number): { readonly gradientNorm: number; readonly learningRate: number } {
    this.policy.backward(this.logitSlopes)
    this.value?.backward(this.valueSlopes)
    const learningRate = this.settings.learningRate * this.left
    // What was drawn before is another policy's.
    this.drawn.forget()
    const gradientNorm = stepTogether(this.perceptrons, loss, { learningRate, clipNorm: this.settings.clipNorm, epsilon: 1e-5 })
    return { gradientNorm, learningRate }
  }

  /** The rollout has been learned from. */
  protected finish(): void {
    this.isLearning = false
    this.rollout.clear()
  }

  scores(observation: Float32Array, out: Float32Array): void {
    checkObservations(observation, 1, this.spec.width)
    const { distribution } = this
    const logits = new Float32Array(distribution.logits)
    this.policy.values(observation, 1, logits)
    distribution.logProbabilities(logits, 0, out)
  }

  save(policyOnly = false): Checkpoint {
    const parts: CheckpointParts = { state: {}, arrays: {}, shapes: {} }
    saveNetworks(policyOnly ? this.policy.parts : { ...this.policy.parts, ...this.value?.parts }, policyOnly, parts)
    if (!policyOnly) {
      const { transitions, isLearning } = this
      Object.assign(parts.state, { transitions, isLearning, copies: this.rollout.copies, policy: this.policyStream.save() })
      saveRollout(this.rollout, parts)
      parts.arrays.following = this.following.slice()
      parts.shapes.following = [this.rollout.copies, this.spec.width]
      this.saveMore(parts)
    }
    return { agent: this.kind, options: this.options, policyOnly, ...parts }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(this.kind, checkpoint)
    const takeNetworks = loadNetworks(this.policy.parts, this.value?.parts ?? {}, checkpoint)
    if (checkpoint.policyOnly) {
      takeNetworks()
      this.drawn.forget()
      this.transitions = 0
      this.beginWith(0)
      return
    }
    // All of it is read before any of it is taken over.
    const [transitions, copies] = [countOf(checkpoint, 'transitions'), countOf(checkpoint, 'copies')]
    const policy = streamOf(checkpoint, 'policy')
    const isLearning = checkpoint.state.isLearning === true
    const rollout = this.rolloutOf(copies)
    loadRollout(rollout, checkpoint)
    const following = arrayOf(checkpoint, 'following', Float32Array, copies * this.spec.width)
    const takeMore = this.loadMore(checkpoint, rollout, isLearning)
    takeNetworks()
    this.drawn.forget()
    this.beginWith(copies)
    this.rollout = rollout
    this.following.set(following)
    this.policyStream.load(policy)
    this.transitions = transitions
    this.isLearning = isLearning
    if (isLearning) {
      this.order = placesOf(rollout)
      this.estimate()
    }
    takeMore()
  }

  /** What an algorithm keeps beside. */
  protected saveMore(_parts: CheckpointParts): void {}

  /** Reads and checks what `saveMore` wrote; what it returns takes it over. */
  protected loadMore(_checkpoint: Checkpoint, _rollout: Rollout, _isLearning: boolean): () => void {
    return () => {}
  }

  /** Forgets what was collected, and makes room for so many copies. */
  protected beginWith(copies: number): void {
    this.rollout = this.rolloutOf(copies)
    this.isLearning = false
    this.following = new Float32Array(copies * this.spec.width)
    this.asked = new Int32Array(copies)
    this.answers = new Float32Array(copies)
    this.finalValues = new Float32Array(copies)
  }

  dispose(): void {
    for (const perceptron of this.perceptrons) perceptron.dispose()
  }

  private rolloutOf(copies: number): Rollout {
    return new Rollout(this.rolloutOptions.rolloutSteps, copies, this.spec.width, this.distribution.size)
  }

  private cutWhereMoved(before: Float32Array): void {
    const { asked, following } = this
    const { width } = this.spec
    let count = 0
    for (let copy = 0; copy < this.rollout.copies; copy++) {
      for (let at = copy * width; at < (copy + 1) * width; at++) {
        if (before[at] === following[at]) continue
        asked[count++] = copy
        break
      }
    }
    if (count === 0) return
    this.value?.values(following, count, this.answers, asked)
    for (let at = 0; at < count; at++) this.moved(asked[at]!, this.answers[at]!)
  }

  /** The last observations of the episodes that were truncated. */
  private valueTruncated({ truncated, finalObservations, copies }: Env): void {
    const { asked, answers, finalValues } = this
    let count = 0
    for (let copy = 0; copy < copies; copy++) {
      finalValues[copy] = 0
      if (truncated[copy]) asked[count++] = copy
    }
    if (count === 0 || !this.value) return
    this.value.values(finalObservations, count, answers, asked)
    for (let at = 0; at < count; at++) finalValues[asked[at]!] = answers[at]!
  }
}

/** Where the steps of a rollout stand, in order of time. */
function placesOf({ copies, lengths, size }: Rollout): Int32Array {
  const places = new Int32Array(size)
  let at = 0
  for (let step = 0; at < size; step++) {
    for (let copy = 0; copy < copies; copy++) if (step < lengths[copy]!) places[at++] = step * copies + copy
  }
  return places
}
