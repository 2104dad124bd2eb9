/**
 * What counts as a success of what was shown, for agents that count yes and no.
 *
 *   'click'    the shopper engaged with it: `chosen`, and on a page of several items every click that is told of. In the offers shop, a
 *              message was opened
 *   'purchase' it was bought; where one action is taken at a time, anything was bought in that step
 *   'reward'   the step's reward is above 0, whatever its size; for all that stood on the page
 */
import type { Env } from '../envs/env'
import { eventCode } from '../envs/events'
import { type Field, oneOf } from './options'

export const successKinds = ['click', 'purchase', 'reward'] as const

export type Success = (typeof successKinds)[number]

export interface SuccessOptions {
  /** What counts as a success: 'click', 'purchase', or 'reward' (above 0); 'click'. */
  readonly success: Success
}

/** The reader of the option. */
export const successField = (): Field => oneOf(successKinds).default('click')

/**
 * @param places items on a copy's page; 1 where one action is taken at a time
 * @param out    [copies, places], overwritten with 1 for a success, else 0
 */
export function markSuccesses(env: Env, places: number, success: Success, out: Uint8Array): void {
  const { copies, chosen, rewards, events } = env
  out.fill(0)
  if (success === 'reward') {
    for (let at = 0; at < copies * places; at++) out[at] = rewards[(at / places) | 0]! > 0 ? 1 : 0
    return
  }
  if (success === 'click') for (let copy = 0; copy < copies; copy++) if (chosen[copy]! >= 0) out[copy * places + chosen[copy]!] = 1
  // One item at a time is clicked or not, which `chosen` says; a page may be clicked on in several places.
  if (success === 'click' && places === 1) return
  const code = eventCode[success]
  for (let at = 0; at < events.count; at++) {
    if (events.kind[at] !== code) continue
    out[events.copy[at]! * places + (places === 1 ? 0 : events.position[at]!)] = 1
  }
}
