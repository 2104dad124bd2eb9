/**
 * Where the guide preset's two constants come from (src/data/preference.ts): `npx tsx lab/calibrate/guide-preference.ts`.
 *
 * For a scale, the shift that makes a random item engage 3 times in 10 is found by bisection, averaged over generated shops of many seeds;
 * beside it stands how often a shopper's best item is engaged with. The shift chosen lies between theirs and seed 42's own. tests/envs/calibration.test.ts holds the constants to this.
 */
import { generateTables } from '../../src/data/generate-tables'
import { affinity, guidePreference, sigmoid } from '../../src/data/preference'

/** What a scale and a shift do in the shops of some seeds: engagement with a random item and with each shopper's best. */
export function engagementOf(seeds: readonly number[], scale: number, shift: number): { random: number; best: number } {
  let random = 0
  let best = 0
  for (const seed of seeds) {
    const wishes = affinities(seed)
    for (const row of wishes) {
      let top = 0
      for (const wish of row) {
        const probability = sigmoid(scale * wish + shift)
        random += probability / (row.length * wishes.length * seeds.length)
        top = Math.max(top, probability)
      }
      best += top / (wishes.length * seeds.length)
    }
  }
  return { random, best }
}

/** The shift at which a random item is engaged with as often as asked. */
export function shiftFor(seeds: readonly number[], scale: number, target: number): number {
  let low = -10
  let high = 10
  for (let round = 0; round < 30; round++) {
    const middle = (low + high) / 2
    if (engagementOf(seeds, scale, middle).random < target) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const kept = new Map<number, Float64Array[]>()

function affinities(seed: number): Float64Array[] {
  const known = kept.get(seed)
  if (known) return known
  const { users, items, width } = generateTables({ seed, interactions: 0 })
  const rows = Array.from({ length: users.count }, (_, user) =>
    Float64Array.from({ length: items.count }, (_, item) => affinity(users.embeddings, user, items.embeddings, item, width)),
  )
  kept.set(seed, rows)
  return rows
}

export const calibrationSeeds = Array.from({ length: 20 }, (_, seed) => seed + 1)

if (process.argv[1]?.endsWith('guide-preference.ts')) {
  for (const scale of [0.2, 0.25, 0.3, 0.35, 0.4]) {
    const shift = shiftFor(calibrationSeeds, scale, 0.3)
    const { random, best } = engagementOf(calibrationSeeds, scale, shift)
    console.log(`scale ${scale}: shift ${shift.toFixed(3)}, random item ${random.toFixed(3)}, best item ${best.toFixed(3)}`)
  }
  const { scale, shift } = guidePreference
  const own = engagementOf([42], scale, shift)
  console.log(`chosen ${scale} and ${shift}: in the shop of seed 42 random item ${own.random.toFixed(3)}, best item ${own.best.toFixed(3)}`)
}
