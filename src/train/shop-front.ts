/**
 * The front of a shop, where agents meet people: who can be asked for, what an agent sees when they come in, and what its choices are called.
 *
 * - candy-store, interaction-log, marketplace: shoppers by id or row number; items with title and category.
 * - offers: the same shoppers, of whom the ten features are told; messages.
 * - simshop: a type of shopper (`brand_lover`), since nobody has a name there; the candidates of the visit, which the seed draws.
 * In the other shops everybody is drawn anew and has neither name nor type: `shopFront` refuses them.
 */
import { findUser } from '../data/find-row'
import { generateTables } from '../data/generate-tables'
import { marketplaceCategories } from '../data/marketplace-categories'
import { readMarketplaceTables } from '../data/marketplace-read-tables'
import { didYouMean } from '../data/nearest-word'
import { readTables } from '../data/read-tables'
import { simshopCategories } from '../data/simshop-catalogue'
import { readSimshopTables } from '../data/simshop-tables'
import type { Catalogue } from '../data/tables'
import { UserError } from '../data/user-error'
import type { CandyStore } from '../envs/candy-store'
import type { Env } from '../envs/env'
import { eventCode } from '../envs/events'
import type { InteractionLog } from '../envs/interaction-log'
import type { Marketplace } from '../envs/marketplace'
import type { Offers } from '../envs/offers'
import { describeOffer, flatOffer, offerParts, offerTypes } from '../envs/offers-actions'
import { describeFeatures } from '../envs/offers-words'
import { makeEnv } from '../envs/registry'
import { type Simshop, type SimshopType, simshopTypes } from '../envs/simshop'
import { optionsOfType } from './evaluate-by-type'

/** What a choice is called. */
export interface Named {
  /** Its id: `item_7`. */
  readonly item: string
  readonly title: string
  readonly category: string
}

/** Somebody who has just come in. */
export interface Visitor {
  /** The same however they were asked for: `user_42`, of a type its name. */
  readonly id: string
  /** What an agent sees of them: [width]. */
  readonly observation: Float32Array
  /** What a choice is called: an item or offer by its number, on a slate a candidate by its place among them. */
  name(choice: number): Named
  /** What is known of them, in lines of words, where the shop tells something. */
  readonly about?: string
}

export interface ShopFront {
  /** Somebody who can be asked for, as it would be typed. */
  readonly example: string
  /**
   * @param user who: an id or a row number, in simshop a type
   * @param seed of what a visit draws; only simshop's candidates
   * @throws UserError when there is nobody of that name
   */
  come(user: string | number, seed?: number): Visitor
  /** The number of a choice of several parts; left out where a choice is a number. */
  numberOf?(action: Int32Array): number
}

