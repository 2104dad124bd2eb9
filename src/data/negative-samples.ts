/**
 * Negative samples for implicit feedback: a log says what shoppers engaged with and hardly what they do not want, so for each positive some
 * items that the shopper never engaged with are drawn to stand for it.
 *
 * Drawn uniformly, or by popularity^.75, which makes popular items the harder negatives without letting them take over (word2vec's
 * choice: Mikolov et al. 2013, arXiv 1310.4546, section 2.2). An item that nobody engaged with counts as if one had.
 *
 * An item that the shopper engages with only later, in the validation or test part, may be drawn: a false negative. To spare it would be to
 * tell the learner about the test. Where the samples are candidates to be ranked *against* the test's positives, and not to learn
 * from, pass those as `spared`.
 */
import { categorical, cumulative } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import { checkKeys, checkNumber, checkWhole, checkWord } from './check'
import { itemPopularity } from './item-popularity'
import type { Interactions } from './tables'

export interface NegativeSamplesOptions {
  /** How many items there are. */
  readonly items: number
  /** Negatives for each positive, with replacement, 1 to 1,000; 4. */
  readonly perPositive?: number
  /** What an item's chance follows: nothing ('uniform', default) or how often it was engaged with ('popularity'). */
  readonly by?: 'uniform' | 'popularity'
  /** The power of the popularity, 0 to 1; .75. */
  readonly power?: number
  readonly seed?: number
  /** For each shopper further items that are never drawn; see above. */
  readonly spared?: readonly ReadonlySet<number>[]
}

/** Columns: row r says that `user[r]` took `positive[r]` and is taken not to want `item[r]`. */
export interface NegativeSamples {
  readonly count: number
  readonly user: Int32Array
  readonly positive: Int32Array
  readonly item: Int32Array
  /** Positives without negatives: their shoppers engaged with every item there is. */
  readonly skipped: number
}

/**
 * `perPositive` negatives for every click and purchase, in the order of the log; the same seed gives the same samples.
 *
 * @param train the interactions learned from, as `temporalSplit` returns them; those with a weight above 0 are positives
 * @throws RangeError for an option out of range, or an item outside the catalogue
 */
export function negativeSamples(train: Interactions, options: NegativeSamplesOptions): NegativeSamples {
  checkKeys('negativeSamples', options, ['items', 'perPositive', 'by', 'power', 'seed', 'spared'])
  const { items, perPositive = 4, by = 'uniform', power = 0.75, seed = 0, spared = [] } = options
  checkWhole('items', items, 1, 10_000_000)
  checkWhole('perPositive', perPositive, 1, 1000)
  checkWord('by', by, ['uniform', 'popularity'])
  checkNumber('power', power, 0, 1)
  checkNumber('seed', seed, -Number.MAX_VALUE, Number.MAX_VALUE)

  const taken = takenBy(train, items, spared)
  const exponent = by === 'popularity' ? power : 0
  const weights = Float64Array.from(itemPopularity(train, items), count => Math.max(1, count) ** exponent)
  const sums = cumulative(weights)
  const generator = stream(seed, 'negative samples')
  const samplers = new Map<number, Sampler | undefined>()
  const samples = { user: [] as number[], positive: [] as number[], item: [] as number[] }
  let skipped = 0
  for (let row = 0; row < train.count; row++) {
    if (!(train.weight[row]! > 0)) continue
    const user = train.user[row]!
    if (!samplers.has(user)) samplers.set(user, samplerFor(taken.get(user)!, weights, sums))
    const sampler = samplers.get(user)
    if (!sampler) {
      skipped++
      continue
    }
    for (let drawn = 0; drawn < perPositive; drawn++) {
      samples.user.push(user)
      samples.positive.push(train.item[row]!)
      samples.item.push(sampler(generator))
    }
  }
  return {
    count: samples.item.length,
    user: Int32Array.from(samples.user),
    positive: Int32Array.from(samples.positive),
    item: Int32Array.from(samples.item),
    skipped,
  }
}

type Sampler = (generator: Generator) => number

/** Draws again while it hits an item taken; where that would go on for long, from a list without them. Undefined when nothing is left. */
function samplerFor(taken: ReadonlySet<number>, weights: Float64Array, sums: Float64Array): Sampler | undefined {
  if (taken.size >= weights.length) return undefined
  let weightTaken = 0
  for (const item of taken) weightTaken += weights[item]!
  if (weightTaken > sums[sums.length - 1]! / 2) {
    const left = cumulative(weights.map((weight, item) => (taken.has(item) ? 0 : weight)))
    return generator => categorical(generator, left)
  }
  return generator => {
    for (;;) {
      const item = categorical(generator, sums)
      if (!taken.has(item)) return item
    }
  }
}

/** What each shopper of the log engaged with, and what else is never drawn for them. */
function takenBy(train: Interactions, items: number, spared: readonly ReadonlySet<number>[]): Map<number, Set<number>> {
  const taken = new Map<number, Set<number>>()
  for (let row = 0; row < train.count; row++) {
    if (!(train.weight[row]! > 0)) continue
    const [user, item] = [train.user[row]!, train.item[row]!]
    if (item >= items) throw new RangeError(`items is ${items}, but the log has item ${item}; give the size of the whole catalogue`)
    let set = taken.get(user)
    if (!set) taken.set(user, (set = new Set(spared[user])))
    set.add(item)
  }
  // A spared item outside the catalogue would count as one of it.
  for (const set of taken.values()) for (const item of set) checkWhole('an item spared', item, 0, items - 1)
  return taken
}
