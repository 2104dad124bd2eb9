import { expect, test } from 'vitest'
import { checkEnv } from '../../src/envs/check-env'
import { wholes } from '../../src/envs/copy-state'
import { defineEnv } from '../../src/envs/define-env'
import { describe } from '../../src/envs/describe'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { chance, integer } from '../../src/random/draws'

/** The shop of define-env.ts's opening comment, with an oracle. */
const twoShelves = (copies: number) =>
  defineEnv(copies, {
    name: 'two-shelves',
    layout: [{ name: 'context', offset: 0, shape: [1] }],
    actions: { kind: 'discrete', n: 2 },
    horizon: 10,
    state: { likes: wholes(1, 0, 1) },
    begin(copy, { likes }, generator) {
      likes[copy] = integer(generator, 2)
    },
    observe(copy, { likes }, row, offset) {
      row[offset] = likes[copy]!
    },
    step(copy, { likes }, actions, at, generator, outcome) {
      outcome.rewards[copy] = chance(generator, actions[at] === likes[copy] ? 0.8 : 0.2) ? 1 : 0
      return false
    },
    expected: (copy, { likes }, actions, at) => (actions[at] === likes[copy] ? 0.8 : 0.2),
  }).env

test('a shop of a dozen lines passes the whole test kit', () => {
  expect(checkEnv(twoShelves)).toEqual([
    'spec',
    'buffers',
    'steps',
    'reset',
    'determinism',
    'many copies are single ones',
    'save and load',
    'bad actions',
    'oracle',
  ])
})

test('its oracle is asked through the one door', () => {
  const env = twoShelves(1)
  env.reset(1)
  const best = new Int32Array(1)
  bestActions(env, best)
  expect(best[0]).toBe(env.observations[0])
  const expected = new Float64Array(1)
  expectedReward(env, best, expected)
  expect(expected[0]).toBe(0.8)
})

test('a saved state whose numbers are allowed but do not go together is refused before anything moves', () => {
  const { env } = defineEnv(2, {
    name: 'pair',
    layout: [{ name: 'context', offset: 0, shape: [1] }],
    actions: { kind: 'discrete', n: 2 },
    horizon: 10,
    state: { pair: wholes(2, 0, 1) },
    begin(copy, { pair }) {
      pair[2 * copy] = 1
    },
    observe(copy, { pair }, row, offset) {
      row[offset] = pair[2 * copy]!
    },
    step: () => false,
    wrongInState: ({ pair }) => (pair![0] === pair![1] ? `its pair is ${pair!.join(' and ')}; the two must differ` : undefined),
  })
  env.reset(1)
  const saved = env.save(0)
  const withPair = (pair: number[]) => ({ ...saved, state: { ...saved.state, pair } })
  for (const seed of [undefined, 7]) {
    expect(() => env.load(withPair([1, 1]), [0, 1], seed)).toThrow(
      new RangeError('the snapshot cannot be loaded: its pair is 1 and 1; the two must differ'),
    )
  }
  // Numbers that are not even allowed are told as before.
  expect(() => env.load(withPair([2, 2]), [0])).toThrow("the snapshot's pair is 2")
  expect(env.save(0)).toEqual(saved)
  env.load(withPair([0, 1]), [1])
  expect([...env.observations]).toEqual([1, 0])
})

test('it tells who came in and what happened', () => {
  const env = twoShelves(1)
  env.reset(1)
  expect(describe(env)).toBe('shopper: has come in')
  env.step(Int32Array.of(1))
  expect(describe(env)).toMatch(/^shopper: action 1; reward [01]\.00$/)
})
