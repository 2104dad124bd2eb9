import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generateMarketplaceTables, writeMarketplaceTables } from '../../src/data/marketplace-tables'
import type { Env } from '../../src/envs/env'
import { interactionLog } from '../../src/envs/interaction-log'
import { marketplace } from '../../src/envs/marketplace'
import { offers } from '../../src/envs/offers'
import { makeEnv } from '../../src/envs/registry'
import { simshop } from '../../src/envs/simshop'
import { hasFront, shopFront } from '../../src/train/shop-front'
import { temporaryFolder } from '../cli/shoplab'

const folder = temporaryFolder()
const log = { users: 20, items: 30, interactions: 300 }

const shops: [string, () => Env & { readonly shoppers: Int32Array }][] = [
  ['interaction-log', () => interactionLog(1, log)],
  ['interaction-log of sessions', () => interactionLog(1, { ...log, variant: 'session' })],
  ['marketplace', () => marketplace(1, { users: 20, products: 30 })],
  ['marketplace whose shoppers are half new', () => marketplace(1, { users: 20, products: 30, newShoppers: 0.5 })],
  ['marketplace, published', () => marketplace(1, { users: 20, products: 30, preset: 'published' })],
  ['offers', () => offers(1, { users: 20 })],
]

describe.each(shops)('%s', (_, make) => {
  test('shows of somebody who is asked for what it shows when they come, by id and by row number', () => {
    const env = make()
    const front = shopFront(env)
    const met = new Set<number>()
    for (let seed = 0; met.size < 6; seed++) {
      env.reset(seed)
      const user = env.shoppers[0]!
      met.add(user)
      for (const asked of [user, String(user), `user_${user}`]) {
        expect(front.come(asked)).toMatchObject({ id: `user_${user}`, observation: env.observations })
      }
    }
    expect(() => front.come('user_20')).toThrow('there is no user "user_20"; ids run from user_0 to user_19')
    expect(() => front.come(20)).toThrow('there is no user 20')
    expect(front.come(front.example).id).toMatch(/^user_\d+$/)
  })
})

test('items have ids, titles and categories, those of their files where there are some', () => {
  const tables = generateMarketplaceTables({ seed: 3, items: 12, users: 5 })
  writeMarketplaceTables({ ...tables, itemIds: tables.itemIds.map(id => `p-${id}`) }, join(folder, 'shop'))
  const made = shopFront(marketplace(1, { dataSeed: 3, products: 12, users: 5 })).come(0)
  const read = shopFront(marketplace(1, { tables: join(folder, 'shop') })).come(0)
  expect(made.name(3)).toEqual({ item: 'item_3', title: tables.products.titles[3], category: 'beauty' })
  expect(read.name(3)).toEqual({ ...made.name(3), item: 'p-item_3' })
})

test('offers tell what is known of a shopper, and name messages, also those of several parts', () => {
  const env = offers(1, { users: 20 })
  const front = shopFront(env)
  const visitor = front.come(7)
  expect(visitor.about).toMatch(/^State Features:\n- Recency: \d+\.\d\d days\n(- .*\n){4}- Preferred Channel: (email|sms|push)$/)
  // ((0 · 3 + 2) · 3 + 0) · 4 + 0 = 24
  expect(front.numberOf!(Int32Array.of(0, 2, 0, 0))).toBe(24)
  expect(visitor.name(24)).toEqual({ item: 'offer_24', title: '15% discount via email (immediate delivery)', category: 'discount' })
  expect(visitor.name(front.numberOf!(Int32Array.of(4, 0, 0, 0)))).toEqual({ item: 'offer_144', title: 'no message', category: 'none' })
})

test('simshop knows types, whose candidates are named as the shop shows them', () => {
  const env = simshop(1, { items: 60, candidates: 38, pageSize: 3 })
  const visitor = shopFront(env).come('brand_lover', 3)
  const visit = simshop(1, { items: 60, candidates: 38, pageSize: 3, userTypes: 'brand_lover' })
  visit.reset(3)
  expect(visitor.observation).toEqual(visit.observations)
  // Thirteen pages show all 38 candidates, the last one from candidate 35 on; a visit that went on would end after ten.
  visit.step(Int32Array.of(37, 0, 33))
  const shown = Array.from(visit.events.item.subarray(0, visit.events.count)).filter((_, at) => visit.events.kind[at] === 0)
  expect([37, 0, 33].map(candidate => visitor.name(candidate))).toEqual(
    shown.map(item => ({ item: `item_${item}`, title: env.catalogue.labels[item], category: expect.stringMatching(/^[A-Z]/) })),
  )
  expect(shopFront(env).come('brand_lover', 4).observation).not.toEqual(visitor.observation)
  expect(() => shopFront(env).come('brand_lvoer')).toThrow(/knows them by type: cheap_seeker, .*; did you mean brand_lover\?$/)
})

test('where nobody has a name, nobody can be asked for', () => {
  for (const name of ['recogym', 'recsim-interest-evolution', 'cart-pole']) {
    expect(hasFront(makeEnv(name, 1))).toBe(false)
    expect(() => shopFront(makeEnv(name, 1))).toThrow(`${name} has no shoppers to ask for: everybody who comes is drawn anew`)
  }
})