const fronts: Readonly<Record<string, (env: Env) => ShopFront>> = {
  'candy-store'(env) {
    const shop = env as CandyStore
    const name = namesIn(candies(shop))
    const ids = shop.shopperIds
    return { example: exampleOf(ids), come: user => ({ id: idOf(ids, user), observation: shop.firstObservation(user), name }) }
  },
  'interaction-log'(env) {
    const shop = env as InteractionLog
    const name = namesIn(shop.tables.items)
    const ids = shop.shopperIds
    return { example: exampleOf(ids), come: user => ({ id: idOf(ids, user), observation: shop.shopperObservation(user), name }) }
  },
  marketplace(env) {
    const shop = env as Marketplace
    const { titles, category } = shop.catalogue
    const { tables } = shop.spec.options
    const itemId = itemIds(typeof tables === 'string' ? readMarketplaceTables(tables).itemIds : undefined)
    const name = (item: number) => ({ item: itemId(item), title: titles[item]!, category: marketplaceCategories[category[item]!]!.name })
    const ids = shop.shopperIds
    return { example: exampleOf(ids), come: user => ({ id: idOf(ids, user), observation: shop.shopperObservation(user), name }) }
  },
  offers(env) {
    const shop = env as Offers
    const timings = shop.spec.options.timings as 3 | 4
    const name = (offer: number): Named => {
      const parts = offerParts(offer, timings)
      return { item: `offer_${offer}`, title: describeOffer(offer, timings), category: parts ? offerTypes[parts.offer]! : 'none' }
    }
    const ids = shop.shopperIds
    return {
      example: exampleOf(ids),
      come: user => ({
        id: idOf(ids, user),
        observation: shop.shopperObservation(user),
        name,
        about: describeFeatures(shop.shopperFeatures(user)),
      }),
      ...(shop.spec.actions.kind === 'discrete' ? {} : { numberOf: action => flatOffer(action, 0, timings) }),
    }
  },
  simshop(env) {
    const { spec, catalogue } = env as Simshop
    const { tables } = spec.options
    const itemId = itemIds(typeof tables === 'string' ? readSimshopTables(tables).itemIds : undefined)
    return {
      example: (spec.options.userTypes as string[])[0]!,
      come(user, seed = 0) {
        if (!simshopTypes.includes(user as SimshopType)) {
          const types = simshopTypes.join(', ')
          throw new UserError(
            `there is no shopper ${JSON.stringify(user)}; simshop knows them by type: ${types}${didYouMean(String(user), simshopTypes)}`,
          )
        }
        const visit = makeEnv('simshop', 1, optionsOfType(spec, String(user)))
        visit.reset(seed)
        const observation = visit.observations.slice()
        const items = candidatesOf(visit)
        return {
          id: String(user),
          observation,
          name(candidate) {
            const item = items[candidate]!
            const [category] = simshopCategories[catalogue.category[item]!]!
            return { item: itemId(item), title: catalogue.labels[item]!, category }
          },
        }
      },
    }
  },
}

/** @throws UserError for a shop in which nobody can be asked for */
export function shopFront(env: Env): ShopFront {
  const { name } = env.spec
  if (Object.hasOwn(fronts, name)) return fronts[name]!(env)
  throw new UserError(
    `${name} has no shoppers to ask for: everybody who comes is drawn anew and has no name; npx shoplab play ${name} shows a session of one`,
  )
}

/** Whether somebody can be asked for. */
export function hasFront(env: Env): boolean {
  return Object.hasOwn(fronts, env.spec.name)
}

/** The documents' shopper 42, or the last of fewer. */
function exampleOf(ids: readonly string[]): string {
  return String(Math.min(42, ids.length - 1))
}

/** What the candy store sells, from the tables it was made of. */
function candies({ spec: { options } }: Env): Catalogue {
  const { tables, dataSeed, users, items } = options as { tables?: string; dataSeed: number; users: number; items: number }
  return (tables === undefined ? generateTables({ seed: dataSeed, users, items, interactions: 0 }) : readTables(tables)).items
}

function namesIn({ ids, titles, categories }: Catalogue): (item: number) => Named {
  return item => ({ item: ids[item]!, title: titles[item]!, category: categories[item]! })
}

/** Items of a shop without files are called as they are when files are written. */
function itemIds(ids: readonly string[] | undefined): (item: number) => string {
  return item => ids?.[item] ?? `item_${item}`
}

function idOf(ids: readonly string[], user: string | number): string {
  return ids[findUser(ids, user)]!
}

/** The items that a visit's candidates are, which the shop tells of what was shown alone: page after page, each as the first one. */
function candidatesOf(visit: Env): Int32Array {
  const { actions } = visit.spec
  if (actions.kind !== 'slate') return new Int32Array(0)
  const { candidates, size } = actions
  const items = new Int32Array(candidates)
  const begun = visit.save(0)
  for (let first = 0; first < candidates; first += size) {
    const page = Int32Array.from({ length: size }, (_, place) => Math.min(first, candidates - size) + place)
    visit.load(begun, [0])
    visit.step(page)
    const { count, kind, item, position } = visit.events
    for (let at = 0; at < count; at++) if (kind[at] === eventCode.impression) items[page[position[at]!]!] = item[at]!
  }
  return items
}
