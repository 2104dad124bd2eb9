import { expect, test } from 'vitest'
import { contentBased } from '../../src/agents/content-based'
import { popularity } from '../../src/agents/popularity'
import { randomAgent } from '../../src/agents/random'
import { recommend } from '../../src/agents/recommend'
import { makeAgent } from '../../src/agents/registry'
import { UserError } from '../../src/data/user-error'
import { candyStore } from '../../src/envs/candy-store'
import { cartPole } from '../../src/envs/classic/cart-pole'
import type { Spec } from '../../src/envs/env'
import { recogym } from '../../src/envs/recogym'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { simshop } from '../../src/envs/simshop'
import { evaluate } from '../../src/train/evaluate-agent'
import { agentProperties } from './agent-properties'

/** Four items in a plane: east (long), north, west, and one without features. */
const plane = {
  spec: {
    name: 'plane',
    preset: '',
    options: {},
    layout: [
      { name: 'user', offset: 0, shape: [2] },
      { name: 'history', offset: 2, shape: [2] },
      { name: 'context', offset: 4, shape: [1], progress: 0 },
    ],
    width: 5,
    actions: { kind: 'discrete', n: 4 },
    horizon: 10,
  } as Spec,
  items: { features: Float32Array.of(5, 0, 0, 1, -1, 0, 0, 0), width: 2, labels: ['east', 'north', 'west', 'nothing'] },
}

function scoresOf(row: number[]): number[] {
  const out = new Float32Array(4)
  contentBased(plane).scores(Float32Array.from(row), out)
  return [...out].map(score => Math.round(score * 1e6) / 1e6)
}

test('scores are cosines with the shopper, whatever the lengths', () => {
  expect(scoresOf([3, 4, 0, 0, 0])).toEqual([0.6, 0.8, -0.6, 0])
  expect(scoresOf([30, 40, -1, 0, 0])).toEqual([0.6, 0.8, -0.6, 0])
})

test('a stranger is known by what they took, and somebody without a past by nothing', () => {
  expect(scoresOf([0, 0, -2, 0, 0])).toEqual([-1, 0, 1, 0])
  expect(scoresOf([0, 0, 0, 0, 0.5])).toEqual([0, 0, 0, 0])
})

// By cosine with (3, 4): north, east, nothing, west; then from the start.
test('it goes down its list as the session goes on', () => {
  const rows = Float32Array.from([0, 0.1, 0.2, 0.3, 0.4].flatMap(progress => [3, 4, 0, 0, progress]))
  const [actions, propensities] = [new Int32Array(5), new Float32Array(5)]
  contentBased(plane).act(rows, true, actions, propensities)
  expect([...actions]).toEqual([1, 0, 3, 2, 1])
  expect(new Set(propensities)).toEqual(new Set([1]))
})

test('equal cosines go by the lower item, each once', () => {
  const rows = Float32Array.from([0, 0.1, 0.2, 0.3].flatMap(progress => [0, -1, 0, 0, progress]))
  const actions = new Int32Array(4)
  contentBased(plane).act(rows, false, actions)
  expect([...actions]).toEqual([0, 2, 3, 1]) // cosines 0, -1, -0, 0
})

test('of whom nothing is known is shown any item, and the propensity says so', () => {
  const [actions, propensities] = [new Int32Array(4000), new Float32Array(4000)]
  contentBased(plane, { seed: 1 }).act(new Float32Array(4000 * 5), true, actions, propensities)
  for (let item = 0; item < 4; item++) expect(Math.abs(actions.filter(taken => taken === item).length - 1000)).toBeLessThan(110) // 4 s.e.
  expect(new Set(propensities)).toEqual(new Set([0.25]))
})

test('a checkpoint holds the features: an agent made without a shop takes it up and goes on', async () => {
  const one = contentBased(plane, { seed: 3 })
  const unknown = new Float32Array(20 * 5)
  one.act(unknown, true, new Int32Array(20))
  const two = await makeAgent('content-based', { spec: plane.spec }, { seed: 7 })
  expect(() => two.scores(unknown, new Float32Array(4))).toThrow('knows no item features; make it with the shop')
  two.load(one.save())
  const [first, second] = [new Int32Array(20), new Int32Array(20)]
  one.act(unknown, true, first)
  two.act(unknown, true, second)
  expect(second).toEqual(first)
  const scores = [new Float32Array(4), new Float32Array(4)] as const
  one.scores(Float32Array.of(3, 4, 0, 0, 0), scores[0])
  two.scores(Float32Array.of(3, 4, 0, 0, 0), scores[1])
  expect(scores[1]).toEqual(scores[0])
  expect(() => contentBased(candyStore(1, { users: 5, items: 4 })).load(one.save())).toThrow('another architecture')
  expect(() => one.load({ ...one.save(), agent: 'random' })).toThrow('this agent is content-based')
})

