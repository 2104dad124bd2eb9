/**
 * The table agents over more seeds and episodes than tests/agents/tabular.test.ts: the test MDP, the cliff as in figure 6.4 of Sutton &
 * Barto 2018, and the interaction log as it comes. About a minute.
 */
import { expect, test } from 'vitest'
import { qLearning } from '../../src/agents/q-learning'
import { randomAgent } from '../../src/agents/random'
import { sarsa } from '../../src/agents/sarsa'
import { interactionLog } from '../../src/envs/interaction-log'
import { meanInterval } from '../../src/evaluate/mean-interval'
import { pairedDifference } from '../../src/evaluate/paired-difference'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'
import { errorOnTestMdp, learners, walkTheCliff } from '../agents/tabular-learning'

const seedsTo = (count: number) => Array.from({ length: count }, (_, seed) => seed)

test.each(learners.map(learner => [learner.name, learner] as const))('rung 7: %s on the test MDP, 20 seeds', (name, learner) => {
  const errors = seedsTo(20).map(seed => errorOnTestMdp(learner, { visitRate: 2 }, seed))
  console.log(
    `${name}: largest error of a value, mean ${meanInterval(errors).estimate.toFixed(3)}, worst ${Math.max(...errors).toFixed(3)}`,
  )
  expect(Math.max(...errors)).toBeLessThan(0.25)
})

test('rung 7: figure 6.4: while they learn with rate .5, SARSA earns some 20 more an episode than Q-learning, 20 seeds', async () => {
  const rows = []
  for (const seed of seedsTo(20)) {
    for (const [agent, make] of [
      ['q-learning', qLearning],
      ['sarsa', sarsa],
    ] as const) {
      rows.push({ agent, seed, return: (await walkTheCliff(make, 0.5, 500, seed)).whileLearning })
    }
  }
  for (const agent of ['q-learning', 'sarsa']) {
    const { estimate, low, high } = meanInterval(rows.filter(row => row.agent === agent).map(row => row.return))
    console.log(`${agent}: ${estimate.toFixed(1)} an episode, episodes 101 to 500, 95 % interval ${low.toFixed(1)} to ${high.toFixed(1)}`)
  }
  // The book's curves lie near -50 and -25.
  expect(pairedDifference(rows, 'sarsa', 'q-learning').low).toBeGreaterThan(15)
})

// The rate is small, so that one fall moves a value by two only. A greedy walk may still run in circles where two actions are worth the
// same.
test('rung 7: after 5,000 episodes with rate .02 Q-learning walks along the edge, the others keep away, 20 seeds', async () => {
  for (const { name, make } of learners) {
    const walks = []
    for (const seed of seedsTo(20)) walks.push(await walkTheCliff(make, 0.02, 5000, seed))
    const arrived = walks.filter(walk => walk.arrived)
    const ways = [...new Set(arrived.map(walk => walk.earned))].sort().join(', ')
    const learning = meanInterval(walks.map(walk => walk.whileLearning)).estimate.toFixed(1)
    console.log(`${name}: ${arrived.length} of 20 arrive, earning ${ways}; ${learning} while learning`)
    expect(walks.map(walk => walk.edge)).toEqual(Array(20).fill(make === qLearning ? 10 : 0))
    expect(arrived.length).toBeGreaterThanOrEqual(18)
  }
})

test.each(['user', 'session'] as const)(
  'in the interaction log, variant %s, both earn more than random after 100,000 steps, 5 seeds',
  async variant => {
    const shop = interactionLog(1, { variant })
    const test = interactionLog(100, { variant })
    const rows = []
    for (const seed of seedsTo(5)) {
      for (const make of [qLearning, sarsa, randomAgent]) {
        const agent = make(shop.spec, { seed })
        if (make !== randomAgent) await train(agent, shop, { steps: 100_000, seed })
        rows.push({ agent: agent.kind, seed, return: evaluate(agent, test, { episodes: 1000, seed: 1_000_000 }).mean })
      }
    }
    for (const agent of ['q-learning', 'sarsa']) {
      const { estimate, low, high } = pairedDifference(rows, agent, 'random')
      const mean = meanInterval(rows.filter(row => row.agent === agent).map(row => row.return)).estimate
      console.log(
        `${variant}, ${agent}: ${mean.toFixed(2)} clicks, ${estimate.toFixed(2)} more than random (${low.toFixed(2)} to ${high.toFixed(2)})`,
      )
      expect(low).toBeGreaterThan(1)
    }
  },
)
