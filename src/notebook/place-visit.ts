/** Puts a candy store into the middle of a visit, so that a state can be looked at without living through all that led to it. */
import { checkWhole } from '../data/check'
import type { CandyStore } from '../envs/candy-store'

/**
 * Copy 0 of the shop as if `step` steps of this visit were over and these items had been taken; the shopper stays who it is.
 *
 * @param step  steps done, below the shop's horizon and at least as many as items taken
 * @param taken items taken, oldest first, at most as many as the shop remembers
 * @returns what the agent observes then, a copy [width]
 * @throws RangeError when there is no such visit; the shop is unchanged then
 */
export function placeVisit(shop: CandyStore, step: number, taken: readonly number[]): Float32Array {
  const { historyLength, horizon, drifting } = shop.spec.options as { historyLength: number; horizon: number; drifting: boolean }
  if (drifting) throw new RangeError('the shop has drifting true, where items taken move the taste; only a visit without it can be placed')
  checkWhole('the number of items taken', taken.length, 0, historyLength)
  checkWhole('step', step, taken.length, horizon - 1)
  const { env, state } = shop.save(0)
  const count = [taken.length]
  const history = [...taken, ...new Array<number>(historyLength - taken.length).fill(0)]
  shop.load({ env, state: { ...state, steps: [step], engagedSteps: count, historyCount: count, history } }, [0])
  return shop.observations.slice(0, shop.spec.width)
}
