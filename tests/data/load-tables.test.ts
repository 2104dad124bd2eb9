import { join } from 'node:path'
import { expect, test } from 'vitest'
import { danfojs } from '../../src/data/danfojs'
import { generateTables } from '../../src/data/generate-tables'
import { type DataFrame, loadTables } from '../../src/data/load-tables'
import { writeTables } from '../../src/data/write-tables'
import { temporaryFolder } from './temporary'

const folder = join(temporaryFolder(), 'shop')
const tables = generateTables({ seed: 5, users: 6, items: 4, interactions: 12 })
writeTables(tables, folder)

test('danfojs shows the three tables with the columns and values of the files', async () => {
  const { users, items, interactions } = await loadTables(folder)
  expect([users.shape, items.shape, interactions.shape]).toEqual([
    [6, 25],
    [4, 25],
    [12, 5],
  ])
  expect(items.columns.slice(0, 6)).toEqual(['item_id', 'title', 'category', 'price', 'rating', 'e0'])
  expect(items.column('title').values).toEqual(tables.items.titles)
  expect(items.column('price').values).toEqual([...tables.items.price])
  expect(users.column('e19').values).toEqual(Array.from({ length: 6 }, (_, user) => tables.users.embeddings[user * 20 + 19]))
  expect(interactions.column('user_id').values).toEqual([...tables.interactions.user].map(user => `user_${user}`))
  expect(interactions.column('weight').mean()).toBeCloseTo(tables.interactions.weight.reduce((sum, weight) => sum + weight, 0) / 12, 12)
})

test('a folder without files is refused before danfojs is loaded', async () => {
  await expect(loadTables(join(folder, 'nothing'))).rejects.toThrow('users.csv does not exist')
})

test('danfojs joins two tables on a column, and keeps every row', async () => {
  const { items, interactions } = await loadTables(folder)
  const kinds = items.loc({ columns: ['item_id', 'category'] })
  const joined = danfojs().merge({ left: interactions, right: kinds, on: ['item_id'], how: 'left' }) as DataFrame
  expect(joined.shape).toEqual([12, 6])
  for (const [item, category] of joined.loc({ columns: ['item_id', 'category'] }).values) {
    expect(category).toBe(tables.items.categories[tables.items.ids.indexOf(String(item))])
  }
})
