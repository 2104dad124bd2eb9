/**
 * The marketplace's shoppers from one seed:
 *
 * - age: 18 to 69, each as likely; ageShare = (age - 18) / 52;
 * - income low, medium or high with chances .65 .30 .05 under 25, .2 .6 .2 under 55, .4 .2 .4 from there; the budget multiplier b is .5, 1 or 2;
 * - preferences for the ten categories: Dirichlet with weight 1 each, 1.5 for those that the shopper's age group leans to;
 * - style: a direction in five dimensions, length 1;
 * - one of four types, each as likely, which has its own exploration x, price sensitivity p and quality sensitivity s:
 *   explorer x Beta(5,2), p Beta(2,5), s Beta(3,2); thrifty Beta(2,5), Beta(5,2), Beta(3,2); premium Beta(3,2), Beta(2,5), Beta(5,2);
 *   trend follower Beta(3,2) each. Then exploration = clip(x (1.2 - ageShare)), price sensitivity = clip(p (1.5 - b)) and
 *   quality sensitivity = clip(s (.5 + .5 b)), each to 0..1. So nobody with a high income minds a price.
 * Source: github.com/vougeress/rl_project, src/data_generation.py at bf47f7f; which categories an age group leans to is ours, as they are.
 *
 * Every column has a stream of its own, so that more shoppers, or new ones, leave the others as they were.
 */

import { beta, direction, dirichlet } from '../random/distributions'
import { categorical, cumulative, integer } from '../random/draws'
import { stream } from '../random/generator'
import { type AgeGroup, marketplaceCategories } from './marketplace-categories'
import { chosenShare, styleWidth } from './marketplace-products'

export const userTypes = ['explorer', 'thrifty', 'premium', 'trend follower'] as const
export const incomes = ['low', 'medium', 'high'] as const
/** By income. */
export const budgetMultipliers = [0.5, 1, 2] as const

export interface MarketplaceUsers {
  readonly count: number
  readonly ids: readonly string[]
  /** [count]: place in `userTypes`. */
  readonly type: Uint8Array
  /** [count], in years. */
  readonly age: Uint8Array
  /** [count]: place in `incomes` and `budgetMultipliers`. */
  readonly income: Uint8Array
  /** [count, 10], each row sums to 1. */
  readonly preference: Float64Array
  /** [count, 5], each of length 1. */
  readonly style: Float64Array
  /** [count], 0 to 1 each. */
  readonly priceSensitivity: Float64Array
  readonly qualitySensitivity: Float64Array
  readonly exploration: Float64Array
  /** [count]: 1 for those whom the shop does not know. */
  readonly isNew: Uint8Array
}

/** Parameters of the beta numbers by type: exploration, price sensitivity, quality sensitivity. */
const habits = [
  [5, 2, 2, 5, 3, 2],
  [2, 5, 5, 2, 3, 2],
  [3, 2, 2, 5, 5, 2],
  [3, 2, 3, 2, 3, 2],
] as const

const incomeChances = [
  { below: 25, chances: cumulative([0.65, 0.3, 0.05]) },
  { below: 55, chances: cumulative([0.2, 0.6, 0.2]) },
  { below: Infinity, chances: cumulative([0.4, 0.2, 0.4]) },
]

/**
 * @param seed     any finite number
 * @param count    shoppers, at least 1
 * @param newShare share of them whom the shop does not know, 0 to 1
 */
export function generateUsers(seed: number, count: number, newShare = 0): MarketplaceUsers {
  const column = (name: string) => stream(seed, 'marketplace', 'users', name)
  const people = column('people')
  const tastes = column('tastes')
  const manners = column('manners')
  const type = new Uint8Array(count)
  const age = new Uint8Array(count)
  const income = new Uint8Array(count)
  const preference = new Float64Array(count * marketplaceCategories.length)
  const style = new Float64Array(count * styleWidth)
  const priceSensitivity = new Float64Array(count)
  const qualitySensitivity = new Float64Array(count)
  const exploration = new Float64Array(count)
  for (let user = 0; user < count; user++) {
    age[user] = 18 + integer(people, 52)
    income[user] = categorical(people, incomeChances.find(({ below }) => age[user]! < below)!.chances)
    type[user] = integer(people, userTypes.length)
    const group = ageGroup(age[user]!)
    const weights = marketplaceCategories.map(({ draws }) => (draws.includes(group) ? 1.5 : 1))
    preference.set(dirichlet(tastes, weights), user * marketplaceCategories.length)
    style.set(direction(tastes, styleWidth), user * styleWidth)
    const [a, b, c, d, e, f] = habits[type[user]!]!
    const multiplier = budgetMultipliers[income[user]!]!
    exploration[user] = unit(beta(manners, a, b) * (1.2 - ageShare(age[user]!)))
    priceSensitivity[user] = unit(beta(manners, c, d) * (1.5 - multiplier))
    qualitySensitivity[user] = unit(beta(manners, e, f) * (0.5 + 0.5 * multiplier))
  }
  return {
    count,
    ids: Array.from({ length: count }, (_, user) => `user_${user}`),
    type,
    age,
    income,
    preference,
    style,
    priceSensitivity,
    qualitySensitivity,
    exploration,
    isNew: chosenShare(seed, 'new shoppers', count, newShare),
  }
}

/** Years from 18 to 70, as a share. */
export function ageShare(age: number): number {
  return (age - 18) / 52
}

export function ageGroup(age: number): AgeGroup {
  return age < 30 ? 'young' : age < 50 ? 'middle' : 'older'
}

function unit(value: number): number {
  return Math.min(1, Math.max(0, value))
}
