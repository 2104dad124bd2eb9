/**
 * A year of visits to the candy store, drawn from the preference that the environment uses.
 *
 * A few shoppers come often and most seldom (log-normal activity); each visit looks at four items on average (1 + geometric, at most 10),
 * half a minute to three minutes apart. Which item is looked at follows exposure alone: a shop shows some items far more than others
 * (rank^-.8, ranks at random), which gives popularity its long tail. Whether the shopper then engages follows preference.ts.
 */

import { categorical, chance, cumulative, integer, normal, permutation } from '../random/draws'
import type { Generator } from '../random/generator'
import { drawVisit } from './calendar'
import { inOrderOfTime } from './in-order-of-time'
import { affinity, guidePreference, purchaseShare, sigmoid } from './preference'
import { type Catalogue, type Interactions, interactionWeights, type Users } from './tables'

const longestVisit = 10
const goesOn = 0.78

/**
 * @param width numbers in one embedding
 * @param count interactions wanted, exactly
 * @returns rows in the order of time
 */
export function generateInteractions(generator: Generator, users: Users, items: Catalogue, width: number, count: number): Interactions {
  const ranks = permutation(generator, items.count)
  const exposure = cumulative(Array.from(ranks, rank => (rank + 1) ** -0.8))
  const activity = cumulative(Array.from({ length: users.count }, () => Math.exp(0.8 * normal(generator))))
  const user = new Int32Array(count)
  const item = new Int32Array(count)
  const timestamp = new Float64Array(count)
  const event = new Uint8Array(count)
  for (let row = 0; row < count; ) {
    const visitor = categorical(generator, activity)
    let now = drawVisit(generator, users.signupDate[visitor]!)
    for (let seen = 0; row < count && seen < longestVisit; seen++, row++) {
      const shown = categorical(generator, exposure)
      const wish = guidePreference.scale * affinity(users.embeddings, visitor, items.embeddings, shown, width) + guidePreference.shift
      const engaged = chance(generator, sigmoid(wish + guidePreference.noise * normal(generator)))
      user[row] = visitor
      item[row] = shown
      timestamp[row] = now
      event[row] = engaged ? (chance(generator, purchaseShare) ? 2 : 1) : 0
      now += 30 + integer(generator, 151)
      if (!chance(generator, goesOn)) seen = longestVisit
    }
  }
  const weight = Float64Array.from(event, code => interactionWeights[code]!)
  return inOrderOfTime({ user, item, timestamp, weight, event })
}
