/** One copy of the candy store, as a snapshot holds it. */
import { checkWhole } from '../data/check'
import type { GeneratorState } from '../random/generator'

export interface CopyState {
  readonly shopper: number
  readonly step: number
  readonly engagedSteps: number
  /** Items engaged with, oldest first. */
  readonly history: readonly number[]
  readonly hour: number
  readonly weekday: number
  /** How often each item was shown; empty in a shop without the exploration bonus. */
  readonly shown: readonly number[]
  readonly generator: GeneratorState
}

export interface Limits {
  readonly shoppers: number
  readonly horizon: number
  readonly historyLength: number
  readonly items: number
  /** Whether this shop counts what it shows. */
  readonly counted: boolean
}

/**
 * A snapshot may come from a shop of another size, or from a file: nothing is taken over before all of it fits.
 *
 * @throws RangeError naming what does not fit
 */
export function checkCopyState(state: Readonly<Record<string, unknown>>, limits: Limits): CopyState {
  const given = state as unknown as CopyState
  checkWhole("the snapshot's shopper", given.shopper, 0, limits.shoppers - 1)
  checkWhole("the snapshot's step", given.step, 0, limits.horizon - 1)
  checkWhole("the snapshot's engaged steps", given.engagedSteps, 0, given.step)
  checkWhole("the snapshot's hour", given.hour, 0, 23)
  checkWhole("the snapshot's weekday", given.weekday, 0, 6)
  checkWhole("the snapshot's history length", given.history?.length, 0, limits.historyLength)
  for (const item of given.history) checkWhole("an item in the snapshot's history", item, 0, limits.items - 1)
  const counts = limits.counted ? limits.items : 0
  checkWhole("the snapshot's number of counted items", given.shown?.length, counts, counts)
  return given
}
