import { expect, test } from 'vitest'
import { randomAgent } from '../../src/agents/random'
import { candyStore } from '../../src/envs/candy-store'
import type { Env } from '../../src/envs/env'
import { playActors, referenceActors } from '../../src/train/play-actors'
import { tellSession } from '../../src/train/tell-session'

const shop = (copies: number) => candyStore(copies, { users: 30, items: 10 })

test('a row for each actor and seed, the same every time, with the oracle ahead', () => {
  const play = () => playActors(shop, referenceActors, { seeds: [1, 2], episodes: 50 })
  const rows = play()
  expect(rows).toEqual(play())
  expect(rows.map(({ agent, seed }) => [agent, seed])).toEqual([
    ['random', 1],
    ['myopic oracle', 1],
    ['random', 2],
    ['myopic oracle', 2],
  ])
  expect(rows[1]!.return).toBeGreaterThan(rows[0]!.return)
  for (const row of rows) expect(row.length).toBe(10)
  expect(rows[1]!.profit).toBeGreaterThan(0)
})

test('a session is told with who came first and a line for each step', () => {
  const env = shop(1)
  const told = tellSession(randomAgent(env.spec, { seed: 1 }), env, { seed: 3 })
  expect(told.lines).toHaveLength(11)
  expect(told).toMatchObject({ steps: 10, end: 'truncated' })
  expect(told.lines[0]).toMatch(/has come in$/)
  expect(told.lines[10]).toContain('the session was cut off')
  expect(tellSession(randomAgent(env.spec, { seed: 1 }), env, { seed: 3, atMost: 4 })).toMatchObject({ steps: 4, end: 'not over' })
})

test.each<[string, unknown, unknown, string]>([
  [
    'an actor',
    shop,
    { rule: randomAgent(shop(1).spec) },
    'actors.rule is an actor; it must be a function that gives one: { rule: (env, seed) => ',
  ],
  ['nothing', shop, { rule: undefined }, 'actors.rule is undefined; it must be a function that gives an actor'],
  [
    'a promise of an actor',
    shop,
    { rule: async (env: Env) => randomAgent(env.spec) },
    'actors.rule gives a promise; it must give an actor, something with act: make it first (await makeAgent(…)), then give { rule: () => agent }',
  ],
  ['no actor', shop, { rule: () => {} }, 'actors.rule gives undefined; it must give an actor'],
  ['a shop for its maker', shop(1), referenceActors, 'make is a shop; it must be a function that makes one: copies => candyStore(copies)'],
  ['a name for a maker', 'candy-store', referenceActors, "make is 'candy-store'; it must be a function that makes a shop"],
  ['a maker that gives nothing', () => {}, referenceActors, 'make gives undefined; it must give a shop: copies => candyStore(copies)'],
  ['a maker that gives a spec', () => shop(1).spec, referenceActors, 'make gives an object; it must give a shop'],
])('%s is refused with the right form', (_, make, actors, message) => {
  const play = playActors as (...given: unknown[]) => unknown
  expect(() => play(make, actors, { seeds: [1], episodes: 2 })).toThrow(message)
})

test('a session is told only of an actor in a shop', () => {
  const tell = tellSession as (...given: unknown[]) => unknown
  const [env, agent] = [shop(1), randomAgent(shop(1).spec)]
  expect(() => tell(env, agent, { seed: 1 })).toThrow(
    'actor is a shop; it must be an actor, something with act: tellSession(actor, env, { seed: 1 })',
  )
  expect(() => tell(agent, shop, { seed: 1 })).toThrow('env is a function; it must be a shop: tellSession(actor, env, { seed: 1 })')
})

test('nothing to play with is refused', () => {
  expect(() => playActors(shop, referenceActors, { seeds: [], episodes: 1 })).toThrow('seeds is empty')
  expect(() => tellSession(randomAgent(shop(1).spec), shop(1), { seed: 1, atMost: 0 })).toThrow('atMost is 0')
})
