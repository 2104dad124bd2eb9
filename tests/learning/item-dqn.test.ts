/**
 * What the item-embedding DQN learns in the guide's shop, over five seeds beside random and popularity: 100 items, 3,000 episodes, epsilon
 * ×.998, as candy-store.test.ts has it for Double DQN. Two minutes of one core.
 */
import { expect, test } from 'vitest'
import { itemDqn } from '../../src/agents/item-dqn'
import { popularity } from '../../src/agents/popularity'
import { randomAgent } from '../../src/agents/random'
import { candyStore } from '../../src/envs/candy-store'
import { summarise } from '../../src/evaluate/summarise'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'

test("rung 10: in candy-store its interval lies above random's and popularity's", async () => {
  const settings = { preset: 'published' as const, users: 500, items: 100 }
  const evaluation = { episodes: 1000, seed: 1_000_000 }
  const shop = candyStore(100, settings)
  const rows: { agent: string; seed: number; return: number }[] = []
  for (const seed of [1, 2, 3, 4, 5]) {
    const env = candyStore(1, settings)
    const agents = [randomAgent(env.spec, { seed }), popularity(env.spec, { seed }), await itemDqn(env, { epsilonDecay: 0.998, seed })]
    for (const agent of agents) {
      if (agent.kind !== 'random') await train(agent, env, { episodes: 3000, seed })
      rows.push({ agent: agent.kind, seed, return: evaluate(agent, shop, evaluation).mean })
      agent.dispose()
    }
  }
  const summary = summarise(rows)
  for (const { agent, interquartileMean, low, high } of summary)
    console.log(`${agent.padEnd(12)} ${interquartileMean.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`)
  const of = (agent: string) => summary.find(row => row.agent === agent)!
  expect(of('item-dqn').low).toBeGreaterThan(of('random').high)
  expect(of('item-dqn').low).toBeGreaterThan(of('popularity').high)
})
