import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readMarketplaceTables } from '../../src/data/marketplace-read-tables'
import { generateMarketplaceTables } from '../../src/data/marketplace-tables'
import { readBehaviourWorkbook } from '../../src/data/offers-read-workbook'
import { readTables } from '../../src/data/read-tables'
import { readRows } from '../../src/data/rows-file'
import { simshopCatalogue } from '../../src/data/simshop-catalogue'
import { readSimshopTables } from '../../src/data/simshop-tables'
import { shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()
const small = ['data', '--users', '20', '--items', '10', '--interactions', '50']
const names = ['README.md', 'interactions.csv', 'items.csv', 'users.csv']
const read = (run: string) => names.map(name => fs.readFileSync(path.join(folder, run, name), 'utf8'))

test('the same seed writes the same bytes, another seed others', () => {
  for (const [out, seed] of [
    ['one', '7'],
    ['two', '7'],
    ['three', '8'],
  ] as const) {
    expect(shoplab(folder, [...small, '--seed', seed, '--out', out])).toMatchObject({ code: 0, errors: '' })
  }
  expect(fs.readdirSync(path.join(folder, 'one')).sort()).toEqual(names)
  expect(read('two')).toEqual(read('one'))
  expect(read('three')).not.toEqual(read('one'))
})

test('--json says what was written', () => {
  const { code, output } = shoplab(folder, [...small, '--out', 'json', '--json'])
  expect(code).toBe(0)
  const answer = JSON.parse(output)
  expect(answer).toMatchObject({ seed: 42, users: 20, items: 10, interactions: 50 })
  for (const file of answer.files) expect(fs.existsSync(path.join(folder, file))).toBe(true)
})

test.each([
  ['--seed', 'seven', 'must be a whole number'],
  ['--items', '0', 'at least 1'],
  ['--users', '2.5', 'must be a whole number'],
  ['--interactions', '-1', 'at least 0'],
])('%s %s is refused before anything is written', (option, value, message) => {
  const { code, output, errors } = shoplab(folder, ['data', option, value, '--out', 'never'])
  expect({ code, output }).toEqual({ code: 2, output: '' })
  expect(errors).toContain(`'${option}`)
  expect(errors).toContain(message)
  expect(fs.existsSync(path.join(folder, 'never'))).toBe(false)
})

test('too many items are refused in a line, without a stack trace; SHOPLAB_DEBUG=1 shows it', () => {
  const words = ['data', '--items', '100001', '--out', 'never']
  expect(shoplab(folder, words)).toEqual({
    code: 1,
    output: '',
    errors: 'shoplab: items is 100001; it must be a whole number between 1 and 100000\n',
  })
  expect(shoplab(folder, words, { SHOPLAB_DEBUG: '1' }).errors).toContain('generate-tables.ts')
})

test('a folder that cannot be written is named', () => {
  fs.writeFileSync(path.join(folder, 'file'), '')
  const { code, errors } = shoplab(folder, [...small, '--out', 'file/below'])
  expect(code).toBe(1)
  expect(errors).toMatch(/^shoplab: file\/below .*\n$/)
})

test('the other shops have data too, in folders of their own, that read back', () => {
  expect(shoplab(folder, ['data', '--shop', 'interaction-log', '--users', '30', '--items', '20', '--interactions', '100'])).toMatchObject({
    code: 0,
    output: expect.stringContaining('interaction-log, seed 42: 30 users, 20 items, 100 interactions\n  data/interaction-log/users.csv'),
  })
  expect(readTables(path.join(folder, 'data', 'interaction-log'), { embeddings: false, events: false }).users.count).toBe(30)

  const { code, output } = shoplab(folder, ['data', '--shop', 'offers', '--users', '40', '--out', 'offers', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({ shop: 'offers', users: 40, files: ['offers/user_behavior.xlsx', 'offers/features.csv'] })
  expect(readBehaviourWorkbook(path.join(folder, 'offers', 'user_behavior.xlsx')).users.count).toBe(40)
  expect(readRows(path.join(folder, 'offers', 'features.csv'))).toHaveLength(40)
})

test('what marketplace and simshop sell is written, and reads back as the seed gives it', () => {
  expect(shoplab(folder, ['data', '--shop', 'marketplace', '--users', '20', '--items', '10', '--seed', '3'])).toEqual({
    code: 0,
    output:
      'marketplace, seed 3: 20 users, 10 items\n  data/marketplace/items.csv\n  data/marketplace/users.csv\n  data/marketplace/README.md\n',
    errors: '',
  })
  expect(readMarketplaceTables(path.join(folder, 'data', 'marketplace'))).toEqual(
    generateMarketplaceTables({ seed: 3, users: 20, items: 10 }),
  )

  const { output } = shoplab(folder, ['data', '--shop', 'simshop', '--out', 'goods', '--json'])
  expect(JSON.parse(output)).toEqual({ shop: 'simshop', seed: 42, items: 250, files: ['goods/items.csv', 'goods/README.md'] })
  expect(readSimshopTables(path.join(folder, 'goods')).catalogue).toEqual(simshopCatalogue(250, 42))
})

test.each([
  ['offers', 'items', 'its data are sessions'],
  ['marketplace', 'interactions', 'they happen in the shop, and recordLog writes them down'],
  ['simshop', 'users', 'its shoppers are six types'],
])('a size that %s does not have is refused: %s', (shop, size, because) => {
  const { code, errors } = shoplab(folder, ['data', '--shop', shop, `--${size}`, '3', '--out', 'never'])
  expect({ code, errors }).toEqual({ code: 1, errors: `shoplab: --${size} is 3, but ${shop} has no ${size}: ${because}; leave it out\n` })
  expect(fs.existsSync(path.join(folder, 'never'))).toBe(false)
})

test('real data that cannot be fetched: one line, a code, and nothing left; they have no sizes', () => {
  const { code, output, errors } = shoplab(folder, ['data', '--shop', 'open-bandit', '--out', 'real/bandit'], { PIP_NO_INDEX: '1' })
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors).toMatch(
    /^shoplab: the Open Bandit Dataset could not be fetched; .* `npx shoplab data --shop open-bandit` tries again .*\n$/,
  )
  expect(fs.readdirSync(path.join(folder, 'real'))).toEqual([])
  expect(shoplab(folder, ['data', '--shop', 'open-bandit', '--users', '3']).errors).toMatch(
    /^shoplab: --users is 3, but open-bandit has no users: /,
  )
})
