/**
 * Writes what notebooks/06-hyperparameter-sweeps.ipynb reads: three searches, trial by trial (data/sweep-grid.jsonl, -random, -tpe), how the
 * decays of epsilon fare with few and with many episodes (data/sweep-decays.csv), what the winners are worth on fresh seeds and shoppers
 * (data/sweep-test.csv), the best one trained for long (data/sweep-best.csv), and on shoppers it was not trained on (data/sweep-folds.csv).
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Configuration,
  compare,
  crossValidate,
  dataFolder,
  type RunRecord,
  runSweep,
  type SearchSpace,
  type SweepOptions,
  sweepPlan,
  type TrialRecord,
  writeRows,
} from 'shoplab'

const folder = dataFolder()
const tuningShoppers = { episodes: 300, seed: 1_000_000 }
const testShoppers = { episodes: 500, seed: 2_000_000 }
const fewEpisodes = 500
const manyEpisodes = 3000

const common = {
  env: 'candy-store',
  agent: 'double-dqn',
  seeds: [1, 2, 3],
  episodes: fewEpisodes,
  evaluation: { episodes: tuningShoppers.episodes, every: 50 },
} as const

/** Three of the guide's seven lists; the rest as the agent has it. */
const grid: SweepOptions = {
  ...common,
  name: 'grid',
  method: 'grid',
  parameters: {
    learningRate: { kind: 'categorical', choices: [0.001, 0.0005, 0.0001] },
    discount: { kind: 'categorical', choices: [0.9, 0.95, 0.99] },
    epsilonDecay: { kind: 'categorical', choices: [0.995, 0.999, 0.9995] },
  },
}

/** All seven, as ranges where they are numbers of a range, and wider than the guide's lists. */
const space: SearchSpace = {
  learningRate: { kind: 'float', low: 0.0001, high: 0.003, log: true },
  discount: { kind: 'float', low: 0, high: 0.99 },
  epsilonDecay: { kind: 'float', low: 0.98, high: 0.9995 },
  batchSize: { kind: 'categorical', choices: [16, 32, 64] },
  hiddenUnits: {
    kind: 'categorical',
    choices: [
      [64, 64],
      [128, 128],
      [256, 256, 128],
    ],
  },
  dropout: { kind: 'float', low: 0, high: 0.4 },
  tau: { kind: 'float', low: 0.001, high: 0.1, log: true },
}
const random: SweepOptions = { ...common, name: 'random', method: 'random', parameters: space, trials: 30 }
const tpe: SweepOptions = { ...random, name: 'tpe', method: 'tpe' }

async function main(): Promise<void> {
  const searches = { grid: await search(grid), random: await search(random), TPE: await search(tpe) }
  const best = bestFirst(Object.values(searches).flat())[0]!.configuration
  console.log(`best of all: ${JSON.stringify(best)}`)
  await decays()
  await testWinners(searches)
  await trainBestForLong(best)
  await crossValidateBest(best)
}

async function search(options: SweepOptions): Promise<readonly TrialRecord[]> {
  const file = join(folder, `sweep-${options.name}.jsonl`)
  rmSync(file, { force: true }) // with it the sweep would go on where it stood, which is at its end
  const onTrial = ({ number, value }: TrialRecord) => console.log(`${options.name}: trial ${number}, ${value?.toFixed(3)}`)
  return (await runSweep(sweepPlan(options), { file, onTrial })).trials
}

/** Epsilon's decays with a small network, which learns as well in a fifth of the time, under ten seeds. */
async function decays(): Promise<void> {
  const rows: object[] = []
  for (const episodes of [fewEpisodes, manyEpisodes]) {
    const decayOf = (label: string) => Number(label)
    const learning = new Map<string, number>()
    const results = await compare({
      env: { name: 'candy-store' },
      agents: [0.995, 0.999, 0.9995].map(epsilonDecay => ({
        ...{ name: 'double-dqn', label: String(epsilonDecay) },
        options: { epsilonDecay, hiddenUnits: [64, 64] },
      })),
      seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      episodes,
      evaluation: tuningShoppers,
      onRun(label, { seed, curves: { returns } }) {
        console.log(`decays: ${label}, ${episodes} episodes, seed ${seed}`)
        learning.set(`${label}, ${seed}`, mean(returns.slice(-100)))
      },
    })
    for (const { agent, seed, return: greedy } of results) {
      const whileLearning = rounded(learning.get(`${agent}, ${seed}`)!)
      rows.push({ episodes, epsilonDecay: decayOf(agent), seed, whileLearning, return: rounded(greedy) })
    }
  }
  writeRows(join(folder, 'sweep-decays.csv'), rows)
}

