/** Whether a shop knows its shoppers by name, so that one of them can be recommended to. */
import type { CandyStore } from './candy-store'
import type { Env } from './env'

export function knowsShoppers(env: Env): env is CandyStore {
  return 'firstObservation' in env
}
