/** The part of the test kit that asks the oracle: is what it expects what comes, for each copy its own? */
import type { Env } from './env'
import { expectedReward } from './oracle'
import { actionWidth } from './spaces'
import { steps } from './step-record'

/** Futures that are drawn for a state to find the mean of its next reward. */
const futures = 500

/**
 * @param make    makes the shop with so many copies
 * @param env     the same, with four copies
 * @param actions for four copies, step after step
 * @returns what is wrong, in words
 */
export function wrongInOracle(make: (copies: number) => Env, env: Env, actions: readonly Int32Array[], seed: number): string | undefined {
  const { copies } = env
  const width = actionWidth(env.spec.actions)
  const last = copies - 1
  const alone = make(1)
  const expected = new Float64Array(copies)
  const expectedAlone = new Float64Array(1)
  env.reset(seed)
  alone.reset(seed, last)
  for (const [at, action] of actions.slice(0, 20).entries()) {
    const own = action.slice(last * width)
    const before = JSON.stringify(env.save(0))
    expectedReward(env, action, expected)
    expectedReward(alone, own, expectedAlone)
    const odd = expected.findIndex(value => !Number.isFinite(value))
    if (odd >= 0) return `an expected reward is ${expected[odd]}; it must be finite`
    if (!Object.is(expected[last], expectedAlone[0]))
      return `after ${steps(at)} it expects ${expected[last]} for copy ${last} of ${copies}, and ${expectedAlone[0]} for the same copy alone; expected must read its own copy's state and its action from actions[at] on`
    if (JSON.stringify(env.save(0)) !== before) return 'asking for the expected reward moves the state or draws; it must leave both alone'
    if (at % 5 === 0) {
      const wrong = wrongInMean(make, env, action, expected[0]!, steps(at))
      if (wrong) return wrong
    }
    env.step(action)
    alone.step(own)
  }
  return undefined
}

/** The mean of the next reward over many futures of copy 0, against what is expected: five standard errors, and room for what is rare. It finds coarse mistakes. */
function wrongInMean(make: (copies: number) => Env, env: Env, action: Int32Array, expected: number, when: string): string | undefined {
  const other = make(env.copies)
  other.reset(1)
  const snapshot = env.save(0)
  const everyone = Array.from({ length: env.copies }, (_, copy) => copy)
  const width = actionWidth(env.spec.actions)
  const same = Int32Array.from(action, (_, at) => action[at % width]!)
  const rewards: number[] = []
  for (let future = 0; future < futures; future++) {
    other.load(snapshot, everyone, future)
    other.step(same)
    for (const copy of everyone) rewards.push(other.rewards[copy]! - other.bonuses[copy]!)
  }
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length
  const error = Math.sqrt(rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / (rewards.length - 1) / rewards.length)
  const largest = rewards.reduce((most, reward) => Math.max(most, Math.abs(reward)), Math.abs(expected))
  const others = rewards.filter(reward => reward !== rewards[0]).length
  // Where nearly all futures pay the same, a rare purchase may be what is missing: only what is far off can be told from that.
  const rare = Math.min(others, rewards.length - others) < 20
  const coarse = 5 * (Math.abs(rewards[0]!) + Math.abs(mean) + error) || Infinity
  const allowed = rare ? coarse : 5 * error + (10 * largest) / rewards.length
  if (Math.abs(mean - expected) <= allowed) return undefined
  return `after ${when} it expects ${expected}, but over ${rewards.length} futures the mean reward is ${mean.toPrecision(4)} ± ${error.toPrecision(2)}; expected must be the mean of what step pays, bonuses left out`
}
