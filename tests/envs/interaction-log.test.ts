import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { affinityOf } from '../../lab/calibrate/interaction-log'
import { generateTables } from '../../src/data/generate-tables'
import { correctedLog, generateInteractionLog } from '../../src/data/interaction-log'
import { estimateAffinity } from '../../src/data/interaction-log-estimate'
import { logSource } from '../../src/data/interaction-log-options'
import { UserError } from '../../src/data/user-error'
import { writeTables } from '../../src/data/write-tables'
import { describe } from '../../src/envs/describe'
import { eventCode } from '../../src/envs/events'
import { type InteractionLogOptions, interactionLog } from '../../src/envs/interaction-log'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { stream } from '../../src/random/generator'
import { temporaryFolder } from '../data/temporary'
import { shopProperties } from './shop-properties'
import { eventsOf, meanAndError, play, randomActions, randomPolicy, shownOf } from './support'

const temporary = temporaryFolder()
const small = { users: 20, items: 12, interactions: 200 }
const own = generateTables({ seed: 3, users: 8, items: 6, interactions: 60 })

shopProperties({
  corrected: copies => interactionLog(copies, small),
  published: copies => interactionLog(copies, { ...small, preset: 'published' }),
  session: copies => interactionLog(copies, { ...small, variant: 'session' }),
  'own tables': copies => interactionLog(copies, { tables: own, horizon: 7 }),
})

test('what is seen is the id of the user, one value, for twenty recommendations', () => {
  const env = interactionLog(3)
  expect(env.spec).toMatchObject({
    name: 'interaction-log',
    preset: 'corrected',
    layout: [{ name: 'user', offset: 0, shape: [1], categories: [1000] }],
    width: 1,
    actions: { kind: 'discrete', n: 500 },
    horizon: 20,
  })
  env.reset(1)
  const users = [...env.observations]
  expect(users).toEqual([...env.shoppers])
  for (let step = 1; step <= 20; step++) {
    env.step(Int32Array.of(step, step, 0))
    expect([...env.truncated]).toEqual(Array(3).fill(step === 20 ? 1 : 0))
    if (step < 20) expect([...env.observations]).toEqual(users)
  }
  expect([...env.finalObservations]).toEqual(users)
  expect([...env.observations]).not.toEqual(users)
})

test('a click has the true affinity of the pair, logged or not, as its chance', () => {
  const env = interactionLog(4)
  const { affinity } = correctedLog(logSource({}))
  const expected = new Float64Array(4)
  env.reset(3)
  for (const item of [0, 7, 499]) {
    expectedReward(env, new Int32Array(4).fill(item), expected)
    expect([...expected]).toEqual([...env.shoppers].map(user => affinity[user * 500 + item]!))
  }
})

test('clicks are as frequent as the oracle says, and purchases a tenth of them', () => {
  const env = interactionLog(256, { users: 40, items: 30 })
  const generator = stream(5, 'actions')
  const expected = new Float64Array(256)
  const gaps: number[] = []
  let clicks = 0
  let purchases = 0
  env.reset(2)
  for (let step = 0; step < 300; step++) {
    const actions = randomActions(env, generator)
    expectedReward(env, actions, expected)
    env.step(actions)
    for (const [copy, chance] of expected.entries()) gaps.push(env.rewards[copy]! - chance)
    for (const { kind } of eventsOf(env)) {
      if (kind === eventCode.click) clicks++
      if (kind === eventCode.purchase) purchases++
    }
  }
  const { mean, error } = meanAndError(gaps)
  expect(Math.abs(mean)).toBeLessThan(4 * error)
  expect(Math.abs(purchases / clicks - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / clicks))
})

test('every reward is a click and every click is told of, with the price and a margin below it', () => {
  const env = interactionLog(50, small)
  const generator = stream(6, 'actions')
  env.reset(4)
  for (let step = 0; step < 60; step++) {
    const actions = randomActions(env, generator)
    env.step(actions)
    for (let copy = 0; copy < 50; copy++) {
      const kinds = eventsOf(env).filter(event => event.copy === copy)
      expect(env.chosen[copy]).toBe(env.rewards[copy] === 1 ? 0 : -1)
      expect(kinds.filter(({ kind }) => kind === eventCode.click)).toHaveLength(env.rewards[copy]!)
      expect(kinds[0]).toMatchObject({ kind: eventCode.impression, item: actions[copy], margin: 0 })
      for (const { kind, price, margin } of kinds) {
        expect(price).toBe(env.tables.items.price[actions[copy]!])
        expect(margin).toBe(kind === eventCode.purchase ? 0.4 * price : 0)
      }
    }
  }
})

