/** Recommending to people: from a saved model that stays as it is, or by an agent that learns from what they do. */
import type { Agent } from '../agents/agent'
import type { Env } from '../envs/env'
import { type OnlineRecommender, type OnlineRecommenderOptions, onlineRecommender } from './online-recommender'
import { type Recommender, type SavedRecommenderOptions, savedRecommender } from './saved-recommender'

export type { Chosen, Feedback, OnlineRecommendation, OnlineRecommender, OnlineRecommenderOptions } from './online-recommender'
export type { RankedItem, Recommender, SavedRecommenderOptions } from './saved-recommender'

/**
 * `await recommender('runs/first')` opens a saved model, or a shelf of versions, which serves and does not learn.
 *
 * @param place a folder that `saveModel` or `saveVersion` wrote
 * @throws UserError when there is no model, it is damaged, its shop's files have changed, or nobody can be asked for in its shop
 */
export function recommender(place: string, options?: SavedRecommenderOptions): Promise<Recommender>
/**
 * `recommender(shop, agent)` lets an agent serve and learn from feedback.
 *
 * @param env for its spec, its items and its shoppers; it is not stepped
 */
export function recommender(env: Env, agent: Agent, options?: OnlineRecommenderOptions): OnlineRecommender
export function recommender(
  what: string | Env,
  second?: Agent | SavedRecommenderOptions,
  options?: OnlineRecommenderOptions,
): Promise<Recommender> | OnlineRecommender {
  if (typeof what === 'string') return savedRecommender(what, second as SavedRecommenderOptions | undefined)
  return onlineRecommender(what, second as Agent, options)
}
