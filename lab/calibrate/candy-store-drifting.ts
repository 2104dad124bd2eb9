/**
 * What looking ahead is worth in the candy store's `drifting` variant (src/envs/candy-store-drift.ts): `npx tsx lab/calibrate/candy-store-drifting.ts`.
 *
 * Taste and boredom change by engagements alone. So a plan that shows one item until it is engaged with, then the next, has an expected return
 * that is worked out exactly from the chances along its path, without a draw. The myopic oracle follows such a plan: until something changes,
 * its best item stays the best. Beside it stands the best plan that simulated annealing finds, starting from the myopic one; the optimum, which
 * may also mind how many steps are left, lies above that. tests/envs/candy-store-drift.test.ts holds the constants to this.
 */
import { generateTables } from '../../src/data/generate-tables'
import { affinity, guidePreference, sigmoid } from '../../src/data/preference'
import { candyStore } from '../../src/envs/candy-store'
import { drift } from '../../src/envs/candy-store-drift'
import { noiseInside } from '../../src/envs/engagement'
import { integer } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

const horizon = 10
const repeatWindow = 3
const repeatReward = -0.2
const ignoredReward = -0.1

/** Items to show one after another, each until it is engaged with; as many as a visit has steps. */
export type Plan = readonly number[]

export interface DriftingShop {
  myopic(user: number): Plan
  /** @param tries changes that the annealing makes */
  lookingAhead(user: number, tries: number): Plan
  /** The plan's expected return. */
  worth(user: number, plan: Plan): number
}

/** The generated shop of a seed, 500 × 100, as far as planning needs it. */
export function driftingShop(dataSeed: number): DriftingShop {
  const { users, items, width } = generateTables({ seed: dataSeed, interactions: 0 })
  const count = items.count
  const kindNames = [...new Set(items.categories)]
  const kinds = items.categories.map(category => kindNames.indexOf(category))
  const wishesOf = (rows: Float64Array, row: number) =>
    Float64Array.from({ length: count }, (_, item) => guidePreference.scale * affinity(rows, row, items.embeddings, item, width))
  const wishesOfItem = Array.from({ length: count }, (_, item) => wishesOf(items.embeddings, item))
  const { expected } = noiseInside(guidePreference.noise)

  // A walk along a plan: the wishes for all items, boredom left out, and how often a kind and an item have been engaged with.
  const wishes = new Float64Array(count)
  const kindTaken = new Int32Array(kindNames.length)
  const itemTaken = new Int32Array(count)

  function enter(user: number): void {
    wishes.set(wishesOf(users.embeddings, user))
    kindTaken.fill(0)
    itemTaken.fill(0)
  }

  const wishFor = (item: number) =>
    wishes[item]! + guidePreference.shift - drift.kindBoredom * kindTaken[kinds[item]!]! - drift.itemBoredom * itemTaken[item]!

  /** Wishes are linear in the taste, so they move as it does. */
  function engage(item: number): void {
    const towards = wishesOfItem[item]!
    for (let other = 0; other < count; other++) wishes[other]! += drift.pull * (towards[other]! - wishes[other]!)
    kindTaken[kinds[item]!]!++
    itemTaken[item]!++
  }

  function isRepeat(plan: Plan, at: number, item: number): boolean {
    for (let before = Math.max(0, at - repeatWindow); before < at; before++) if (plan[before] === item) return true
    return false
  }

  const rewardOf = (chance: number, repeat: boolean) => chance + (1 - chance) * ignoredReward + (repeat ? repeatReward : 0)

  /** Backwards from the last step: what is still to come when so many of the plan's items are behind. */
  function worthBy(chanceOf: (wish: number) => number, user: number, plan: Plan): number {
    enter(user)
    const chances = new Float64Array(horizon)
    const rewards = new Float64Array(horizon)
    for (let at = 0; at < horizon; at++) {
      chances[at] = chanceOf(wishFor(plan[at]!))
      rewards[at] = rewardOf(chances[at]!, isRepeat(plan, at, plan[at]!))
      engage(plan[at]!)
    }
    const coming = new Float64Array(horizon + 1)
    for (let left = 1; left <= horizon; left++) {
      for (let at = 0; at < horizon; at++) coming[at] = rewards[at]! + chances[at]! * coming[at + 1]! + (1 - chances[at]!) * coming[at]!
    }
    return coming[0]!
  }

  function myopic(user: number): Plan {
    enter(user)
    const plan: number[] = []
    while (plan.length < horizon) {
      let best = -1
      let bestReward = -Infinity
      for (let item = 0; item < count; item++) {
        const reward = rewardOf(sigmoid(wishFor(item)), isRepeat(plan, plan.length, item))
        if (reward <= bestReward) continue
        best = item
        bestReward = reward
      }
      plan.push(best)
      engage(best)
    }
    return plan
  }

  return {
    myopic,
    worth: (user, plan) => worthBy(expected, user, plan),
    lookingAhead(user, tries) {
      const generator = stream(dataSeed, 'annealing', user)
      let plan = myopic(user)
      let worth = worthBy(sigmoid, user, plan)
      let [best, bestWorth] = [plan, worth]
      for (let tried = 0; tried < tries; tried++) {
        const other = changed(plan)
        const otherWorth = worthBy(sigmoid, user, other)
        const temperature = 0.1 * (1 - tried / tries)
        if (generator.next() >= Math.exp((otherWorth - worth) / temperature)) continue
        plan = other
        worth = otherWorth
        if (worth > bestWorth) [best, bestWorth] = [plan, worth]
      }
      return best

      /** Another item in one place, one put between, or two exchanged. */
      function changed(plan: Plan): Plan {
        const other = [...plan]
        const [at, second, item] = [integer(generator, horizon), integer(generator, horizon), integer(generator, count)]
        const change = integer(generator, 4)
        if (change < 2) other[at] = item
        else if (change === 2) other.splice(at, 0, item)
        else [other[at], other[second]] = [other[second]!, other[at]!]
        return other.slice(0, horizon)
      }
    },
  }
}