test('two policies under one seed meet the same users and the same luck: the item with the higher chance is clicked whenever the other is', () => {
  const envs = [interactionLog(8, small), interactionLog(8, small)] as const
  const expected = [new Float64Array(8), new Float64Array(8)] as const
  for (const env of envs) env.reset(9)
  const actions = [new Int32Array(8).fill(3), new Int32Array(8).fill(8)] as const
  for (let step = 0; step < 200; step++) {
    for (const at of [0, 1] as const) {
      expectedReward(envs[at], actions[at], expected[at])
      envs[at].step(actions[at])
    }
    expect(envs[0].observations).toEqual(envs[1].observations)
    for (let copy = 0; copy < 8; copy++) {
      const better = expected[0][copy]! >= expected[1][copy]! ? 0 : 1
      expect(envs[better].rewards[copy]).toBeGreaterThanOrEqual(envs[1 - better]!.rewards[copy]!)
    }
  }
})

// lab/calibrate/interaction-log.ts: a random item .097, the most popular .400, a user's best .560; times 20 recommendations.
test('in the default log a random policy clicks 1.9 times, popularity 8.0 and the oracle 11.2', () => {
  const { random, popular, best } = affinityOf(42)
  expect([random, popular, best].map(chance => Number((20 * chance).toFixed(2)))).toEqual([1.94, 8, 11.21])
  const env = interactionLog(64)
  const oracle = meanAndError(play(env, bestActions, 1, 7).returns)
  const chance = meanAndError(play(env, randomPolicy(1), 4, 7).returns)
  expect(Math.abs(oracle.mean - 20 * best)).toBeLessThan(4 * oracle.error)
  expect(Math.abs(chance.mean - 20 * random)).toBeLessThan(4 * chance.error)
  expect(random).toBeLessThan(0.7 * popular)
})

test('published: every reward is 0, whatever is recommended, and the oracle knows it', () => {
  const env = interactionLog(16, { preset: 'published' })
  const expected = new Float64Array(16)
  const { returns } = play(env, randomPolicy(2), 10, 1)
  expect(returns.every(sum => sum === 0)).toBe(true)
  for (let item = 0; item < 500; item++) {
    expectedReward(env, new Int32Array(16).fill(item), expected)
    expect([...expected]).toEqual(Array(16).fill(0))
  }
})

test('published, from tables that have weights of 1: those pairs pay always, by their latest row, the others never', () => {
  const env = interactionLog(4, { preset: 'published', tables: own })
  const latest = new Map(
    Array.from(own.interactions.user, (user, row) => [user * 6 + own.interactions.item[row]!, own.interactions.weight[row]!]),
  )
  expect([...latest.values()]).toContain(1)
  const generator = stream(1, 'actions')
  env.reset(1)
  for (let step = 0; step < 200; step++) {
    const actions = randomActions(env, generator)
    const pays = [...env.shoppers].map((user, copy) => (latest.get(user * 6 + actions[copy]!) === 1 ? 1 : 0))
    env.step(actions)
    expect([...env.rewards]).toEqual(pays)
  }
})

test('a log of one’s own: logged pairs pay by their weight, the others by the estimate', () => {
  const folder = join(temporary, 'own')
  writeTables(own, folder)
  const affinity = estimateAffinity(own)
  for (const tables of [own, folder]) {
    const env = interactionLog(5, { tables })
    const expected = new Float64Array(5)
    env.reset(1)
    for (let item = 0; item < 6; item++) {
      expectedReward(env, new Int32Array(5).fill(item), expected)
      expect([...expected]).toEqual([...env.shoppers].map(user => affinity[user * 6 + item]!))
    }
  }
})

test('items carry their category, price and rating', () => {
  const { items, tables } = interactionLog(1)
  expect([items.width, items.features.length, items.labels.length]).toEqual([7, 3500, 500])
  for (let item = 0; item < 500; item++) {
    const row = [...items.features.subarray(item * 7, item * 7 + 7)]
    const kind = ['books', 'clothing', 'electronics', 'home', 'sports'].indexOf(tables.items.categories[item]!)
    expect(row.slice(0, 5)).toEqual([0, 1, 2, 3, 4].map(at => (at === kind ? 1 : 0)))
    expect(row.slice(5).every(value => value >= 0 && value <= 1)).toBe(true)
  }
})

