/**
 * Popularity: items ranked by the click-through observed, the same for everybody.
 *
 * An item's score is the mean of a Beta distribution, (clicks + priorClicks) / (shows + priorShows), so that an item shown once and clicked
 * once does not lead the list. Acting for real, it goes down the list as the session goes on: first the most popular item, then the second, because
 * nobody wants the same item ten times. How far a session is stands in the observation (`progress` of a block); in a shop that does not say
 * it, the most popular item is shown always. While learning it shows a random item with probability epsilon (of its own, constant).
 */
import type { Env, Spec } from '../envs/env'
import { integer } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import { arrayOf, checkAgent, streamOf } from './checkpoints'
import { atLeast, between, readOptions, seed } from './options'
import { checkStep, discreteActions, progressColumn } from './spaces'

export interface PopularityOptions {
  /** Chance of a random item while learning; .1. */
  readonly epsilon: number
  /** Shows and clicks that every item is taken to have had before the first; 2 and 1. */
  readonly priorShows: number
  readonly priorClicks: number
  readonly seed: number
}

const kind = 'popularity'

const fields = () => ({
  epsilon: between(0, 1).default(0.1),
  priorShows: atLeast(0, { excluded: true }).default(2),
  priorClicks: atLeast(0).default(1),
  seed: seed().default(0),
})

/** @throws UserError for options that do not fit or actions that are not discrete */
export function popularity(spec: Spec, given: Partial<PopularityOptions> = {}): Agent {
  return new Popularity(spec, discreteActions(kind, spec), readOptions<PopularityOptions>(kind, fields, given))
}

class Popularity implements Agent {
  readonly kind = kind
  readonly name = 'popularity'
  readonly options: Readonly<Record<string, unknown>>
  readonly epsilon: number
  private readonly shows: Float64Array
  private readonly clicks: Float64Array
  private readonly ranked: Int32Array
  private stale = false
  private readonly policy: Generator
  /** Where an observation row says how far its session is; -1: nowhere. */
  private readonly progress: number

  constructor(
    private readonly spec: Spec,
    private readonly count: number,
    private readonly settings: PopularityOptions,
  ) {
    this.options = { ...settings }
    this.epsilon = settings.epsilon
    this.shows = new Float64Array(count)
    this.clicks = new Float64Array(count)
    this.ranked = Int32Array.from({ length: count }, (_, item) => item)
    this.policy = stream(settings.seed, 'policy')
    this.progress = progressColumn(spec)
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    this.rank()
    const { spec, count, ranked, progress } = this
    const epsilon = explore ? this.epsilon : 0
    for (let copy = 0; copy < actions.length; copy++) {
      const step = progress < 0 ? 0 : Math.round(observations[copy * spec.width + progress]! * spec.horizon)
      const best = ranked[Math.max(0, step) % count]!
      const exploring = explore && this.policy.next() < epsilon
      actions[copy] = exploring ? integer(this.policy, count) : best
      if (propensities) propensities[copy] = epsilon / count + (actions[copy] === best ? 1 - epsilon : 0)
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec.width, this.count)
    for (let copy = 0; copy < env.copies; copy++) {
      this.shows[actions[copy]!]!++
      if (env.chosen[copy]! >= 0) this.clicks[actions[copy]!]!++
    }
    this.stale = true
  }

  update(): Report | undefined {
    return undefined
  }

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
