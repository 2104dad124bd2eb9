/**
 * A linear bandit as an agent: what LinUCB and LinTS have in common. The two differ in how they explore.
 *
 * Acting for real they show the action of the highest expectation, ties by the lower number; of a slate's candidates the k highest, best
 * first.
 *
 * From a slate they learn once for each item shown; slate-credit.ts says what of the reward each is credited with.
 *
 * They look one reward ahead only: the next observation plays no part.
 */
import type { Env, Items, Spec } from '../envs/env'
import { actionWidth } from '../envs/spaces'
import type { Agent, Checkpoint, Report } from './agent'
import { Arms } from './arms'
import { checkAgent } from './checkpoints'
import { highestPlaces } from './highest-places'
import { type RegressionOptions, Regressions } from './ridge-regressions'
import { creditOf } from './slate-credit'
import { checkObservations, checkStep } from './spaces'

/** How one of the two explores. */
export interface Exploration {
  /** Writes what is chosen by into `scores` [actions], for the row that the regressions have looked at. */
  explore(scores: Float64Array): void
  /** The probability of what the scores have led to: of an action, or of a slate that stands in `chosen` from `from` on. */
  chance(chosen: Int32Array, from: number): number
  /** Called when something was learned or loaded. */
  changed(): void
  /** What it remembers itself: its streams. */
  save(): Readonly<Record<string, unknown>>
  /** Reads and checks what `save` has saved; what it returns takes it over. */
  read(checkpoint: Checkpoint): () => void
}

export class RidgeAgent implements Agent {
  readonly options: Readonly<Record<string, unknown>>
  private readonly regressions: Regressions
  private readonly exploration: Exploration
  /** Of shops whose actions are numbered; undefined for slates. */
  private readonly arms: Arms | undefined
  /** Numbers in an action. */
  private readonly size: number
  /** Whether observations hold ids, which may be wrong. */
  private readonly ids: boolean
  private readonly scored: Float64Array
  private readonly arm = new Int32Array(1)

  /** @throws UserError for a model or a shop that does not fit */
  constructor(
    readonly kind: string,
    readonly name: string,
    private readonly spec: Spec,
    items: Items | undefined,
    options: RegressionOptions,
    exploration: (regressions: Regressions) => Exploration,
  ) {
    this.regressions = new Regressions(kind, spec, items, options)
    this.options = { ...options, model: this.regressions.model }
    this.exploration = exploration(this.regressions)
    this.arms = spec.actions.kind === 'slate' ? undefined : new Arms(kind, spec)
    this.size = actionWidth(spec.actions)
    this.ids = spec.layout.some(({ categories }) => categories !== undefined)
    this.scored = new Float64Array(this.regressions.count)
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { regressions, exploration, arms, arm, size, spec } = this
    const rows = actions.length / size
    checkObservations(observations, rows, spec.width)
    for (let row = 0; row < rows; row++) {
      regressions.look(observations, row)
      if (explore) exploration.explore(this.scored)
      else regressions.expect(false)
      const scores = explore ? this.scored : regressions.means
      if (arms) {
        highestPlaces(scores, 1, arm, 0)
        arms.write(arm[0]!, actions, row)
      } else highestPlaces(scores, size, actions, row * size)
      if (propensities) propensities[row] = !explore ? 1 : arms ? exploration.chance(arm, 0) : exploration.chance(actions, row * size)
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    const { regressions, arms, size } = this
    const { copies, rewards, chosen } = env
    // An id that there is not is told before anything is learned.
    if (this.ids) for (let copy = 0; copy < copies; copy++) regressions.look(before, copy)
    for (let copy = 0; copy < copies; copy++) {
      regressions.look(before, copy)
      const reward = rewards[copy]!
      if (arms) {
        regressions.learn(arms.of(actions, copy), reward)
        continue
      }
      for (let place = 0; place < size; place++) {
        regressions.learn(actions[copy * size + place]!, creditOf(reward, chosen[copy]!, place, size))
      }
    }
    this.exploration.changed()
  }

  update(): Report | undefined {
    return undefined
  }

  /** What each action is expected to earn: each item, combination of parts (by its arm, arms.ts) or candidate. */
  scores(observation: Float32Array, out: Float32Array): void {
    this.regressions.look(observation, 0)
    this.regressions.expect(false)
    out.set(this.regressions.means)
  }

  save(policyOnly = false): Checkpoint {
    const state = policyOnly ? {} : this.exploration.save()
    return { agent: this.kind, options: this.options, policyOnly, state, ...this.regressions.save(policyOnly) }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(this.kind, checkpoint)
    const take = this.regressions.read(checkpoint)
    const takeToo = checkpoint.policyOnly ? undefined : this.exploration.read(checkpoint)
    take()
    takeToo?.()
    this.exploration.changed()
  }

  dispose(): void {}
}
