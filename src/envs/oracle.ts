/** The one door to what no agent may know: the expected immediate reward of an action, for oracles and for tests. */
import type { Env } from './env'

type ExpectedReward = (actions: Int32Array, out: Float64Array) => void

const oracles = new WeakMap<Env, ExpectedReward>()

/** Called once by a shop that knows its own expectations. */
export function setOracle(env: Env, expected: ExpectedReward): void {
  oracles.set(env, expected)
}

/**
 * The expected reward of the next step, bonuses left out, if each copy took the action given.
 *
 * @param actions [copies], or [copies, k] for a slate
 * @param out     [copies], overwritten
 */
export function expectedReward(env: Env, actions: Int32Array, out: Float64Array): void {
  const oracle = oracles.get(env)
  if (!oracle) throw new Error(`${env.spec.name} has no oracle; a shop makes one with setOracle`)
  oracle(actions, out)
}

/**
 * The action with the highest expected reward of the next step, for each copy: the greedy oracle, which looks one step ahead.
 * Of equal ones the first.
 *
 * @param actions [copies], overwritten
 * @throws RangeError when the shop's actions are not discrete
 */
export function bestActions(env: Env, actions: Int32Array): void {
  const space = env.spec.actions
  if (space.kind !== 'discrete')
    throw new RangeError(`${env.spec.name} has ${space.kind} actions; only discrete ones can be tried one by one`)
  const tried = new Int32Array(env.copies)
  const expected = new Float64Array(env.copies)
  const best = new Float64Array(env.copies).fill(-Infinity)
  for (let action = 0; action < space.n; action++) {
    tried.fill(action)
    expectedReward(env, tried, expected)
    for (let copy = 0; copy < env.copies; copy++) {
      if (expected[copy]! <= best[copy]!) continue
      best[copy] = expected[copy]!
      actions[copy] = action
    }
  }
}
