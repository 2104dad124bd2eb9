/**
 * RecoGym: users who view products of their own accord (organic) and are recommended one now and then (bandit), as on the pages of a
 * shop and in its advertisements elsewhere. Source: RecoGym's env_1 (Rohde et al. 2018, arXiv 1808.00720),
 * https://github.com/criteo-research/reco-gym, commit f8553d1 (Apache-2.0), recogym/envs/reco_env_v1.py and abstract.py.
 *
 * Views and clicks follow from a taste that nobody sees and that drifts while the user views (recogym-users.ts), over products drawn by
 * `worldSeed` (recogym-world.ts). A step is one recommendation, of one product, and what the user does until the next one is due: nothing,
 * or an organic session, always after a click. Reward: 1 for a click, else 0. Ends: the user leaves (terminated), after 82 steps on
 * average; after 10,000 (truncated), which one user in 10^50 reaches.
 *
 * An episode begins when a user has viewed products and is due a recommendation. One in 26 leaves before; such users are drawn, in their
 * order, but never met. The original's logs have their views, and for the end of every user one more recommendation without a click, which
 * nobody saw (recogym-logs.ts).
 *
 * Observation: history, how often the user has viewed each product in this visit [products]; context, views since the last
 * recommendation [1].
 *
 * Events: view for each view, impression, click, in the order they happen; the views of the first session come with the first step,
 * before its impression. Products have no price.
 *
 * How much is drawn depends on what happens (recogym-users.ts), so two policies under one seed meet the same luck until a click parts them.
 * With `numpyTrace` copy i is drawn by RandomState(seed + i), in the original's order.
 */
import { defineEnv } from './define-env'
import type { Env } from './env'
import { type EventLog, eventCode } from './events'
import { traceGenerator } from './recogym-draws'
import { type RecogymOptions, recogymSettings } from './recogym-options'
import { bandit, gone, recogymUsers, type UserState } from './recogym-users'
import { recogymWorld } from './recogym-world'

export type { RecogymOptions } from './recogym-options'

/** RecoGym, with what it alone has. */
export interface Recogym extends Env {
  /** [copies]: number of the user now served, counted in each copy from 1; those who left before a recommendation count too. */
  readonly users: Int32Array
}

/**
 * `recogym(64)` serves 64 users of the original's 10 products; `{ products: 100, flips: 50 }` more of them, whose views tell less of
 * clicks. A copy takes about 5 KB, since a step may bring 186 events.
 *
 * @param copies users served at once, 1 to 100,000
 * @throws RangeError naming the option, its value and what is allowed
 */
export function recogym(copies: number, options: RecogymOptions = {}): Recogym {
  const settings = recogymSettings(options)
  const { products, horizon, numpyTrace } = settings
  const users = recogymUsers(settings, recogymWorld(settings))
  const { mostViews, arrive, browse, recommend } = users
  // Imported constants are read through a getter wherever modules become CommonJS.
  const { impression, click, view } = eventCode
  const [inBandit, isGone] = [bandit, gone]

  function tellSession(copy: number, { session, sessionLength }: UserState, events: EventLog): void {
    const from = copy * mostViews
    for (let at = from; at < from + sessionLength[copy]!; at++) events.add(copy, view!, session[at]!, 0, 0, 0)
  }

  const { env, state } = defineEnv(copies, {
    name: 'recogym',
    preset: settings.preset,
    options: settings,
    layout: [
      { name: 'history', offset: 0, shape: [products] },
      { name: 'context', offset: products, shape: [1] },
    ],
    actions: { kind: 'discrete', n: products },
    horizon,
    eventsPerStep: 2 * mostViews + 2,
    state: users.columns,
    ...(numpyTrace ? { generator: (seed: number, copy: number) => traceGenerator(seed + copy) } : {}),

    begin(copy, state, generator) {
      do {
        arrive(copy, state, generator)
        browse(copy, state, generator)
      } while (state.place[copy] !== inBandit)
    },

    observe(copy, { views, sessionLength }, row, offset) {
      const from = copy * products
      for (let product = 0; product < products; product++) row[offset + product] = views[from + product]!
      row[offset + products] = sessionLength[copy]!
    },

    step(copy, state, actions, at, generator, { rewards, chosen, events }) {
      if (state.steps[copy] === 1) tellSession(copy, state, events)
      const product = actions[at]!
      const clicked = recommend(copy, state, product, generator)
      events.add(copy, impression!, product, 0, 0, 0)
      if (clicked) {
        rewards[copy] = 1
        chosen[copy] = 0
        events.add(copy, click!, product, 0, 0, 0)
      }
      tellSession(copy, state, events)
      return state.place[copy] === isGone
    },

    expected: (copy, state, actions, at) => users.clickProbability(copy, state, actions[at]!),

    who(copy, { user, views }) {
      let seen = 0
      for (let at = copy * products; at < (copy + 1) * products; at++) seen += views[at]!
      return `user ${user[copy]}, ${seen} ${seen === 1 ? 'view' : 'views'} so far`
    },

    label: product => `product ${product}`,
  })
  return Object.assign(env, { users: state.user })
}
