/**
 * The published interaction log, number for number. Source: github.com/kryptologyst/Reinforcement-Learning-for-Recommendation-Systems at
 * commit 465a2de, src/data/__init__.py, which draws each of its three tables from NumPy's RandomState(42).
 *
 * weight = Beta(2, 5) · popularity of the item, popularity ~ Power(.5): whoever looks, whatever the item is. User, item and time of a row are
 * uniform, and no column has to do with another. The original has no order of rows; here they are in the order of time.
 */

import { type NumpyRandomState, numpyRandomState } from '../random/numpy-random-state'
import { inOrderOfTime } from './in-order-of-time'
import { logCategories, logGenders, logLocations } from './interaction-log-taste'
import type { Catalogue, Interactions, LogSource, ShopTables, Users } from './tables'

const secondsAYear = 365 * 24 * 3600

export function publishedLog(source: LogSource): ShopTables {
  const { seed, users, items, interactions } = source
  return {
    users: publishedUsers(numpyRandomState(seed), users),
    items: publishedItems(numpyRandomState(seed), items),
    interactions: publishedInteractions(numpyRandomState(seed), users, items, interactions),
    width: 0,
    source,
  }
}

function publishedInteractions(random: NumpyRandomState, users: number, items: number, count: number): Interactions {
  const wholes = (below: number) => Int32Array.from({ length: count }, () => random.randint(0, below))
  const user = wholes(users)
  const item = wholes(items)
  const timestamp = wholes(secondsAYear)
  // NumPy's power(.5) is a uniform number, squared.
  const popularity = Float64Array.from({ length: items }, () => random.next() ** 2)
  const weight = Float64Array.from(item, of => random.beta(2, 5) * popularity[of]!)
  return inOrderOfTime({ user, item, timestamp: Float64Array.from(timestamp), weight, event: new Uint8Array(0) })
}

function publishedItems(random: NumpyRandomState, count: number): Catalogue {
  const categories: string[] = []
  const price = new Float64Array(count)
  const rating = new Float64Array(count)
  for (let item = 0; item < count; item++) {
    categories.push(logCategories[random.randint(0, logCategories.length)]!.name)
    price[item] = random.uniform(10, 1000)
    rating[item] = random.uniform(1, 5)
  }
  const numbered = (word: string) => Array.from({ length: count }, (_, item) => `${word}${item}`)
  return { count, ids: numbered('item_'), titles: numbered('Item '), categories, price, rating, embeddings: new Float64Array(0) }
}

function publishedUsers(random: NumpyRandomState, count: number): Users {
  const age = new Uint8Array(count)
  const gender: string[] = []
  const location: string[] = []
  const signupDate = new Float64Array(count)
  for (let user = 0; user < count; user++) {
    age[user] = random.randint(18, 80)
    gender.push(logGenders[random.randint(0, logGenders.length)]!)
    location.push(logLocations[random.randint(0, logLocations.length)]!)
    signupDate[user] = random.randint(0, secondsAYear)
  }
  const ids = Array.from({ length: count }, (_, user) => `user_${user}`)
  return { count, ids, age, gender, location, signupDate, embeddings: new Float64Array(0) }
}
