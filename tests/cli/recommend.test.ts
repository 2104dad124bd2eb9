import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { writeTables } from '../../src/data/write-tables'
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

test.each(['20', 'user_20'])('user %s is outside the data: the allowed range is named', user => {
  expect(ask('run', '--user', user)).toEqual({
    code: 1,
    output: '',
    errors: expect.stringMatching(/^shoplab: there is no user .*user_0 to user_19.* 0 to 19\n$/),
  })
})

test('where the ids are numbers themselves, an id goes before a row number', () => {
  const tables = generateTables({ seed: 3, users: 6, items: 8, interactions: 0 })
  const users = { ...tables.users, ids: tables.users.ids.map((_, row) => String(row + 1)) }
  writeTables({ ...tables, users }, path.join(folder, 'own shop'))
  const words = ['--agent', 'lin-ucb', '--evaluation', '5', '--episodes', '20', '--set', 'env.tables=own shop', '--out', 'own run']
  expect(shoplab(folder, ['train', ...words])).toMatchObject({ code: 0, errors: '' })
  const items = (user: string) => JSON.parse(ask('own run', '--user', user, '--k', '8', '--json').output).items
  expect(items('1')).toEqual(items('0')) // nobody is called 0: the first row, whose id is 1
  expect(items('2')).not.toEqual(items('1'))
})

test('k 0, k beyond the catalogue and a missing user are refused', () => {
  expect(ask('run', '--user', '1', '--k', '0')).toMatchObject({ code: 2, errors: expect.stringContaining('at least 1') })
  expect(ask('run', '--user', '1', '--k', '13')).toEqual({
    code: 1,
    output: '',
    errors: 'shoplab: k is 13; the shop sells 12 items, so it can be 1 to 12\n',
  })
  expect(ask('run')).toMatchObject({ code: 2, errors: expect.stringContaining('--user') })
})

test('a run whose shop has other files by now is refused, and answered again when they are as before', () => {
  const shop = path.join(folder, 'changing')
  const make = (seed: number) => writeTables(generateTables({ seed, users: 6, items: 8, interactions: 0 }), shop)
  make(1)
  const words = ['--agent', 'popularity', '--evaluation', '5', '--episodes', '3', '--data', 'changing', '--out', 'changing run']
  expect(shoplab(folder, ['train', ...words])).toMatchObject({
    code: 0,
    output: expect.stringContaining('tables of changing/: 6 users × 8 items'),
  })
  const before = ask('changing run', '--user', '1')
  expect(before).toMatchObject({ code: 0, errors: '' })
  make(2)
  const refused = {
    code: 1,
    output: '',
    errors: expect.stringMatching(/^shoplab: changing run was trained with other files .*changing: .*train again.*\n$/),
  }
  expect(ask('changing run', '--user', '1')).toEqual(refused)
  make(1)
  expect(ask('changing run', '--user', '1')).toEqual(before)
})

test('a run of another shop is refused for what it is', () => {
  const words = ['--env', 'interaction-log', '--agent', 'random', '--evaluation', '1', '--episodes', '1', '--out', 'another']
  expect(shoplab(folder, ['train', ...words])).toMatchObject({ code: 0, errors: '' })
  const errors = 'shoplab: another is a run of interaction-log; recommend serves the candy-store alone for now\n'
  expect(ask('another', '--user', '1')).toEqual({ code: 1, output: '', errors })
})

test('a folder without a model is named', () => {
  expect(ask('nowhere', '--user', '1')).toEqual({ code: 1, output: '', errors: expect.stringMatching(/^shoplab: .*nowhere.*\n$/) })
})

test.each(['weights.safetensors', 'policy.json'])('a %s that was cut off is refused in words', file => {
  const broken = path.join(folder, `broken ${file}`)
  fs.cpSync(path.join(folder, 'run'), broken, { recursive: true })
  const whole = fs.readFileSync(path.join(broken, file))
  fs.writeFileSync(path.join(broken, file), whole.subarray(0, whole.length / 2))
  const { code, output, errors } = ask(broken, '--user', '1')
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors).toContain(file)
  expect(errors).toMatch(/^shoplab: .*\n$/)
})
