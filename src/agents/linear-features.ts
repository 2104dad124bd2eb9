/**
 * What the linear bandits regress the reward on.
 *
 * A model of its own for every action looks at the observation (`contextFeatures`). One model shared by all actions looks at what is known
 * of the action and at how that goes with the shopper (`catalogueFeatures` where the shop tells its items' features, `candidateFeatures`
 * where the observation shows the candidates of a slate):
 *
 *   x = [the action's features, products of the shopper's numbers and the action's features, 1]
 *
 * What is the same for all actions of one decision, such as the hour, cannot change their order in a linear model and is left out of it,
 * but for the 1. An id becomes a one among zeros when there are at most 32 of them. One of more ids is left out: a number whose size means
 * nothing would mislead a regression, and a column for every id is a model that neither learns in time nor fits in memory; agents that
 * embed ids are made for those.
 */
import { UserError } from '../data/user-error'
import type { Block, Items, Spec } from '../envs/env'
import { observationFeatures, slateFeatures } from './observation-features'

/**
 * Which products a shared model looks at: of the shopper's and the action's numbers column by column, where a `user` or `history` block of
 * one row has as many plain numbers as the action (both live in one space); of each number of the `user` and `context` blocks with each of
 * the action, as Li, Chu, Langford & Schapire 2010 multiply users and articles; or none.
 */
export const productKinds = ['matching', 'all', 'none'] as const
export type ProductKind = (typeof productKinds)[number]

/** The most ids that become ones and zeros. */
const mostIds = 32

export interface ContextFeatures {
  readonly width: number
  /** Row `row` of the observations [rows, spec.width] becomes x [width]. @throws RangeError for an id that there is not */
  write(observations: Float32Array, row: number, x: Float64Array): void
}

export interface ActionFeatures {
  readonly width: number
  /** How many actions have features. */
  readonly actions: number
  /** Looks at row `row` of the observations, of which `write` speaks next. @throws RangeError for an id that there is not */
  look(observations: Float32Array, row: number): void
  /** The x [width] of one action for the row last looked at. */
  write(action: number, x: Float64Array): void
}

/** @throws UserError when nothing is left to regress on */
export function contextFeatures(agent: string, spec: Spec, intercept: boolean): ContextFeatures {
  const columns = readColumns(spec, () => true)
  const width = columns.width + (intercept ? 1 : 0)
  if (width === 0) {
    throw new UserError(`${agent} finds nothing in the observations of ${spec.name} but ids of more than ${mostIds}; leave intercept true`)
  }
  return {
    width,
    write(observations, row, x) {
      columns.write(observations, row, x)
      if (intercept) x[columns.width] = 1
    },
  }
}

/** @throws UserError when the features are not of the actions */
export function catalogueFeatures(
  agent: string,
  spec: Spec,
  items: Pick<Items, 'features' | 'width'>,
  intercept: boolean,
  products: ProductKind,
): ActionFeatures {
  const { features, width: own } = items
  const actions = features.length / own
  if (spec.actions.kind !== 'discrete' || spec.actions.n !== actions) {
    throw new UserError(
      `${agent}: ${spec.name} tells the features of ${actions} items, and its actions are not these items; choose model 'disjoint'`,
    )
  }
  const shopper = shopperOf(spec, own, true, products)
  const width = own + shopper.pairs + (intercept ? 1 : 0)
  return {
    width,
    actions,
    look: shopper.look,
    write(action, x) {
      for (let at = 0, from = action * own; at < own; at++) x[at] = features[from + at]!
      shopper.multiply(x)
      if (intercept) x[width - 1] = 1
    },
  }
}

