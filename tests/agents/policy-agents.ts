/** What the tests of REINFORCE, A2C and PPO share. */
import { expect } from 'vitest'
import type { Agent, Checkpoint } from '../../src/agents/agent'
import { joinLayers, namedShape } from '../../src/agents/named-layers'
import { type ProbeName, probe } from '../../src/envs/classic/probes'
import type { Env } from '../../src/envs/env'
import { actionWidth } from '../../src/envs/spaces'
import { plainPerceptron } from '../networks/plain-perceptron'

/** What its value network says of an observation. */
export function learnedValue(agent: Agent, observation: readonly number[]): number {
  const checkpoint = agent.save()
  const shape = namedShape('value', checkpoint)!
  const network = plainPerceptron({ ...shape, activation: 'tanh' }, { initialisation: 'orthogonal', seed: 0 })
  const { parameters } = joinLayers('value', shape, checkpoint)
  network.load({ ...network.save(), parameters })
  const out = new Float32Array(1)
  network.values(Float32Array.from(observation), 1, out)
  return out[0]!
}

/** The action it takes greedily. */
export function actionOf(agent: Agent, observation: readonly number[]): number {
  const action = new Int32Array(1)
  agent.act(Float32Array.from(observation), false, action)
  return action[0]!
}

/** So many steps of every copy, each learned from to the end; begins with a reset. */
export function play(agent: Agent, env: Env, steps: number, seed = 3): void {
  env.reset(seed)
  const actions = new Int32Array(env.copies * actionWidth(env.spec.actions))
  for (let step = 0; step < steps; step++) {
    const before = env.observations.slice()
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    while (agent.update()) {}
  }
}

/** Rung 4, one probe: what must have been learned of it. Without values only actions are looked at. */
export async function climbProbe(
  name: ProbeName,
  make: (env: Env) => Promise<Agent>,
  { steps, discount, valued = true }: { readonly steps: number; readonly discount: number; readonly valued?: boolean },
): Promise<void> {
  const env = probe(name, 4)
  const agent = await make(env)
  play(agent, env, steps)
  const value = (observation: number, wanted: number) => {
    if (valued) expect(Math.abs(learnedValue(agent, [observation]) - wanted), `value of ${observation} in ${name}`).toBeLessThan(0.1)
  }
  if (name === 'constant') value(0, 1)
  if (name === 'observation') for (const seen of [-1, 1]) value(seen, seen)
  if (name === 'delay') for (const [seen, wanted] of [[0, discount] as const, [1, 1] as const]) value(seen, wanted)
  if (name === 'action') {
    expect(actionOf(agent, [0])).toBe(1)
    value(0, 1)
  }
  if (name === 'both') {
    expect([actionOf(agent, [-1]), actionOf(agent, [1])]).toEqual([0, 1])
    for (const seen of [-1, 1]) value(seen, 1)
  }
  agent.dispose()
}

/** As it comes back from disk. */
export function fromDisk(checkpoint: Checkpoint): Checkpoint {
  const arrays = Object.fromEntries(Object.entries(checkpoint.arrays).map(([name, array]) => [name, array.slice()]))
  return { ...checkpoint, state: JSON.parse(JSON.stringify(checkpoint.state)), arrays }
}
