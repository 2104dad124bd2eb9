/** What the table agents learn, in short; tests/learning/tabular.test.ts does it over more seeds and episodes. */
import { describe, expect, test } from 'vitest'
import { qLearning } from '../../src/agents/q-learning'
import { randomAgent } from '../../src/agents/random'
import { sarsa } from '../../src/agents/sarsa'
import { type ProbeName, probe, probeNames } from '../../src/envs/classic/probes'
import { interactionLog } from '../../src/envs/interaction-log'
import { pairedDifference } from '../../src/evaluate/paired-difference'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'
import { errorOnTestMdp, learners, walkTheCliff } from './tabular-learning'
import { play, valuesOf } from './tabular-steps'

const seeds = [0, 1, 2, 3, 4]

describe('rung 4: the probes', () => {
  // What is worth what, by what is seen: the discount is .9, and whoever acts well at 'both' earns 1.
  const truths: Readonly<Record<ProbeName, readonly (readonly [seen: number, values: readonly number[]])[]>> = {
    constant: [[0, [1]]],
    observation: [
      [1, [1]],
      [-1, [-1]],
    ],
    delay: [
      [1, [1]],
      [0, [0.9]],
    ],
    action: [[0, [-1, 1]]],
    both: [
      [1, [-1, 1]],
      [-1, [1, -1]],
    ],
  }

  test.each(learners.map(({ name, make }) => [name, make] as const))('%s learns all five', (_, make) => {
    for (const name of probeNames) {
      const env = probe(name, 1)
      env.reset(1)
      const agent = make(env.spec, { learningRate: 0.2, epsilon: 0.3 })
      play(agent, env, 600)
      for (const [seen, values] of truths[name]) {
        for (const [action, value] of valuesOf(agent, values.length, seen).entries()) expect(value).toBeCloseTo(values[action]!, 2)
      }
    }
  })
})

describe('rung 7: the test MDP, 50,000 steps, all actions alike likely, against planning and linear equations', () => {
  test.each(learners.map(learner => [learner.name, learner] as const))(
    '%s comes within .25, rate min(1, 2 / visits of the pair)',
    (_, learner) => {
      for (const seed of seeds) expect(errorOnTestMdp(learner, { visitRate: 2 }, seed)).toBeLessThan(0.25)
    },
  )

  // RecSim's own test, with its delta: its rate is 100 over the steps of the whole table.
  test('q-learning does so with min(1, 100 / visits of the table)', () => {
    for (const seed of seeds) expect(errorOnTestMdp(learners[0], { visitRate: 100, visitsOf: 'table' }, seed)).toBeLessThan(0.25)
  })
})

// With a constant rate one fall moves a value by ten, so a walk may touch the edge, and some run in circles (3 of 20 seeds).
test('rung 7: on the cliff Q-learning walks along the edge and earns less while it learns; SARSA keeps away, five seeds', async () => {
  let touched = 0
  for (const seed of seeds) {
    const bold = await walkTheCliff(qLearning, 0.1, 500, seed)
    const safe = await walkTheCliff(sarsa, 0.1, 500, seed)
    expect(bold).toMatchObject({ earned: -13, edge: 10, arrived: true })
    expect(safe.whileLearning).toBeGreaterThan(bold.whileLearning + 10)
    touched += safe.edge
  }
  expect(touched).toBeLessThanOrEqual(2) // of the 50 that Q-learning passes
})

test('in the interaction log, state the user, both serve better than at random after 20,000 recommendations to 200 users', async () => {
  const shop = interactionLog(1, { users: 200, items: 100, interactions: 4000 })
  const test = interactionLog(50, { users: 200, items: 100, interactions: 4000 })
  const rows = []
  for (const seed of seeds) {
    for (const make of [qLearning, sarsa, randomAgent]) {
      const agent = make(shop.spec, { seed })
      if (make !== randomAgent) await train(agent, shop, { steps: 20_000, seed })
      rows.push({ agent: agent.kind, seed, return: evaluate(agent, test, { episodes: 200, seed: 1_000_000 }).mean })
    }
  }
  for (const agent of ['q-learning', 'sarsa']) expect(pairedDifference(rows, agent, 'random').low).toBeGreaterThan(0)
})
