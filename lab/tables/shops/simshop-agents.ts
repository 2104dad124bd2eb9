/**
 * Writes what notebooks/shops/simshop-agents.ipynb reads: agents trained on all six kinds of shopper at once, under five seeds, and measured
 * kind by kind on the same shoppers, beside random pages and two oracles. Eight minutes on two cores.
 *
 *   shops-simshop-agents.csv             means of a visit, for each agent, seed and kind
 *   shops-simshop-agents-learning.csv    return of the visits that ended in each stretch of the training
 *   shops-simshop-agents-ppo.csv         PPO's debug variables, five rollouts a row
 *
 * Settings were looked for under seeds 101 and 102 and other shoppers: learning rate and discount of PPO, and its epochs; exploration, slate
 * optimiser and learning rate of SlateQ; LinUCB's alpha; the patient oracle's least reward.
 */
import { join } from 'node:path'
import {
  type Actor,
  type Agent,
  dataFolder,
  type Env,
  evaluateByType,
  makeAgent,
  myopicOracle,
  type Report,
  type RunRecord,
  randomAgent,
  simshop,
  train,
  writeRows,
} from 'shoplab'
import { seedBySeed } from '../seed-by-seed'
import { noSecondChance, patientOracle } from './simshop-agents-rules'

type Row = Record<string, string | number>
type Tables = Record<'agents' | 'learning' | 'ppo', Row[]>

const seeds = [1, 2, 3, 4, 5]
/** Visits of each kind. */
const visits = 200
const shoppersOf = (seed: number) => 1_000_000 + seed

const proximal = {
  rolloutSteps: 64,
  minibatchSize: 128,
  epochs: 4,
  learningRate: 0.002,
  discount: 0.9,
  entropyCoefficient: 0,
  hiddenUnits: [64, 64],
}
const slates = { optimiser: 'top-k', targetOptimiser: 'top-k', epsilonSteps: 4000, epsilonEnd: 0.05 }

const contestants: readonly {
  readonly label: string
  readonly name: string
  /** Pages of training, over all copies. */
  readonly pages: number
  readonly copies: number
  readonly options?: object
  /** The observation tells page, pages without a click, clicks and purchases so far. */
  readonly progress?: boolean
}[] = [
  { label: 'Popularity', name: 'popularity', pages: 4000, copies: 1 },
  { label: 'LinUCB', name: 'lin-ucb', pages: 4000, copies: 4, options: { products: 'all', alpha: 1 } },
  { label: 'PPO', name: 'ppo', pages: 64_000, copies: 8, options: proximal },
  { label: 'PPO, discount 0', name: 'ppo', pages: 64_000, copies: 8, options: { ...proximal, discount: 0 } },
  { label: 'PPO, sees progress', name: 'ppo', pages: 64_000, copies: 8, options: proximal, progress: true },
  { label: 'SlateQ', name: 'slate-q', pages: 8000, copies: 1, options: slates },
  { label: 'SlateQ, discount 0', name: 'slate-q', pages: 8000, copies: 1, options: { ...slates, discount: 0 } },
]

/** Everything of one seed. */
async function play(seed: number): Promise<Tables> {
  const tables: Tables = { agents: [], learning: [], ppo: [] }
  const plain = simshop(1).spec
  const telling = simshop(1, { progress: true }).spec
  const measure = (agent: string, actor: Actor | ((env: Env) => Actor), shop = plain) => {
    for (const row of evaluateByType(actor, shop, { episodes: visits, seed: shoppersOf(seed) })) {
      const { type, return: mean, profit } = row
      const [clickThroughRate, conversionRate] = [row.clickThroughRate ?? 0, row.conversionRate ?? 0]
      const buyThroughRate = clickThroughRate * conversionRate
      tables.agents.push(rounded({ agent, seed, type, return: mean, clickThroughRate, buyThroughRate, profit }))
    }
  }
  measure('Random', randomAgent(plain, { seed }))
  for (const { label, name, pages, copies, options, progress = false } of contestants) {
    const shop = simshop(copies, { progress })
    const agent = await makeAgent(name, shop, { ...options, seed })
    const reports = listen(agent)
    const record = await train(agent, shop, { steps: pages, seed })
    tables.learning.push(...stretches(record).map(row => ({ agent: label, seed, ...row })))
    if (label === 'PPO') tables.ppo.push(...debugVariables(reports).map(row => ({ seed, ...row })))
    const spec = progress ? telling : plain
    measure(label, agent, spec)
    if (name === 'ppo') measure(`${label}, drawn`, drawn(agent), spec)
    measure(`${label}, no second chance`, noSecondChance(agent, spec), spec)
    agent.dispose()
    console.log(`${label}, seed ${seed}`)
  }
  measure('Myopic oracle', myopicOracle)
  measure('Patient oracle', env => patientOracle(env, 6), telling)
  return tables
}

/** Draws the page as while learning: the policy itself and not its likeliest page. */
function drawn(agent: Agent): Actor {
  return { act: (observations, _explore, actions) => agent.act(observations, true, actions) }
}

/** What the agent's updates will tell. */
function listen(agent: Agent): Report[] {
  const reports: Report[] = []
  const update = agent.update.bind(agent)
  agent.update = () => {
    const report = update()
    if (report) reports.push(report)
    return report
  }
  return reports
}

/** Means over five rollouts each, which are four epochs of four minibatches. */
function debugVariables(reports: readonly Report[]): Row[] {
  const updates = 80
  const pages = 5 * 8 * proximal.rolloutSteps
  return Array.from({ length: Math.floor(reports.length / updates) }, (_, at) => {
    const part = reports.slice(at * updates, (at + 1) * updates)
    const of = (name: string) => average(part.map(report => report[name]!))
    const shown = ['approximateKl', 'clipFraction', 'entropy', 'explainedVariance']
    return rounded({ pages: (at + 1) * pages, ...Object.fromEntries(shown.map(name => [name, of(name)])) })
  })
}

/** The mean return of the visits that ended in the first 500 pages, up to 1,000, 2,000, 4,000 and so on. */
function stretches({ curves: { returns, lengths }, steps }: RunRecord): Row[] {
  const rows: Row[] = []
  let [visit, seen] = [0, 0]
  for (let pages = 500; pages <= steps; pages *= 2) {
    const first = visit
    while (visit < returns.length && seen + lengths[visit]! <= pages) seen += lengths[visit++]!
    rows.push(rounded({ pages, return: average(returns.slice(first, visit)) }))
  }
  return rows
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Numbers of a row to four digits behind the point. */
function rounded(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? Number(value.toFixed(4)) : value]),
  )
}

seedBySeed(__filename, seeds, play, results => {
  for (const name of ['agents', 'learning', 'ppo'] as const) {
    const rows = results.flatMap(tables => tables[name])
    writeRows(join(dataFolder(), `shops-simshop-agents${name === 'agents' ? '' : `-${name}`}.csv`), rows)
  }
})