/** Each search's best configuration, the guide's, and the middle one of the grid, which nobody chose: ten fresh seeds, old and new shoppers. */
async function testWinners(searches: Readonly<Record<string, readonly TrialRecord[]>>): Promise<void> {
  const ranked = bestFirst(searches.grid!)
  const tested = [
    ...Object.entries(searches).map(([name, trials]) => ({ label: `${name}, best`, trial: bestFirst(trials)[0]! })),
    { label: 'grid, middle', trial: ranked[Math.floor(ranked.length / 2)]! },
  ]
  const onTuningShoppers = new Map<string, number>()
  const results = await compare({
    env: { name: 'candy-store' },
    agents: tested.map(({ label, trial }) => ({ name: 'double-dqn', label, options: trial.configuration })),
    seeds: [101, 102, 103, 104, 105, 106, 107, 108, 109, 110],
    episodes: fewEpisodes,
    evaluation: testShoppers,
    validation: { ...tuningShoppers, every: fewEpisodes },
    onRun(label, { seed, curves: { evaluations } }) {
      console.log(`test: ${label}, seed ${seed}`)
      onTuningShoppers.set(`${label}, ${seed}`, evaluations[0]!.mean)
    },
  })
  const rows = results.map(({ agent, seed, return: fresh }) => {
    const { number, value } = tested.find(({ label }) => label === agent)!.trial
    const tuningShoppersAgain = rounded(onTuningShoppers.get(`${agent}, ${seed}`)!)
    return { agent, trial: number, tuning: rounded(value!), seed, freshSeed: tuningShoppersAgain, return: rounded(fresh) }
  })
  writeRows(join(folder, 'sweep-test.csv'), rows)
}

/** Fresh seeds and shoppers, six times as many episodes as it was chosen with, beside others. */
async function trainBestForLong(best: Configuration): Promise<void> {
  const rows = await compare({
    env: { name: 'candy-store' },
    agents: [
      { name: 'double-dqn', label: 'Best found', options: best },
      { name: 'double-dqn', label: 'Best found, discount 0.95', options: { ...best, discount: 0.95 } },
      { name: 'double-dqn', label: 'Guide' },
      { name: 'lin-ucb', label: 'LinUCB' },
      { name: 'popularity', label: 'Popularity' },
    ],
    seeds: [101, 102, 103, 104, 105],
    episodes: manyEpisodes,
    evaluation: testShoppers,
    onRun: (label, { seed }: RunRecord) => console.log(`long: ${label}, seed ${seed}`),
  })
  const kept = rows.map(({ agent, seed, return: earned, coverage }) => ({ agent, seed, return: rounded(earned), coverage }))
  writeRows(join(folder, 'sweep-best.csv'), kept)
}

async function crossValidateBest(best: Configuration): Promise<void> {
  const agents = [
    { label: 'Best found', name: 'double-dqn', options: best },
    { label: 'LinUCB', name: 'lin-ucb', options: {} },
  ]
  const rows: object[] = []
  for (const { label, ...agent } of agents) {
    const found = await crossValidate({
      ...{ env: { name: 'candy-store' }, agent, folds: 5, seeds: [1, 2, 3], episodes: fewEpisodes, evaluation: tuningShoppers },
      onRow: ({ fold, seed }) => console.log(`folds: ${label}, fold ${fold}, seed ${seed}`),
    })
    const kept = found.map(({ fold, seed, seen, heldOut }) => ({
      agent: label,
      fold,
      seed,
      seen: rounded(seen),
      heldOut: rounded(heldOut),
    }))
    rows.push(...kept)
  }
  writeRows(join(folder, 'sweep-folds.csv'), rows)
}

function bestFirst(trials: readonly TrialRecord[]): TrialRecord[] {
  return trials.filter(({ state }) => state === 'complete').sort((a, b) => b.value! - a.value! || a.number - b.number)
}

const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length
const rounded = (value: number) => Number(value.toFixed(4))

main().catch(error => {
  console.error(error)
  process.exitCode = 1
})
