/** Whether a shop knows its shoppers by name, so that one of them can be recommended to. */
import type { CandyStore } from '../envs/candy-store'
import type { Env } from '../envs/env'

export function knowsShoppers(env: Env): env is CandyStore {
  return 'firstObservation' in env
}
