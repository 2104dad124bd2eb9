/**
 * Writes what notebooks/shops/interaction-log-agents.ipynb reads, five seeds of everything, on the same shoppers for all of one seed:
 * what the agents of configs/default.yaml and their references earn after so much feedback (data/shops-interaction-log-agents-returns.csv), their
 * lists against the log's later rows (…-lists.csv), how they earned while they learned (…-curves.csv), and what plans of the session are
 * worth, reckoned without luck (…-plans.csv).
 */
import { join } from 'node:path'
import {
  type Agent,
  dataFolder,
  evaluate,
  type InteractionLog,
  interactionLog,
  makeAgent,
  playActors,
  rankLog,
  readTrainingFile,
  referenceActors,
  temporalSplit,
  train,
  writeRows,
} from 'shoplab'
import { interactionLogSettings } from '../../../src/envs/interaction-log-options'
import { logWorld } from '../../../src/envs/interaction-log-world'
import { sessionFigures, sessionOf } from '../../calibrate/interaction-log'
import { seedBySeed } from '../seed-by-seed'

interface Contestant {
  readonly label: string
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
  /** Amounts of feedback after which it is measured, each a training of its own. */
  readonly transitions: readonly number[]
}

const folder = dataFolder()
const { agents, env, evaluation } = readTrainingFile(join(folder, '..', 'configs', 'default.yaml'))
const world = env!.options
const k = evaluation.k!
const seeds = [1, 2, 3, 4, 5]
const episodes = 500 // greedy ones, of each trained agent
const block = 50 // sessions that one point of a curve stands for

// The file's 1,000 sessions of 20, five times as much, and the million of "for episode in range(1000): for user_id in range(n_users)".
const [file, more, most] = [20_000, 100_000, 1_000_000]

/** Those of the file by the names that people know them by. The DQN takes hundreds of times as long for a step as a table. */
const ofFile: Readonly<Record<string, Omit<Contestant, 'name' | 'options'>>> = {
  q_learning: { label: 'Q-learning', transitions: [file, more, most] },
  sarsa: { label: 'SARSA', transitions: [file, more, most] },
  dqn: { label: 'DQN', transitions: [file] },
  contextual_bandit: { label: 'LinUCB', transitions: [file, more] },
}

// Tried by hand under seeds 11 to 13: explores long, and takes ever smaller steps.
const patient = { epsilon: 1, epsilonDecay: 0.9999, epsilonEnd: 0.01 }

const contestants: readonly Contestant[] = [
  ...agents.map(({ label, name, options }) => ({ ...ofFile[label]!, name, options })),
  { label: 'popularity', name: 'popularity', options: {}, transitions: [file, more] },
  { label: 'patient Q-learning', name: 'q-learning', options: { ...patient, discount: 0.9, visitRate: 2 }, transitions: [most] },
  { label: 'patient bandit', name: 'q-learning', options: { ...patient, discount: 0, visitRate: 1 }, transitions: [most] },
]

/** One seed in one variant of the shop: each is a process of its own, two at a time. */
interface Part {
  readonly variant: 'user' | 'session'
  readonly seed: number
}

const parts: readonly Part[] = seeds.flatMap(seed => [
  { variant: 'user', seed },
  { variant: 'session', seed },
])

type Row = Record<string, string | number>
type Tables = Readonly<Record<'returns' | 'lists' | 'curves', Row[]>>

/** Every contestant under one seed. Lists and curves are of variant `user`, which is the document's. */
async function play({ variant, seed }: Part): Promise<Tables> {
  const tables: Tables = { returns: [], lists: [], curves: [] }
  const shopOf = (copies: number) => interactionLog(copies, { ...world, variant })
  const shop = shopOf(1)
  const fresh = shopOf(64)
  const ranked = (agent: string, transitions: number, actor: Pick<Agent, 'scores'>) => {
    if (variant === 'user') tables.lists.push(rounded({ agent, transitions, seed, ...rankLog(actor as Agent, shop, { k }) }))
  }
  for (const row of playActors(shopOf, referenceActors, { seeds: [seed], episodes })) {
    tables.returns.push(rounded({ variant, transitions: 0, agent: row.agent, seed, return: row.return }))
  }
  ranked('random', 0, await makeAgent('random', shop, { seed }))
  ranked('oracle', 0, knowing())
  ranked('most liked in the log', 0, likedInTheLog(shop))
  for (const { label, name, options, transitions } of contestants) {
    for (const steps of transitions) {
      const agent = await makeAgent(name, shop, { ...options, seed })
      const record = await train(agent, shop, { steps, seed })
      const { mean } = evaluate(agent, fresh, { episodes, seed: 1_000_000 + seed })
      tables.returns.push(rounded({ variant, transitions: steps, agent: label, seed, return: mean }))
      ranked(label, steps, agent)
      if (variant === 'user' && steps === file) tables.curves.push(...blocks(label, seed, record.curves.returns))
      agent.dispose()
      console.log(`${variant}: ${label}, ${steps} transitions, seed ${seed}`)
    }
  }
  return tables
}

/** What plans of the session are worth. */
function plans(): Row[] {
  const { best, myopic, ahead } = sessionFigures(sessionOf(world))
  const worths = { 'myopic oracle': myopic, 'plan at .9': ahead, 'best plan': best }
  return Object.entries(worths).map(([plan, worth]) => rounded({ plan, worth }))
}

/** The true affinities, which no agent may know, as scores. */
function knowing(): Pick<Agent, 'scores'> {
  const { affinity } = logWorld(interactionLogSettings(world))
  return { scores: ([user], out) => out.set(affinity.subarray(user! * out.length, (user! + 1) * out.length)) }
}

/** The mean weight that an item got in the train part of the log, the same for everybody; it has not met the shop. */
function likedInTheLog({ tables }: InteractionLog): Pick<Agent, 'scores'> {
  const { item, weight, count } = temporalSplit(tables).train
  const sums = new Float64Array(tables.items.count)
  const rows = new Float64Array(tables.items.count)
  for (let row = 0; row < count; row++) {
    sums[item[row]!]! += weight[row]!
    rows[item[row]!]!++
  }
  return { scores: (_, out) => out.set(sums.map((sum, at) => sum / Math.max(1, rows[at]!))) }
}

/** Returns while learning, means over blocks. */
function blocks(agent: string, seed: number, returns: readonly number[]): Row[] {
  return Array.from({ length: Math.floor(returns.length / block) }, (_, at) => {
    const own = returns.slice(at * block, (at + 1) * block)
    return rounded({ agent, seed, session: (at + 1) * block, return: own.reduce((sum, value) => sum + value, 0) / block })
  })
}

/** Numbers of a row to five digits behind the point. */
function rounded(row: object): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? Number(value.toFixed(5)) : value]),
  )
}

seedBySeed(
  __filename,
  parts.map((_, at) => at),
  at => play(parts[at]!),
  results => {
    const write = (name: string, rows: readonly Row[]) => writeRows(join(folder, `shops-interaction-log-agents-${name}.csv`), rows)
    for (const name of ['returns', 'lists', 'curves'] as const) {
      write(
        name,
        results.flatMap(tables => tables[name]),
      )
    }
    write('plans', plans())
  },
)
