/**
 * A made-up candy store of any size: shoppers, catalogue and a year of interactions from one seed.
 *
 * The formulas are ours (the guide gives sizes only). With w = 20 numbers an embedding:
 * - each of the eight kinds of candy has a centre drawn from N(0, 1)^w;
 * - an item's embedding is sqrt(.6) of its kind's centre and sqrt(.4) of noise of its own, so that each number has variance 1;
 * - a shopper has three favourite kinds, drawn by how well each kind is liked in general; the embedding is sqrt(.6) of their mixture
 *   (6 : 3 : 1, scaled to variance 1) and sqrt(.4) of noise;
 * - an item's rating grows with how the shoppers like it on average, so that rating and engagement go together in the figures;
 * - prices are log-normal about the kind's usual price, in cents, and drive nothing.
 * Interactions are drawn in generate-interactions.ts. Numbers are rounded before they enter the tables, so that tables written to files
 * and read back are equal bit for bit. Every column has a stream of its own: more users do not change the items' prices.
 */
import { categorical, cumulative, normal, permutation } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import { drawSignup } from './calendar'
import { candyKinds, candyTitle, titlesOf } from './candy'
import { checkKeys, checkNumber, checkWhole } from './check'
import { generateInteractions } from './generate-interactions'
import { affinity, guidePreference, sigmoid } from './preference'
import type { Catalogue, ShopTables, Users } from './tables'

export interface TablesOptions {
  /** Any finite number; 42. */
  readonly seed?: number
  /** 1 to 100,000; 500. */
  readonly users?: number
  /** 1 to 100,000; 100. */
  readonly items?: number
  /** 0 to 10,000,000; 10,000. */
  readonly interactions?: number
}

/** Numbers in an embedding. */
export const embeddingWidth = 20

const itemsOwn = 0.4
const usersOwn = 0.4
const favouriteShares = [0.6, 0.3, 0.1] as const

/**
 * The tables of a seed; the same options give the same tables, bit for bit.
 *
 * @throws RangeError for a size that is not a whole number in its range, or an option that does not exist
 */
export function generateTables(options: TablesOptions = {}): ShopTables {
  checkKeys('generateTables', options, ['seed', 'users', 'items', 'interactions'])
  const { seed = 42, users: userCount = 500, items: itemCount = 100, interactions: interactionCount = 10_000 } = options
  checkNumber('seed', seed, -Number.MAX_VALUE, Number.MAX_VALUE)
  checkWhole('users', userCount, 1, 100_000)
  checkWhole('items', itemCount, 1, 100_000)
  checkWhole('interactions', interactionCount, 0, 10_000_000)

  const centres = drawCentres(stream(seed, 'tables', 'kinds'))
  const users = drawUsers(seed, userCount, centres)
  const items = drawItems(seed, itemCount, centres, users)
  const interactions = generateInteractions(stream(seed, 'tables', 'interactions'), users, items, embeddingWidth, interactionCount)
  const source = { seed, users: userCount, items: itemCount, interactions: interactionCount }
  return { users, items, interactions, width: embeddingWidth, source }
}

function drawCentres(generator: Generator): Float64Array {
  return Float64Array.from({ length: candyKinds.length * embeddingWidth }, () => normal(generator))
}

function drawUsers(seed: number, count: number, centres: Float64Array): Users {
  const tastes = stream(seed, 'tables', 'tastes')
  const people = stream(seed, 'tables', 'people')
  const favour = candyKinds.map(kind => kind.favour)
  const sharesLength = Math.hypot(...favouriteShares)
  const genders = cumulative([0.49, 0.48, 0.03])
  const places = cumulative([40, 25, 12, 10, 8, 5])
  const age = new Uint8Array(count)
  const gender: string[] = []
  const location: string[] = []
  const signupDate = new Float64Array(count)
  const embeddings = new Float64Array(count * embeddingWidth)
  for (let user = 0; user < count; user++) {
    const kinds = favourites(tastes, favour)
    for (let at = 0; at < embeddingWidth; at++) {
      let leaning = 0
      for (let rank = 0; rank < kinds.length; rank++) leaning += favouriteShares[rank]! * centres[kinds[rank]! * embeddingWidth + at]!
      embeddings[user * embeddingWidth + at] = mix(leaning / sharesLength, normal(tastes), usersOwn)
    }
    age[user] = Math.round(Math.min(90, Math.max(13, 34 + 13 * normal(people))))
    gender.push(['F', 'M', 'X'][categorical(people, genders)]!)
    location.push(['US', 'EU', 'UK', 'IN', 'CA', 'AU'][categorical(people, places)]!)
    signupDate[user] = drawSignup(people)
  }
  return { count, ids: names('user', count), age, gender, location, signupDate, embeddings }
}

/** Three different kinds, the most liked more often. */
function favourites(generator: Generator, favour: readonly number[]): number[] {
  const left = [...favour]
  return favouriteShares.map(() => {
    const kind = categorical(generator, cumulative(left))
    left[kind] = 0
    return kind
  })
}

function drawItems(seed: number, count: number, centres: Float64Array, users: Users): Catalogue {
  const features = stream(seed, 'tables', 'features')
  const labels = stream(seed, 'tables', 'labels')
  const orders = candyKinds.map(kind => permutation(labels, titlesOf(kind)))
  const sold = candyKinds.map(() => 0)
  const titles: string[] = []
  const categories: string[] = []
  const price = new Float64Array(count)
  const rating = new Float64Array(count)
  const embeddings = new Float64Array(count * embeddingWidth)
  for (let item = 0; item < count; item++) {
    // Kinds take turns, so that each has its share also in a small shop.
    const kind = item % candyKinds.length
    for (let at = 0; at < embeddingWidth; at++) {
      embeddings[item * embeddingWidth + at] = mix(centres[kind * embeddingWidth + at]!, normal(features), itemsOwn)
    }
    titles.push(candyTitle(candyKinds[kind]!, orders[kind]!, sold[kind]!++))
    categories.push(candyKinds[kind]!.name)
    price[item] = Math.max(0.25, round(candyKinds[kind]!.price * Math.exp(0.35 * normal(labels)), 2))
    const stars = 2.7 + 3 * liking(users, embeddings, item) + 0.35 * normal(labels)
    rating[item] = Math.min(5, Math.max(1, round(stars, 1)))
  }
  return { count, ids: names('item', count), titles, categories, price, rating, embeddings }
}

/** The share of shoppers, out of at most the first 200, who would engage with an item. */
function liking(users: Users, embeddings: Float64Array, item: number): number {
  const asked = Math.min(200, users.count)
  let sum = 0
  for (let user = 0; user < asked; user++) {
    sum += sigmoid(guidePreference.scale * affinity(users.embeddings, user, embeddings, item, embeddingWidth) + guidePreference.shift)
  }
  return sum / asked
}

/** Part shared, part own, of variance 1, to four decimals. */
function mix(shared: number, own: number, ownShare: number): number {
  return round(Math.sqrt(1 - ownShare) * shared + Math.sqrt(ownShare) * own, 4)
}

/** As it will read in a file: a number of this many decimals, and never -0. */
function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0
}

function names(kind: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${kind}_${at}`)
}
