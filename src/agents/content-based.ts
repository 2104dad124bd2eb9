/**
 * Content-based: items ranked by how much they resemble what is known of the shopper, cosine(profile, item features) (the guide,
 * "Content-Based Component" and "Cold Start Handling"; Pazzani & Billsus 2007). It learns nothing, so it is as good on the first day as
 * ever.
 *
 * The profile is the `user` block of the observation; for a shopper who is a stranger, all zeros there, the `history` block: the mean
 * features of the items engaged with. Who has neither is shown a random item, since every item resembles nothing equally well.
 *
 * As popularity does, it goes down its list while the session goes on (down-the-list.ts). Slates are in content-based-slates.ts.
 */
import { UserError } from '../data/user-error'
import type { Env, Items, Spec } from '../envs/env'
import { integer } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { arrayOf, checkAgent, streamOf } from './checkpoints'
import { ContentBasedSlates } from './content-based-slates'
import { SessionSteps } from './down-the-list'
import { readOptions, seed } from './options'
import { checkObservations, discreteActions } from './spaces'

export interface ContentBasedOptions {
  /** Of the random items for those of whom nothing is known; 0. */
  readonly seed: number
}

const kind = 'content-based'

const fields = () => ({ seed: seed().default(0) })

export const contentBasedFacts: AgentFacts = {
  kind,
  about: "items by how much they resemble the shopper's profile; learns nothing",
  source: 'the guide, "Content-Based Component"; Pazzani & Billsus 2007',
  spaces: ['discrete', 'slate'],
  needs: 'the features of the items or candidates, and a profile in the same space in the observation',
  fields,
}

/**
 * A recommender by content: `contentBased(shop)`.
 *
 * @param env its `spec`, and its `items` for their features; those may be left out when a checkpoint, which holds them, is loaded next
 * @throws UserError for options that do not fit, MultiDiscrete actions, or a shop that does not tell its items' features or whose
 *   observations do not hold a profile in their space
 */
export function contentBased(env: { readonly spec: Spec; readonly items?: Items }, given: Partial<ContentBasedOptions> = {}): Agent {
  const options = readOptions<ContentBasedOptions>(kind, fields, given)
  if (env.spec.actions.kind === 'slate') return new ContentBasedSlates(kind, env.spec, options)
  const agent = new ContentBased(env.spec, discreteActions(kind, env.spec), options, env.items)
  // A spec alone may be followed by a checkpoint, which holds the features; a whole shop tells them or never will.
  if (!env.items && 'step' in env) {
    throw new UserError(`${kind} needs the features of the items, which ${env.spec.name} does not tell; choose another agent or shop`)
  }
  return agent
}

class ContentBased implements Agent {
  readonly kind = kind
  readonly name = 'content-based'
  readonly options: Readonly<Record<string, unknown>>
  private readonly policy: Generator
  /** Evaluation draws from a stream of its own, so that it leaves no trace in training. */
  private readonly evaluation: Generator
  /** Where the profiles stand in an observation row, the shopper's own first. */
  private readonly profiles: readonly number[]
  private readonly width: number
  private readonly steps: SessionSteps
  /** [items, width], each item's features at length 1; empty as long as they are not known. */
  private directions: Float32Array = new Float32Array(0)
  private readonly similarities: Float32Array

