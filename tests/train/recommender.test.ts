/** Model versions on a shelf, and recommending from them. */
import fs from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { doubleDqn } from '../../src/agents/double-dqn'
import { recommend } from '../../src/agents/recommend'
import { type CandyStore, candyStore } from '../../src/envs/candy-store'
import { isShelf, loadVersion, modelVersions, promoteVersion, saveVersion } from '../../src/train/model-versions'
import { recommender } from '../../src/train/recommender'
import { train } from '../../src/train/train'
import { temporaryFolder } from '../cli/shoplab'

const folder = temporaryFolder()
const shelf = join(folder, 'shelf')
let shop: CandyStore

beforeAll(async () => {
  shop = candyStore(1, { users: 20, items: 12 })
  for (const seed of [1, 2]) {
    const agent = await doubleDqn(shop.spec, { hiddenUnits: [8], seed })
    saveVersion(shelf, agent, await train(agent, shop, { episodes: 3, seed }))
    agent.dispose()
  }
})

describe('a shelf of versions', () => {
  test('numbers them, and the first serves until another is promoted', () => {
    expect(isShelf(shelf)).toBe(true)
    expect(modelVersions(shelf)).toEqual([
      { version: 1, name: 'Double DQN', seed: 1, episodes: 3, current: true },
      { version: 2, name: 'Double DQN', seed: 2, episodes: 3, current: false },
    ])
    promoteVersion(shelf, 2)
    expect(modelVersions(shelf).map(({ current }) => current)).toEqual([false, true])
    promoteVersion(shelf, 1)
  })

  test('a version that is not there is refused with those that are', async () => {
    await expect(loadVersion(shelf, 7)).rejects.toThrow(`${shelf} has no version 7; it has 1, 2`)
    expect(() => promoteVersion(shelf, 7)).toThrow('has no version 7')
    await expect(loadVersion(join(folder, 'none'))).rejects.toThrow('there are no model versions in')
  })

  test('a damaged pointer says how to mend it', async () => {
    const other = join(folder, 'damaged')
    fs.cpSync(shelf, other, { recursive: true })
    fs.writeFileSync(join(other, 'current.json'), '{')
    await expect(loadVersion(other)).rejects.toThrow(/current\.json is damaged.*promoteVersion/)
    promoteVersion(other, 2)
    expect((await loadVersion(other)).version).toBe(2)
  })

  test('numbers go on after the newest, also when an older one was removed', async () => {
    const other = join(folder, 'gap')
    fs.cpSync(shelf, other, { recursive: true })
    fs.rmSync(join(other, 'v1'), { recursive: true })
    const agent = await doubleDqn(shop.spec, { hiddenUnits: [8], seed: 3 })
    expect(saveVersion(other, agent, await train(agent, shop, { episodes: 1, seed: 3 }))).toBe(3)
  })
})

describe('recommending from it', () => {
  test('gives what the agent itself would, with titles, and asks the model once for a shopper', async () => {
    const serving = await recommender(shelf)
    const { agent } = await loadVersion(shelf)
    const own = recommend(agent, shop.firstObservation(7), 12, 5).map(({ item }) => `item_${item}`)
    expect(serving.recommend('user_7', 5).map(({ item }) => item)).toEqual(own)
    const again = serving.recommend('user_7', 3)
    expect(again.map(({ rank }) => rank)).toEqual([1, 2, 3])
    expect(again[0]!.title).toMatch(/\w/)
    expect(serving.cache).toMatchObject({ hits: 1, misses: 1 })
    const withoutBest = serving.recommend('user_7', 3, [Number(own[0]!.slice(5))])
    expect(withoutBest[0]!.item).toBe(own[1])
    serving.dispose()
  })

  test('another version serves from the next request on, and nothing of the old one is remembered', async () => {
    const serving = await recommender(shelf)
    const before = serving.recommend(7, 5)
    await serving.use(2)
    const after = serving.recommend(7, 5)
    expect(after.map(({ score }) => score)).not.toEqual(before.map(({ score }) => score))
    expect(serving.folder).toBe(join(shelf, 'v2'))
    await expect(serving.use(9)).rejects.toThrow('has no version 9')
    expect(serving.recommend(7, 5)).toEqual(after)
    serving.dispose()
  })

  test('a single model serves too, but has no versions', async () => {
    const serving = await recommender(join(shelf, 'v1'))
    expect(serving.recommend(0, 12)).toHaveLength(12)
    await expect(recommender(join(shelf, 'v1'), { version: 2 })).rejects.toThrow('is a single model and has no version 2')
    expect(() => serving.recommend(0, 13)).toThrow('k is 13; there are 12 to choose from, so it can be 1 to 12')
    expect(() => serving.recommend(99, 1)).toThrow(/there is no user 99/)
    serving.dispose()
  })
})
