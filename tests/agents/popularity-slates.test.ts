import { describe, expect, test } from 'vitest'
import { popularity } from '../../src/agents/popularity'
import { randomAgent } from '../../src/agents/random'
import { UserError } from '../../src/data/user-error'
import type { Env } from '../../src/envs/env'
import { EventLog } from '../../src/envs/events'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { longTermSatisfaction } from '../../src/envs/recsim-long-term-satisfaction'
import { simshop } from '../../src/envs/simshop'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'
import { agentProperties } from './agent-properties'
import { within } from './bandit-support'

/** Four candidates of two numbers each, of which two are shown; nothing else is seen. */
const spec: Env['spec'] = {
  name: 'shelf',
  preset: '',
  options: {},
  layout: [{ name: 'candidates', offset: 0, shape: [4, 2] }],
  width: 8,
  actions: { kind: 'slate', candidates: 4, size: 2 },
  horizon: 10,
}
const [apple, pear, plum, fig] = [
  [1, 0],
  [0, 1],
  [2, 2],
  [5, 0],
] as const
const rowOf = (...candidates: readonly (readonly number[])[]) => Float32Array.from(candidates.flat())

/** An agent that has seen pears clicked on 3 of 4 times and plums 1 of 4, in changing places. */
function taught() {
  const agent = popularity(spec, { epsilon: 0.4, seed: 1 })
  const show = (row: Float32Array, slate: number[], chosen: number) =>
    agent.observe(
      {
        spec,
        copies: 1,
        observations: row,
        finalObservations: row,
        rewards: Float64Array.of(0),
        terminated: Uint8Array.of(0),
        truncated: Uint8Array.of(0),
        chosen: Int32Array.of(chosen),
        events: new EventLog(0),
      } as unknown as Env,
      row,
      Int32Array.from(slate),
    )
  show(rowOf(apple, pear, plum, fig), [1, 2], 0)
  show(rowOf(pear, plum, apple, fig), [1, 0], 1)
  show(rowOf(fig, apple, plum, pear), [3, 2], 0)
  show(rowOf(plum, pear, fig, apple), [0, 1], 0)
  return agent
}

test('an item is known by its features, wherever it stands, and scored by its clicks and the prior', () => {
  const scores = new Float32Array(4)
  const agent = taught()
  agent.scores(rowOf(plum, fig, pear, [0, 1.5]), scores)
  expect([...scores]).toEqual([2 / 6, 1 / 2, 4 / 6, 1 / 2].map(Math.fround))
  const actions = new Int32Array(4)
  agent.act(Float32Array.of(...rowOf(plum, fig, pear, apple), ...rowOf(pear, pear, plum, plum)), false, actions)
  expect([...actions]).toEqual([2, 1, 0, 1])
})

// Twelve slates: the best with .6 + .4 / 12, each other with .4 / 12.
test('while learning it shows any slate with probability epsilon, and propensities say so', () => {
  const rows = 6000
  const observations = new Float32Array(8 * rows)
  for (let row = 0; row < rows; row++) observations.set(rowOf(plum, fig, pear, apple), 8 * row)
  const [actions, propensities] = [new Int32Array(2 * rows), new Float32Array(rows)]
  taught().act(observations, true, actions, propensities)
  const counts = new Map<string, number>()
  for (let row = 0; row < rows; row++) {
    const slate = `${actions[2 * row]} ${actions[2 * row + 1]}`
    counts.set(slate, (counts.get(slate) ?? 0) + 1)
    expect(propensities[row]).toBeCloseTo(slate === '2 1' ? 0.6 + 0.4 / 12 : 0.4 / 12, 6)
  }
  expect(counts.size).toBe(12)
  for (const [slate, count] of counts) {
    const expected = slate === '2 1' ? 0.6 + 0.4 / 12 : 0.4 / 12
    expect(Math.abs(count / rows - expected)).toBeLessThan(within(expected, rows))
  }
})

describe('in shops', () => {
  test('simshop shows 50 of its 250 items at a time, and no more than those are ever remembered', async () => {
    const agent = popularity(simshop(1).spec, { epsilon: 1 })
    await train(agent, simshop(8, { candidateDraw: 'fresh' }), { steps: 3000 })
    const { items, shows } = agent.save().arrays
    expect(items!.length).toBe(250 * 8)
    expect((shows as Float64Array).reduce((sum, count) => sum + count, 0)).toBe(3000 * 5)
  })

  // Five seeds, the same 64 visits for both. (In interest evolution clicks say nothing of it: they follow tastes that differ evenly.)
  test('it earns more than random in simshop', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const agent = popularity(simshop(1).spec, { seed, epsilon: 0.3 })
      await train(agent, simshop(16), { steps: 4000, seed })
      const visits = { episodes: 64, seed: 1000 + seed }
      const random = evaluate(randomAgent(simshop(1).spec, { seed }), simshop(64), visits).mean
      expect(evaluate(agent, simshop(64), visits).mean).toBeGreaterThan(random + 1)
    }
  })

  test('a shop whose candidates never come back is refused in words before it fills the memory, and nothing of that step is kept', () => {
    const env = longTermSatisfaction(1500)
    env.reset(1)
    const agent = popularity(env.spec)
    const actions = new Int32Array(1500)
    const step = () => {
      const before = env.observations.slice()
      env.step(actions)
      return () => agent.observe(env, before, actions)
    }
    // Six times 1,500 documents, which are too many for 10,000 with the seventh.
    for (let time = 0; time < 6; time++) step()()
    const kept = agent.save()
    const observe = step()
    expect(observe).toThrow('popularity remembers the items shown, and recsim-long-term-satisfaction has shown 10000 different ones')
    expect(observe).toThrow(UserError)
    expect(agent.save()).toEqual(kept)
  })
})

agentProperties(
  'popularity in slates',
  env => popularity(env.spec, { seed: 1, epsilon: 0.3 }),
  copies => simshop(copies, { newShoppers: 0.3 }),
  { other: copies => interestEvolution(copies) },
)
