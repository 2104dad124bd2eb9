/**
 * Writes what notebooks/05-training.ipynb reads, five seeds of everything, on the same shoppers for all:
 * agents side by side (data/training-agents.csv), how some of them learned (data/training-curves.csv), the guide's Double DQN and a small
 * one with one part changed (data/training-ablations.csv), what the five small networks expect of three people (data/training-people.csv), and learners with a mistake
 * (data/training-broken.csv, data/training-broken-returns.csv).
 */
import { join } from 'node:path'
import {
  type Agent,
  brokenLearners,
  type CandyStoreOptions,
  candyStore,
  compare,
  type DoubleDqnOptions,
  dataFolder,
  evaluate,
  intraListDiversity,
  makeAgent,
  oddTaste,
  type RunRecord,
  readTables,
  train,
  watchLearner,
  writeRows,
} from 'shoplab'

const folder = dataFolder()
const shop = { tables: folder }
const seeds = [1, 2, 3, 4, 5]
const episodes = 2000
const guide: Partial<DoubleDqnOptions> = { epsilonDecay: 0.997 }
// Learns as well in a fifth of the time: see the comparison of the two in the notebook.
const small: Partial<DoubleDqnOptions> = { ...guide, hiddenUnits: [64, 64] }
const shoppers = { episodes: 500, seed: 1_000_000 }
const block = 20 // episodes that one point of a curve stands for

/** One part of the small network's agent changed. */
const changes: Readonly<Record<string, Partial<DoubleDqnOptions>>> = {
  'Without Double': { double: false },
  'Without dropout': { dropout: 0 },
  'Hard target update': { targetUpdate: 'hard', targetEvery: 100 },
  'Batch normalisation': { batchNormalisation: true },
  'Hardly exploring': { epsilonDecay: 0.9 },
  'Replay of 32': { replayCapacity: 32 },
  'Discount 0': { discount: 0 },
  // The best of seven variants tried by hand under seeds 11 and 12, after looser tries under seeds 1 and 2, which are among the seeds
  // here: it is flattered a little. A search worth the name is in notebooks/06.
  'Tuned by hand': { discount: 0, epsilonDecay: 0.99 },
}

/** Agents whose networks or lists are looked into after training, and the shop that each learns in. */
const agents: readonly {
  readonly label: string
  readonly name: string
  readonly options?: object
  readonly learnsIn?: CandyStoreOptions
}[] = [
  { label: 'Small Double DQN', name: 'double-dqn', options: small },
  { label: 'Diversity bonus', name: 'double-dqn', options: small, learnsIn: { diversity: true } },
  { label: 'Exploration bonus', name: 'double-dqn', options: small, learnsIn: { exploration: true } },
  { label: 'LinUCB', name: 'lin-ucb' },
  { label: 'Content-based', name: 'content-based' },
  { label: 'Bandit', name: 'epsilon-greedy' },
  { label: 'Popularity', name: 'popularity' },
  { label: 'Random', name: 'random' },
]

async function main(): Promise<void> {
  // The comparison's workers and this thread share the cores.
  const curves: object[] = []
  await Promise.all([ablations(curves), sideBySide(curves).then(mistakes)])
  writeRows(join(folder, 'training-curves.csv'), inOrder(curves as Point[]))
}

async function ablations(curves: object[]): Promise<void> {
  const rows = await compare({
    env: { name: 'candy-store', options: shop },
    agents: [
      { name: 'double-dqn', label: 'Double DQN', options: guide },
      ...Object.entries(changes).map(([label, options]) => ({ name: 'double-dqn', label, options: { ...small, ...options } })),
    ],
    ...{ seeds, episodes, evaluation: shoppers },
    onRun(agent, record) {
      console.log(`${agent}, seed ${record.seed}`)
      if (agent === 'Double DQN') curves.push(...blocks(agent, record))
    },
  })
  writeRows(join(folder, 'training-ablations.csv'), rows.map(rounded))
}

