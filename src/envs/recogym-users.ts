/**
 * RecoGym's users, one step after another: coming, viewing products, being recommended one, leaving.
 *
 * A user has a taste w of N(0, tasteDeviation) numbers and is in one of three places: organic (viewing), bandit (waiting for a
 * recommendation) or gone. Views and clicks, with the product's factors g and shift m for each of the two:
 *   a view is of a product with probability softmax(g·w + m) over all products;
 *   a recommendation is clicked with probability s(5 s(2 s(.3 x) - 2) - 6), x = g·w + m, s the logistic sigmoid: between .0045 and .0293.
 * After a view or a recommendation the user moves on by fixed probabilities; whoever stays in or comes to organic by that has a taste
 * changed by N(0, tasteDrift) numbers; whoever has clicked goes to organic in any case, with the taste left as the move left it.
 * A click thus holds back whoever would have left.
 *
 * An organic session may have any number of views. It is cut at a length that one in 10^12 reaches; then a recommendation comes.
 * Draws: `factors` normal numbers for a taste and for each drift; one uniform for each view, each click or none, and each move.
 */
import type { Generator } from '../random/generator'
import { numbers, type StateOf, wholes } from './copy-state'
import { standardNormal } from './recogym-draws'
import type { RecogymSettings } from './recogym-options'
import type { RecogymWorld } from './recogym-world'

export const organic = 0
export const bandit = 1
export const gone = 2

type UserColumns = ReturnType<typeof userColumns>

/** What is known of the user of each copy. */
export type UserState = StateOf<UserColumns>

export interface RecogymUsers {
  readonly columns: UserColumns
  /** Views in one organic session at most. */
  readonly mostViews: number
  /** A new user, with a taste, in organic; nothing is viewed yet. */
  arrive(copy: number, state: UserState, generator: Generator): void
  /** The views of a user in organic, until a recommendation is due or the user leaves; `session` then holds them. */
  browse(copy: number, state: UserState, generator: Generator): void
  /**
   * Recommends a product to a user in bandit, who moves on after that, and browses where this leads to organic.
   *
   * @returns whether it was clicked
   */
  recommend(copy: number, state: UserState, product: number, generator: Generator): boolean
  /** The probability that the user clicks on the product if it is recommended next. */
  clickProbability(copy: number, state: UserState, product: number): number
}