test('a shop without profiles, or with items of another width or number, is refused in words', async () => {
  expect(() => contentBased(cartPole(1))).toThrow('content-based compares items with a shopper')
  const wide = { ...plane.items, width: 4 }
  expect(() => contentBased({ ...plane, items: wide })).toThrow('the user block of plane has 2 numbers and an item 4')
  const few = { ...plane.items, features: new Float32Array(6) }
  expect(() => contentBased({ ...plane, items: few })).toThrow('plane has 4 actions and the features of 3 items')
  await expect(makeAgent('content-based', plane, { epsilon: 1 })).rejects.toThrow(
    "content-based has no option 'epsilon'; its options are seed",
  )
  expect(() => contentBased(plane).act(new Float32Array(4), false, new Int32Array(1))).toThrow('1 rows of 5 are needed')
})

test('a shop that tells no features of its items is refused when the agent is made, and a spec alone when it acts', () => {
  const message = 'content-based needs the features of the items, which recogym does not tell; choose another agent or shop'
  expect(() => contentBased(recogym(1))).toThrow(message)
  expect(() => contentBased(recogym(1))).toThrow(UserError)
  const env = recogym(1)
  expect(() => contentBased({ spec: env.spec }).act(env.observations, true, new Int32Array(1))).toThrow(/knows no item features/)
})

test('a stranger who took sour candy is recommended sour candy', () => {
  const shop = candyStore(1)
  const sour = shop.items.labels.flatMap((title, item) => (/^Sour /.test(title) ? [item] : []))
  const list = recommend(contentBased(shop), shop.strangerObservation({ taken: sour.slice(0, 3) }), 100, 5, { exclude: sour.slice(0, 3) })
  expect(list.filter(({ item }) => sour.includes(item)).length).toBeGreaterThanOrEqual(4)
})

// Five seeds, each with 500 visits that are the same for all.
test("in the guide's shop of 100 items it earns far more than random where shoppers are known, and more where they are new", () => {
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
  for (const [newShoppers, least] of [
    [0, 5],
    [1, 1],
  ] as const) {
    const seeds = [1, 2, 3, 4, 5]
    const earned = (make: (seed: number) => ReturnType<typeof randomAgent>) =>
      seeds.map(seed => evaluate(make(seed), candyStore(64, { newShoppers }), { episodes: 500, seed: 100 + seed }).mean)
    const shop = candyStore(1, { newShoppers })
    const content = earned(seed => contentBased(shop, { seed }))
    const random = earned(seed => randomAgent(shop.spec, { seed }))
    const gains = content.map((value, at) => value - random[at]!)
    console.log(
      `${newShoppers === 0 ? 'known' : 'new'} shoppers: content-based ${mean(content).toFixed(2)}, random ${mean(random).toFixed(2)}`,
    )
    console.log(`  gain by seed: ${gains.map(gain => gain.toFixed(2)).join(', ')}`)
    expect(Math.min(...gains)).toBeGreaterThan(least)
  }
})

test('every shopper gets a list of their own', () => {
  const shop = candyStore(1)
  const lists = ['user_1', 'user_2', 'user_3'].map(user =>
    recommend(contentBased(shop), shop.firstObservation(user), 100, 5).map(({ item }) => item),
  )
  expect(new Set(lists.map(String)).size).toBe(3)
  const same = ['user_1', 'user_2'].map(user =>
    recommend(popularity(shop.spec), shop.firstObservation(user), 100, 5).map(({ item }) => item),
  )
  expect(same[0]).toEqual(same[1])
})

test('slates hold the candidates that resemble the shopper most, best first, and a random page for whom nothing is known', () => {
  const env = interestEvolution(3)
  env.reset(2)
  env.observations.fill(0, 2 * 220, 2 * 220 + 20)
  const [actions, propensities] = [new Int32Array(6), new Float32Array(3)]
  contentBased(env, { seed: 5 }).act(env.observations, true, actions, propensities)
  for (const copy of [0, 1]) {
    const row = env.observations.subarray(copy * 220, (copy + 1) * 220)
    const interest = (candidate: number) => row[row.subarray(20 + 20 * candidate, 40 + 20 * candidate).indexOf(1)]!
    const ranked = Array.from({ length: 10 }, (_, candidate) => candidate).sort(
      (one, other) => interest(other) - interest(one) || one - other,
    )
    expect([...actions.subarray(2 * copy, 2 * copy + 2)]).toEqual(ranked.slice(0, 2))
    expect(propensities[copy]).toBe(1)
  }
  expect(propensities[2]).toBe(Math.fround(1 / 90))
  const scores = new Float32Array(10)
  contentBased(env).scores(env.observations.subarray(440, 660), scores)
  expect(new Set(scores)).toEqual(new Set([0]))
  expect(() => contentBased(simshop(1))).toThrow('the user block of simshop has 6 numbers and a candidate 8; choose another agent')
})

agentProperties(
  'content-based on items',
  env => contentBased(env, { seed: 1 }),
  copies => candyStore(copies, { users: 20, items: 6, newShoppers: 0.5 }),
  { learns: false, greedy: false, other: copies => candyStore(copies, { users: 20, items: 7 }) },
)
agentProperties(
  'content-based in slates',
  env => contentBased(env, { seed: 1 }),
  copies => interestEvolution(copies),
  { learns: false, other: copies => interestEvolution(copies) },
)
