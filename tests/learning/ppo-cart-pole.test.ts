/**
 * PPO on CartPole with the settings of Stable-Baselines3's zoo (rl-baselines3-zoo, hyperparams/ppo.yml, CartPole-v1), measured after 50,000
 * steps, over which learning rate and clip range fall: the mean of 20 greedy episodes, five seeds. Half a minute.
 */
import { expect, test } from 'vitest'
import { type PpoOptions, ppo } from '../../src/agents/ppo'
import { cartPole } from '../../src/envs/classic/cart-pole'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'

const steps = 50_000
const copies = 8

const zoo: Partial<PpoOptions> = {
  rolloutSteps: 32,
  minibatchSize: 256,
  epochs: 20,
  discount: 0.98,
  lambda: 0.8,
  learningRate: 1e-3,
  clipRange: 0.2,
  annealSteps: steps,
  annealClipRange: true,
  entropyCoefficient: 0,
}

test('rung 10: PPO stands at 500 on CartPole under each of five seeds', async () => {
  const returns: number[] = []
  for (const seed of [0, 1, 2, 3, 4]) {
    const env = cartPole(copies)
    const agent = await ppo(env.spec, { ...zoo, seed })
    await train(agent, env, { steps, seed })
    returns.push(evaluate(agent, cartPole(20), { episodes: 20, seed: 1_000_000 }).mean)
    agent.dispose()
  }
  console.log(`seeds 0 to 4, mean of 20 greedy episodes each: ${returns.map(value => value.toFixed(1)).join(', ')}`)
  expect(returns).toEqual([500, 500, 500, 500, 500])
})
