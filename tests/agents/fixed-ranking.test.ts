import { expect, test } from 'vitest'
import { fixedRanking } from '../../src/agents/fixed-ranking'
import { candyStore } from '../../src/envs/candy-store'
import type { Spec } from '../../src/envs/env'
import { offers } from '../../src/envs/offers'
import { recogym } from '../../src/envs/recogym'
import { longTermSatisfaction } from '../../src/envs/recsim-long-term-satisfaction'
import { simshop } from '../../src/envs/simshop'
import { agentProperties } from './agent-properties'

/** Four items, and a session that says how far it is. */
const shelf = {
  spec: {
    name: 'shelf',
    preset: '',
    options: {},
    layout: [{ name: 'context', offset: 0, shape: [1], progress: 0 }],
    width: 1,
    actions: { kind: 'discrete', n: 4 },
    horizon: 10,
  } as Spec,
  items: { features: Float32Array.of(0, 3, 0, 1, 0, 3, 0, 2), width: 2, labels: ['a', 'b', 'c', 'd'] },
}

function session(agent: ReturnType<typeof fixedRanking>, width = 1): number[] {
  const [actions, propensities] = [new Int32Array(6 * width), new Float32Array(6)]
  agent.act(Float32Array.of(0, 0.1, 0.2, 0.3, 0.4, 0.5), true, actions, propensities)
  expect(new Set(propensities)).toEqual(new Set([1]))
  return [...actions]
}

test('it goes down its list as the session goes on, and begins anew after the last', () => {
  expect(session(fixedRanking(shelf))).toEqual([0, 1, 2, 3, 0, 1])
  expect(session(fixedRanking(shelf, { order: [2, 0, 3] }))).toEqual([2, 0, 3, 2, 0, 3])
  // Column 1 is 3, 1, 3, 2.
  expect(session(fixedRanking(shelf, { column: 1 }))).toEqual([0, 2, 3, 1, 0, 2])
  expect(session(fixedRanking(shelf, { column: 1, descending: false }))).toEqual([1, 3, 0, 2, 1, 3])
})

test('scores fall along the list, and are 0 for what is not in it', () => {
  const scores = new Float32Array(4)
  fixedRanking(shelf, { order: [2, 0] }).scores(new Float32Array(1), scores)
  expect([...scores]).toEqual([0.5, 0, 1, 0])
})

test('slates are filled from the list, a page at a time', () => {
  const spec: Spec = { ...shelf.spec, actions: { kind: 'slate', candidates: 4, size: 2 } }
  expect(session(fixedRanking({ spec }, { order: [3, 1, 0] }), 2)).toEqual([3, 1, 0, 3, 1, 0, 3, 1, 0, 3, 1, 0])
  expect(session(fixedRanking({ spec }), 2).slice(0, 6)).toEqual([0, 1, 2, 3, 0, 1])
})

test('or by a column of the candidates as they are', () => {
  const env = longTermSatisfaction(3)
  env.reset(4)
  const [most, least] = [new Int32Array(3), new Int32Array(3)]
  fixedRanking(env, { column: 0 }).act(env.observations, false, most)
  fixedRanking(env, { column: 0, descending: false }).act(env.observations, false, least)
  for (let copy = 0; copy < 3; copy++) {
    const clickbait = [...env.observations.subarray(copy * 11 + 1, copy * 11 + 11)]
    expect([most[copy], least[copy]]).toEqual([clickbait.indexOf(Math.max(...clickbait)), clickbait.indexOf(Math.min(...clickbait))])
  }
  const scores = new Float32Array(10)
  fixedRanking(env, { column: 0, descending: false }).scores(env.observations.subarray(0, 11), scores)
  expect(scores).toEqual(env.observations.slice(1, 11).map(value => -value))
})

test('a checkpoint holds the list: an agent made without the items takes it up', () => {
  const one = fixedRanking(shelf, { column: 1 })
  const two = fixedRanking({ spec: shelf.spec }, { column: 1 })
  expect(() => session(two)).toThrow('fixed-ranking knows no item features')
  two.load(one.save())
  expect(session(two)).toEqual(session(one))
  const damaged = one.save()
  damaged.arrays.list![0] = 2
  expect(() => two.load(damaged)).toThrow('order[1] is 2, which stands in it before')
  expect(() => fixedRanking(candyStore(1), { order: [1] }).load(damaged)).toThrow('stands in it before')
  expect(() => fixedRanking(simshop(1), { column: 4 }).load(fixedRanking(simshop(1), { column: 5 }).save())).toThrow(
    'the checkpoint ranks by column 5, descending; this agent by column 4, descending',
  )
  const rising = fixedRanking(simshop(1), { column: 4, descending: false })
  expect(() => fixedRanking(simshop(1), { column: 4 }).load(rising.save())).toThrow(
    'ranks by column 4, ascending; this agent by column 4, desc',
  )
  expect(() => rising.load(one.save())).toThrow('the checkpoint ranks by a list; this agent by column 4, ascending')
  expect(() => fixedRanking(simshop(1)).load(rising.save())).toThrow('the checkpoint ranks by column 4, ascending; this agent by a list')
  expect(session(two)).toEqual(session(one))
})

test('what cannot be a list is refused in words', () => {
  expect(() => fixedRanking(shelf, { order: [0, 4] })).toThrow('fixed-ranking: order[1] is 4; shelf has the numbers 0 to 3')
  expect(() => fixedRanking(shelf, { order: [0, 1, 0] })).toThrow('order[2] is 0, which stands in it before')
  expect(() => fixedRanking(shelf, { order: [] })).toThrow('order has 0 numbers; shelf shows 1 at a time')
  expect(() => fixedRanking(shelf, { order: [1], column: 0 })).toThrow('order and column are both given')
  expect(() => fixedRanking(shelf, { column: 2 })).toThrow('column is 2; an item of shelf has the columns 0 to 1')
  expect(() => fixedRanking(simshop(1), { column: 8 })).toThrow('an item of simshop has the columns 0 to 7')
  expect(() => fixedRanking(simshop(1), { order: [1, 2] })).toThrow('order has 2 numbers; simshop shows 5 at a time')
  expect(() => fixedRanking(recogym(1), { column: 0 })).toThrow('which recogym does not tell; give an order')
  expect(() => fixedRanking(offers(1))).toThrow('offers has multi-discrete actions')
})

const options = { learns: false, other: (copies: number) => candyStore(copies, { users: 20, items: 7 }) }
agentProperties(
  'fixed-ranking on items',
  env => fixedRanking(env, { column: 1 }),
  copies => candyStore(copies, { users: 20, items: 6 }),
  options,
)
agentProperties(
  'fixed-ranking in slates',
  env => fixedRanking(env, { column: 4 }),
  copies => simshop(copies, { progress: true }),
  options,
)
