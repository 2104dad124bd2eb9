/**
 * LinUCB against numbers published elsewhere: MABWiser's tests (github.com/fidelity/mabwiser, tests/test_linucb.py) and the formula of
 * Sherman & Morrison worked by hand.
 */
import { expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { linUcb } from '../../src/agents/lin-ucb'
import { Ridge } from '../../src/agents/ridge'
import { tinyEnv } from '../../src/envs/classic/tiny'

const contexts = ['01235', '11111', '00100', '02235', '13111', '00000', '01435', '01245', '12113', '02100']
const decisions = '1112223331'
const rewards = '0000001111'

function read(digits: string): Float32Array {
  return Float32Array.from(digits, Number)
}

/** The agent after MABWiser's ten observations, one context number an observation column. */
function taught(alpha: number): Agent {
  const env = tinyEnv('mabwiser', 1, { actions: 3, length: 100, oneHot: 5, begin: () => 0, reward: () => 0 })
  env.reset(1)
  const agent = linUcb(env.spec, { alpha, ridge: 1, intercept: false })
  contexts.forEach((context, at) => {
    env.rewards[0] = Number(rewards[at])
    agent.observe(env, read(context), Int32Array.of(Number(decisions[at]) - 1))
  })
  return agent
}

test("MABWiser's expectations at alpha 0, to single precision", () => {
  const scores = new Float32Array(3)
  const agent = taught(0)
  agent.scores(read('01235'), scores)
  expect([...scores]).toEqual([-0.018378378378378413, 0, 0.9966292134831471].map(Math.fround))
  agent.scores(read('11111'), scores)
  expect([...scores]).toEqual([0.14054054054054055, 0, 0.43258426966292074].map(Math.fround))
})

test('the same in double precision, in the regression itself', () => {
  const ridge = new Ridge(3, 5, { ridge: 1 })
  contexts.forEach((context, at) => {
    ridge.learn(Number(decisions[at]) - 1, Float64Array.from(read(context)), Number(rewards[at]))
  })
  const means = (context: string) => [0, 1, 2].map(item => ridge.mean(item, Float64Array.from(read(context))))
  means('01235').forEach((mean, item) => {
    expect(mean).toBeCloseTo([-0.018378378378378413, 0, 0.9966292134831471][item]!, 12)
  })
  means('11111').forEach((mean, item) => {
    expect(mean).toBeCloseTo([0.14054054054054055, 0, 0.43258426966292074][item]!, 12)
  })
})

// A⁻¹ = diag(.5, 1), as a triangle .5, 0, 1, and x = [1, 0]: A⁻¹ x = [.5, 0], 1 + xᵀ A⁻¹ x = 1.5, so A⁻¹ becomes
// diag(.5 - .25 / 1.5, 1) = diag(1/3, 1).
test('Sherman and Morrison, worked by hand', () => {
  const ridge = new Ridge(1, 2, { ridge: 1 })
  ridge.inverses.set([0.5, 0, 1])
  const x = Float64Array.of(1, 0)
  expect(ridge.variance(0, x)).toBeCloseTo(0.5, 15)
  ridge.learn(0, x, 2)
  expect([...ridge.inverses]).toEqual([0.5 - 0.25 / 1.5, 0, 1])
  expect([...ridge.sums]).toEqual([2, 0])
  expect(ridge.mean(0, x)).toBeCloseTo(2 / 3, 15)
})

test('the variance is xᵀ A⁻¹ x, off-diagonal included, and alpha decides how much it counts', () => {
  const ridge = new Ridge(1, 2, { ridge: 1 })
  ridge.learn(0, Float64Array.of(1, 1), 1)
  // A = [[2, 1], [1, 2]], A⁻¹ = [[2, -1], [-1, 2]] / 3, so at [1, 2]: (2 - 4 + 8) / 3 = 2.
  expect(ridge.variance(0, Float64Array.of(1, 2))).toBeCloseTo(2, 12)

  // Item 1 (counted from 0) has been seen three times without reward, item 2 three times with it, on much the same contexts.
  const [action, bold] = [new Int32Array(1), taught(50)]
  bold.act(read('00010'), true, action)
  const curious = action[0]
  bold.act(read('01235'), false, action)
  expect(action[0]).toBe(2)
  taught(0).act(read('01235'), true, action)
  expect(action[0]).toBe(2)
  expect(curious).not.toBe(2)
})
