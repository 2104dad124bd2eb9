/** Recommendations from saved models, as a service asks for them: by shopper, with titles, from the version that serves, scores cached. */
import type { Agent } from '../agents/agent'
import { bestItems } from '../agents/recommend'
import { rowCache } from '../data/row-cache'
import { UserError } from '../data/user-error'
import type { Space } from '../envs/env'
import { makeEnv } from '../envs/registry'
import { actionWidth } from '../envs/spaces'
import { checkShopFiles, loadModel, type Policy } from './model-file'
import { folderOf, isShelf } from './model-versions'
import { type Named, type ShopFront, shopFront, type Visitor } from './shop-front'

export interface RankedItem extends Named {
  /** 1 is the best, or the first place of a page. */
  readonly rank: number
  /** The agent's own; NaN for a choice of several parts, which has none. */
  readonly score: number
}

export interface Recommender {
  /** The folder that the model now serving was read from, and what it is. */
  readonly folder: string
  readonly policy: Policy
  /**
   * What the model would show to a shopper who walks in: the k items or offers that it scores highest; in simshop the first k of its page;
   * where a choice has several parts (offers as they are) its one choice.
   *
   * @param user    id (`user_42`) or row number; in simshop a type (`brand_lover`)
   * @param k       1 to the number of items; to the length of a page; 1
   * @param exclude row numbers of items that must not be in the list, where a list is ranked
   * @throws UserError when there is no such shopper, or k is out of range
   */
  recommend(user: string | number, k: number, exclude?: Iterable<number>): RankedItem[]
  /** What is known of the shopper, in lines of words; undefined where the shop tells nothing. Offers: the document's "State Features". */
  about(user: string | number): string | undefined
  /** Serves another version of the shelf from now on, or the one that is current by now; requests before it is loaded get the old one. */
  use(version?: number): Promise<void>
  /** How often the scores of a shopper were there already, and how often the model was asked. */
  readonly cache: { readonly hits: number; readonly misses: number; readonly size: number }
  dispose(): void
}

export interface SavedRecommenderOptions {
  /** Of a shelf of versions; the one that serves. */
  readonly version?: number
  /** Shoppers whose scores are kept; 1,000. */
  readonly remember?: number
  /** Of what a visit draws, which is simshop's candidates; 0. */
  readonly seed?: number
}

interface Model {
  readonly folder: string
  readonly agent: Agent
  readonly policy: Policy
  readonly front: ShopFront
}

/**
 * Opens a saved model, or a shelf of versions, for recommending.
 *
 * @param place a folder that `saveModel` or `saveVersion` wrote
 * @throws UserError when there is no model, it is damaged, its shop's files have changed, or nobody can be asked for in its shop
 */
export async function savedRecommender(
  place: string,
  { version, remember = 1000, seed = 0 }: SavedRecommenderOptions = {},
): Promise<Recommender> {
  const cache = rowCache(remember)
  let model = await open(place, version)
  return {
    get folder() {
      return model.folder
    },
    get policy() {
      return model.policy
    },
    cache,
    recommend(user, k, exclude = []) {
      const { agent, front, policy } = model
      const { actions } = policy.env
      checkCount(k, actions)
      const visitor = front.come(user, seed)
      if (actions.kind === 'discrete') {
        const scores = cache.get(String(user), () => scoresOf(agent, visitor, actions.n))
        return bestItems(scores, k, { exclude }).map(({ item, score }, at) => ({ rank: at + 1, ...visitor.name(item), score }))
      }
      if (Array.from(exclude).length > 0) {
        throw new UserError(`exclude names items, but ${policy.env.name} is served ${actions.kind} actions, of which none can be left out`)
      }
      const action = new Int32Array(actionWidth(actions))
      agent.act(visitor.observation, false, action)
      if (actions.kind === 'multi-discrete') return [{ rank: 1, ...visitor.name(front.numberOf!(action)), score: Number.NaN }]
      const scores = scoresOf(agent, visitor, actions.candidates)
      return Array.from(action.subarray(0, k), (choice, at) => ({ rank: at + 1, ...visitor.name(choice), score: scores[choice]! }))
    },
    about: user => model.front.come(user, seed).about,
    async use(next) {
      const opened = await open(place, next)
      model.agent.dispose()
      model = opened
      // The scores kept are the old model's.
      cache.clear()
    },
    dispose: () => model.agent.dispose(),
  }
}

function scoresOf(agent: Agent, { observation }: Visitor, count: number): Float32Array {
  const scores = new Float32Array(count)
  agent.scores(observation, scores)
  return scores
}

function checkCount(k: number, actions: Space): void {
  const most = actions.kind === 'discrete' ? actions.n : actions.kind === 'slate' ? actions.size : 1
  if (Number.isInteger(k) && k >= 1 && k <= most) return
  if (actions.kind === 'multi-discrete') throw new UserError(`k is ${k}; the agent makes one choice, of several parts, so it must be 1`)
  const what = actions.kind === 'discrete' ? `there are ${most} to choose from` : `a page has ${most} places`
  throw new UserError(`k is ${k}; ${what}, so it can be 1 to ${most}`)
}

async function open(place: string, version: number | undefined): Promise<Model> {
  const shelf = isShelf(place)
  if (version !== undefined && !shelf)
    throw new UserError(`${place} is a single model and has no version ${version}; saveVersion makes versions`)
  const folder = shelf ? folderOf(place, version) : place
  const { agent, policy } = await loadModel(folder)
  try {
    checkShopFiles(folder, policy)
    return { folder, agent, policy, front: shopFront(makeEnv(policy.env.name, 1, policy.env.options)) }
  } catch (error) {
    agent.dispose()
    throw error
  }
}
