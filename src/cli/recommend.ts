/** `shoplab recommend`: what a saved agent would show to a shopper who walks in. */
import { type RankedItem, recommender } from '../train/recommender'
import { printTable } from './print-table'
import { writeJson } from './write-json'

export interface RecommendOptions {
  readonly user: string
  readonly k?: number
  readonly seed?: number
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

const USUAL_COUNT = 5

export async function recommendCommand(run: string, { user, k, seed = 0, modelVersion, json }: RecommendOptions): Promise<void> {
  const serving = await recommender(run, { seed, ...(modelVersion !== undefined && { version: modelVersion }) })
  try {
    const { agent, env } = serving.policy
    const { actions } = env
    const most = actions.kind === 'discrete' ? actions.n : actions.kind === 'slate' ? actions.size : 1
    const items = serving.recommend(user, k ?? Math.min(USUAL_COUNT, most))
    const about = serving.about(user)
    if (json) writeJson({ run: serving.folder, agent, user, ...(about !== undefined && { about: about.split('\n') }), items })
    else {
      if (about !== undefined) process.stdout.write(`${sampleOutput(user, about, items[0]!)}\n${items.length > 1 ? '\n' : ''}`)
      if (about === undefined || items.length > 1) tell(items, agent)
    }
  } finally {
    serving.dispose()
  }
}

/** The offers agent's sample output, as its document has it. */
function sampleOutput(user: string, about: string, { title }: RankedItem): string {
  return `Recommendation for User ${user.replace(/^user_/, '')}:\n${about}\n\nRecommended Action:\n${title}`
}

function tell(items: readonly RankedItem[], agent: string): void {
  printTable(items.map(row => ({ ...row, score: row.score.toFixed(3) })))
  process.stdout.write(`\nscore: ${scoreMeanings[agent] ?? "the agent's own; higher is better"}\n`)
}
