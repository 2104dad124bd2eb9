/** A step in words, from its buffers and events: "shown A, B; clicked B; bought B for 12.30; reward 1.00". */
import type { Env } from './env'
import { type EventKind, eventCode } from './events'

/** How a kind of event reads before the items it happened to; those without words stand in the reward or in what was done. */
const words: Readonly<Partial<Record<EventKind, string>>> = {
  impression: 'shown',
  view: 'looked at',
  click: 'clicked',
  like: 'liked',
  cart: 'put into the cart',
  remove: 'took out of the cart',
  purchase: 'bought',
  share: 'shared',
  dislike: 'disliked',
  report: 'reported',
  spam: 'reported as spam',
}

const withoutItem: Readonly<Partial<Record<EventKind, string>>> = {
  unsubscribe: 'unsubscribed',
  leave: 'left',
  return: 'will come back',
}

/** What stands above is told first. */
const order = [...Object.keys(words), ...Object.keys(withoutItem)] as EventKind[]

/**
 * @param label what an item is called
 * @param done  what the shop did, in its own words; left out, the items of the impressions
 */
export function tellStep(env: Env, copy: number, label: (item: number) => string, done?: string): string {
  const { events } = env
  const parts: string[] = done === undefined ? [] : [done]
  for (const kind of order) {
    if (kind === 'impression' && done !== undefined) continue
    const happened: string[] = []
    for (let at = 0; at < events.count; at++) {
      if (events.copy[at] !== copy || events.kind[at] !== eventCode[kind]) continue
      const item = label(events.item[at]!)
      happened.push(kind === 'purchase' && events.price[at]! > 0 ? `${item} for ${events.price[at]!.toFixed(2)}` : item)
    }
    if (happened.length === 0) continue
    if (words[kind]) parts.push(`${words[kind]} ${happened.join(', ')}`)
    else if (withoutItem[kind]) parts.push(withoutItem[kind])
  }
  parts.push(`reward ${env.rewards[copy]!.toFixed(2)}`)
  if (env.terminated[copy]) parts.push('the session ended')
  if (env.truncated[copy]) parts.push('the session was cut off')
  return parts.join('; ')
}
