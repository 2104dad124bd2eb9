/**
 * Writes what notebooks/02-level-2-gaming-companion.ipynb reads: one part of the agent changed at a time, five seeds for every setting, in
 * the store with 100 candies (data/level-2-candy-store.csv) and on the pole that has to be balanced (data/level-2-cart-pole.csv).
 */
import { join } from 'node:path'
import { compare, type DoubleDqnOptions, dataFolder, type RunRecord, writeRows } from 'shoplab'

type Options = Partial<DoubleDqnOptions>

/** What is changed, and the agent for each of its values; `usual` is the value that the unchanged agent has. */
interface Change {
  readonly experiment: string
  readonly usual: number | string
  readonly settings: readonly (readonly [value: number | string, options: Options])[]
}

const folder = dataFolder()
const seeds = [1, 2, 3, 4, 5]

const discount = (usual: number, values: readonly number[]): Change => ({
  experiment: 'discount',
  usual,
  settings: values.map(value => [value, { discount: value }]),
})
const replay: Change = {
  experiment: 'replay',
  usual: 10_000,
  settings: [
    [1, { replayCapacity: 1, batchSize: 1, warmUp: 1 }],
    [100, { replayCapacity: 100, warmUp: 64 }],
    [1000, { replayCapacity: 1000 }],
  ],
}
const target: Change = {
  experiment: 'target',
  usual: 'soft',
  settings: [1, 10, 100, 1000].map(value => [value, { targetUpdate: 'hard', targetEvery: value }]),
}
const epsilon: Change = {
  experiment: 'epsilon',
  usual: 'falling',
  settings: [0, 0.1, 0.5, 1].map(value => [value, { epsilonStart: value, epsilonEnd: value }]),
}
const units: Change = { experiment: 'units', usual: 64, settings: [4, 16, 128].map(value => [value, { hiddenUnits: [value, value] }]) }
const learningRate: Change = {
  experiment: 'learning rate',
  usual: 0.001,
  settings: [0.00001, 0.0001, 0.01].map(value => [value, { learningRate: value }]),
}

const shops = [
  {
    file: 'level-2-candy-store.csv',
    env: { name: 'candy-store', options: { tables: folder } },
    // The guide's agent with a smaller network, which learns as well in a tenth of the time.
    usual: { hiddenUnits: [64, 64], epsilonDecay: 0.997 },
    changes: [discount(0.95, [0, 0.5, 0.9, 0.99]), replay, target, epsilon, units, learningRate],
    others: ['lin-ucb', 'popularity', 'random'],
    limit: { episodes: 1500 },
    evaluation: { episodes: 500, seed: 1_000_000 },
  },
  {
    file: 'level-2-cart-pole.csv',
    env: { name: 'cart-pole' },
    usual: {
      ...{ hiddenUnits: [64, 64], dropout: 0, discount: 0.99, batchSize: 64, warmUp: 500, learningRateDecay: 1 },
      ...{ epsilonSchedule: 'linear', epsilonSteps: 5000, epsilonEnd: 0.05 },
    } as const,
    changes: [discount(0.99, [0, 0.5, 0.9, 0.95]), replay, target],
    others: [],
    limit: { steps: 20_000 },
    evaluation: { episodes: 50, seed: 1_000_000 },
  },
]

async function main(): Promise<void> {
  for (const { file, env, usual, changes, others, limit, evaluation } of shops) {
    const records = new Map<string, RunRecord>()
    const changed = changes.flatMap(({ experiment, settings }) =>
      settings.map(([value, options]) => ({ name: 'double-dqn', label: `${experiment} ${value}`, options: { ...usual, ...options } })),
    )
    const results = await compare({
      env,
      agents: [
        { name: 'double-dqn', label: 'usual', options: usual },
        ...changed,
        ...others.map(name => ({ name, label: `agent ${name}` })),
      ],
      seeds,
      ...limit,
      evaluation,
      onRun(label, record) {
        console.log(`${env.name}: ${label}, seed ${record.seed}`)
        records.set(`${label}, ${record.seed}`, record)
      },
    })
    const rowsOf = (experiment: string, value: number | string, label: string) =>
      results
        .filter(({ agent }) => agent === label)
        .map(({ seed, return: earned, clickThroughRate, coverage }) => ({
          ...{ experiment, value, seed, ...whileLearning(records.get(`${label}, ${seed}`)!), return: rounded(earned) },
          ...{ clickThroughRate: rounded(clickThroughRate), coverage: rounded(coverage) },
        }))
    const agents = ['usual', ...others.map(name => `agent ${name}`)]
    const rows = changes.flatMap(({ experiment, usual: value, settings }) => [
      ...rowsOf(experiment, value, 'usual'),
      ...settings.flatMap(([other]) => rowsOf(experiment, other, `${experiment} ${other}`)),
    ])
    if (others.length)
      rows.push(...agents.flatMap(label => rowsOf('agent', label.replace('agent ', '').replace('usual', 'double-dqn'), label)))
    writeRows(join(folder, file), rows)
  }
}

/** Mean returns of the episodes that ended in the first tenth of the steps, and in the last quarter. */
function whileLearning({ curves: { returns, lengths }, steps }: RunRecord) {
  let passed = 0
  const ends = lengths.map(length => {
    passed += length
    return passed
  })
  const mean = (of: readonly number[]) => rounded(of.reduce((sum, value) => sum + value, 0) / of.length)
  return {
    early: mean(returns.filter((_, at) => ends[at]! <= steps / 10)),
    learning: mean(returns.filter((_, at) => ends[at]! > 0.75 * steps)),
  }
}

const rounded = (value: number) => Number(value.toFixed(4))

main().catch(error => {
  console.error(error)
  process.exitCode = 1
})
