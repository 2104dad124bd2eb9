import { expect, test } from 'vitest'
import { layerActivations } from '../../src/agents/agent-activations'
import { doubleDqn } from '../../src/agents/double-dqn'
import { makeAgent } from '../../src/agents/registry'
import { UserError } from '../../src/data/user-error'
import { candyStore } from '../../src/envs/candy-store'
import { train } from '../../src/train/train'

const env = candyStore(1, { users: 20, items: 15 })

test.each([false, true])('the layers of a trained agent end in its scores, batch normalisation %s', async batchNormalisation => {
  const agent = await doubleDqn(env.spec, { hiddenUnits: [9, 8, 7], batchSize: 8, batchNormalisation, seed: 1 })
  await train(agent, env, { steps: 60, seed: 1 })
  env.reset(7)
  const [one, two, three, values] = layerActivations(agent, env.observations)
  expect([one, two, three].map(layer => layer!.length)).toEqual([9, 8, 7])
  const scores = new Float32Array(15)
  agent.scores(env.observations, scores)
  values!.forEach((value, item) => {
    expect(value).toBeCloseTo(scores[item]!, 5)
  })
  expect(one!.some(value => value > 0)).toBe(true)
  agent.dispose()
})

test('an agent without a network, and an observation of another width, are refused in words', async () => {
  for (const name of ['random', 'popularity', 'lin-ucb']) {
    const agent = await makeAgent(name, env, {})
    expect(() => layerActivations(agent, env.observations)).toThrow(UserError)
    expect(() => layerActivations(agent, env.observations)).toThrow(`(${name}) has no network whose layers could be shown`)
  }
  const agent = await doubleDqn(env.spec, { hiddenUnits: [4] })
  expect(() => layerActivations(agent, new Float32Array(84))).toThrow('the observation has 84 numbers; the network of Double DQN takes 42')
  agent.dispose()
})
