/** A ranked list for one person: the k items that an agent scores highest. */
import type { Agent } from './agent'

export interface Recommendation {
  readonly item: number
  readonly score: number
}

/**
 * The best k items, best first, ties by the lower item.
 *
 * @param observation what the agent sees of the person, [width]
 * @param items       how many items there are
 * @param k           at least 1; fewer come back where fewer are left
 * @param exclude     items that must not be in the list
 */
export function recommend(
  agent: Agent,
  observation: Float32Array,
  items: number,
  k: number,
  { exclude = [] }: { readonly exclude?: Iterable<number> } = {},
): Recommendation[] {
  const scores = new Float32Array(items)
  agent.scores(observation, scores)
  return bestItems(scores, k, { exclude })
}

/** The k items with the highest scores, as `recommend` ranks them. scores [items] */
export function bestItems(
  scores: Float32Array,
  k: number,
  { exclude = [] }: { readonly exclude?: Iterable<number> } = {},
): Recommendation[] {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k is ${k}; it must be a whole number of at least 1`)
  const excluded = new Set(exclude)
  return Array.from(scores, (score, item) => ({ item, score }))
    .filter(({ item }) => !excluded.has(item))
    .sort((one, other) => other.score - one.score || one.item - other.item)
    .slice(0, k)
}