async function sideBySide(curves: object[]): Promise<void> {
  const rows: object[] = []
  const people: object[] = []
  const fresh = candyStore(50, shop)
  const unknown = candyStore(50, { ...shop, newShoppers: 1 })
  for (const seed of seeds) {
    for (const { label, name, options, learnsIn } of agents) {
      const env = candyStore(1, { ...shop, ...learnsIn })
      const agent = await makeAgent(name, env, { ...options, seed })
      const record = await train(agent, env, { episodes, seed })
      const { mean, clickThroughRate, conversionRate, returnRate, shown } = evaluate(agent, fresh, shoppers)
      const measured = {
        ...{ return: mean, clickThroughRate, conversionRate, returnRate },
        coverage: shown.filter(times => times > 0).length / shown.length,
        diversity: visitDiversity(agent),
        returnOfUnknown: evaluate(agent, unknown, shoppers).mean,
      }
      rows.push(rounded({ agent: label, seed, ...measured }))
      if (['LinUCB', 'Popularity', 'Random'].includes(label)) curves.push(...blocks(label, record))
      if (label === 'Small Double DQN') people.push(...expectations(agent, seed))
      agent.dispose()
      console.log(`${label}, seed ${seed}`)
    }
  }
  writeRows(join(folder, 'training-agents.csv'), rows)
  writeRows(join(folder, 'training-people.csv'), people)
}

/** How unlike the different items of a visit are, on average over the shoppers. */
function visitDiversity(agent: Agent): number {
  const { episodes: visits, seed } = shoppers
  const env = candyStore(visits, shop)
  const shown = Array.from({ length: visits }, () => new Set<number>())
  const actions = new Int32Array(visits)
  env.reset(seed)
  for (let step = 0; step < env.spec.horizon; step++) {
    agent.act(env.observations.slice(), false, actions)
    env.step(actions)
    for (let visit = 0; visit < visits; visit++) shown[visit]!.add(actions[visit]!)
  }
  return average(shown.map(items => intraListDiversity([...items], env.items, items.size)))
}

/** Returns and lengths while learning, means over blocks. */
function blocks(agent: string, { seed, curves: { returns, lengths } }: RunRecord) {
  return Array.from({ length: Math.floor(returns.length / block) }, (_, at) => {
    const of = (values: readonly number[]) => average(values.slice(at * block, (at + 1) * block))
    return rounded({ agent, seed, episode: (at + 1) * block, return: of(returns), length: of(lengths) })
  })
}

type Point = { readonly agent: string; readonly seed: number; readonly episode: number }

/** Trainings end in any order. */
function inOrder(points: readonly Point[]): Point[] {
  return [...points].sort((a, b) => a.agent.localeCompare(b.agent) || a.seed - b.seed || a.episode - b.episode)
}

/** The value of every item for shopper 42, for somebody nobody knows, and for somebody with a taste like nobody's. */
function expectations(agent: Agent, seed: number) {
  const { items, firstObservation, strangerObservation } = candyStore(1, shop)
  const odd = strangerObservation()
  odd.set(oddTaste(readTables(folder)).taste)
  const scores = new Float32Array(items.labels.length)
  return Object.entries({ known: firstObservation(42), new: strangerObservation(), odd }).flatMap(([person, observation]) => {
    agent.scores(observation, scores)
    return Array.from(scores, (value, item) => rounded({ person, seed, item, value }))
  })
}

async function mistakes(): Promise<void> {
  const points: object[] = []
  const earnings: object[] = []
  for (const learner of brokenLearners) {
    for (const seed of seeds) {
      const watched = await watchLearner(learner, { shop, seed, episodes: 1000, every: 50 })
      points.push(...watched.points.map(rounded))
      earnings.push(rounded({ agent: learner.label, seed, return: watched.earned }))
    }
    console.log(`learner ${learner.label}`)
  }
  writeRows(join(folder, 'training-broken.csv'), points)
  writeRows(join(folder, 'training-broken-returns.csv'), earnings)
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Numbers of a row to four digits behind the point. */
function rounded<Row extends object>(row: Row) {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? Number(value.toFixed(4)) : value]),
  )
}

main().catch(error => {
  console.error(error)
  process.exitCode = 1
})
