/** What the quick tests of the table agents and the slow ones both do: learn the test MDP, and walk along the cliff. */
import type { Agent } from '../../src/agents/agent'
import { expectedSarsa } from '../../src/agents/expected-sarsa'
import { nStepSarsa } from '../../src/agents/n-step-sarsa'
import { policyValues } from '../../src/agents/policy-iteration'
import { qLearning } from '../../src/agents/q-learning'
import { sarsa } from '../../src/agents/sarsa'
import { valueIteration } from '../../src/agents/value-iteration'
import { cliffWalking } from '../../src/envs/classic/cliff-walking'
import { testMdp, testMdpModel } from '../../src/envs/classic/test-mdp'
import { train } from '../../src/train/train'
import { largestError, play } from './tabular-steps'

/** What each learns when all actions are alike likely: Q-learning the best policy's values, the others those of that very policy. */
const best = valueIteration(testMdpModel, { discount: 0.5 }).actionValues
const uniform = policyValues(testMdpModel, new Float64Array(24).fill(1 / 4), 0.5).actionValues

export const learners = [
  { name: 'q-learning', make: qLearning, truth: best },
  { name: 'expected-sarsa', make: expectedSarsa, truth: uniform },
  { name: 'sarsa', make: sarsa, truth: uniform },
  { name: 'n-step-sarsa', make: nStepSarsa, truth: uniform },
] as const

/** The largest error of a value after 50,000 steps of the test MDP at discount .5, all actions alike likely. */
export function errorOnTestMdp({ make, truth }: (typeof learners)[number], rate: object, seed: number): number {
  const env = testMdp(1)
  env.reset(seed)
  const agent = make(env.spec, { epsilon: 1, discount: 0.5, ...rate, seed })
  play(agent, env, 50_000)
  return largestError(agent, truth, 4)
}

/**
 * Learns to walk along the cliff, undiscounted, epsilon .1, as in the book; the first episodes are not counted in the return while
 * learning.
 */
export async function walkTheCliff(make: (typeof learners)[number]['make'], learningRate: number, episodes: number, seed: number) {
  const env = cliffWalking(1, { horizon: 10_000 })
  const agent = make(env.spec, { epsilon: 0.1, discount: 1, learningRate, seed })
  const { curves } = await train(agent, env, { episodes, seed })
  const counted = curves.returns.slice(100)
  return { whileLearning: counted.reduce((sum, value) => sum + value, 0) / counted.length, ...greedyWalk(agent) }
}

/** The walk without exploring: what it earns, and how many of its cells lie next to the cliff, those above start and goal left out. */
function greedyWalk(agent: Agent) {
  const env = cliffWalking(1, { horizon: 60 })
  env.reset(1)
  const action = new Int32Array(1)
  let [earned, edge] = [0, 0]
  do {
    agent.act(env.observations, false, action)
    env.step(action)
    earned += env.rewards[0]!
    const cell = env.observations[0]!
    if (cell > 24 && cell < 35) edge++
  } while (!env.terminated[0] && !env.truncated[0])
  return { earned, edge, arrived: env.terminated[0] === 1 }
}
