/**
 * Popularity: items ranked by the click-through observed, the same for everybody.
 *
 * An item's score is the mean of a Beta distribution, (clicks + priorClicks) / (shows + priorShows), so that an item shown once and clicked
 * once does not lead the list. `success` says what is counted as a click. Acting for real, it goes down the list as the session goes on
 * (down-the-list.ts). While learning it shows a random item with probability epsilon (of its own, constant).
 *
 * Of MultiDiscrete actions every combination is an item. Slates are in popularity-slates.ts.
 */
import type { Env, Spec } from '../envs/env'
import { integer } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { Arms } from './arms'
import { arrayOf, checkAgent, streamOf } from './checkpoints'
import { SessionSteps } from './down-the-list'
import { readOptions } from './options'
import { type PopularityOptions, popularityFields } from './popularity-options'
import { PopularitySlates } from './popularity-slates'
import { checkObservations, checkStep } from './spaces'
import { markSuccesses } from './successes'

export type { PopularityOptions } from './popularity-options'

const kind = 'popularity'

export const popularityFacts: AgentFacts = {
  kind,
  about: 'items by the click-through observed, the same for everybody',
  source: 'the guide, "Cold Start Handling"',
  spaces: ['discrete', 'multi-discrete', 'slate'],
  needs: 'slates: the features of the candidates, of items that come back',
  fields: popularityFields,
}

/**
 * @throws UserError for options that do not fit, for more than 10,000 combinations, and for slates whose candidates' features are not
 *   observed; later, in `observe`, when a shop of slates has shown more than 10,000 different items
 */
export function popularity(spec: Spec, given: Partial<PopularityOptions> = {}): Agent {
  const options = readOptions<PopularityOptions>(kind, popularityFields, given)
  return spec.actions.kind === 'slate' ? new PopularitySlates(kind, spec, options) : new Popularity(spec, new Arms(kind, spec), options)
}

class Popularity implements Agent {
  readonly kind = kind
  readonly name = 'popularity'
  readonly options: Readonly<Record<string, unknown>>
  readonly epsilon: number
  private readonly count: number
  private readonly shows: Float64Array
  private readonly clicks: Float64Array
  private readonly ranked: Int32Array
  private stale = false
  private readonly policy: Generator
  private readonly steps: SessionSteps
  private marks = new Uint8Array(0)

  constructor(
    private readonly spec: Spec,
    private readonly arms: Arms,
    private readonly settings: PopularityOptions,
  ) {
    const { count } = arms
    this.options = { ...settings }
    this.epsilon = settings.epsilon
    this.count = count
    this.shows = new Float64Array(count)
    this.clicks = new Float64Array(count)
    this.ranked = Int32Array.from({ length: count }, (_, item) => item)
    this.policy = stream(settings.seed, 'policy')
    this.steps = new SessionSteps(spec)
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { spec, arms, count, ranked, steps } = this
    const copies = actions.length / arms.parts
    checkObservations(observations, copies, spec.width)
    this.rank()
    const epsilon = explore ? this.epsilon : 0
    for (let copy = 0; copy < copies; copy++) {
      const best = ranked[steps.of(observations, copy) % count]!
      const exploring = explore && this.policy.next() < epsilon
      const shown = exploring ? integer(this.policy, count) : best
      arms.write(shown, actions, copy)
      if (propensities) propensities[copy] = epsilon / count + (shown === best ? 1 - epsilon : 0)
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    if (this.marks.length !== env.copies) this.marks = new Uint8Array(env.copies)
    const { arms, shows, clicks, marks } = this
    markSuccesses(env, 1, this.settings.success, marks)
    for (let copy = 0; copy < env.copies; copy++) {
      const item = arms.of(actions, copy)
      shows[item]!++
      clicks[item]! += marks[copy]!
    }
    this.stale = true
  }

  update(): Report | undefined {
    return undefined
  }

  /** Of MultiDiscrete actions one for every combination, by the number of its arm. */
  scores(_observation: Float32Array, out: Float32Array): void {
    for (let item = 0; item < this.count; item++) out[item] = this.score(item)
  }

  save(policyOnly = false): Checkpoint {
    const arrays = { shows: this.shows.slice(), clicks: this.clicks.slice() }
    return { agent: kind, options: this.options, policyOnly, state: { policy: this.policy.save() }, arrays, shapes: {} }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const shows = arrayOf(checkpoint, 'shows', Float64Array, this.count)
    const clicks = arrayOf(checkpoint, 'clicks', Float64Array, this.count)
    this.policy.load(streamOf(checkpoint, 'policy'))
    this.shows.set(shows)
    this.clicks.set(clicks)
    this.stale = true
  }

  dispose(): void {}

  private score(item: number): number {
    return (this.clicks[item]! + this.settings.priorClicks) / (this.shows[item]! + this.settings.priorShows)
  }

  /** Best first, ties by the lower item. */
  private rank(): void {
    if (!this.stale) return
    this.ranked.sort((one, other) => this.score(other) - this.score(one) || one - other)
    this.stale = false
  }
}
