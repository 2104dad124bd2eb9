import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makeAgent } from '../../src/agents/registry'
import { recommendCommand } from '../../src/cli/recommend'
import { generateTables } from '../../src/data/generate-tables'
import { writeTables } from '../../src/data/write-tables'
import { candyStore } from '../../src/envs/candy-store'
import type { Env } from '../../src/envs/env'
import { interactionLog } from '../../src/envs/interaction-log'
import { marketplace } from '../../src/envs/marketplace'
import { offers } from '../../src/envs/offers'
import { makeEnv } from '../../src/envs/registry'
import { simshop } from '../../src/envs/simshop'
import { saveModel } from '../../src/train/model-file'
import { train } from '../../src/train/train'
import { printed } from './printed'
import { shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()

beforeAll(() => {
  const words = ['--items', '12', '--users', '20', '--evaluation', '5', '--episodes', '3', '--set', 'hiddenUnits=[8,8]', '--out', 'run']
  expect(shoplab(folder, ['train', ...words])).toMatchObject({ code: 0, errors: '' })
})

const ask = (...words: string[]) => shoplab(folder, ['recommend', ...words])

test('five items with title, category and score, best first', () => {
  const { code, output, errors } = ask('run', '--user', '7')
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  const [table, meaning] = output.trim().split('\n\n')
  const [header, ...rows] = table!.split('\n')
  expect(header).toMatch(/rank +item +title +category +score/)
  expect(rows).toHaveLength(5)
  for (const row of rows) expect(row).toMatch(/^ *\d +item_\d+ +\S.* +[a-z]+ +-?\d+\.\d{3}$/)
  expect(meaning).toMatch(/^score: .*discounted reward to come/)
})

test('--json gives the same to machines, and a row number is the same shopper as the id', () => {
  const answer = JSON.parse(ask('run', '--user', '7', '--k', '3', '--json').output)
  expect(answer).toMatchObject({ run: 'run', agent: 'double-dqn', user: '7' })
  expect(answer.items.map((item: { rank: number }) => item.rank)).toEqual([1, 2, 3])
  const scores = answer.items.map((item: { score: number }) => item.score)
  expect(scores).toEqual([...scores].sort((a, b) => b - a))
  expect(new Set(answer.items.map((item: { item: string }) => item.item)).size).toBe(3)
  expect(JSON.parse(ask('run', '--user', 'user_7', '--k', '3', '--json').output).items).toEqual(answer.items)
})

const saved = async (env: Env, name: string, steps = 20) => {
  const agent = await makeAgent(name, env, { seed: 1 })
  const place = path.join(folder, `${env.spec.name} ${name}`)
  saveModel(place, agent, await train(agent, env, { steps, seed: 1 }))
  return place
}

const answer = (name: string, options: { user: string; k?: number }) => recommendCommand(path.join(folder, name), options)

test.each(['20', 'user_20'])('user %s is outside the data: the allowed range is named', async user => {
  await expect(answer('run', { user })).rejects.toThrow(/^there is no user .*user_0 to user_19.* 0 to 19$/)
})

test('where the ids are numbers themselves, an id goes before a row number', async () => {
  const tables = generateTables({ seed: 3, users: 6, items: 8, interactions: 0 })
  const users = { ...tables.users, ids: tables.users.ids.map((_, row) => String(row + 1)) }
  writeTables({ ...tables, users }, path.join(folder, 'own shop'))
  const place = await saved(candyStore(1, { tables: path.join(folder, 'own shop') }), 'lin-ucb', 200)
  const items = async (user: string) => JSON.parse(await printed(() => recommendCommand(place, { user, k: 8, json: true }))).items
  expect(await items('1')).toEqual(await items('0')) // nobody is called 0: the first row, whose id is 1
  expect(await items('2')).not.toEqual(await items('1'))
})

test('k 0, k beyond the catalogue and a missing user are refused', async () => {
  await expect(answer('run', { user: '1', k: 13 })).rejects.toThrow('k is 13; there are 12 to choose from, so it can be 1 to 12')
  expect(ask('run', '--user', '1', '--k', '0')).toMatchObject({ code: 2, errors: expect.stringContaining('at least 1') })
  expect(ask('run')).toMatchObject({ code: 2, errors: expect.stringContaining('--user') })
})

test('a run whose shop has other files by now is refused, and answered again when they are as before', async () => {
  const shop = path.join(folder, 'changing')
  const make = (seed: number) => writeTables(generateTables({ seed, users: 6, items: 8, interactions: 0 }), shop)
  make(1)
  const place = await saved(candyStore(1, { tables: shop }), 'popularity')
  const asked = () => printed(() => recommendCommand(place, { user: '1' }))
  const before = await asked()
  make(2)
  await expect(asked()).rejects.toThrow(/popularity was trained with other files .*changing: .*train again/)
  make(1)
  expect(await asked()).toEqual(before)
})

test("a run of offers answers with the document's sample output", async () => {
  const place = await saved(offers(1, { users: 20 }), 'random')
  const output = await printed(() => recommendCommand(place, { user: 'user_7' }))
  expect(output).toMatch(
    /^Recommendation for User 7:\nState Features:\n- Recency: \d+\.\d\d days\n- Frequency: \d+ sessions\n- Monetary Value: \$\d+\.\d\d\n- Engagement Score: \d\.\d\d\n- Discount Sensitive: (Yes|No)\n- Preferred Channel: \w+\n\nRecommended Action:\n(no message|.* via (email|sms|push) \(.*delivery.*\))\n$/,
  )
  await expect(recommendCommand(place, { user: '7', k: 2 })).rejects.toThrow(
    'the agent makes one choice, of several parts, so it must be 1',
  )
  const flat = await saved(offers(1, { users: 20, actions: 'flat' }), 'epsilon-greedy')
  const list = await printed(() => recommendCommand(flat, { user: '7', k: 3 }))
  expect(list).toMatch(/\nRecommended Action:\n(.*)\n\nrank +item +title +category +score\n +1 +offer_\d+ +\1 /)
})

test('a run of the marketplace and of the interaction log answers with their items', async () => {
  for (const env of [marketplace(1, { users: 20, products: 12 }), interactionLog(1, { users: 20, items: 12, interactions: 100 })]) {
    const place = await saved(env, 'epsilon-greedy')
    const output = await printed(() => recommendCommand(place, { user: '7' }))
    expect(output.match(/^ *\d +item_\d+ +\S.* +[a-z]+ +-?\d+\.\d{3}$/gm)).toHaveLength(5)
  }
})

test('a run of simshop answers with a page for a type of shopper', async () => {
  const place = await saved(simshop(1, { items: 40, candidates: 12, pageSize: 5 }), 'random')
  const page = async (seed: number) =>
    JSON.parse(await printed(() => recommendCommand(place, { user: 'brand_lover', k: 3, seed, json: true }))).items
  expect((await page(1)).map((item: { rank: number }) => item.rank)).toEqual([1, 2, 3])
  expect(await page(2)).not.toEqual(await page(1))
  await expect(recommendCommand(place, { user: 'brand_lover', k: 6 })).rejects.toThrow('a page has 5 places, so it can be 1 to 5')
})

test('a run of a shop without names is refused for what it is', async () => {
  const place = await saved(makeEnv('recogym', 1), 'random')
  await expect(recommendCommand(place, { user: '1' })).rejects.toThrow('recogym has no shoppers to ask for')
})

test('a folder without a model is named', () => {
  expect(ask('nowhere', '--user', '1')).toEqual({ code: 1, output: '', errors: expect.stringMatching(/^shoplab: .*nowhere.*\n$/) })
})

test.each(['weights.safetensors', 'policy.json'])('a %s that was cut off is refused in words', async file => {
  const broken = path.join(folder, `broken ${file}`)
  fs.cpSync(path.join(folder, 'run'), broken, { recursive: true })
  const whole = fs.readFileSync(path.join(broken, file))
  fs.writeFileSync(path.join(broken, file), whole.subarray(0, whole.length / 2))
  await expect(recommendCommand(broken, { user: '1' })).rejects.toThrow(file)
})
