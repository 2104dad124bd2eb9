/** Lists and relevances of many users, in small plain arrays and as the typed arrays of `rankingMetrics`. */
import fc from 'fast-check'
import type { RelevantItems } from '../../src/metrics/relevant-items'
import type { RankedLists } from '../../src/metrics/user-hits'
import { items } from './lists'

export interface Person {
  readonly ranked: readonly number[]
  readonly relevance: ReadonlyMap<number, number>
}

const item = fc.integer({ min: 0, max: items - 1 })
const relevance = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ min: 1e-6, max: 5, noNaN: true }))

/** Graded relevances, some of them 0; lists from empty to the whole catalogue. */
export const people: fc.Arbitrary<Person[]> = fc.array(
  fc.record({
    ranked: fc.uniqueArray(item, { maxLength: items }),
    relevance: fc.uniqueArray(fc.tuple(item, relevance), { maxLength: items, selector: ([id]) => id }).map(pairs => new Map(pairs)),
  }),
  { minLength: 1, maxLength: 8 },
)

/** The ids of a person's relevant items. */
export function relevantTo({ relevance }: Person): Set<number> {
  return new Set([...relevance.keys()].filter(id => relevance.get(id)! > 0))
}

export function listsOf(persons: readonly Person[], width = items): RankedLists {
  return { users: persons.length, width, items: Int32Array.from(persons.flatMap(({ ranked }) => padded(ranked, width))) }
}

/** With gains all that is named; without only what is relevant. */
export function relevantOf(persons: readonly Person[], gains: boolean): RelevantItems {
  const named = persons.map(person => [...person.relevance].filter(([, gain]) => gains || gain > 0))
  const offsets = new Int32Array(persons.length + 1)
  named.forEach((pairs, user) => {
    offsets[user + 1] = offsets[user]! + pairs.length
  })
  const wanted = { offsets, items: Int32Array.from(named.flat(), ([id]) => id) }
  return gains ? { ...wanted, gains: Float64Array.from(named.flat(), ([, gain]) => gain) } : wanted
}

function padded(ranked: readonly number[], width: number): number[] {
  return Array.from({ length: width }, (_, place) => ranked[place] ?? -1)
}