export function recogymUsers(settings: RecogymSettings, world: RecogymWorld): RecogymUsers {
  const { products, factors, tasteDeviation, tasteDrift, driftInBandit } = settings
  const { viewFactors, viewShifts, clickFactors, clickShifts } = world
  const { organicToBandit, leaveOrganic, banditToOrganic, leaveBandit } = settings
  const stay = Math.max(0, 1 - (organicToBandit + leaveOrganic))
  const mostViews = Math.max(1, Math.ceil(Math.log(1e-12) / Math.log(stay)))
  // From organic and from bandit: below the first number to organic, else below the second to bandit, else gone.
  const moves = [
    ...runningShares(stay, organicToBandit, leaveOrganic),
    ...runningShares(banditToOrganic, Math.max(0, 1 - (banditToOrganic + leaveBandit)), leaveBandit),
  ]
  const sums = new Float64Array(products)
  // Five factors are multiplied at once, four times as fast as one by one; a taste and factors are filled up with zeros for that.
  const fives = inFives(viewFactors, products, factors)
  const padded = new Float64Array(fives.length / products)
  // Imported functions are read through a getter wherever modules become CommonJS.
  const normal = standardNormal
  const [inOrganic, inBandit, isGone] = [organic, bandit, gone]

  function move(copy: number, state: UserState, generator: Generator): void {
    const { place, taste } = state
    const row = 2 * place[copy]!
    const uniform = generator.next()
    place[copy] = uniform < moves[row]! ? inOrganic : uniform < moves[row + 1]! ? inBandit : isGone
    if (place[copy] !== inOrganic && !driftInBandit) return
    const end = (copy + 1) * factors
    for (let at = copy * factors; at < end; at++) taste[at]! += tasteDrift * normal(generator)
  }

  /** The product viewed, by running sums of exp(score - largest score). */
  function viewed(copy: number, taste: Float64Array, generator: Generator): number {
    for (let factor = 0; factor < factors; factor++) padded[factor] = taste[copy * factors + factor]!
    for (let product = 0; product < products; product++) sums[product] = viewShifts[product]!
    for (let from = 0, at = 0; from < padded.length; from += 5) {
      const [one, two, three, four, five] = [padded[from]!, padded[from + 1]!, padded[from + 2]!, padded[from + 3]!, padded[from + 4]!]
      for (let product = 0; product < products; product++, at += 5) {
        sums[product]! += fives[at]! * one + fives[at + 1]! * two + fives[at + 2]! * three + fives[at + 3]! * four + fives[at + 4]! * five
      }
    }
    let largest = -Infinity
    for (let product = 0; product < products; product++) if (sums[product]! > largest) largest = sums[product]!
    let sum = 0
    for (let product = 0; product < products; product++) sums[product] = sum += Math.exp(sums[product]! - largest)
    const target = generator.next() * sum
    let product = 0
    while (target >= sums[product]! && product < products - 1) product++
    return product
  }

  function browse(copy: number, state: UserState, generator: Generator): void {
    const { place, session, views } = state
    let length = 0
    while (place[copy] === inOrganic) {
      if (length === mostViews) {
        place[copy] = inBandit
        break
      }
      const product = viewed(copy, state.taste, generator)
      session[copy * mostViews + length++] = product
      views[copy * products + product]!++
      move(copy, state, generator)
    }
    state.sessionLength[copy] = length
  }

  function clickProbability(copy: number, { taste }: UserState, product: number): number {
    let score = clickShifts[product]!
    const [from, row] = [copy * factors, product * factors]
    for (let factor = 0; factor < factors; factor++) score += clickFactors[row + factor]! * taste[from + factor]!
    return sigmoid(5 * sigmoid(2 * sigmoid(0.3 * score) - 2) - 6)
  }

  return {
    columns: userColumns(settings, mostViews),
    mostViews,

    arrive(copy, { user, taste, views, place, sessionLength }, generator) {
      user[copy]!++
      for (let at = copy * factors; at < (copy + 1) * factors; at++) taste[at] = tasteDeviation * normal(generator)
      views.fill(0, copy * products, (copy + 1) * products)
      place[copy] = inOrganic
      sessionLength[copy] = 0
    },

    browse,
    clickProbability,

    recommend(copy, state, product, generator) {
      const clicked = generator.next() >= 1 - clickProbability(copy, state, product)
      move(copy, state, generator)
      if (clicked) state.place[copy] = inOrganic
      if (state.place[copy] === inOrganic) browse(copy, state, generator)
      else state.sessionLength[copy] = 0
      return clicked
    },
  }
}

function userColumns({ products, factors }: RecogymSettings, mostViews: number) {
  return {
    user: wholes(1, 0, 2 ** 31 - 1), // number of the user in this copy, from 1
    place: wholes(1, bandit, bandit), // where a user is between two steps; within one in all three
    taste: numbers(factors),
    views: wholes(products, 0, 2 ** 31 - 1), // of each product, in this visit
    session: wholes(mostViews, 0, products - 1), // products viewed since the last recommendation, in order
    sessionLength: wholes(1, 0, mostViews), // how many of them there are
  }
}

/** Rows of factors cut into fives, the last filled up with zeros: first the first five of every product, then the second five. */
function inFives(rows: Float64Array, products: number, factors: number): Float64Array {
  const fives = new Float64Array(Math.ceil(factors / 5) * 5 * products)
  for (let product = 0; product < products; product++) {
    for (let factor = 0; factor < factors; factor++) {
      fives[(Math.floor(factor / 5) * products + product) * 5 + (factor % 5)] = rows[product * factors + factor]!
    }
  }
  return fives
}

/** Running sums of three probabilities without the last one, divided by it as NumPy's `choice` does. */
function runningShares(first: number, second: number, third: number): [number, number] {
  const total = first + second + third
  return [first / total, (first + second) / total]
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
