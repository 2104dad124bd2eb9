import { expect, test } from 'vitest'
import { makeAgent } from '../../src/agents/registry'
import { userFolds } from '../../src/data/user-folds'
import { makeEnv } from '../../src/envs/registry'
import { crossValidate } from '../../src/train/cross-validation'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'

const env = { name: 'candy-store', options: { users: 12, items: 8 } }
const agent = { name: 'lin-ucb', options: { alpha: 0.5 } }
const settings = { env, agent, folds: 3, seeds: [1, 2], episodes: 15, evaluation: { episodes: 20, seed: 77 }, workers: 1 }

test('each fold is held out under each seed: trained on the others, measured on both, in one shop', async () => {
  const rows = await crossValidate(settings)
  expect(rows.map(({ fold, seed }) => [fold, seed])).toEqual([0, 1, 2].flatMap(fold => [1, 2].map(seed => [fold, seed])))
  // The last row, by hand.
  const folds = userFolds(12, 3, 0)
  const shop = (onlyUsers: number[], copies = 1) => makeEnv('candy-store', copies, { ...env.options, onlyUsers })
  const others = [...folds[0]!, ...folds[1]!]
  const seen = shop(others)
  const learner = await makeAgent('lin-ucb', seen, { alpha: 0.5, seed: 2 })
  await train(learner, seen, { episodes: 15, seed: 2 })
  expect(rows[5]).toEqual({
    ...{ fold: 2, seed: 2 },
    seen: evaluate(learner, shop(others, 20), settings.evaluation).mean,
    heldOut: evaluate(learner, shop([...folds[2]!], 20), settings.evaluation).mean,
  })
})

test('shoppers that do not come are in no fold', async () => {
  const only = { name: 'candy-store', options: { ...env.options, onlyUsers: ['user_1', 4, 7] } }
  const told: string[] = []
  const rows = await crossValidate({ ...settings, env: only, seeds: [1], onRow: (_, done, of) => told.push(`${done} of ${of}`) })
  expect(rows).toHaveLength(3)
  expect(told).toEqual(['1 of 3', '2 of 3', '3 of 3'])
  await expect(crossValidate({ ...settings, env: only, folds: 4 })).rejects.toThrow('userCount is 3')
  await expect(crossValidate({ ...settings, env: { name: 'cart-pole' } })).rejects.toThrow('cart-pole, which does not know its shoppers')
})
