/**
 * The interaction log: twenty recommendations to one user, out of a catalogue; a click or none. Source: seed 002,
 * github.com/kryptologyst/Reinforcement-Learning-for-Recommendation-Systems at commit 465a2de.
 *
 * Behind the shop stands a log of weights, user × item, 1,000 × 500 with 10,000 rows (src/data/interaction-log.ts). Observation [1]: the id
 * of the user, nothing else, and it does not change. Action: an item. Ends: after 20 recommendations, truncated. Reward: 1 for a click, else 0.
 * - corrected (default): a click has the chance affinity(user, item), the true affinity that the log was drawn from, for pairs that are in
 *   the log and pairs that are not. It is a contextual bandit.
 * - published: the reward is 1 where the logged weight is exactly 1. The largest weight of the log is .74997, so every reward is 0.
 * The original's metrics share that threshold. `relevantByQuantile` (src/data) asks for the user's own top quarter; src/metrics has pairwise
 * diversity without the diagonal (intra-list-diversity.ts) and MAP / min(k, |relevant|) (average-precision.ts), which the original lacks.
 *
 * Variant `session`, ours: a small decision process, in which order matters. Observation [2]: the user's segment (four by age) and the category
 * shown last (one more id for none). With affinity as above,
 *   appetite(segment, item) = .9 · the segment's mean affinity / that of its best item
 *   fullness(segment, last) = (best appetite in that category - the least such best) / (the most such best - the least), 0 before the first item
 *   click: appetite · (1 - .08 fullness) · (.7 if the item is of the last category, else 1)
 *   no click: the shopper leaves with chance .4 fullness (terminated)
 * and `last` becomes the item's category, clicked or not. So what a segment likes best fills it up: the myopic oracle serves that, and shoppers
 * leave. The four numbers are calibrated (lab/calibrate/interaction-log.ts): with the default log the best plan is worth 28 % more than the
 * myopic oracle over an episode, over eight logs 19 to 31 %, and the best plan at discount .9 21 % (11 to 22 %). A blunder costs
 * most where the shopper is full, so SARSA, which blunders one time in ten, values and serves otherwise than Q-learning.
 *
 * Events: impression; click; purchase for a tenth of the clicks, at the item's price; leave, item -1.
 * Each copy draws one uniform for an episode and one for a step (two in a session) whatever is done, so that two policies under one seed
 * meet the same luck: an item with the higher chance is clicked whenever the other is. In variant `session` that ends, for a copy, with the
 * first session that a shopper leaves under one policy and not under the other: from then on the two serve other shoppers with other luck.
 */
import { checkWhole } from '../data/check'
import { findUser } from '../data/find-row'
import type { ShopTables } from '../data/tables'
import { integer } from '../random/draws'
import { wholes } from './copy-state'
import { defineEnv } from './define-env'
import type { Block, Env } from './env'
import { eventCode } from './events'
import { appliedOptions, type InteractionLogOptions, interactionLogSettings } from './interaction-log-options'
import { segments, sessionModel } from './interaction-log-session'
import { logWorld } from './interaction-log-world'

export type { InteractionLogOptions } from './interaction-log-options'

/** The interaction log, with what it alone has: the log and its users. */
export interface InteractionLog extends Env {
  readonly items: NonNullable<Env['items']>
  /** The log that agents may learn from, and the tables of users and items. */
  readonly tables: ShopTables
  /** The ids of all users; their place in the list is their row number. */
  readonly shopperIds: readonly string[]
  /** [copies]: row number of the user now served. */
  readonly shoppers: Int32Array
  /**
   * What an agent sees when this user's episode begins: [width], a new array. Draws nothing and moves nothing.
   *
   * @param user id (`user_42`) or row number
   * @throws UserError when there is no such user
   */
  shopperObservation(user: string | number): Float32Array
}

/**
 * An interaction log; `reset(seed)` opens it. `interactionLog(1, { tables: 'folder' })` is the shop of your own three CSV files.
 *
 * @param copies users served at once, 1 to 100,000
 * @throws RangeError naming the option, its value and what is allowed; UserError for files that cannot be read
 */
export function interactionLog(copies: number, options: InteractionLogOptions = {}): InteractionLog {
  checkWhole('copies', copies, 1, 100_000)
  const settings = interactionLogSettings(options)
  const world = logWorld(settings)
  const { users, items } = world.tables
  const { price, count: itemCount } = items
  const { purchaseShare, marginShare } = settings
  const category = world.categories.of
  const none = world.categories.names.length
  const session = settings.variant === 'session' ? sessionModel(world, settings) : undefined
  const clicks = session?.clicks ?? world.affinity
  const { impression, click, purchase, leave } = eventCode

  const { env, state } = defineEnv(copies, {
    name: 'interaction-log',
    preset: settings.preset,
    options: { ...appliedOptions(settings), ...world.options },
    layout: session ? sessionLayout(none + 1) : [{ name: 'user', offset: 0, shape: [1], categories: [users.count] }],
    actions: { kind: 'discrete', n: itemCount },
    horizon: settings.horizon,
    items: world.items,
    eventsPerStep: 3,
    // `last` is the category shown last; only a session moves it.
    state: { user: wholes(1, 0, users.count - 1), last: wholes(1, 0, none) },

    begin(copy, { user, last }, generator) {
      user[copy] = integer(generator, users.count)
      last[copy] = none
    },

    observe(copy, { user, last }, row, offset) {
      if (session === undefined) {
        row[offset] = user[copy]!
        return
      }
      row[offset] = session.segmentOf[user[copy]!]!
      row[offset + 1] = last[copy]!
    },

    step(copy, shopper, actions, at, generator, { rewards, chosen, events }) {
      const item = actions[at]!
      const situation = situationOf(copy, shopper)
      const chance = clicks[situation * itemCount + item]!
      const draw = generator.next()
      events.add(copy, impression, item, 0, price[item]!, 0)
      if (draw < chance) {
        rewards[copy] = 1
        chosen[copy] = 0
        events.add(copy, click, item, 0, price[item]!, 0)
        if (draw < chance * purchaseShare) events.add(copy, purchase, item, 0, price[item]!, marginShare * price[item]!)
      }
      if (session === undefined) return false
      shopper.last[copy] = category[item]!
      const leaves = generator.next() < session.leaves[situation]! && draw >= chance
      if (leaves) events.add(copy, leave, -1, 0, 0, 0)
      return leaves
    },

    expected: (copy, shopper, actions, at) => clicks[situationOf(copy, shopper) * itemCount + actions[at]!]!,

    who(copy, { user }) {
      const row = user[copy]!
      return `${users.ids[row]} (${users.age[row]}, ${users.gender[row]}, ${users.location[row]})`
    },
  })

  /** The row of `clicks` that counts: the user, or segment and last category. */
  function situationOf(copy: number, { user, last }: { readonly user: Int32Array; readonly last: Int32Array }): number {
    return session === undefined ? user[copy]! : session.segmentOf[user[copy]!]! * session.lasts + last[copy]!
  }

  return Object.assign(env, {
    items: world.items,
    tables: world.tables,
    shopperIds: users.ids,
    shoppers: state.user,
    shopperObservation(user: string | number) {
      const row = findUser(users.ids, user)
      return session === undefined ? Float32Array.of(row) : Float32Array.of(session.segmentOf[row]!, none)
    },
  })
}

/** Two ids: the user's segment, and the category shown last. */
function sessionLayout(lasts: number): Block[] {
  return [
    { name: 'user', offset: 0, shape: [1], categories: [segments.length] },
    { name: 'history', offset: 1, shape: [1], categories: [lasts] },
  ]
}
