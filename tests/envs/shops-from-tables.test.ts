import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generateMarketplaceTables, writeMarketplaceTables } from '../../src/data/marketplace-tables'
import { simshopCatalogue } from '../../src/data/simshop-catalogue'
import { simshopTables, writeSimshopTables } from '../../src/data/simshop-tables'
import { UserError } from '../../src/data/user-error'
import type { Env } from '../../src/envs/env'
import { marketplace } from '../../src/envs/marketplace'
import { makeEnv } from '../../src/envs/registry'
import { simshop } from '../../src/envs/simshop'
import { actionWidth, randomActions } from '../../src/envs/spaces'
import { stream } from '../../src/random/generator'
import { temporaryFolder } from '../data/temporary'
import { shownOf } from './support'

const temporary = temporaryFolder()
const market = join(temporary, 'market')
const goods = join(temporary, 'goods')
writeMarketplaceTables(generateMarketplaceTables({ seed: 7, items: 30, users: 20, newItems: 0.2, newShoppers: 0.3 }), market)
writeSimshopTables(simshopTables(simshopCatalogue(60, 7, 0.2)), goods)

/** The shops must show the same for 40 steps under the same actions; also the one that their spec builds. */
function expectSame(fromTables: Env, generated: Env): void {
  const options = JSON.parse(JSON.stringify(fromTables.spec.options))
  const shops = [generated, fromTables, makeEnv(fromTables.spec.name, 2, options)]
  expect(shops[2]!.spec).toEqual(fromTables.spec)
  const actions = new Int32Array(2 * actionWidth(generated.spec.actions))
  const generator = stream(1, 'actions')
  for (const shop of shops) shop.reset(4)
  for (let step = 0; step < 40; step++) {
    randomActions(generated.spec.actions, generator, actions)
    for (const shop of shops) {
      shop.step(actions)
      for (const copy of [0, 1]) expect(shownOf(shop, copy)).toEqual(shownOf(generated, copy))
    }
  }
}

describe('marketplace', () => {
  test.each(['corrected', 'published'] as const)('is the same from its files as from its seed: %s', preset => {
    const fromTables = marketplace(2, { preset, tables: market, horizon: 15 })
    expectSame(fromTables, marketplace(2, { preset, dataSeed: 7, products: 30, users: 20, newItems: 0.2, newShoppers: 0.3, horizon: 15 }))
    expect(fromTables.spec.options).toMatchObject({ preset, tables: market, horizon: 15 })
    for (const name of ['dataSeed', 'products', 'users', 'newItems', 'newShoppers'])
      expect(fromTables.spec.options).not.toHaveProperty(name)
    expect(marketplace(1, { preset }).spec.options).not.toHaveProperty('tables')
  })

  test.each(['dataSeed', 'products', 'users', 'newItems', 'newShoppers'])('%s with tables is refused', name => {
    expect(() => marketplace(1, { tables: market, [name]: 1 })).toThrow(
      `${name} is 1 with tables, which are the shop; leave it out, it counts for a generated one alone`,
    )
  })

  test('a malformed row is named', () => {
    const folder = join(temporary, 'bad market')
    writeMarketplaceTables(generateMarketplaceTables({ items: 3, users: 2 }), folder)
    writeFileSync(join(folder, 'users.csv'), readFileSync(join(folder, 'users.csv'), 'utf8').replace(/^user_1,\d+/m, 'user_1,7'))
    expect(() => marketplace(1, { tables: folder })).toThrow(UserError)
    expect(() => marketplace(1, { tables: folder })).toThrow('users.csv, line 3, column age: "7" is not a whole number between 18 and 70')
  })
})

describe('simshop', () => {
  test.each(['corrected', 'published'] as const)('is the same from its file as from its seed: %s', preset => {
    const fromTables = simshop(2, { preset, tables: goods })
    expectSame(fromTables, simshop(2, { preset, dataSeed: 7, items: 60, newItems: 0.2 }))
    expect(fromTables.spec.options).toMatchObject({ preset, tables: goods, candidates: 50 })
    for (const name of ['dataSeed', 'items', 'newItems']) expect(fromTables.spec.options).not.toHaveProperty(name)
    expect(simshop(1, { preset }).spec.options).not.toHaveProperty('tables')
  })

  test.each(['dataSeed', 'items', 'newItems'])('%s with tables is refused', name => {
    expect(() => simshop(1, { tables: goods, [name]: 1 })).toThrow(
      `${name} is 1 with tables, which are the catalogue; leave it out, it counts for a generated one alone`,
    )
  })

  test('more candidates than the file has items are refused', () => {
    expect(() => simshop(1, { tables: goods, candidates: 61 })).toThrow('candidates is 61; it must be a whole number between 1 and 60')
  })

  test('a malformed row is named', () => {
    const folder = join(temporary, 'bad goods')
    writeSimshopTables(simshopTables(simshopCatalogue(3, 1)), folder)
    appendFileSync(join(folder, 'items.csv'), 'item_3,A chair\n')
    expect(() => simshop(1, { tables: folder })).toThrow(UserError)
    expect(() => simshop(1, { tables: folder })).toThrow('items.csv, line 5: 2 cells, but the header has 11 columns')
  })
})

test('tables that are no folder are refused', () => {
  expect(() => simshop(1, { tables: 3 as never })).toThrow("tables is 3; it must be a folder with the shop's CSV files")
  expect(() => marketplace(1, { tables: '' })).toThrow('tables is ""; it must be a folder')
  expect(() => marketplace(1, { tables: join(temporary, 'nowhere') })).toThrow('items.csv does not exist')
})