test('the same shop is made again from its spec, wherever its log came from', () => {
  const folder = join(temporary, 'again')
  writeTables(generateInteractionLog({ seed: 8, ...small }), folder)
  const variants: InteractionLogOptions[] = [
    { ...small, dataSeed: 5, lateUsers: 0.2 },
    { ...small, preset: 'published' },
    { ...small, variant: 'session', leaving: 0.2 },
    { tables: folder },
    { tables: { folder } },
    { tables: own },
    { tables: own, preset: 'published', purchaseShare: 0.5 },
    { tables: generateInteractionLog({ seed: 8, ...small }) },
    { tables: generateInteractionLog({ seed: 8, preset: 'published', ...small }) },
  ]
  for (const options of variants) {
    const shops = [interactionLog(2, options)]
    shops.push(interactionLog(2, JSON.parse(JSON.stringify(shops[0]!.spec.options))))
    expect(shops[1]!.spec).toEqual({ ...shops[0]!.spec, options: JSON.parse(JSON.stringify(shops[0]!.spec.options)) })
    const expected = [new Float64Array(2), new Float64Array(2)]
    for (const shop of shops) shop.reset(1)
    for (let step = 0; step < 45; step++) {
      const actions = Int32Array.of(step % 6, (step * 5) % 6)
      for (const [at, shop] of shops.entries()) {
        expectedReward(shop, actions, expected[at]!)
        shop.step(actions)
      }
      expect(expected[1]).toEqual(expected[0])
      expect(shownOf(shops[1]!, 0)).toEqual(shownOf(shops[0]!, 0))
    }
  }
})

test('tables of a generated log are the shop of its seed: the truth is known, not estimated', () => {
  const made = interactionLog(3, { dataSeed: 8, ...small })
  const given = interactionLog(3, { tables: generateInteractionLog({ seed: 8, ...small }) })
  const expected = [new Float64Array(3), new Float64Array(3)]
  for (const [at, shop] of [made, given].entries()) {
    shop.reset(2)
    expectedReward(shop, Int32Array.of(1, 2, 3), expected[at]!)
  }
  expect(expected[1]).toEqual(expected[0])
})

test('tables changed after they were generated are refused: the shop would pay by what they no longer say', () => {
  const advice = '; write the tables with writeTables and give the folder'
  for (const tables of [own, generateInteractionLog(small), generateInteractionLog({ ...small, preset: 'published' })]) {
    const weight = tables.interactions.weight.slice()
    weight[4] = 0.999
    const relogged = { ...tables, interactions: { ...tables.interactions, weight } }
    expect(() => interactionLog(1, { tables: relogged })).toThrow('tables have 0.999 as weight of row 4 of interactions')
    expect(() => interactionLog(1, { tables: relogged })).toThrow(advice)
    const renamed = { ...tables, items: { ...tables.items, titles: ['Sea salt', ...tables.items.titles.slice(1)] } }
    expect(() => interactionLog(1, { tables: renamed })).toThrow('tables have Sea salt as titles of row 0 of items')
    const folder = join(temporary, 'relogged')
    writeTables(relogged, folder)
    expect(interactionLog(1, { tables: folder }).tables.interactions.weight).toEqual(weight)
  }
})

test('an option that does nothing in the shop asked for is refused, and is not in its spec', () => {
  const ofSession = ['bestClick', 'satiation', 'repeatSatiation', 'leaving']
  const ofPurchases = ['purchaseShare', 'marginShare']
  for (const name of ofSession) {
    expect(() => interactionLog(1, { ...small, [name]: 0.2 })).toThrow(`${name} is 0.2, but variant is "user"; leave ${name} out`)
  }
  for (const name of ofPurchases) {
    for (const tables of [undefined, { preset: 'published', seed: 1, lateUsers: 0, ...small } as const]) {
      const sizes = tables ? { tables } : small
      expect(() => interactionLog(1, { ...sizes, preset: 'published', [name]: 0.2 })).toThrow(
        `${name} is 0.2, but in a generated log no weight is 1, so with preset "published" nothing is bought; leave ${name} out`,
      )
    }
  }
  const said = (options: InteractionLogOptions) =>
    [...ofSession, ...ofPurchases].filter(name => name in interactionLog(1, options).spec.options)
  expect(said(small)).toEqual(ofPurchases)
  expect(said({ ...small, variant: 'session' })).toEqual([...ofSession, ...ofPurchases])
  expect(said({ ...small, preset: 'published' })).toEqual([])
  expect(said({ tables: own, preset: 'published' })).toEqual(ofPurchases)
})

test('every chance of a click lies between 0 and 1, under any data seed', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom('user' as const, 'session' as const), (dataSeed, variant) => {
      const env = interactionLog(30, { ...small, dataSeed, variant })
      const expected = new Float64Array(30)
      const generator = stream(1, 'actions')
      env.reset(dataSeed)
      for (let step = 0; step < 25; step++) {
        const actions = randomActions(env, generator)
        expectedReward(env, actions, expected)
        for (const chance of expected) expect(chance >= 0 && chance <= 1).toBe(true)
        env.step(actions)
      }
    }),
    { numRuns: 30 },
  )
})

