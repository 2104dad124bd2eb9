import { describe, expect, test } from 'vitest'
import { linUcb } from '../../src/agents/lin-ucb'
import { randomAgent } from '../../src/agents/random'
import { candyStore } from '../../src/envs/candy-store'
import { abTest } from '../../src/train/ab-test'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'

const shop = () => candyStore(20, { users: 40, items: 12 })

describe('an A/B test', () => {
  test('finds the better policy, and each visit is served by the policy that it was given to', async () => {
    const env = shop()
    const control = randomAgent(env.spec, { seed: 1 })
    const treatment = linUcb(env.spec)
    await train(treatment, candyStore(1, { users: 40, items: 12 }), { episodes: 200, seed: 1 })
    const result = abTest({ control, treatment, env, visits: 600, share: 0.3, seed: 5 })
    expect(result.low).toBeGreaterThan(0)
    expect(result.pValue).toBeLessThan(0.05)
    expect(result.visits[0] + result.visits[1]).toBe(600)
    expect(Math.abs(result.visits[1] / 600 - 0.3)).toBeLessThan(0.06)
    const served = evaluate(treatment, env, { episodes: 600, seed: 5 }).returns
    result.assigned.forEach((given, visit) => {
      if (given) expect(result.outcomes[visit]).toBe(served[visit])
    })
  })

  test('finds nothing between two policies that are the same, 19 times in 20', () => {
    const env = shop()
    const agent = linUcb(env.spec)
    let found = 0
    for (let seed = 0; seed < 60; seed++) {
      const { low, high } = abTest({ control: agent, treatment: agent, env, visits: 200, seed })
      if (low > 0 || high < 0) found++
    }
    expect(found).toBeLessThanOrEqual(8)
  })

  test('clicks and purchases can be compared as well', () => {
    const env = shop()
    const agent = randomAgent(env.spec, { seed: 1 })
    const clicks = abTest({ control: agent, treatment: agent, env, visits: 300, measure: 'clicks' })
    const purchases = abTest({ control: agent, treatment: agent, env, visits: 300, measure: 'purchases' })
    expect(clicks.means[0]).toBeGreaterThan(purchases.means[0])
    expect(Math.max(...clicks.outcomes)).toBeLessThanOrEqual(10)
  })

  test('a share or a measure that cannot be is refused', () => {
    const env = shop()
    const agent = randomAgent(env.spec, { seed: 1 })
    const base = { control: agent, treatment: agent, env, visits: 100 }
    expect(() => abTest({ ...base, share: 1 })).toThrow('share is 1; it must lie between 0 and 1, both left out')
    expect(() => abTest({ ...base, measure: 'sales' as never })).toThrow("measure is 'sales'; it must be one of return, clicks, purchases")
    expect(() => abTest({ ...base, visits: 40 })).toThrow(/at least 30/)
  })
})
