import { expect, test } from 'vitest'
import { epsilonGreedy } from '../../src/agents/epsilon-greedy'
import { randomAgent } from '../../src/agents/random'
import { relevantByQuantile } from '../../src/data/interaction-log-relevance'
import { temporalSplit } from '../../src/data/temporal-split'
import { interactionLog } from '../../src/envs/interaction-log'
import { rankLog } from '../../src/train/rank-log'

const shop = interactionLog(1, { users: 30, items: 20, interactions: 600 })

/** Scores the items that the user wants in the test part highest, as no agent could. */
function knowing() {
  const { tables } = shop
  const wanted = relevantByQuantile(temporalSplit(tables).test, 30, { thresholdsFrom: tables.interactions })
  return {
    ...randomAgent(shop.spec),
    kind: 'knowing',
    scores: (row: Float32Array, out: Float32Array) =>
      out.forEach((_, item) => {
        out[item] = wanted[row[0]!]!.has(item) ? 1 : 0
      }),
  }
}

test('who knows what users wanted later ranks it all, and who knows nothing little of it', () => {
  const best = rankLog(knowing() as never, shop, { k: 20 })
  expect(best).toMatchObject({ k: 20, recall: 1, ndcg: 1, meanAveragePrecision: 1, hitRate: 1 })
  const blind = rankLog(randomAgent(shop.spec, { seed: 1 }), shop, { k: 5 })
  expect(blind.users).toBe(best.users)
  expect(blind.recall).toBeLessThan(0.5)
})

test('an agent that values all items alike gives everybody the same list', () => {
  expect(rankLog(epsilonGreedy(shop.spec), shop, { k: 5, test: 0.5, validation: 0 })).toMatchObject({ k: 5, coverage: 5 / 20 })
})

test('shares out of range are refused', () => {
  expect(() => rankLog(epsilonGreedy(shop.spec), shop, { k: 5, test: 2 })).toThrow('test is 2')
})
