/**
 * What is there to plan for? The expected return of a visit under two oracles, worked out exactly instead of simulated: one takes the best
 * expected reward at each step, the other the best plan for the whole visit (dynamic programming backwards from the last step; Bellman
 * 1957). What lies between them is all that looking ahead can bring.
 *
 * For the candy store, where a visit depends on the past only by which items were taken last: the state is the list of those.
 */
import type { CandyStore } from '../envs/candy-store'
import { expectedReward } from '../envs/oracle'

export interface VisitBounds {
  /** Expected return of the oracle that looks one step ahead. */
  readonly greedy: number
  /** Of the best plan. */
  readonly planned: number
}

/** Items that a plan may use: the best for the shopper. More change nothing, since a visit has time for few. */
const CHOICES = 6

/**
 * @param shop of at least one copy; `reset` has been called, and its first copy stands at the beginning of a visit. It is not moved.
 * @throws RangeError when its rewards are not those of one kind for taken and one for ignored items, or tastes drift
 */
export function visitBounds(shop: CandyStore): VisitBounds {
  const { engagedReward, ignoredReward, repeatReward, repeatWindow, horizon } = shop.spec.options as Record<string, number>
  if (!(engagedReward! > ignoredReward!)) {
    throw new RangeError(
      `engagedReward is ${engagedReward}; it must be above ignoredReward, ${ignoredReward}, for a visit to have a best item`,
    )
  }
  if (shop.spec.options.drifting) {
    throw new RangeError('drifting is true; a taste that moves depends on the whole visit, and visitBounds knows the last items alone')
  }
  const chances = bestChances(shop, engagedReward!, ignoredReward!)
  const cache = new Map<string, readonly [greedy: number, planned: number]>()
  const [greedy, planned] = worth(horizon!, [])
  return { greedy, planned }

  /** Expected rewards of the steps that are left, after these items were taken, the last at the end. */
  function worth(left: number, taken: readonly number[]): readonly [number, number] {
    if (left === 0) return [0, 0]
    const key = `${left}:${taken.join()}`
    const known = cache.get(key)
    if (known) return known
    const ignored = worth(left - 1, taken)
    let best = -Infinity
    let [greedily, plan] = [0, -Infinity]
    chances.forEach((chance, item) => {
      const now = chance * engagedReward! + (1 - chance) * ignoredReward! + (taken.includes(item) ? repeatReward! : 0)
      const next = repeatWindow! > 0 ? [...taken, item].slice(-repeatWindow!) : []
      const engaged = worth(left - 1, next)
      plan = Math.max(plan, now + chance * engaged[1] + (1 - chance) * ignored[1])
      if (now <= best) return
      best = now
      greedily = now + chance * engaged[0] + (1 - chance) * ignored[0]
    })
    const found = [greedily, plan] as const
    cache.set(key, found)
    return found
  }
}

/** The highest probabilities with which the first copy's shopper takes an item, the highest first. */
function bestChances(shop: CandyStore, engaged: number, ignored: number): number[] {
  const actions = new Int32Array(shop.copies)
  const expected = new Float64Array(shop.copies)
  const chances = shop.items.labels.map((_, item) => {
    actions.fill(item)
    expectedReward(shop, actions, expected)
    return (expected[0]! - ignored) / (engaged - ignored)
  })
  return chances.sort((one, other) => other - one).slice(0, CHOICES)
}
