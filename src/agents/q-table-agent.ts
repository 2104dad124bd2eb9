/**
 * What Q-learning, SARSA, Expected SARSA and n-step SARSA share: a table of action values for states met by number, epsilon-greedy action,
 * and everything an agent needs around the one rule in which they differ (`learn`).
 *
 *   act      epsilon-greedy on the table while learning; else the best action, the lowest-numbered of several
 *   observe  number the states, then `learn` from each copy's step; when an episode ends, epsilon ← max(epsilonEnd, epsilon · epsilonDecay)
 *   update   nothing is left to learn: it reports on the last `observe`, once
 *
 * A state is numbered when something is observed in it; acting numbers none. One that has not been met has the initial value for every
 * action: while learning any action is as likely, acting for real the first one is taken.
 *
 * Where an episode is terminated, nothing follows. Where it is truncated, the process would have gone on, and what follows is worth what
 * the table says of the observation in `finalObservations`.
 */
import type { Env, Spec } from '../envs/env'
import { decayed } from '../memory/schedules'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import { Arms } from './arms'
import { arrayOf, chanceOf, checkAgent, streamOf } from './checkpoints'
import { QTable } from './q-table'
import { OpenSteps } from './q-table-open-steps'
import type { TabularOptions } from './q-table-options'
import { checkObservations, checkStep } from './spaces'
import { StateIndex, unseen } from './state-index'

/** What became of a step: the episode goes on, or how it ended. */
export const goesOn = 0
export const terminates = 1
export const truncates = 2

export abstract class TableAgent implements Agent {
  readonly options: Readonly<Record<string, unknown>>
  protected readonly table: QTable
  protected readonly discount: number
  private readonly arms: Arms
  private readonly index: StateIndex
  private readonly policy: Generator
  private currentEpsilon: number
  /** [copies]: the states of the step being observed, before it and after. */
  private states = new Int32Array(0)
  private following = new Int32Array(0)

  constructor(
    readonly kind: string,
    readonly name: string,
    private readonly spec: Spec,
    private readonly settings: TabularOptions,
  ) {
    this.options = { ...settings }
    this.discount = settings.discount
    this.arms = new Arms(kind, spec)
    this.table = new QTable(this.arms.count, settings)
    this.index = new StateIndex(kind, spec, settings)
    this.table.reserve(this.index.count)
    this.policy = stream(settings.seed, 'policy')
    this.currentEpsilon = settings.epsilon
  }

  get epsilon(): number {
    return this.currentEpsilon
  }

  /**
   * Learns from one copy's step, with `table.move`.
   *
   * @param action the number of the action; of MultiDiscrete actions, that of the combination
   * @param next   the state that follows, terminal or not; after a truncation perhaps `unseen`
   * @param ended  `goesOn`, `terminates` or `truncates`
   */
  protected abstract learn(copy: number, state: number, action: number, reward: number, next: number, ended: number): void

  /** Before the steps of so many copies are learned from. */
  protected prepare(_copies: number): void {}

  /** The steps yet to be learned from, for a checkpoint; undefined for a rule that learns from each at once. */
  protected saveOpen(): OpenSteps | undefined {
    return undefined
  }

  /** Takes over what `saveOpen` gave, of perhaps another number of copies. */
  protected takeOpen(_open: OpenSteps): void {}

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { table, index, arms, policy, currentEpsilon } = this
    const copies = actions.length / arms.parts
    checkObservations(observations, copies, this.spec.width)
    for (let copy = 0; copy < copies; copy++) {
      const state = index.find(observations, copy)
      arms.write(explore ? table.choose(state, currentEpsilon, policy) : table.greedy(state), actions, copy)
      if (propensities) propensities[copy] = table.propensity
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    this.number(env, before)
    const { copies, rewards, terminated, truncated } = env
    const { table, arms, states, following } = this
    table.moves = table.squaredErrors = table.changes = 0
    this.prepare(copies)
    let episodes = 0
    for (let copy = 0; copy < copies; copy++) {
      const ended = terminated[copy] ? terminates : truncated[copy] ? truncates : goesOn
      this.learn(copy, states[copy]!, arms.of(actions, copy), rewards[copy]!, following[copy]!, ended)
      if (ended !== goesOn) episodes++
    }
    const { epsilonDecay, epsilonEnd } = this.settings
    for (; episodes > 0; episodes--) this.currentEpsilon = decayed(this.currentEpsilon, epsilonDecay, epsilonEnd)
  }