/** Mean expected returns of a visit, over the first so many shoppers. */
export function worthOfLookingAhead(dataSeed: number, users: number, tries: number): { myopic: number; lookingAhead: number } {
  const shop = driftingShop(dataSeed)
  let [myopic, lookingAhead] = [0, 0]
  for (let user = 0; user < users; user++) {
    myopic += shop.worth(user, shop.myopic(user)) / users
    lookingAhead += shop.worth(user, shop.lookingAhead(user, tries)) / users
  }
  return { myopic, lookingAhead }
}

/** Mean return of random items, by playing. */
export function worthOfChance(dataSeed: number, visits: number): number {
  const env = candyStore(visits, { dataSeed, drifting: true })
  const generator = stream(dataSeed, 'random items')
  env.reset(dataSeed)
  let sum = 0
  for (let step = 0; step < horizon; step++) {
    env.step(Int32Array.from({ length: visits }, () => integer(generator, env.items.labels.length)))
    for (const reward of env.rewards) sum += reward
  }
  return sum / visits
}

if (process.argv[1]?.endsWith('candy-store-drifting.ts')) {
  for (const seed of [42, 1, 2, 3, 4, 5, 6, 7, 8]) {
    const users = seed === 42 ? 500 : 50
    const { myopic, lookingAhead } = worthOfLookingAhead(seed, users, 4000)
    const more = (100 * (lookingAhead / myopic - 1)).toFixed(1)
    const random = worthOfChance(seed, 5000)
    console.log(
      `seed ${seed}, ${users} shoppers: random ${random.toFixed(2)}, myopic oracle ${myopic.toFixed(2)}, looking ahead ${lookingAhead.toFixed(2)}, ${more} % more`,
    )
  }
}
