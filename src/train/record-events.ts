/** Sessions played and recorded: somebody serves shoppers greedily, and everything that happens is kept for the metrics. */
import type { Actor } from '../agents/myopic-oracle'
import { checkKeys, checkNumber, checkWhole } from '../data/check'
import type { Env } from '../envs/env'
import { actionWidth } from '../envs/spaces'
import { eventRecorder } from '../metrics/event-recorder'
import type { RecordedEvents } from '../metrics/recorded-events'
import { isActor, isShop, said } from './said'

export interface PlaySessionsOptions {
  /** 1 to 1,000,000. */
  readonly sessions: number
  /** Of the shoppers and their luck; keep it apart from the seeds of training. */
  readonly seed: number
  /**
   * The segment of whom a copy serves; asked as a session begins. Left out, all are in one, 'all'. In the marketplace
   * `copy => (shop.users.age[shop.shoppers[copy]] < 25 ? 'young' : 'older')`; elsewhere what `env.observations` says of the copy may tell.
   */
  readonly segment?: (copy: number) => string
}

/**
 * Lets the actor serve so many shoppers: `businessMetrics(playSessions(shop, agent, { sessions: 500, seed: 1_000_000 }))`.
 *
 * Session number e is the first episode of copy e of the shop under the seed, as in `evaluate`: every actor meets the same shoppers with the
 * same luck, however many copies are stepped together.
 *
 * @param env a shop of its own: the call resets it
 * @throws RangeError naming the option, its value and what is allowed, and for what is no shop or no actor
 */
export function playSessions(env: Env, actor: Actor, options: PlaySessionsOptions): RecordedEvents {
  const form = 'playSessions(env, actor, { sessions: 100, seed: 1 })'
  if (!isShop(env)) throw new RangeError(`env is ${said(env)}; it must be a shop: ${form}`)
  if (!isActor(actor)) throw new RangeError(`actor is ${said(actor)}; it must be an actor, something with act: ${form}`)
  checkKeys('playSessions', options, ['sessions', 'seed', 'segment'])
  const sessions = checkWhole('sessions', options.sessions, 1, 1_000_000)
  const seed = checkNumber('seed', options.seed, -Number.MAX_VALUE, Number.MAX_VALUE)
  const { segment } = options
  const { copies } = env
  const recorder = eventRecorder(copies)
  const observations = new Float32Array(env.observations.length)
  const actions = new Int32Array(copies * actionWidth(env.spec.actions))

  for (let first = 0; first < sessions; first += copies) {
    env.reset(seed, first)
    // The last round may have more copies than sessions left.
    for (let copy = 0; copy < Math.min(copies, sessions - first); copy++) recorder.begin(copy, first + copy, segment?.(copy))
    while (recorder.open() > 0) {
      observations.set(env.observations)
      actor.act(observations, false, actions)
      env.step(actions)
      recorder.add(env)
    }
  }
  return recorder.recorded()
}
