import { describe, expect, test } from 'vitest'
import { doubleDqn } from '../../src/agents/double-dqn'
import { randomAgent } from '../../src/agents/random'
import { candyStore } from '../../src/envs/candy-store'
import { earlyStopping, isStagnant } from '../../src/train/early-stopping'
import { train } from '../../src/train/train'

describe('a training is stagnant when its evaluations have not gained for as long as there is patience', () => {
  test.each([
    [[1, 2, 3, 4], { patience: 1 }, false],
    [[], { patience: 1 }, false],
    [[1], { patience: 1 }, false],
    [[1, 1], { patience: 1 }, true],
    [[1, 0.5, 0.9], { patience: 3 }, false],
    [[1, 0.5, 0.9, 0.7], { patience: 3 }, true],
    [[1, 0.5, 1.1, 0.7], { patience: 3 }, false],
    [[1, 1.05, 1.1], { patience: 2, minimumGain: 0.1 }, true],
    // Small steps add up to a gain.
    [[1, 1.05, 1.11], { patience: 2, minimumGain: 0.1 }, false],
  ])('%j, %j: %s', (values, rule, stagnant) => {
    expect(isStagnant(values, rule)).toBe(stagnant)
    expect(
      isStagnant(
        values.map(value => -value),
        rule,
        'minimise',
      ),
    ).toBe(stagnant)
  })
})

const shop = () => candyStore(1, { users: 10, items: 8 })
const evaluation = () => ({ env: candyStore(4, { users: 10, items: 8 }), episodes: 4, seed: 9 })

test('a training ends where its rule says so, and its record says that it was stopped', async () => {
  const env = shop()
  const record = await train(randomAgent(env.spec, { seed: 1 }), env, {
    ...{ episodes: 100, evaluateEveryEpisodes: 5, evaluation: evaluation() },
    onEvaluation: earlyStopping({ patience: 2, minimumGain: 1000 }),
  })
  expect(record).toMatchObject({ episodes: 15, stopped: true, interrupted: false })
  expect(record.curves.evaluations.map(({ step }) => step)).toEqual([50, 100, 150])
})

test('another measure can decide', async () => {
  const env = shop()
  const heard: number[] = []
  const rule = earlyStopping({ patience: 1, measure: 'length' })
  const record = await train(randomAgent(env.spec, { seed: 1 }), env, {
    ...{ episodes: 100, evaluateEveryEpisodes: 2, evaluation: evaluation() },
    async onEvaluation(measured, soFar, episodes) {
      heard.push(episodes)
      return rule(measured, soFar, episodes)
    },
  })
  expect(heard).toEqual([2, 4])
  expect(record.stopped).toBe(true)
})

test('nothing that is told, and no waiting, changes what is learned', async () => {
  const options = { hiddenUnits: [8], batchSize: 8, seed: 3 }
  const run = async (told: object) => {
    const env = shop()
    const agent = await doubleDqn(env.spec, options)
    const { stopped, curves } = await train(agent, env, { episodes: 8, seed: 2, ...told })
    return { stopped, returns: curves.returns, checkpoint: agent.save() }
  }
  const plain = await run({})
  const onEvaluation = () => new Promise<undefined>(resolve => setTimeout(() => resolve(undefined), 5))
  expect(await run({ evaluateEveryEpisodes: 3, evaluation: evaluation(), onEvaluation })).toEqual(plain)
})

test('what cannot be is refused', async () => {
  const env = shop()
  const agent = randomAgent(env.spec)
  await expect(train(agent, env, { episodes: 1, evaluateEveryEpisodes: 1 })).rejects.toThrow(
    'evaluateEveryEpisodes is given without evaluation',
  )
  await expect(train(agent, env, { episodes: 1, onEvaluation: () => 'stop' })).rejects.toThrow(
    'onEvaluation is given, but nothing is evaluated',
  )
  expect(() => earlyStopping({ patience: 0 })).toThrow('patience is 0; it must be a whole number of at least 1')
  expect(() => earlyStopping({ patience: 1, minimumGain: -1 })).toThrow('minimumGain is -1')
})
