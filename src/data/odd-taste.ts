/** A taste unlike anybody's: of many directions drawn by chance the one that is furthest from every shopper's. For trying how an agent fares with it. */
import { normal } from '../random/draws'
import { stream } from '../random/generator'
import { affinity, rowLengths } from './preference'
import type { ShopTables } from './tables'

export interface OddTaste {
  /** [width], as long as a shopper's embedding is on average. */
  readonly taste: Float64Array
  /** Its cosine with the shopper who is most like it. */
  readonly nearest: number
  /** The same of the shoppers themselves: the mean, over all of them, of the cosine with the one most like them. */
  readonly usual: number
}

const DRAWS = 500

/** @param tables at least two shoppers; their embeddings are read */
export function oddTaste({ users, width }: Pick<ShopTables, 'users' | 'width'>, seed = 0): OddTaste {
  if (users.count < 2) throw new RangeError(`there are ${users.count} shoppers; a taste is odd only beside at least two`)
  const lengths = rowLengths(users.embeddings, users.count, width)
  const generator = stream(seed, 'odd-taste')
  let taste = new Float64Array(width)
  let nearest = Infinity
  for (let draw = 0; draw < DRAWS; draw++) {
    const direction = Float64Array.from({ length: width }, () => normal(generator))
    const similar = mostAlike(direction, 0, -1, rowLengths(direction, 1, width)[0]!)
    if (similar >= nearest) continue
    nearest = similar
    taste = direction
  }
  const length = lengths.reduce((sum, value) => sum + value, 0) / users.count
  const scale = length / rowLengths(taste, 1, width)[0]!
  const usual = Array.from(lengths, (_, user) => mostAlike(users.embeddings, user, user, lengths[user]!))
  return { taste: taste.map(value => value * scale), nearest, usual: usual.reduce((sum, value) => sum + value, 0) / users.count }

  /** The cosine of a row, `own` long, with the shopper most like it, one of them left out. */
  function mostAlike(rows: Float64Array, row: number, left: number, own: number): number {
    let best = -Infinity
    for (let user = 0; user < users.count; user++) {
      if (user === left) continue
      best = Math.max(best, affinity(rows, row, users.embeddings, user, width) / (own * lengths[user]! || 1))
    }
    return best
  }
}
