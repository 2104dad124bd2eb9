/**
 * The table of agents and shops in README.md: trains every agent under five seeds in every shop that it serves, measures all of them on the
 * same shoppers, writes data/agents-by-shop.csv and, from that file, the table.
 *
 *   npx tsx lab/tables/agents.ts                 everything, ten minutes on two cores
 *   npx tsx lab/tables/agents.ts candy-store     one shop anew, the rows of the others kept
 *   npx tsx lab/tables/agents.ts --table         the table alone, from the rows that are there
 *
 * Every agent has its defaults but for what stands here; nothing was searched on these seeds or these shoppers.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare, dataFolder, readRows, writeRows } from 'shoplab'
import { type ShopRow, withAgentsTable } from './agents-table'

interface Contestant {
  readonly name: string
  readonly label: string
  readonly options?: object
  readonly copies?: number
}

interface Contest {
  readonly shop: string
  readonly options?: Readonly<Record<string, unknown>>
  /** Transitions of training. */
  readonly steps: number
  /** Greedy episodes of each trained agent. */
  readonly episodes: number
  readonly agents: readonly Contestant[]
}

const seeds = [1, 2, 3, 4, 5]
const evaluationSeed = 1_000_000

// Smaller than the guide's network, so that the table takes minutes.
const small = { hiddenUnits: [64, 64], dropout: 0 }

const random: Contestant = { name: 'random', label: 'Random' }
const popularity: Contestant = { name: 'popularity', label: 'Popularity' }
const thompson: Contestant = { name: 'thompson-gaussian', label: 'Thompson (Gaussian)' }
const linUcb: Contestant = { name: 'lin-ucb', label: 'LinUCB' }
const linTs: Contestant = { name: 'lin-ts', label: 'LinTS' }
const neural: Contestant = { name: 'neural-epsilon-greedy', label: 'Neural epsilon-greedy' }
const qLearning: Contestant = { name: 'q-learning', label: 'Q-learning' }
const itemDqn: Contestant = { name: 'item-dqn', label: 'Item DQN' }
const slateQ: Contestant = { name: 'slate-q', label: 'SlateQ' }
const a2c: Contestant = { name: 'a2c', label: 'A2C', copies: 8 }
const ppo: Contestant = { name: 'ppo', label: 'PPO', copies: 8 }

/** The last flat action of offers: no message. */
const silence: Contestant = { name: 'fixed-ranking', label: 'Sending nothing', options: { order: [144] } }

/** Epsilon falls by episodes: so that it has fallen after about half of them. */
const doubleDqn = (epsilonDecay: number): Contestant => ({ name: 'double-dqn', label: 'Double DQN', options: { ...small, epsilonDecay } })

const single = (epsilonDecay: number, ...more: readonly Contestant[]) => [
  random,
  popularity,
  thompson,
  linUcb,
  linTs,
  neural,
  ...more,
  doubleDqn(epsilonDecay),
  a2c,
  ppo,
]
const slates = [random, popularity, linUcb, linTs, neural, slateQ, a2c, ppo]

const contests: readonly Contest[] = [
  { shop: 'candy-store', steps: 20_000, episodes: 500, agents: single(0.997, itemDqn) },
  { shop: 'marketplace', steps: 20_000, episodes: 300, agents: single(0.99, itemDqn) },
  { shop: 'interaction-log', options: { variant: 'session' }, steps: 20_000, episodes: 500, agents: single(0.997, qLearning, itemDqn) },
  { shop: 'offers', options: { actions: 'flat' }, steps: 20_000, episodes: 500, agents: single(0.995, silence) },
  { shop: 'recogym', steps: 20_000, episodes: 500, agents: single(0.99) },
  { shop: 'simshop', steps: 20_000, episodes: 600, agents: slates },
  { shop: 'recsim-interest-evolution', steps: 20_000, episodes: 200, agents: slates },
  // Its documents are new each time, so that none can be popular.
  {
    shop: 'recsim-long-term-satisfaction',
    options: { sensitivity: 0.1 },
    steps: 20_000,
    episodes: 300,
    agents: slates.filter(agent => agent !== popularity),
  },
]

async function main(): Promise<void> {
  const words = process.argv.slice(2)
  const file = join(dataFolder(), 'agents-by-shop.csv')
  if (!words.includes('--table')) {
    const unknown = words.find(word => !contests.some(({ shop }) => shop === word))
    if (unknown) throw new RangeError(`there is no contest in '${unknown}'; there are ${contests.map(({ shop }) => shop).join(', ')}`)
    const chosen = contests.filter(({ shop }) => words.length === 0 || words.includes(shop))
    for (const contest of chosen) {
      const rows = await play(contest)
      const others = read(file).filter(({ shop }) => shop !== contest.shop)
      const order = (row: ShopRow) => contests.findIndex(({ shop }) => shop === row.shop)
      writeRows(
        file,
        [...others, ...rows].sort((one, other) => order(one) - order(other)),
      )
    }
  }
  const readme = join(dataFolder(), '..', 'README.md')
  writeFileSync(readme, withAgentsTable(readFileSync(readme, 'utf8'), read(file)))
}

function read(file: string): ShopRow[] {
  return existsSync(file) ? readRows<ShopRow>(file) : []
}

async function play({ shop, options = {}, steps, episodes, agents }: Contest): Promise<ShopRow[]> {
  const started = performance.now()
  const rows = await compare({
    env: { name: shop, options },
    agents,
    seeds,
    steps,
    evaluation: { episodes, seed: evaluationSeed },
    onRun: (label, { seed, timing }) => console.log(`${shop}: ${label}, seed ${seed}, ${timing.total.toFixed(1)} s`),
  })
  console.log(`${shop}: ${((performance.now() - started) / 1000).toFixed(0)} s in all`)
  const told = Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
  return rows.map(row => ({ shop, options: told, agent: row.agent, seed: row.seed, return: row.return, steps }))
}

main().catch(error => {
  console.error(error)
  process.exitCode = 1
})