  /**
   * What the last `observe` changed; undefined where it changed nothing, and from the second call on. `loss`: the mean squared difference
   * of Q from its target; `change`: the mean change of Q, up or down, by which one sees it converge; `moves`: how many values were
   * changed; `states`: how many there are.
   */
  update(): Report | undefined {
    const { moves, squaredErrors, changes } = this.table
    if (moves === 0) return undefined
    this.table.moves = 0
    return { loss: squaredErrors / moves, change: changes / moves, moves, states: this.index.count, epsilon: this.currentEpsilon }
  }

  scores(observation: Float32Array, out: Float32Array): void {
    checkObservations(observation, 1, this.spec.width)
    this.table.copy(this.index.find(observation, 0), out)
  }

  save(policyOnly = false): Checkpoint {
    const { kind, options, table, index } = this
    const { count } = index
    const arrays = { ...index.save(), ...table.save(count, policyOnly) }
    const shapes = { values: [count, table.actions], ...(arrays.keys && { keys: [count, index.width] }) }
    const state = { states: count, stateColumns: index.words, epsilon: this.currentEpsilon, policy: this.policy.save() }
    if (policyOnly) return { agent: kind, options, policyOnly, state, arrays, shapes }
    const report = Float64Array.of(table.moves, table.squaredErrors, table.changes)
    const open = this.saveOpen()
    const whole = { ...arrays, report, ...open?.save() }
    return { agent: kind, options, policyOnly, state: { ...state, copies: open?.copies ?? 0 }, arrays: whole, shapes }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(this.kind, checkpoint)
    const epsilon = chanceOf(checkpoint, 'epsilon')
    // All of it is read before any of it is taken over.
    const policy = streamOf(checkpoint, 'policy')
    const index = this.index.read(checkpoint)
    const takeTable = this.table.read(index.count, checkpoint)
    const report = checkpoint.policyOnly ? new Float64Array(3) : arrayOf(checkpoint, 'report', Float64Array, 3)
    const most = this.saveOpen()?.most
    const open =
      most && (checkpoint.policyOnly ? new OpenSteps(0, most) : OpenSteps.read(checkpoint, most, index.count, this.table.actions))
    index.take()
    takeTable()
    if (open) this.takeOpen(open)
    ;[this.table.moves, this.table.squaredErrors, this.table.changes] = Array.from(report) as [number, number, number]
    this.policy.load(policy)
    this.currentEpsilon = epsilon
  }

  dispose(): void {}

  /**
   * Numbers the states before and after the step of every copy.
   *
   * @throws UserError when there are too many; none of the new ones is kept then
   */
  private number(env: Env, before: Float32Array): void {
    const { copies, observations, finalObservations, terminated, truncated } = env
    if (this.states.length !== copies) [this.states, this.following] = [new Int32Array(copies), new Int32Array(copies)]
    const { index, states, following } = this
    const known = index.count
    try {
      for (let copy = 0; copy < copies; copy++) {
        states[copy] = index.add(before, copy)
        // Nobody acts where an episode ended, so that state needs no number.
        if (terminated[copy]) following[copy] = unseen
        else following[copy] = truncated[copy] ? index.find(finalObservations, copy) : index.add(observations, copy)
      }
      this.table.reserve(index.count)
    } catch (error) {
      index.shrink(known)
      throw error
    }
  }
}