/** @throws UserError unless the shop shows slates, of candidates that the observation holds */
export function candidateFeatures(agent: string, spec: Spec, intercept: boolean, products: ProductKind): ActionFeatures {
  const known = withoutLargeIds(spec)
  const slate = slateFeatures(agent, known)
  const block = spec.layout.find(({ name }) => name === 'candidates')!
  const places = keptPlaces(block.categories ?? Array<number>(block.shape[1]!).fill(0))
  const own = places.length
  const shopper = shopperOf(spec, own, !block.categories?.some(count => count > 0), products)
  const width = own + shopper.pairs + (intercept ? 1 : 0)
  if (width === 0) {
    throw new UserError(`${agent} finds nothing in the candidates of ${spec.name} but ids of more than ${mostIds}; choose another agent`)
  }
  // [candidates, own]: all are read when a row is looked at, so that an id which there is not is told before anything is learned.
  const read = new Float64Array(slate.candidates * own)
  const scratch = new Float32Array(slate.candidateWidth)
  return {
    width,
    actions: slate.candidates,
    look(observations, row) {
      shopper.look(observations, row)
      for (let candidate = 0, at = 0; candidate < slate.candidates; candidate++) {
        slate.candidate(observations, row, candidate, scratch, 0)
        for (let place = 0; place < own; place++) read[at++] = scratch[places[place]!]!
      }
    },
    write(action, x) {
      for (let at = 0, from = action * own; at < own; at++) x[at] = read[from + at]!
      shopper.multiply(x)
      if (intercept) x[width - 1] = 1
    },
  }
}

/** The shopper's numbers, and their products with an action's that stand in x[0 .. own]; they are written behind those. */
function shopperOf(spec: Spec, own: number, plain: boolean, products: ProductKind) {
  const wanted = (block: Block) => {
    if (products === 'none') return false
    if (products === 'all') return block.name === 'user' || block.name === 'context'
    const ids = block.categories?.some(count => count > 0) ?? false
    return plain && !ids && (block.name === 'user' || block.name === 'history') && block.shape.length === 1 && block.shape[0] === own
  }
  const columns = readColumns(spec, wanted)
  const numbers = new Float64Array(columns.width)
  return {
    pairs: products === 'all' ? columns.width * own : columns.width,
    look: (observations: Float32Array, row: number) => columns.write(observations, row, numbers),
    multiply(x: Float64Array): void {
      let to = own
      if (products === 'all') {
        for (let at = 0; at < numbers.length; at++) {
          const number = numbers[at]!
          for (let feature = 0; feature < own; feature++) x[to++] = number === 0 ? 0 : number * x[feature]!
        }
      } else {
        for (let at = 0; at < numbers.length; ) for (let feature = 0; feature < own; feature++) x[to++] = numbers[at++]! * x[feature]!
      }
    },
  }
}

/** A reader of the blocks that are wanted: ids of at most 32 one-hot, those of more left out. */
function readColumns(spec: Spec, wanted: (block: Block) => boolean) {
  const features = observationFeatures(withoutLargeIds(spec))
  const scratch = new Float32Array(features.width)
  const places: number[] = []
  let offset = 0
  for (const block of spec.layout) {
    const size = block.shape.reduce((product, length) => product * length, 1)
    const ids = Array.from({ length: size }, (_, at) => block.categories?.[at % block.categories.length] ?? 0)
    if (wanted(block)) places.push(...keptPlaces(ids).map(place => offset + place))
    offset += ids.reduce((sum, count) => sum + numbersOf(count), 0)
  }
  const kept = Int32Array.from(places)
  return {
    width: kept.length,
    write(observations: Float32Array, row: number, x: Float64Array): void {
      features.whole(observations, row, scratch, 0)
      for (let at = 0; at < kept.length; at++) x[at] = scratch[kept[at]!]!
    },
  }
}

/** The shop's spec with ids of more than 32 as plain numbers, which keep one place and are then left out. */
function withoutLargeIds(spec: Spec): Spec {
  const layout = spec.layout.map(block =>
    block.categories ? { ...block, categories: block.categories.map(count => (count > mostIds ? 0 : count)) } : block,
  )
  return { ...spec, layout }
}

/** Where those columns that are kept stand once ids are ones and zeros. ids: for each column how many there are, 0 for a plain number. */
function keptPlaces(ids: readonly number[]): number[] {
  const places: number[] = []
  let from = 0
  for (const count of ids) {
    if (count <= mostIds) for (let at = 0; at < numbersOf(count); at++) places.push(from + at)
    from += numbersOf(count)
  }
  return places
}

/** How many numbers a column becomes. */
function numbersOf(ids: number): number {
  return ids === 0 || ids > mostIds ? 1 : ids
}
