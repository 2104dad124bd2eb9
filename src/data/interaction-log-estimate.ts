/**
 * Affinity from a log alone, for a shop made of somebody's own tables: how likely each user engages with each item.
 *
 * A pair in the log has the mean of its weights. For the others, five rows' worth of the wider mean stand beside what was seen (ours):
 *   ofUser(u) = (weights of u + 5 · mean) / (rows of u + 5)
 *   ofPair(u, c) = (weights of u in category c + 5 ofUser(u)) / (rows of u in c + 5)
 *   ofCategory(c) = (weights in c + 5 · mean) / (rows in c + 5)
 *   ofItem(i) = (weights of i + 5 ofCategory) / (rows of i + 5)
 *   affinity(u, i) = min(1, ofPair(u, category of i) · ofItem(i) / ofCategory(category of i))
 * so a user's liking for a category, raised or lowered by how the item does among its like.
 */
import { categoriesOf } from './interaction-log-categories'
import type { ShopTables } from './tables'
import { UserError } from './user-error'

const rowsOfPrior = 5

/**
 * @returns [users, items], each between 0 and 1
 * @throws UserError when the log is empty: there is nothing to estimate from
 */
export function estimateAffinity({ users, items, interactions }: Pick<ShopTables, 'users' | 'items' | 'interactions'>): Float32Array {
  const { count, user, item, weight } = interactions
  if (count === 0) throw new UserError('the log has no interactions; a shop needs at least one to know what its users like')
  const { of: category, names } = categoriesOf(items.categories)
  const kinds = names.length
  const byUser = tally(users.count)
  const byPair = tally(users.count * kinds)
  const byCategory = tally(kinds)
  const byItem = tally(items.count)
  let total = 0
  for (let row = 0; row < count; row++) {
    const kind = category[item[row]!]!
    byUser.add(user[row]!, weight[row]!)
    byPair.add(user[row]! * kinds + kind, weight[row]!)
    byCategory.add(kind, weight[row]!)
    byItem.add(item[row]!, weight[row]!)
    total += weight[row]!
  }
  const mean = total / count
  const affinity = new Float32Array(users.count * items.count)
  if (mean === 0) return affinity
  const ofCategory = names.map((_, kind) => byCategory.mean(kind, mean))
  const standing = Float64Array.from(category, (kind, of) => byItem.mean(of, ofCategory[kind]!) / ofCategory[kind]!)
  for (let of = 0; of < users.count; of++) {
    const ofUser = byUser.mean(of, mean)
    const liking = names.map((_, kind) => byPair.mean(of * kinds + kind, ofUser))
    for (let at = 0; at < items.count; at++) affinity[of * items.count + at] = Math.min(1, liking[category[at]!]! * standing[at]!)
  }
  for (const [pair, { sum, rows }] of loggedPairs(interactions, items.count)) affinity[pair] = sum / rows
  return affinity
}

function tally(length: number) {
  const sums = new Float64Array(length)
  const rows = new Int32Array(length)
  return {
    add(at: number, weight: number) {
      sums[at]! += weight
      rows[at]!++
    },
    mean: (at: number, prior: number) => (sums[at]! + rowsOfPrior * prior) / (rows[at]! + rowsOfPrior),
  }
}

function loggedPairs({ count, user, item, weight }: ShopTables['interactions'], items: number) {
  const pairs = new Map<number, { sum: number; rows: number }>()
  for (let row = 0; row < count; row++) {
    const pair = user[row]! * items + item[row]!
    const seen = pairs.get(pair)
    if (seen) {
      seen.sum += weight[row]!
      seen.rows++
    } else pairs.set(pair, { sum: weight[row]!, rows: 1 })
  }
  return pairs
}
