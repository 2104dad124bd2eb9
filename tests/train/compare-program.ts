/** A program that compares with two workers and prints the rows: the test of comparison starts it in several ways. */
import { compare } from '../../src/train/compare'

compare({
  env: { name: 'candy-store', options: { users: 20, items: 15 } },
  agents: [{ name: 'random' }, { name: 'double-dqn', options: { hiddenUnits: [16], batchSize: 8 } }],
  seeds: [1, 2],
  episodes: 20,
  evaluation: { episodes: 30 },
  workers: 2,
}).then(rows => process.stdout.write(JSON.stringify(rows)))