test('a line tells who is there and what happened', () => {
  const env = interactionLog(1)
  env.reset(1)
  expect(describe(env)).toMatch(/^user_\d+ \(\d\d, (M|F|Other), (US|EU|Asia|Other)\): has come in$/)
  env.step(Int32Array.of(3))
  expect(describe(env)).toMatch(/: shown (Books|Clothing|Electronics|Home|Sports) 3; (clicked|reward)/)
})

test('options out of range are refused by name, with the value and what is allowed', () => {
  const cases: [object, string][] = [
    [{ items: 0 }, 'items is 0; it must be a whole number between 1 and 100000'],
    [{ users: Number.NaN }, 'users is NaN; it must be a whole number between 1'],
    [{ interactions: -1 }, 'interactions is -1'],
    [{ dataSeed: Number.NaN }, 'dataSeed is NaN'],
    [{ preset: 'published', dataSeed: 0.5 }, 'dataSeed is 0.5; it must be a whole number between 0 and 4294967295'],
    [{ preset: 'guide' }, 'preset is "guide"; it must be one of corrected, published'],
    [{ variant: 'sessions' }, 'variant is "sessions"; it must be one of user, session'],
    [{ preset: 'published', variant: 'session' }, 'variant is "session"; with preset "published" it must be "user"'],
    [{ horizon: 0 }, 'horizon is 0; it must be a whole number between 1'],
    [{ purchaseShare: 1.1 }, 'purchaseShare is 1.1; it must be a number between 0 and 1'],
    [{ marginShare: Number.NaN }, 'marginShare is NaN'],
    [{ variant: 'session', leaving: Number.NaN }, 'leaving is NaN; it must be a number between 0 and 1'],
    [{ variant: 'session', satiation: -0.1 }, 'satiation is -0.1'],
    [{ variant: 'session', repeatSatiation: 2 }, 'repeatSatiation is 2'],
    [{ variant: 'session', bestClick: '1' }, 'bestClick is "1"; it must be a number between 0 and 1'],
    [{ lateUsers: 0.7 }, 'lateUsers is 0.7'],
    [{ rows: 3 }, 'interaction-log has no option "rows"'],
    [{ tables: own, users: 9 }, 'users is 9, but the tables given have 8'],
    [{ tables: own, dataSeed: 3 }, 'dataSeed is 3, but tables are given'],
    [{ tables: 7 }, 'tables is number; it must be'],
    [{ tables: null }, 'tables is object; it must be'],
    [{ tables: { folder: 3 } }, 'the folder of tables is 3; it must be a path'],
    [{ tables: { ...own, interactions: { ...own.interactions, count: 30 } } }, 'tables have 30 interactions, but were generated with 60'],
    [{ tables: { seed: 1, users: 0, items: 1, interactions: 1 } }, 'users is 0'],
  ]
  for (const [options, message] of cases) expect(() => interactionLog(1, options as never)).toThrow(message)
  expect(() => interactionLog(0)).toThrow('copies is 0; it must be a whole number between 1 and 100000')
})

test('tables with a weight or an id that cannot be are refused', () => {
  const changed = (column: 'user' | 'item' | 'weight', value: number) => {
    const cells = own.interactions[column].slice()
    cells[4] = value
    return { tables: { ...own, interactions: { ...own.interactions, [column]: cells } } }
  }
  expect(() => interactionLog(1, changed('weight', Number.NaN))).toThrow('the weight of interaction 4 is NaN')
  expect(() => interactionLog(1, changed('weight', 1.5))).toThrow('the weight of interaction 4 is 1.5; it must be a number between 0 and 1')
  expect(() => interactionLog(1, changed('user', 8))).toThrow('the user of interaction 4 is 8; it must be a whole number between 0 and 7')
  expect(() => interactionLog(1, changed('item', -1))).toThrow('the item of interaction 4 is -1')
})

test('a folder that cannot be read or has no rows is refused for a person to mend', () => {
  const folder = join(temporary, 'empty')
  writeTables(generateInteractionLog({ ...small, interactions: 0 }), folder)
  writeFileSync(join(folder, 'interactions.csv'), 'user_id,item_id,timestamp,weight\n')
  expect(() => interactionLog(1, { tables: folder })).toThrow(UserError)
  expect(() => interactionLog(1, { tables: folder })).toThrow('the log has no interactions')
  expect(() => interactionLog(1, { tables: join(temporary, 'nowhere') })).toThrow(/users.csv does not exist/)
})
