/** Writes data/quickstart-comparison.csv, which notebooks/00-quickstart.ipynb reads: four agents, five seeds, the same shoppers for all. */
import { join } from 'node:path'
import { compare, dataFolder, writeRows } from 'shoplab'

async function main(): Promise<void> {
  const folder = dataFolder()
  let said = ''
  const rows = await compare({
    env: { name: 'candy-store', options: { tables: folder } },
    agents: [
      { name: 'double-dqn', label: 'Double DQN', options: { epsilonDecay: 0.998 } },
      { name: 'lin-ucb', label: 'LinUCB' },
      { name: 'popularity', label: 'Popularity' },
      { name: 'random', label: 'Random' },
    ],
    seeds: [1, 2, 3, 4, 5],
    episodes: 3000,
    evaluation: { episodes: 500, seed: 1_000_000 },
    onProgress: ({ agent, seed }) => {
      if (said !== `${agent}, seed ${seed}`) console.log((said = `${agent}, seed ${seed}`))
    },
  })
  writeRows(join(folder, 'quickstart-comparison.csv'), rows)
}

main().catch(error => {
  console.error(error)
  process.exitCode = 1
})
