/** `shoplab recommend`: the items that a saved agent would show to a shopper who walks in. */
import { recommender } from '../train/recommender'
import { printTable } from './print-table'
import { writeJson } from './write-json'

export interface RecommendOptions {
  readonly user: string
  readonly k: number
  readonly modelVersion?: number
  readonly json?: boolean
}

/** What an agent's score is, by its kind. */
const scoreMeanings: Readonly<Record<string, string>> = {
  'double-dqn': "the agent's own guess of the discounted reward to come when it shows the item now",
  'lin-ucb': "the agent's own guess of the reward of showing the item now",
  'epsilon-greedy': 'the mean reward of showing the item that the agent saw; the same for everybody',
  'content-based': "the cosine of the shopper's taste and the item",
  popularity: 'the click-through rate that the agent saw, smoothed; the same for everybody',
  random: 'chance; it means nothing',
}

export async function recommendCommand(run: string, { user, k, modelVersion, json }: RecommendOptions): Promise<void> {
  const serving = await recommender(run, modelVersion === undefined ? {} : { version: modelVersion })
  try {
    const { agent } = serving.policy
    const items = serving.recommend(user, k)
    if (json) writeJson({ run: serving.folder, agent, user, items })
    else {
      printTable(items.map(row => ({ ...row, score: row.score.toFixed(3) })))
      process.stdout.write(`\nscore: ${scoreMeanings[agent] ?? "the agent's own; higher is better"}\n`)
    }
  } finally {
    serving.dispose()
  }
}
