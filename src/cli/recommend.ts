/** `shoplab recommend`: the items that a saved agent would show to a shopper who walks in. */
import { recommend } from '../agents/recommend'
import { generateTables } from '../data/generate-tables'
import { readTables } from '../data/read-tables'
import { UserError } from '../data/user-error'
import type { Spec } from '../envs/env'
import { makeEnv } from '../envs/registry'
import { checkShopFiles, loadModel } from '../train/model-file'
import { knowsShoppers } from './knows-shoppers'
import { printTable } from './print-table'
import { writeJson } from './write-json'

export interface RecommendOptions {
  readonly user: string
  readonly k: number
  readonly json?: boolean
}

/** What an agent's score is, by its kind. */
const scoreMeanings: Readonly<Record<string, string>> = {
  'double-dqn': "the agent's own guess of the discounted reward to come when it shows the item now",
  'lin-ucb': "the agent's own guess of the reward of showing the item now",
  popularity: 'the click-through rate that the agent saw, smoothed; the same for everybody',
  random: 'chance; it means nothing',
}

export async function recommendCommand(run: string, { user, k, json }: RecommendOptions): Promise<void> {
  const { agent, policy } = await loadModel(run)
  try {
    checkShopFiles(run, policy)
    const env = makeEnv(policy.env.name, 1, policy.env.options)
    if (!knowsShoppers(env)) throw new UserError(`${env.spec.name} has no catalogue of shoppers; recommend works with the candy-store`)
    const observation = env.firstObservation(user)
    const { ids, titles, categories } = catalogueOf(policy.env)
    if (k > ids.length) throw new UserError(`k is ${k}; the shop sells ${ids.length} items, so it can be at most ${ids.length}`)
    const items = recommend(agent, observation, ids.length, k).map(({ item, score }, at) => ({
      rank: at + 1,
      item: ids[item]!,
      title: titles[item]!,
      category: categories[item]!,
      score,
    }))
    if (json) writeJson({ run, agent: agent.kind, user, items })
    else {
      printTable(items.map(row => ({ ...row, score: row.score.toFixed(3) })))
      process.stdout.write(`\nscore: ${scoreMeanings[agent.kind] ?? "the agent's own; higher is better"}\n`)
    }
  } finally {
    agent.dispose()
  }
}

/** What the shop sells, from the tables it was made of. */
function catalogueOf({ options }: Spec) {
  const { tables, dataSeed, users, items } = options as { tables?: string; dataSeed: number; users: number; items: number }
  return (tables === undefined ? generateTables({ seed: dataSeed, users, items, interactions: 0 }) : readTables(tables)).items
}
