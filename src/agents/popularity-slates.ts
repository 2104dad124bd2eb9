/**
 * Popularity for slates: the candidates ranked by the click-through that each item has had, wherever it stood.
 *
 * Candidates come and go, so that an item is known by its features alone (slate-items.ts). Its score is that of popularity.ts; one never
 * shown has the prior's. The slate holds the highest scores, best first, all session long: a page is of many items, the best of which are
 * worth showing again, and the candidates may be new ones anyway. While learning it shows a random slate with probability epsilon.
 */
import type { Env, Spec } from '../envs/env'
import { actionCount, randomActions } from '../envs/spaces'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import { arrayOf, checkAgent, countOf, streamOf } from './checkpoints'
import { highestPlaces } from './highest-places'
import type { PopularityOptions } from './popularity-options'
import { bitsOf, mostSlateItems, SlateItems } from './slate-items'
import { checkObservations, checkStep, type SlateCandidates, slateCandidates } from './spaces'
import { markSuccesses } from './successes'

export class PopularitySlates implements Agent {
  readonly name = 'popularity'
  readonly options: Readonly<Record<string, unknown>>
  readonly epsilon: number
  private readonly layout: SlateCandidates
  private readonly slates: number
  private readonly items: SlateItems
  /** [items]: room for all that may come. */
  private readonly shows = new Float64Array(mostSlateItems)
  private readonly clicks = new Float64Array(mostSlateItems)
  private readonly policy: Generator
  /** Of one row: the candidates' scores, the page of the highest and a random one. */
  private readonly ratings: Float64Array
  private readonly best: Int32Array
  private readonly random: Int32Array
  /** Of a step: what was clicked, and which items were shown, [copies, size]. */
  private marks = new Uint8Array(0)
  private shown = new Int32Array(0)

  constructor(
    readonly kind: string,
    private readonly spec: Spec,
    private readonly settings: PopularityOptions,
  ) {
    this.layout = slateCandidates(kind, spec)
    const { candidates, size, width } = this.layout
    this.options = { ...settings }
    this.epsilon = settings.epsilon
    this.slates = actionCount(spec.actions)
    this.items = new SlateItems(kind, spec.name, width)
    this.policy = stream(settings.seed, 'policy')
    this.ratings = new Float64Array(candidates)
    this.best = new Int32Array(size)
    this.random = new Int32Array(size)
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { spec, ratings, best, random, slates, policy } = this
    const { size } = this.layout
    const copies = actions.length / size
    checkObservations(observations, copies, spec.width)
    const bits = bitsOf(observations)
    const epsilon = explore ? this.epsilon : 0
    for (let copy = 0; copy < copies; copy++) {
      this.rate(bits, copy * spec.width, ratings)
      highestPlaces(ratings, size, best, 0)
      const exploring = explore && policy.next() < epsilon
      if (exploring) randomActions(spec.actions, policy, random)
      const slate = exploring ? random : best
      let same = true
      for (let place = 0; place < size; place++) {
        actions[copy * size + place] = slate[place]!
        same &&= slate[place] === best[place]
      }
      if (propensities) propensities[copy] = epsilon / slates + (same ? 1 - epsilon : 0)
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    const { items, shows, clicks } = this
    if (this.marks.length !== actions.length) [this.marks, this.shown] = [new Uint8Array(actions.length), new Int32Array(actions.length)]
    const { marks, shown } = this
    const { size, offset, width } = this.layout
    const bits = bitsOf(before)
    const known = items.count
    try {
      for (let at = 0; at < actions.length; at++) {
        const copy = (at / size) | 0
        shown[at] = items.add(bits, copy * this.spec.width + offset + actions[at]! * width)
      }
    } catch (error) {
      items.truncate(known)
      throw error
    }
    markSuccesses(env, size, this.settings.success, marks)
    for (let at = 0; at < actions.length; at++) {
      shows[shown[at]!]!++
      clicks[shown[at]!]! += marks[at]!
    }
  }

  update(): Report | undefined {
    return undefined
  }

  /** One for each candidate. */
  scores(observation: Float32Array, out: Float32Array): void {
    this.rate(bitsOf(observation), 0, out)
  }

  save(policyOnly = false): Checkpoint {
    const { count } = this.items
    return {
      agent: this.kind,
      options: this.options,
      policyOnly,
      state: { policy: this.policy.save(), items: count },
      arrays: { items: this.items.features(), shows: this.shows.slice(0, count), clicks: this.clicks.slice(0, count) },
      shapes: { items: [count, this.layout.width] },
    }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(this.kind, checkpoint)
    const count = countOf(checkpoint, 'items')
    const features = arrayOf(checkpoint, 'items', Float32Array, count * this.layout.width)
    const shows = arrayOf(checkpoint, 'shows', Float64Array, count)
    const clicks = arrayOf(checkpoint, 'clicks', Float64Array, count)
    const policy = streamOf(checkpoint, 'policy')
    this.items.load(features)
    this.policy.load(policy)
    this.shows.fill(0)
    this.clicks.fill(0)
    this.shows.set(shows)
    this.clicks.set(clicks)
  }

  dispose(): void {}

  /** The score of every candidate of the row that begins at `row`. */
  private rate(bits: Int32Array, row: number, out: Float64Array | Float32Array): void {
    const { items, shows, clicks } = this
    const { candidates, offset, width } = this.layout
    const { priorShows, priorClicks } = this.settings
    for (let candidate = 0; candidate < candidates; candidate++) {
      const item = items.find(bits, row + offset + candidate * width)
      out[candidate] = item < 0 ? priorClicks / priorShows : (clicks[item]! + priorClicks) / (shows[item]! + priorShows)
    }
  }
}
