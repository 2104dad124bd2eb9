/** What the tests of the table agents share: steps taken by hand in a corridor, and a look at the table. */
import type { Agent } from '../../src/agents/agent'
import { tinyEnv } from '../../src/envs/classic/tiny'
import type { Env } from '../../src/envs/env'

/** A corridor 0 → 1 → 2 … whose place `place` pays rewards[place], with two actions that do the same; it ends after the last reward. */
export function corridor(rewards: readonly number[], { truncates = false, copies = 1 } = {}): Env {
  const env = tinyEnv('corridor', copies, {
    actions: 2,
    length: rewards.length,
    truncates,
    begin: () => 0,
    next: (_, place) => place + 1,
    reward: place => rewards[place]!,
  })
  env.reset(1)
  return env
}

/** Takes these actions, one step of every copy each, and lets the agent observe them. */
export function teach(agent: Agent, env: Env, actions: readonly number[]): void {
  for (const action of actions) {
    const before = env.observations.slice()
    const taken = new Int32Array(env.copies).fill(action)
    env.step(taken)
    agent.observe(env, before, taken)
  }
}

/** The agent's own steps, while learning. */
export function play(agent: Agent, env: Env, steps: number): void {
  const before = new Float32Array(env.observations.length)
  const actions = new Int32Array(env.copies)
  for (let step = 0; step < steps; step++) {
    before.set(env.observations)
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    agent.update()
  }
}

/** The values of the state that is observed as these numbers. */
export function valuesOf(agent: Agent, actions: number, ...observation: readonly number[]): number[] {
  const out = new Float32Array(actions)
  agent.scores(Float32Array.from(observation), out)
  return [...out]
}

/** The largest difference between the table and the true values, [states, actions], where the observation is the state's id. */
export function largestError(agent: Agent, truth: Float64Array, actions: number): number {
  let largest = 0
  for (let state = 0; state * actions < truth.length; state++) {
    for (const [action, value] of valuesOf(agent, actions, state).entries()) {
      largest = Math.max(largest, Math.abs(value - truth[state * actions + action]!))
    }
  }
  return largest
}
