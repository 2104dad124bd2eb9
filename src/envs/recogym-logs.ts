/**
 * RecoGym's logs as the original makes them, for published figures: users one after another under one policy, all drawn by one RandomState.
 *
 * Source: github.com/criteo-research/reco-gym, commit f8553d1, generate_logs in recogym/envs/abstract.py, and the agents in recogym/agents.
 *
 * The original asks once more for a recommendation when a user has left, and logs it without a click, though nobody saw it. Its
 * click-through rates count these rows, one a user: 1.3 % of all, so they are lower by as much. Both counts are given here.
 */
import { NumpyRandomState } from '../random/numpy-random-state'
import { makeState } from './copy-state'
import { type RecogymOptions, recogymSettings } from './recogym-options'
import { bandit, recogymUsers } from './recogym-users'
import { recogymWorld } from './recogym-world'

/** Who recommends. */
export interface LogPolicy {
  /** A new user has come. */
  begin?(): void
  /**
   * @param session products viewed since the last recommendation, in order
   * @param length  how many of them count
   * @returns the product recommended
   */
  act(session: Int32Array, length: number): number
}

export interface LogCounts {
  readonly users: number
  /** [products] */
  readonly views: Float64Array
  /** Recommendations that a user saw. */
  readonly impressions: number
  readonly clicks: number
  /** The original's rows of recommendations: the impressions and one more for every user. */
  readonly loggedRecommendations: number
}

export interface RecogymLogs {
  /** The original's `env.reset()` without a step: the taste of a user who then does nothing. */
  skipUser(): void
  /** Each product equally likely, drawn by the users' own RandomState: what the original does where there is no agent. */
  drawProduct(): number
  /** @param policy left out: `drawProduct` */
  run(users: number, policy?: LogPolicy): LogCounts
}

/** @param seed of the users, a whole number below 2^32; the original's random_seed is this and the option worldSeed at once */
export function recogymLogs(options: RecogymOptions, seed: number): RecogymLogs {
  const settings = recogymSettings(options)
  const { columns, arrive, browse, recommend } = recogymUsers(settings, recogymWorld(settings))
  const random = new NumpyRandomState(seed)
  const state = makeState(columns, 1)
  const drawProduct = () => random.randint(0, settings.products)

  return {
    skipUser: () => arrive(0, state, random),
    drawProduct,

    run(users, policy = { act: drawProduct }) {
      const views = new Float64Array(settings.products)
      let impressions = 0
      let clicks = 0
      for (let user = 0; user < users; user++) {
        arrive(0, state, random)
        policy.begin?.()
        browse(0, state, random)
        while (state.place[0] === bandit) {
          impressions++
          if (recommend(0, state, policy.act(state.session, state.sessionLength[0]!), random)) clicks++
        }
        policy.act(state.session, state.sessionLength[0]!)
        for (let product = 0; product < views.length; product++) views[product]! += state.views[product]!
      }
      return { users, views, impressions, clicks, loggedRecommendations: impressions + users }
    },
  }
}

/** Each product equally likely: the original's RandomAgent. */
export function randomProducts(products: number, seed: number): LogPolicy {
  const random = new NumpyRandomState(seed)
  return { act: () => random.randint(0, products) }
}

/** In proportion to views counted before: the PopularityAgent of the original's notebook "Getting Started", with a seed. */
export function inProportionTo(views: Float64Array, seed: number): LogPolicy {
  const random = new NumpyRandomState(seed)
  const total = views.reduce((sum, count) => sum + count, 0)
  const shares = views.map(count => count / total)
  return { act: () => random.choice(shares) }
}

/** In proportion to the user's own views in this visit: the original's OrganicUserEventCounterAgent with select_randomly and no epsilon. */
export function inProportionToOwnViews(products: number, seed: number): LogPolicy {
  const random = new NumpyRandomState(seed)
  const views = new Float64Array(products)
  const shares = new Float64Array(products)
  let total = 0
  return {
    begin() {
      views.fill(0)
      total = 0
    },
    act(session, length) {
      for (let at = 0; at < length; at++) views[session[at]!]!++
      total += length
      if (length > 0) for (let product = 0; product < products; product++) shares[product] = views[product]! / total
      // It draws first whether to explore, though with epsilon 0 it never does.
      random.next()
      return random.choice(shares)
    },
  }
}
