import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../src/agents/myopic-oracle'
import { agentFacts, agentNames, makeAgent } from '../../src/agents/registry'
import { checkFeedback } from '../../src/data/logged-feedback'
import { candyStore } from '../../src/envs/candy-store'
import { identity } from '../../src/envs/classic/identity'
import type { Env } from '../../src/envs/env'
import { offers } from '../../src/envs/offers'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { evaluate } from '../../src/train/evaluate-agent'
import { jointActionParts } from '../../src/train/joint-action'
import { recordFeedback } from '../../src/train/record-feedback'

const smallCandy = (copies: number) => candyStore(copies, { users: 20, items: 6 })

/** Does the first of two with the probability .75 that it says, by what it sees and not by chance. */
const always = (propensity: number): Actor => ({
  act(_observations, _explore, actions, propensities) {
    actions.fill(0)
    propensities?.fill(propensity)
  },
})

test('what was seen, done, earned and said, visit after visit', () => {
  // Observation: one-hot of a number; reward 1 where the action is that number. Always action 0.
  const log = recordFeedback(identity(3, { n: 2, length: 4 }), always(0.75), { visits: 5, seed: 7 })
  checkFeedback(log)
  expect(log).toMatchObject({ rounds: 20, actions: 2, width: 2, action: new Int32Array(20) })
  expect(log.propensity).toEqual(new Float64Array(20).fill(0.75))
  expect([...log.episode!]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4])
  for (const [round, reward] of log.reward.entries()) expect(reward).toBe(log.contexts[round * 2])
  expect(new Set(log.reward).size).toBe(2)
})

test('however many copies are stepped together, the log is the same', () => {
  const one = recordFeedback(smallCandy(1), always(1), { visits: 7, seed: 2 })
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9 }), copies => {
      expect(recordFeedback(smallCandy(copies), always(1), { visits: 7, seed: 2 })).toEqual(one)
    }),
    { numRuns: 5 },
  )
})

test('returns are those of evaluate, without bonuses, whether the agent explores or not', async () => {
  const shop = smallCandy(2)
  const agent = await makeAgent('popularity', shop, { seed: 1 })
  const log = recordFeedback(shop, agent, { visits: 9, seed: 4, explore: false })
  const { returns } = evaluate(agent, smallCandy(2), { episodes: 9, seed: 4 })
  const summed = new Float64Array(9)
  for (const [round, reward] of log.reward.entries()) summed[log.episode![round]!]! += reward
  expect(summed).toEqual(returns)
  expect(new Set(log.propensity)).toEqual(new Set([1]))
  expect(new Set(recordFeedback(shop, agent, { visits: 9, seed: 4 }).propensity).size).toBe(2)
})

test('a training bonus is no reward of the log', () => {
  const shop = smallCandy(1)
  const bonused = { ...shop, bonuses: Float64Array.of(1), rewards: Float64Array.of(3), step: (actions: Int32Array) => shop.step(actions) }
  const log = recordFeedback(bonused as Env, always(1), { visits: 1, seed: 1 })
  expect(new Set(log.reward)).toEqual(new Set([2]))
})

describe('an action of several numbers is one action of the log', () => {
  test.each([
    ['parts', (copies: number) => offers(copies), 5 * 3 * 3 * 4],
    ['a slate', (copies: number) => interestEvolution(copies, { candidates: 5, slate: 2 }), 5 * 4],
  ] as const)('%s', async (_, make, count) => {
    const shop = make(2)
    const log = recordFeedback(shop, await makeAgent('random', shop, { seed: 1 }), { visits: 3, seed: 1 })
    checkFeedback(log)
    expect(log.actions).toBe(count)
    expect(new Set(log.propensity)).toEqual(new Set([Math.fround(1 / count)]))
    expect(new Set(log.action).size).toBeGreaterThan(5)
    // Done again from its number, the first visit earns the same.
    const { actions: space } = shop.spec
    let round = 0
    const again: Actor = {
      act(_observations, _explore, actions, propensities) {
        const parts = jointActionParts(space, log.action[round++]!)
        actions.set(parts)
        propensities?.fill(1)
      },
    }
    const one = recordFeedback(make(1), again, { visits: 1, seed: 1 })
    expect(one.reward).toEqual(log.reward.slice(0, one.rounds))
  })
})

test('every agent of the registry that serves the shop writes a log', async () => {
  for (const name of agentNames) {
    if (!agentFacts[name]!.spaces.includes('discrete')) continue
    const shop = smallCandy(3)
    const agent = await makeAgent(name, shop, { seed: 1 })
    checkFeedback(recordFeedback(shop, agent, { visits: 4, seed: 5 }))
    agent.dispose()
  }
})

test.each([0, Number.NaN, 1.5, -0.25])('a propensity of %d is refused', propensity => {
  expect(() => recordFeedback(identity(1), always(propensity), { visits: 1, seed: 1 })).toThrow(
    `the agent says that its action 0 in visit 0 had the probability ${propensity}; a log needs a probability above 0 and at most 1`,
  )
})

test('one that gives none, and bad options, are refused', () => {
  const silent: Actor = { act: (_observations, _explore, actions) => void actions.fill(0) }
  expect(() => recordFeedback(identity(1), silent, { visits: 1, seed: 1 })).toThrow('had the probability NaN')
  const record = (options: object) => () => recordFeedback(identity(1), always(1), options as never)
  expect(record({ visits: 0, seed: 1 })).toThrow(/^visits is 0; /)
  expect(record({ visits: 1, seed: Number.NaN })).toThrow(/^seed is NaN; /)
  expect(record({ visits: 1, seed: 1, explore: 'yes' })).toThrow(/^explore is "yes"; /)
  expect(record({ visits: 1, seed: 1, greedy: true })).toThrow(/^recordFeedback has no option "greedy"; /)
})
