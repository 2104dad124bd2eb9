import { expect, test } from 'vitest'
import { myopicOracle } from '../../src/agents/myopic-oracle'
import { randomAgent } from '../../src/agents/random'
import { candyStore } from '../../src/envs/candy-store'
import { makeEnv } from '../../src/envs/registry'
import { simshop, simshopTypes } from '../../src/envs/simshop'
import { evaluate } from '../../src/train/evaluate-agent'
import { evaluateByType } from '../../src/train/evaluate-by-type'
import { measured } from '../../src/train/measured'

const options = { items: 40, candidates: 10, pageSize: 3 }
const { spec } = simshop(1, options)

test('there is a row for each type, of as many visits of it alone', () => {
  const rows = evaluateByType(randomAgent(spec, { seed: 1 }), spec, { episodes: 20, seed: 7 })
  expect(rows.map(({ type }) => type)).toEqual(simshopTypes)
  const alone = simshop(20, { ...options, userTypes: 'brand_lover' })
  // The random agent draws on from type to type: one that begins with this type draws as it would.
  const [row] = evaluateByType(randomAgent(spec, { seed: 1 }), spec, { episodes: 20, seed: 7 }, ['brand_lover'])
  expect(row).toEqual({ type: 'brand_lover', ...measured(evaluate(randomAgent(spec, { seed: 1 }), alone, { episodes: 20, seed: 7 })) })
})

test('types differ: a brand_lover clicks what the oracle shows, a familiarity_seeker nothing on the first visit', () => {
  const rows = evaluateByType(myopicOracle, spec, { episodes: 20, seed: 7 }, ['brand_lover', 'familiarity_seeker'])
  expect(rows[0]!.return).toBeGreaterThan(rows[1]!.return + 3)
  expect(rows[1]).toMatchObject({ clickThroughRate: 0, conversionRate: null, profit: 0 })
})

test('a shop of some types has those alone, each once, also with an option of one of them', () => {
  const some = simshop(1, { ...options, userTypes: ['cheap_seeker', 'familiarity_seeker', 'cheap_seeker'], memoryVisits: 5 }).spec
  const rows = evaluateByType(randomAgent(some), some, { episodes: 2, seed: 7 })
  expect(rows.map(({ type }) => type)).toEqual(['cheap_seeker', 'familiarity_seeker'])
})

test('a shop without types is refused', () => {
  const store = candyStore(1, { users: 5, items: 4 }).spec
  expect(() => evaluateByType(randomAgent(store), store, { episodes: 2, seed: 7 })).toThrow(
    'candy-store has no types of shoppers to tell apart',
  )
})

test('copies that are stepped together mix the types evenly, from the first visit on', () => {
  const copies = 60
  const env = makeEnv('simshop', copies, options)
  const counts = new Float64Array(simshopTypes.length)
  const count = (copy: number) =>
    counts[Array.from(env.observations.subarray(copy * env.spec.width, copy * env.spec.width + 6)).indexOf(1)]!++
  const agent = randomAgent(env.spec, { seed: 1 })
  const actions = new Int32Array(copies * 3)
  env.reset(3)
  for (let copy = 0; copy < copies; copy++) count(copy)
  for (let step = 0; step < 100; step++) {
    agent.act(env.observations, true, actions)
    env.step(actions)
    for (let copy = 0; copy < copies; copy++) if (env.terminated[copy] || env.truncated[copy]) count(copy)
  }
  const visits = counts.reduce((sum, one) => sum + one, 0)
  // Chi-squared with 5 degrees of freedom stays below 20.5 in 999 of 1,000 such tests; the seed is fixed.
  const distance = counts.reduce((sum, one) => sum + (one - visits / 6) ** 2 / (visits / 6), 0)
  expect(visits).toBeGreaterThan(600)
  expect(distance).toBeLessThan(20.5)
})
