/**
 * What the guide's agent learns in the guide's shop, over five seeds beside random, popularity and LinUCB: 100 items, 3,000 episodes,
 * epsilon ×.998. Some 300,000 gradient steps in all: three minutes on two cores.
 */
import { expect, test } from 'vitest'
import { summarise } from '../../src/evaluate/summarise'
import { compare } from '../../src/train/compare'

/** Interquartile mean of the mean greedy return, with its bootstrap interval, one row an agent. */
async function table(preset: 'published' | 'guide') {
  const rows = await compare({
    env: { name: 'candy-store', options: { preset, users: 500, items: 100 } },
    agents: [{ name: 'random' }, { name: 'popularity' }, { name: 'lin-ucb' }, { name: 'double-dqn', options: { epsilonDecay: 0.998 } }],
    seeds: [1, 2, 3, 4, 5],
    episodes: 3000,
    evaluation: { episodes: 1000, seed: 1_000_000 },
  })
  const summary = summarise(rows)
  const lines = summary.map(
    ({ agent, interquartileMean, low, high }) =>
      `${agent.padEnd(12)} ${interquartileMean.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`,
  )
  console.log([`preset ${preset}, return of ten steps:`, ...lines].join('\n'))
  return (agent: string) => summary.find(row => row.agent === agent)!
}

test("published: Double DQN's interval lies above random's and popularity's", async () => {
  const of = await table('published')
  expect(of('double-dqn').low).toBeGreaterThan(of('random').high)
  expect(of('double-dqn').low).toBeGreaterThan(of('popularity').high)
})

test('guide: the same table, whoever wins', async () => {
  const of = await table('guide')
  expect(of('double-dqn').n).toBe(5)
})
