/**
 * Fixed ranking: one list for everybody, given beforehand; it learns nothing. What a shop does that sorts its shelf by price or by its own
 * taste, and a rung for every learner.
 *
 * The list is written out (`order`), or the items are sorted by one of their features (`column`). With neither, they stand by their
 * numbers. It goes down the list as the session goes on, a page at a time where slates are shown (down-the-list.ts).
 *
 * Items have fixed numbers where one is shown at a time. Candidates of a slate have none: `order` then names places among the candidates,
 * and `column` one of the candidates' features as they are observed.
 */
import { UserError } from '../data/user-error'
import type { Env, Items, Spec } from '../envs/env'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { arrayOf, checkAgent, countOf } from './checkpoints'
import { Pages, SessionSteps } from './down-the-list'
import { flag, readOptions, seed, whole, wholes } from './options'
import { checkObservations, discreteActions, slateCandidates } from './spaces'

export interface FixedRankingOptions {
  /** Numbers of items (places among the candidates), best first, none twice, at least as many as a page has; others are never shown. */
  readonly order?: readonly number[]
  /** Column of the items' features (of the candidates' features) to sort by, from 0. Either this or `order`. */
  readonly column?: number
  /** Whether the highest number of the column comes first; true. Of equal ones the lower item does. */
  readonly descending: boolean
  /** Nothing is drawn; every agent has one. */
  readonly seed: number
}

const kind = 'fixed-ranking'

const fields = () => ({
  order: wholes(0, 2 ** 31 - 1).optional(),
  column: whole(0).optional(),
  descending: flag().default(true),
  seed: seed().default(0),
})

export const fixedRankingFacts: AgentFacts = {
  kind,
  about: 'one list for everybody, given or by a feature; learns nothing',
  source: 'none',
  spaces: ['discrete', 'slate'],
  needs: 'for column: the features of the items, or of the candidates',
  fields,
}

/**
 * @param env its `spec`, and its `items` for a column of theirs; those may be left out when a checkpoint, which holds the list, is
 *   loaded next
 * @throws UserError for options that do not fit, MultiDiscrete actions, an order or a column that the shop does not have
 */
export function fixedRanking(env: { readonly spec: Spec; readonly items?: Items }, given: Partial<FixedRankingOptions> = {}): Agent {
  const options = readOptions<FixedRankingOptions>(kind, fields, given)
  const { order, column } = options
  const { spec, items } = env
  if (order && column !== undefined) throw new UserError(`${kind}: order and column are both given; a list has one order, choose one`)
  const slate = spec.actions.kind === 'slate' ? spec.actions : undefined
  const count = slate?.candidates ?? discreteActions(kind, spec)
  const size = slate?.size ?? 1
  if (order) checkOrder(order, count, size, spec.name)
  if (column === undefined) return new FixedRanking(spec, count, size, options, Int32Array.from(order ?? numbers(count)))
  if (slate) {
    checkColumn(column, slateCandidates(kind, spec).width, spec.name)
    return new FixedRanking(spec, count, size, options)
  }
  if (!items && 'step' in env) {
    throw new UserError(`${kind}: column needs the features of the items, which ${spec.name} does not tell; give an order`)
  }
  if (!items) return new FixedRanking(spec, count, size, options, new Int32Array(0))
  checkColumn(column, items.width, spec.name)
  if (items.features.length !== count * items.width) {
    throw new UserError(`${kind}: ${spec.name} has ${count} actions and the features of ${items.labels.length} items; give an order`)
  }
  const sign = options.descending ? -1 : 1
  const value = (item: number) => sign * items.features[item * items.width + column]!
  const sorted = numbers(count).sort((one, other) => value(one) - value(other) || one - other)
  return new FixedRanking(spec, count, size, options, Int32Array.from(sorted))
}

class FixedRanking implements Agent {
  readonly kind = kind
  readonly name = 'fixed ranking'
  readonly options: Readonly<Record<string, unknown>>
  private readonly steps: SessionSteps
  private readonly pages: Pages
  /** Of one row: the candidates' column, the first first. */
  private readonly ratings: Float64Array
  /** Where the column of the first candidate stands in a row, and numbers from one candidate to the next. */
  private readonly first: number
  private readonly stride: number

