/** Recommendations from saved models, as a service asks for them: by shopper, with titles, from the version that serves, scores cached. */
import type { Agent } from '../agents/agent'
import { bestItems } from '../agents/recommend'
import { generateTables } from '../data/generate-tables'
import { readTables } from '../data/read-tables'
import { rowCache } from '../data/row-cache'
import type { Catalogue } from '../data/tables'
import { UserError } from '../data/user-error'
import type { CandyStore } from '../envs/candy-store'
import type { Spec } from '../envs/env'
import { knowsShoppers } from '../envs/knows-shoppers'
import { makeEnv } from '../envs/registry'
import { checkShopFiles, loadModel, type Policy } from './model-file'
import { folderOf, isShelf } from './model-versions'

export interface RankedItem {
  /** 1 is the best. */
  readonly rank: number
  readonly item: string
  readonly title: string
  readonly category: string
  readonly score: number
}

export interface Recommender {
  /** The folder that the model now serving was read from, and what it is. */
  readonly folder: string
  readonly policy: Policy
  /**
   * The k items that the model scores highest for a shopper who walks in.
   *
   * @param user    id (`user_42`) or row number
   * @param k       1 to the number of items
   * @param exclude row numbers of items that must not be in the list
   * @throws UserError when there is no such shopper, or k is out of range
   */
  recommend(user: string | number, k: number, exclude?: Iterable<number>): RankedItem[]
  /** Serves another version of the shelf from now on, or the one that is current by now; requests before it is loaded get the old one. */
  use(version?: number): Promise<void>
  /** How often the scores of a shopper were there already, and how often the model was asked. */
  readonly cache: { readonly hits: number; readonly misses: number; readonly size: number }
  dispose(): void
}

interface Model {
  readonly folder: string
  readonly agent: Agent
  readonly policy: Policy
  readonly shop: CandyStore
  readonly catalogue: Catalogue
}

/**
 * Opens a saved model, or a shelf of versions, for recommending.
 *
 * @param place    a folder that `saveModel` or `saveVersion` wrote
 * @param version  of a shelf; the one that serves unless told
 * @param remember shoppers whose scores are kept; 1,000
 * @throws UserError when there is no model, it is damaged, or its shop's files have changed
 */
export async function recommender(
  place: string,
  { version, remember = 1000 }: { readonly version?: number; readonly remember?: number } = {},
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
      const { agent, shop, catalogue } = model
      const count = catalogue.ids.length
      if (!(Number.isInteger(k) && k >= 1 && k <= count)) {
        throw new UserError(`k is ${k}; the shop sells ${count} items, so it can be 1 to ${count}`)
      }
      const scores = cache.get(String(user), () => {
        const row = new Float32Array(count)
        agent.scores(shop.firstObservation(user), row)
        return row
      })
      return bestItems(scores, k, { exclude }).map(({ item, score }, at) => ({
        rank: at + 1,
        item: catalogue.ids[item]!,
        title: catalogue.titles[item]!,
        category: catalogue.categories[item]!,
        score,
      }))
    },
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

async function open(place: string, version: number | undefined): Promise<Model> {
  const shelf = isShelf(place)
  if (version !== undefined && !shelf)
    throw new UserError(`${place} is a single model and has no version ${version}; saveVersion makes versions`)
  const folder = shelf ? folderOf(place, version) : place
  const { agent, policy } = await loadModel(folder)
  try {
    checkShopFiles(folder, policy)
    const shop = makeEnv(policy.env.name, 1, policy.env.options)
    if (!knowsShoppers(shop)) throw new UserError(`${folder} is a run of ${shop.spec.name}; recommend serves the candy-store alone for now`)
    return { folder, agent, policy, shop, catalogue: catalogueOf(policy.env) }
  } catch (error) {
    agent.dispose()
    throw error
  }
}

/** What the shop sells, from the tables it was made of. */
function catalogueOf({ options }: Spec): Catalogue {
  const { tables, dataSeed, users, items } = options as { tables?: string; dataSeed: number; users: number; items: number }
  return (tables === undefined ? generateTables({ seed: dataSeed, users, items, interactions: 0 }) : readTables(tables)).items
}