  constructor(
    private readonly spec: Spec,
    private readonly count: number,
    options: ContentBasedOptions,
    items: Items | undefined,
  ) {
    const blocks = ['user', 'history'].flatMap(name => spec.layout.filter(block => block.name === name && block.shape.length === 1))
    if (blocks.length === 0) {
      throw new UserError(
        `${kind} compares items with a shopper's profile, but ${spec.name} observes neither user nor history; choose another`,
      )
    }
    this.width = items?.width ?? blocks[0]!.shape[0]!
    const other = blocks.find(block => block.shape[0] !== this.width)
    if (other || (items && items.features.length !== count * this.width)) {
      const found = other
        ? `the ${other.name} block of ${spec.name} has ${other.shape[0]} numbers and an item ${this.width}`
        : `${spec.name} has ${count} actions and the features of ${items!.features.length / this.width} items`
      throw new UserError(`${kind} needs profiles and items in one space; ${found}`)
    }
    this.options = { ...options }
    this.policy = stream(options.seed, 'policy')
    this.evaluation = stream(options.seed, 'evaluation')
    this.profiles = blocks.map(block => block.offset)
    this.steps = new SessionSteps(spec)
    this.similarities = new Float32Array(count)
    if (items) this.directions = unitRows(items.features, this.width)
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { spec, count, similarities, steps } = this
    checkObservations(observations, actions.length, spec.width)
    for (let copy = 0; copy < actions.length; copy++) {
      const row = copy * spec.width
      const known = this.compare(observations, row, similarities)
      const rank = steps.of(observations, copy) % count
      actions[copy] = known ? atRank(similarities, rank) : integer(explore ? this.policy : this.evaluation, count)
      if (propensities) propensities[copy] = known ? 1 : 1 / count
    }
  }

  observe(_env: Env, _before: Float32Array, _actions: Int32Array): void {}

  update(): Report | undefined {
    return undefined
  }

  /** Cosines, -1 to 1; all 0 for a shopper of whom nothing is known. */
  scores(observation: Float32Array, out: Float32Array): void {
    this.compare(observation, 0, out)
  }

  save(policyOnly = false): Checkpoint {
    const state = { policy: this.policy.save(), evaluation: this.evaluation.save() }
    const shapes = { directions: [this.directions.length / this.width, this.width] }
    return { agent: kind, options: this.options, policyOnly, state, arrays: { directions: this.directions.slice() }, shapes }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    // Empty, as `save` gives them while they are not known.
    const count = checkpoint.arrays.directions?.length === 0 ? 0 : this.count
    const directions = arrayOf(checkpoint, 'directions', Float32Array, count * this.width)
    const [policy, evaluation] = [streamOf(checkpoint, 'policy'), streamOf(checkpoint, 'evaluation')]
    this.directions = directions.slice()
    this.policy.load(policy)
    this.evaluation.load(evaluation)
  }

  dispose(): void {}

  /**
   * The cosine of every item with the profile in the row that starts at `row`.
   *
   * @returns whether there is a profile
   */
  private compare(observations: Float32Array, row: number, out: Float32Array): boolean {
    const { width, directions } = this
    if (directions.length === 0) {
      throw new UserError(`${kind} knows no item features; make it with the shop, contentBased(shop), or load a checkpoint first`)
    }
    for (const offset of this.profiles) {
      const from = row + offset
      let squares = 0
      for (let at = 0; at < width; at++) squares += observations[from + at]! ** 2
      if (squares === 0) continue
      const length = Math.sqrt(squares)
      for (let item = 0; item < this.count; item++) {
        let product = 0
        for (let at = 0; at < width; at++) product += observations[from + at]! * directions[item * width + at]!
        out[item] = product / length
      }
      return true
    }
    out.fill(0)
    return false
  }
}

/** Rows scaled to length 1; a row of zeros stays, and resembles nothing. */
function unitRows(rows: Float32Array, width: number): Float32Array {
  const unit = Float32Array.from(rows)
  for (let row = 0; row < rows.length; row += width) {
    const length = Math.hypot(...rows.subarray(row, row + width))
    if (length > 0) for (let at = row; at < row + width; at++) unit[at]! /= length
  }
  return unit
}

/** The item at a rank (0 is the best) of falling scores, ties by the lower item; as many passes as ranks, since sessions are short. */
function atRank(scores: Float32Array, rank: number): number {
  let item = -1
  for (let place = 0; place <= rank; place++) {
    let next = -1
    for (let other = 0; other < scores.length; other++) {
      const after = item < 0 || scores[other]! < scores[item]! || (scores[other] === scores[item] && other > item)
      if (after && (next < 0 || scores[other]! > scores[next]!)) next = other
    }
    item = next
  }
  return item
}
