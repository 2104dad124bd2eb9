import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { myopicOracle } from '../../src/agents/myopic-oracle'
import { randomAgent } from '../../src/agents/random'
import { firstDay, hourOf, recordedDays, secondsADay } from '../../src/data/calendar'
import { generateMarketplaceTables, writeMarketplaceTables } from '../../src/data/marketplace-tables'
import { readTables } from '../../src/data/read-tables'
import { readRows, writeRows } from '../../src/data/rows-file'
import { splitSessions } from '../../src/data/sessions'
import { defineEnv } from '../../src/envs/define-env'
import { eventCode } from '../../src/envs/events'
import { marketplace } from '../../src/envs/marketplace'
import { offers } from '../../src/envs/offers'
import { makeEnv, shopNames } from '../../src/envs/registry'
import { simshop } from '../../src/envs/simshop'
import { evaluate } from '../../src/train/evaluate-agent'
import { type LogRow, recordLog } from '../../src/train/record-log'
import { temporaryFolder } from '../data/temporary'

const temporary = temporaryFolder()
const weights = { ignore: 0, click: 0.5, purchase: 1 }
const count = (rows: readonly LogRow[], least: number) => rows.filter(row => row.weight >= least).length

describe('a shop of two steps a visit, worked by hand', () => {
  const { impression, click, purchase, like, leave } = eventCode
  const shop = () =>
    defineEnv(1, {
      name: 'by-hand',
      layout: [{ name: 'context', offset: 0, shape: [1] }],
      actions: { kind: 'discrete', n: 1 },
      horizon: 2,
      eventsPerStep: 6,
      state: {},
      begin() {},
      observe: (_copy, _state, row, offset) => {
        row[offset] = 0
      },
      // First step: item 7 is shown and liked, item 8 shown, clicked and bought. Second: item 8 shown again; item 9, shown long ago, is bought.
      step(copy, state, _actions, _at, _generator, { rewards, events }) {
        rewards[copy] = 0
        if (state.steps[copy] === 1) {
          events.add(copy, impression, 7, 0, 0, 0)
          events.add(copy, like, 7, 0, 0, 0)
          events.add(copy, impression, 8, 1, 0, 0)
          events.add(copy, click, 8, 1, 0, 0)
          events.add(copy, purchase, 8, 1, 0, 0)
          return false
        }
        events.add(copy, impression, 8, 0, 0, 0)
        events.add(copy, purchase, 9, 3, 0, 0)
        events.add(copy, leave, -1, 0, 0, 0)
        return true
      },
    }).env
  const actor = { act: (_observations: Float32Array, _explore: boolean, actions: Int32Array) => void actions.fill(0) }

  test('a row for each item shown with the furthest that was reached, and one for what was shown before', () => {
    const rows = recordLog(shop(), actor, { visits: 1, seed: 3, secondsAStep: 100, userId: () => 'Ada', itemId: item => `sweet ${item}` })
    const start = rows[0]!.timestamp
    const row = (item: number, seconds: number, event: keyof typeof weights) => {
      return { user_id: 'Ada', item_id: `sweet ${item}`, timestamp: start + seconds, weight: weights[event], event, session: 0 }
    }
    expect(rows).toEqual([row(7, 0, 'ignore'), row(8, 0, 'purchase'), row(8, 100, 'ignore'), row(9, 100, 'purchase')])
  })

  test('visits begin in order in the year of the records, mostly in the evening; users are numbered', () => {
    const rows = recordLog(shop(), actor, { visits: 400, seed: 3 })
    const begins = rows.filter((row, at) => rows.findIndex(other => other.session === row.session) === at)
    expect(begins.map(row => row.session)).toEqual(Array.from({ length: 400 }, (_, visit) => visit))
    expect(begins.every(row => row.user_id === `user_${row.session}`)).toBe(true)
    expect(rows.every((row, at) => at === 0 || row.timestamp >= rows[at - 1]!.timestamp)).toBe(true)
    expect(begins.every(row => row.timestamp >= firstDay && row.timestamp < firstDay + recordedDays * secondsADay)).toBe(true)
    expect(begins.filter(row => hourOf(row.timestamp) >= 18).length).toBeGreaterThan(100)
    expect(recordLog(shop(), actor, { visits: 3, seed: 4 })[0]!.timestamp).not.toBe(begins[0]!.timestamp)
  })
})

test('the log has the impressions, clicks and purchases that an evaluation of the same seed counts', () => {
  for (const make of [(copies: number) => simshop(copies), (copies: number) => marketplace(copies, { users: 20, horizon: 20 })]) {
    const shop = make(8)
    const rows = recordLog(shop, myopicOracle(shop), { visits: 20, seed: 5 })
    const { counts } = evaluate(myopicOracle(shop), shop, { episodes: 20, seed: 5 })
    expect([count(rows, 0), count(rows, 0.5), count(rows, 1)]).toEqual([counts.impression, counts.click, counts.purchase])
    expect(counts.purchase).toBeGreaterThan(0)
    expect(rows.every(row => row.weight === weights[row.event])).toBe(true)
  }
})

test('the rows are the same however many copies are stepped together', () => {
  const [one, three] = [simshop(1), simshop(3)]
  expect(recordLog(three, myopicOracle(three), { visits: 7, seed: 2 })).toEqual(recordLog(one, myopicOracle(one), { visits: 7, seed: 2 }))
})

test('every shop can be logged', () => {
  for (const name of shopNames) {
    const shop = makeEnv(name, 2)
    const rows = recordLog(shop, randomAgent(shop.spec, { seed: 1 }), { visits: 2, seed: 1 })
    for (const row of rows) expect(row.item_id).toMatch(/^item_\d+$/)
    if (name !== 'offers') expect(rows.length).toBeGreaterThan(0)
  }
})

test('written beside items.csv and users.csv, the log reads back as the tables of any shop', () => {
  const folder = join(temporary, 'market')
  mkdirSync(folder)
  const tables = generateMarketplaceTables({ items: 30, users: 10 })
  writeMarketplaceTables(tables, folder)
  const shop = marketplace(4, { products: 30, users: 10 })
  const rows = recordLog(shop, myopicOracle(shop), { visits: 12, seed: 1, userId: copy => shop.users.ids[shop.shoppers[copy]!]! })
  const file = join(folder, 'interactions.csv')
  writeRows(file, rows)
  expect(readRows(file)).toEqual(rows)

  const { interactions, users, items } = readTables(folder, { embeddings: false })
  expect(Array.from(interactions.timestamp)).toEqual(rows.map(row => row.timestamp))
  expect(Array.from(interactions.user, user => users.ids[user])).toEqual(rows.map(row => row.user_id))
  expect(Array.from(interactions.item, item => items.ids[item])).toEqual(rows.map(row => row.item_id))
  expect(users.signupDate.every(date => date < interactions.timestamp[0]!)).toBe(true)
  expect(splitSessions(interactions).count).toBe(12)
})

test('what is out of range is refused', () => {
  const shop = offers(1)
  const act = randomAgent(shop.spec, { seed: 1 })
  expect(() => recordLog(shop, act, { visits: 0, seed: 1 })).toThrow('visits is 0; it must be a whole number between 1 and 1000000')
  expect(() => recordLog(shop, act, { visits: 1, seed: Number.NaN })).toThrow('seed is NaN')
  expect(() => recordLog(shop, act, { visits: 1, seed: 1, secondsAStep: 0.5 })).toThrow('secondsAStep is 0.5')
  expect(() => recordLog(shop, act, { visits: 1, seed: 1, steps: 3 } as never)).toThrow('recordLog has no option "steps"')
})
