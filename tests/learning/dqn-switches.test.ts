/**
 * DQN's switches on CartPole: the zoo's settings (dqn-zoo.ts), plain and with each switch, 50,000 steps, five seeds. Forty minutes beside other work.
 *
 * The step size stays high to the end, so policies come and go between one burst of updates and the next. What is looked at is therefore the
 * mean over the second half of a training: of every tenth burst, 20 greedy episodes. The settings were searched for plain DQN, so the figures
 * do not say which switch is the better one. Asked is that each learns: the interval over the seeds lies above 195, the mean return from which
 * on CartPole counts as solved in its first version (Gym's CartPole-v0).
 */
import { expect, test } from 'vitest'
import { type DoubleDqnOptions, doubleDqn } from '../../src/agents/double-dqn'
import { cartPole } from '../../src/envs/classic/cart-pole'
import { meanInterval } from '../../src/evaluate/mean-interval'
import { train } from '../../src/train/train'
import { dqnZoo } from './dqn-zoo'

/** 25,000 updates: by their end the importance exponent has risen to 1. */
const importanceSteps = 25_000

const switches: Readonly<Record<string, Partial<DoubleDqnOptions>>> = {
  DQN: {},
  'Double DQN': { double: true },
  '3-step': { nSteps: 3 },
  prioritised: { prioritised: true, importanceSteps },
  duelling: { duelling: true },
  'all of them': { double: true, nSteps: 3, prioritised: true, importanceSteps, duelling: true },
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const shown = (values: readonly number[]) => values.map(value => value.toFixed(1)).join(', ')

test.each(Object.entries(switches))('%s learns CartPole', async (label, options) => {
  const [halves, ends]: [number[], number[]] = [[], []]
  for (const seed of [0, 1, 2, 3, 4]) {
    const agent = await doubleDqn(cartPole(1).spec, { ...dqnZoo, ...options, seed })
    const { curves } = await train(agent, cartPole(1), {
      ...{ steps: 50_000, seed, evaluateEvery: 10 * dqnZoo.trainEvery! },
      evaluation: { env: cartPole(20), episodes: 20, seed: 1_000_000 },
    })
    agent.dispose()
    halves.push(mean(curves.evaluations.filter(({ step }) => step > 25_000).map(point => point.mean)))
    ends.push(curves.evaluations.at(-1)!.mean)
  }
  const { estimate, low, high } = meanInterval(halves)
  console.log(
    `${label}: ${estimate.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)}); seeds 0 to 4: ${shown(halves)}; last evaluation ${shown(ends)}`,
  )
  expect(low).toBeGreaterThan(195)
})
