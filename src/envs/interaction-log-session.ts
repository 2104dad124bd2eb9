/**
 * The interaction log's session: what a segment of users clicks and when it leaves, given the category shown last. Ours; formulas in
 * interaction-log.ts. Small enough to be solved exactly (lab/calibrate/interaction-log.ts).
 */
import type { InteractionLogSettings } from './interaction-log-options'
import type { LogWorld } from './interaction-log-world'

/** Users by age, in years. */
export const segments = ['under 30', '30 to 44', '45 to 59', '60 and over'] as const

export interface SessionModel {
  /** [users] */
  readonly segmentOf: Int32Array
  /** States of a segment: one for each category shown last, and at the end one for nothing shown yet. */
  readonly lasts: number
  /** [segments, lasts, items]: the chance of a click. */
  readonly clicks: Float64Array
  /** [segments, lasts]: the chance that the shopper leaves after an item not clicked. */
  readonly leaves: Float64Array
}

export function sessionModel(world: LogWorld, settings: InteractionLogSettings): SessionModel {
  const { categories } = world
  const { users, items } = world.tables
  const lasts = categories.names.length + 1
  const segmentOf = Int32Array.from(users.age, segmentOfAge)
  const clicks = new Float64Array(segments.length * lasts * items.count)
  const leaves = new Float64Array(segments.length * lasts)
  for (const segment of segments.keys()) {
    const appetite = appetiteOf(world, segmentOf, segment, settings.bestClick)
    const fullness = fullnessOf(appetite, world)
    for (let last = 0; last < lasts; last++) {
      leaves[segment * lasts + last] = settings.leaving * fullness[last]!
      for (let item = 0; item < items.count; item++) {
        const repeat = categories.of[item] === last ? 1 - settings.repeatSatiation : 1
        clicks[(segment * lasts + last) * items.count + item] = appetite[item]! * (1 - settings.satiation * fullness[last]!) * repeat
      }
    }
  }
  return { segmentOf, lasts, clicks, leaves }
}

export function segmentOfAge(age: number): number {
  return age < 30 ? 0 : age < 45 ? 1 : age < 60 ? 2 : 3
}

/** [items]: the segment's mean affinity, scaled so that its best item is clicked as often as said; zeros where nobody is of the segment. */
function appetiteOf({ affinity, tables: { items } }: LogWorld, segmentOf: Int32Array, segment: number, bestClick: number): Float64Array {
  const sums = new Float64Array(items.count)
  for (const [user, own] of segmentOf.entries()) {
    if (own !== segment) continue
    for (let item = 0; item < items.count; item++) sums[item]! += affinity[user * items.count + item]!
  }
  const most = sums.reduce((high, sum) => Math.max(high, sum), 0)
  return sums.map(sum => (most === 0 ? 0 : (bestClick * sum) / most))
}

/** [lasts]: 1 after the category whose best item is wanted most, 0 after the least wanted one and before the first, in proportion between. */
function fullnessOf(appetite: Float64Array, { categories: { names, of } }: LogWorld): Float64Array {
  const best = new Float64Array(names.length)
  for (const [item, wanted] of appetite.entries()) best[of[item]!] = Math.max(best[of[item]!]!, wanted)
  const [high, low] = [best.reduce((a, b) => Math.max(a, b)), best.reduce((a, b) => Math.min(a, b))]
  const fullness = new Float64Array(names.length + 1)
  for (const [category, wanted] of best.entries()) fullness[category] = high === low ? 1 : (wanted - low) / (high - low)
  return fullness
}
