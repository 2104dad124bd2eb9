/** What the tests of bandits share: an agent that was shown certain rewards, what it shows then, and the ten-armed testbed. */
import type { Agent } from '../../src/agents/agent'
import { bandit } from '../../src/envs/classic/bandit'
import { defineEnv } from '../../src/envs/define-env'
import type { Env, Spec } from '../../src/envs/env'
import { eventCode } from '../../src/envs/events'
import { chance, normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

/** A shop of so many arms, all alike. */
export function armsShop(arms: number, copies = 1) {
  const env = bandit(copies, { chances: Array.from({ length: arms }, () => 0.5) })
  env.reset(1)
  return env
}

/** A shop of combinations: each part pays the more, the higher its number. A click is told of, and one in two of them is a purchase. */
export function combinationShop(copies: number, sizes: readonly number[] = [2, 3, 2]): Env {
  return defineEnv(copies, {
    name: 'combinations',
    layout: [{ name: 'context', offset: 0, shape: [1], progress: 0 }],
    actions: { kind: 'multi-discrete', sizes },
    horizon: 10,
    eventsPerStep: 1,
    state: {},
    begin() {},
    observe(copy, { steps }, row, offset) {
      row[offset] = steps[copy]! / 10
    },
    step(copy, _, actions, at, generator, { rewards, chosen, events }) {
      let pays = 1
      for (let part = 0; part < sizes.length; part++) pays *= (actions[at + part]! + 1) / sizes[part]!
      const bought = chance(generator, 0.5)
      if (!chance(generator, pays)) return false
      rewards[copy] = bought ? 2 : 1
      chosen[copy] = 0
      if (bought) events.add(copy, eventCode.purchase, 0, 0, 1, 1)
      return false
    },
  }).env
}

/** An agent that was shown these rewards, arm by arm; a reward above 0 also counts as a click. */
export function taught(make: (spec: Spec) => Agent, rewards: readonly (readonly number[])[]): Agent {
  const env = armsShop(rewards.length)
  const agent = make(env.spec)
  rewards.forEach((list, arm) => {
    for (const reward of list) show(agent, env, arm, reward)
  })
  return agent
}

export function show(agent: Agent, env: ReturnType<typeof armsShop>, arm: number, reward: number): void {
  env.rewards[0] = reward
  env.chosen[0] = reward > 0 ? 0 : -1
  agent.observe(env, env.observations, Int32Array.of(arm))
}

export function scoresOf(agent: Agent, arms: number): number[] {
  const out = new Float32Array(arms)
  agent.scores(new Float32Array(1), out)
  return [...out]
}

/** So many decisions at once: what was shown, how likely it was said to be, and the share of an arm. */
export function decide(agent: Agent, rows: number, explore: boolean, askProbabilities = true) {
  const [actions, propensities] = [new Int32Array(rows), new Float32Array(rows)]
  agent.act(new Float32Array(rows), explore, actions, askProbabilities ? propensities : undefined)
  return { actions, propensities, share: (arm: number) => actions.filter(taken => taken === arm).length / rows }
}

/** Four standard errors of a share. */
export function within(share: number, rows: number): number {
  return 4 * Math.sqrt((share * (1 - share)) / rows)
}

export interface TestbedOptions {
  /** Problems, each with an agent of its own. */
  readonly runs: number
  readonly steps: number
  /** Steps after which another arm is the best; never. */
  readonly changeEvery?: number
}

export interface TestbedResult {
  /** [runs]: mean reward, and share of the best arm, over the last tenth of the steps. */
  readonly reward: number[]
  readonly best: number[]
  /** [runs]: what the best arm would have brought more, on average, over all steps. */
  readonly regret: number[]
}

/**
 * The ten-armed testbed (Sutton & Barto 2018, section 2.3): the means of ten arms are drawn from N(0, 1) for each run, rewards from N(mean, 1).
 * Every agent meets the same problems with the same luck.
 */
export function testbed(make: (spec: Spec, seed: number) => Agent, { runs, steps, changeEvery = 0 }: TestbedOptions): TestbedResult {
  const [reward, best, regret]: [number[], number[], number[]] = [[], [], []]
  const arms = 10
  for (let run = 0; run < runs; run++) {
    const problem = stream(run, 'testbed')
    const means = Array.from({ length: arms }, () => normal(problem))
    const highest = Math.max(...means)
    const env = bandit(1, { means, changeEvery, length: 1_000_000 })
    env.reset(run)
    const agent = make(env.spec, run)
    const [before, actions] = [new Float32Array(1), new Int32Array(1)]
    let [missed, late, lateBest] = [0, 0, 0]
    const from = Math.round(steps * 0.9)
    for (let step = 0; step < steps; step++) {
      agent.act(before, true, actions)
      env.step(actions)
      agent.observe(env, before, actions)
      // The places of the arms have moved on by one each time.
      const moved = changeEvery === 0 ? 0 : Math.floor(step / changeEvery)
      const mean = means[(((actions[0]! - moved) % arms) + arms) % arms]!
      missed += highest - mean
      if (step < from) continue
      late += env.rewards[0]!
      if (mean === highest) lateBest++
    }
    reward.push(late / (steps - from))
    best.push(lateBest / (steps - from))
    regret.push(missed)
  }
  return { reward, best, regret }
}

/** The mean of a list and its standard error. */
export function meanOf(list: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (list.length - 1)
  return { mean, error: Math.sqrt(variance / list.length) }
}

/** By how much the first is lower, problem by problem. */
export function lower(one: readonly number[], other: readonly number[]): ReturnType<typeof meanOf> {
  return meanOf(one.map((value, run) => other[run]! - value))
}