  /** @param list left out where the candidates are sorted anew for every row; empty: not known yet */
  constructor(
    private readonly spec: Spec,
    private readonly count: number,
    private readonly size: number,
    private readonly settings: FixedRankingOptions,
    private list?: Int32Array,
  ) {
    this.options = { ...settings }
    this.steps = new SessionSteps(spec)
    this.pages = new Pages(count, size)
    this.ratings = new Float64Array(count)
    const { offset, width } = list ? { offset: 0, width: 0 } : slateCandidates(kind, spec)
    this.first = offset + (settings.column ?? 0)
    this.stride = width
  }

  act(observations: Float32Array, _explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { spec, size, steps, pages, ratings } = this
    const copies = actions.length / size
    checkObservations(observations, copies, spec.width)
    const list = this.known()
    for (let copy = 0; copy < copies; copy++) {
      const page = steps.of(observations, copy)
      if (list) {
        const { length } = list
        for (let place = 0; place < size; place++) actions[copy * size + place] = list[(page * size + place) % length]!
      } else {
        this.rate(observations, copy * spec.width, ratings)
        pages.write(ratings, page, actions, copy * size)
      }
    }
    propensities?.fill(1)
  }

  observe(_env: Env, _before: Float32Array, _actions: Int32Array): void {}

  update(): Report | undefined {
    return undefined
  }

  /** From a list: 1 for the first, falling to 1 / length for the last, 0 for what is not in it. Else the column, negative if ascending. */
  scores(observation: Float32Array, out: Float32Array): void {
    const list = this.known()
    if (!list) {
      this.rate(observation, 0, out)
      return
    }
    out.fill(0)
    for (let rank = 0; rank < list.length; rank++) out[list[rank]!] = (list.length - rank) / list.length
  }

  save(policyOnly = false): Checkpoint {
    const { list } = this
    const state = list ? { listed: list.length } : { column: this.settings.column, descending: this.settings.descending }
    return { agent: kind, options: this.options, policyOnly, state, arrays: list ? { list: list.slice() } : {}, shapes: {} }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const { column, descending } = this.settings
    const { state } = checkpoint
    if (!this.list) {
      if (state.column === column && state.descending === descending) return
      throw new Error(`the checkpoint ranks by ${rankedBy(state)}; this agent by ${rankedBy(this.settings)}`)
    }
    if ('column' in state) throw new Error(`the checkpoint ranks by ${rankedBy(state)}; this agent by a list`)
    const list = arrayOf(checkpoint, 'list', Int32Array, countOf(checkpoint, 'listed'))
    // Empty, as `save` gives it while it is not known.
    if (list.length > 0) checkOrder(list, this.count, this.size, this.spec.name)
    this.list = list.slice()
  }

  dispose(): void {}

  private known(): Int32Array | undefined {
    if (this.list?.length === 0) {
      throw new UserError(`${kind} knows no item features; make it with the shop, fixedRanking(shop), or load a checkpoint first`)
    }
    return this.list
  }

  private rate(observations: Float32Array, row: number, out: Float64Array | Float32Array): void {
    const sign = this.settings.descending ? 1 : -1
    for (let candidate = 0; candidate < this.count; candidate++) {
      out[candidate] = sign * observations[row + this.first + candidate * this.stride]!
    }
  }
}

/** In words, what candidates that are sorted anew for every row are sorted by. */
function rankedBy({ column, descending }: { readonly column?: unknown; readonly descending?: unknown }): string {
  return column === undefined ? 'a list' : `column ${column}, ${descending ? 'descending' : 'ascending'}`
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at)
}

function checkOrder(order: ArrayLike<number>, count: number, size: number, shop: string): void {
  const seen = new Set<number>()
  for (let rank = 0; rank < order.length; rank++) {
    const item = order[rank]!
    if (!(item >= 0 && item < count)) {
      throw new UserError(`${kind}: order[${rank}] is ${item}; ${shop} has the numbers 0 to ${count - 1}`)
    }
    if (seen.has(item)) throw new UserError(`${kind}: order[${rank}] is ${item}, which stands in it before; each may stand in it once`)
    seen.add(item)
  }
  if (order.length < size) throw new UserError(`${kind}: order has ${order.length} numbers; ${shop} shows ${size} at a time`)
}

function checkColumn(column: number, width: number, shop: string): void {
  if (column >= width) throw new UserError(`${kind}: column is ${column}; an item of ${shop} has the columns 0 to ${width - 1}`)
}
