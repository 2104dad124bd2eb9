/**
 * SlateQ in interest evolution (ten candidates, slates of three), over five seeds of 40,000 steps, beside the rankings that need no learning.
 * Some four minutes of one core.
 *
 * Table 1 of Ie et al. 2019 (arXiv 1905.12767) has for this shop: random 159.2, myopic 166.3, SARSA with top-k 168.4, and at best 174.6, of
 * Q-learning with the exact optimiser in target and serving. RecSim's agent lets none be worth 0 and knows the choice model, as the last learner here.
 */
import { expect, test } from 'vitest'
import { randomAgent } from '../../src/agents/random'
import { rankByClusterQuality, rankByInterest } from '../../src/agents/recsim-rankings'
import { type SlateQOptions, slateQ } from '../../src/agents/slate-q'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { summarise } from '../../src/evaluate/summarise'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'

const settings = { candidates: 10, slate: 3 }
const evaluation = { episodes: 1000, seed: 1_000_000 }
const seeds = [1, 2, 3, 4, 5]

const learners: Readonly<Record<string, Partial<SlateQOptions>>> = {
  'slate-q': {},
  'slate-q, top-k': { optimiser: 'top-k', targetOptimiser: 'top-k' },
  'slate-q, sarsa': { learning: 'sarsa' },
  'slate-q, none worth 0, choice known': { noClick: 'zero', choiceModel: 'interest' },
}

test("rung 10: SlateQ's interval lies above those of the myopic ranking and of random", async () => {
  const shop = interestEvolution(100, settings)
  const rows: { agent: string; seed: number; return: number }[] = []
  for (const seed of seeds) {
    rows.push({ agent: 'random', seed, return: evaluate(randomAgent(shop.spec, { seed }), shop, evaluation).mean })
    for (const [agent, options] of Object.entries(learners)) {
      const env = interestEvolution(1, settings)
      const learner = await slateQ(env.spec, { ...options, seed })
      await train(learner, env, { steps: 40_000, seed })
      rows.push({ agent, seed, return: evaluate(learner, shop, evaluation).mean })
      learner.dispose()
    }
  }
  const [myopic, quality] = [rankByInterest(shop), rankByClusterQuality(shop)].map(ranking => evaluate(ranking, shop, evaluation).mean)
  const summary = summarise(rows)
  const lines = summary.map(({ agent, interquartileMean, low, high }) => {
    const each = rows.filter(row => row.agent === agent).map(row => row.return.toFixed(1))
    return `${agent.padEnd(36)} ${interquartileMean.toFixed(1)} [${low.toFixed(1)}, ${high.toFixed(1)}]  (${each.join(', ')})`
  })
  console.log([...lines, `myopic ranking by interest ${myopic!.toFixed(1)}; ranking by cluster quality ${quality!.toFixed(1)}`].join('\n'))
  const of = (agent: string) => summary.find(row => row.agent === agent)!
  expect(of('slate-q').low).toBeGreaterThan(myopic!)
  expect(of('slate-q').low).toBeGreaterThan(of('random').high)
})
