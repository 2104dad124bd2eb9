/** Every agent in a shop that it serves: how fast a training goes, where its time goes, and how long one decision takes. */
import type { Agent } from '../src/agents/agent'
import { agentFacts, agentNames, makeAgent } from '../src/agents/registry'
import type { Env } from '../src/envs/env'
import { makeEnv } from '../src/envs/registry'
import { actionWidth } from '../src/envs/spaces'
import { train } from '../src/train/train'
import { callsPerSecond } from './harness/calls'
import type { Case, Subject, Window } from './harness/subject'

/** The guide's shop for those that choose one of a list, the interests' for slates alone; states that a table can hold for tabular agents. */
const shops = {
  discrete: { name: 'candy-store', options: {} },
  slate: { name: 'recsim-interest-evolution', options: {} },
  tabular: { name: 'interaction-log', options: {} },
} as const

function shopOf(agent: string): keyof typeof shops {
  if (/q-learning|sarsa/.test(agent)) return 'tabular'
  return agentFacts[agent]!.spaces.includes('discrete') ? 'discrete' : 'slate'
}

async function measure(name: string, window: Window): Promise<readonly number[]> {
  const { name: shop, options } = shops[shopOf(name)]
  const env = makeEnv(shop, 1, options)
  const agent = await makeAgent(name, env, { seed: window.turn })
  const { steps, environment, acting, learning } = await trained(agent, env, window)
  const spent = environment + acting + learning
  const microseconds = await decision(agent, env, window)
  agent.dispose()
  return [steps / spent, ...[environment, acting, learning].map(part => (100 * part) / spent), microseconds]
}

/** A training of `seconds`. */
async function trained(agent: Agent, env: Env, { seconds, turn, quick }: Window) {
  const enough = new AbortController()
  const started = performance.now()
  const { steps, timing } = await train(agent, env, {
    steps: quick ? 200 : 10 ** 9,
    seed: turn,
    signal: enough.signal,
    onProgress: () => performance.now() - started > 1000 * seconds && enough.abort(),
  })
  return { steps, ...timing }
}

/** Microseconds of one greedy decision for one shopper. */
async function decision(agent: Agent, env: Env, window: Window): Promise<number> {
  const observations = env.observations.slice()
  const actions = new Int32Array(actionWidth(env.spec.actions))
  return 1e6 / (await callsPerSecond(() => agent.act(observations, false, actions), window))
}

export const subject: Subject = {
  title: 'Every agent with its defaults: training with one copy, its parts, and one decision',
  remark: `In candy-store (100 actions, 42 numbers); tabular agents in interaction-log (1,000 users, 500 items), agents for slates alone in
recsim-interest-evolution (2 of 10). Environment, acting and learning are shares of the training's time.`,
  cases: agentNames.map(
    (name): Case => ({
      what: `${name}, ${shops[shopOf(name)].name}`,
      figures: [
        { name: 'training', unit: 'steps/s', better: 'more' },
        { name: 'environment', unit: '%', better: 'less' },
        { name: 'acting', unit: '%', better: 'less' },
        { name: 'learning', unit: '%', better: 'less' },
        { name: 'one decision', unit: 'µs', better: 'less' },
      ],
      ours: [{ name: 'shoplab', run: window => measure(name, window) }],
    }),
  ),
}
