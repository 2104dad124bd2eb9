/**
 * Where the candidates of a simshop visit come from: each copy keeps the catalogue in an order, and the candidates are its beginning.
 *
 * `fresh` puts a chance selection there; `near-static` lets a few pairs exchange their places. Both write into `order` from `from` on.
 */
import { integer } from '../random/draws'
import type { Generator } from '../random/generator'

/** The items in the catalogue's order. */
export function catalogueOrder(order: Int32Array, from: number, items: number): void {
  for (let place = 0; place < items; place++) order[from + place] = place
}

/** Every selection of candidates, in every order, equally likely, whatever the order was before. Takes one uniform a candidate. */
export function freshCandidates(order: Int32Array, from: number, items: number, candidates: number, generator: Generator): void {
  for (let place = 0; place < candidates; place++) exchange(order, from + place, from + place + integer(generator, items - place))
}

/**
 * Different places, two for each pair, drawn from all of the catalogue; the items of a pair exchange them. Takes two uniforms a pair.
 *
 * @param places [items], overwritten
 */
export function exchangePairs(order: Int32Array, from: number, places: Int32Array, pairs: number, generator: Generator): void {
  const items = places.length
  catalogueOrder(places, 0, items)
  freshCandidates(places, 0, items, 2 * pairs, generator)
  for (let pair = 0; pair < pairs; pair++) exchange(order, from + places[2 * pair]!, from + places[2 * pair + 1]!)
}

function exchange(order: Int32Array, one: number, other: number): void {
  const kept = order[one]!
  order[one] = order[other]!
  order[other] = kept
}
