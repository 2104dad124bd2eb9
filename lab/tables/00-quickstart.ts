/**
 * Writes what notebooks/00-quickstart.ipynb reads: four agents over five seeds in three shops, on the same shoppers for all
 * (data/quickstart-comparison.csv), and how they learned in the largest (data/quickstart-500-items.csv).
 */
import { join } from 'node:path'
import { type ComparisonRow, compare, dataFolder, type RunRecord, writeRows } from 'shoplab'

const folder = dataFolder()
const settings = [
  { setting: 'guide, 100 items', options: { tables: folder }, epsilonDecay: 0.998, episodes: 3000 },
  { setting: 'published, 100 items', options: { preset: 'published' }, epsilonDecay: 0.998, episodes: 3000 },
  { setting: 'guide, 500 items', options: { items: 500 }, epsilonDecay: 0.995, episodes: 2000 },
]
const block = 20 // episodes that one point of the curve stands for

async function main(): Promise<void> {
  const rows: (ComparisonRow & { setting: string })[] = []
  const curve: { agent: string; seed: number; episode: number; return: number }[] = []
  for (const { setting, options, epsilonDecay, episodes } of settings) {
    const results = await compare({
      env: { name: 'candy-store', options },
      agents: [
        { name: 'double-dqn', label: 'Double DQN', options: { epsilonDecay } },
        { name: 'lin-ucb', label: 'LinUCB' },
        { name: 'popularity', label: 'Popularity' },
        { name: 'random', label: 'Random' },
      ],
      seeds: [1, 2, 3, 4, 5],
      episodes,
      evaluation: { episodes: 500, seed: 1_000_000 },
      onRun(agent, record) {
        console.log(`${setting}: ${agent}, seed ${record.seed}`)
        if (setting === 'guide, 500 items') curve.push(...blocks(agent, record))
      },
    })
    rows.push(...results.map(row => ({ setting, ...row })))
  }
  curve.sort((a, b) => a.agent.localeCompare(b.agent) || a.seed - b.seed || a.episode - b.episode)
  writeRows(join(folder, 'quickstart-comparison.csv'), rows)
  writeRows(join(folder, 'quickstart-500-items.csv'), curve)
}

/** Means of the returns while learning. */
function blocks(agent: string, { seed, curves: { returns } }: RunRecord) {
  return Array.from({ length: Math.floor(returns.length / block) }, (_, at) => {
    const part = returns.slice(at * block, (at + 1) * block)
    const mean = part.reduce((sum, value) => sum + value, 0) / block
    return { agent, seed, episode: (at + 1) * block, return: Number(mean.toFixed(4)) }
  })
}

main().catch(error => {
  console.error(error)
  process.exitCode = 1
})
