/** The one door to what no agent may know: the expected immediate reward of an action, for oracles and for tests. */
import type { Env, Space } from './env'

type ExpectedReward = (actions: Int32Array, out: Float64Array) => void

const oracles = new WeakMap<Env, ExpectedReward>()

/** Called once by a shop that knows its own expectations. */
export function setOracle(env: Env, expected: ExpectedReward): void {
  oracles.set(env, expected)
}

export function hasOracle(env: Env): boolean {
  return oracles.has(env)
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
 * The action with the highest expected reward of the next step, for each copy: the myopic oracle, which looks one step ahead.
 *
 * One of a list and combinations are tried one by one; of equal ones the first. A slate is improved place by place, each place tried with
 * every candidate, until no exchange is better: the best slate wherever an item's worth does not depend on its company, and where it does,
 * one that no single exchange improves.
 *
 * @param actions [copies] or [copies, k], overwritten
 * @throws RangeError when there are more than a million combinations to try
 */
export function bestActions(env: Env, actions: Int32Array): void {
  const space = env.spec.actions
  if (space.kind === 'slate') bestSlates(env, space, actions)
  else tryAll(env, space.kind === 'discrete' ? [space.n] : space.sizes, actions)
}

function tryAll(env: Env, sizes: readonly number[], actions: Int32Array): void {
  const count = sizes.reduce((product, size) => product * size, 1)
  if (count > 1_000_000) throw new RangeError(`${env.spec.name} has ${count} actions; at most 1,000,000 can be tried one by one`)
  const width = sizes.length
  const tried = new Int32Array(env.copies * width)
  const expected = new Float64Array(env.copies)
  const best = new Float64Array(env.copies).fill(-Infinity)
  for (let action = 0; action < count; action++) {
    for (let part = width - 1, rest = action; part >= 0; rest = Math.floor(rest / sizes[part]!), part--) {
      const number = rest % sizes[part]!
      for (let at = part; at < tried.length; at += width) tried[at] = number
    }
    expectedReward(env, tried, expected)
    for (let copy = 0; copy < env.copies; copy++) {
      if (expected[copy]! <= best[copy]!) continue
      best[copy] = expected[copy]!
      for (let at = copy * width; at < (copy + 1) * width; at++) actions[at] = tried[at]!
    }
  }
}

function bestSlates(env: Env, { candidates, size }: Extract<Space, { kind: 'slate' }>, actions: Int32Array): void {
  const { copies } = env
  for (let at = 0; at < actions.length; at++) actions[at] = at % size
  const tried = new Int32Array(actions.length)
  const best = new Float64Array(copies)
  const expected = new Float64Array(copies)
  expectedReward(env, actions, best)
  for (let better = true; better; ) {
    better = false
    for (let place = 0; place < size; place++) {
      for (let candidate = 0; candidate < candidates; candidate++) {
        tried.set(actions)
        for (let from = 0; from < tried.length; from += size) putAt(tried, from, size, place, candidate)
        expectedReward(env, tried, expected)
        for (let copy = 0; copy < copies; copy++) {
          // A difference of rounding is no improvement; it could go round for ever.
          if (expected[copy]! <= best[copy]! + 1e-12 * Math.abs(best[copy]!)) continue
          best[copy] = expected[copy]!
          for (let at = copy * size; at < (copy + 1) * size; at++) actions[at] = tried[at]!
          better = true
        }
      }
    }
  }
}

/** Puts a candidate at a place of a slate; one that is shown already changes places with what stood there. */
function putAt(slates: Int32Array, from: number, size: number, place: number, candidate: number): void {
  for (let at = from; at < from + size; at++) if (slates[at] === candidate) slates[at] = slates[from + place]!
  slates[from + place] = candidate
}
