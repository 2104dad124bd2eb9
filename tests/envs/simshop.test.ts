import { expect, test } from 'vitest'
import { describe } from '../../src/envs/describe'
import { eventCode } from '../../src/envs/events'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { type Simshop, type SimshopOptions, simshop, simshopTypes } from '../../src/envs/simshop'
import { randomActions } from '../../src/envs/spaces'
import { stream } from '../../src/random/generator'
import { shopProperties } from './shop-properties'
import { eventsOf, meanAndError, shownOf } from './support'

const size = { items: 30, candidates: 12, pageSize: 3 }

shopProperties(
  {
    corrected: copies => simshop(copies, size),
    published: copies => simshop(copies, { ...size, preset: 'published', exchangeEvery: 2 }),
    'familiar and new': copies =>
      simshop(copies, { ...size, userTypes: ['familiarity_seeker', 'random_chooser'], newShoppers: 0.5, newItems: 0.3, progress: true }),
  },
  { steps: 60, runs: 4 },
)

/** The whole catalogue of seed 42 in its own order, so that a candidate is the item of that number. */
const wholeShop: SimshopOptions = { candidates: 250, candidateDraw: 'near-static', exchangedPairs: 0, userTypes: 'cheap_seeker' }

// Prices of the catalogue of seed 42: items 27, 204, 79, 110, 106 and 149 cost 2.21, 5.22, 4.69, 6.41, 6.71 and 6.84, so a cheap_seeker is
// certain to buy them (up to 7.05); 1, 22 and 39 cost 36.66, 172.14 and 117.76, 14 and 13 cost 31.39 and 31.60: never clicked (from 15.56 on).
const bought = [27, 204, 79, 110, 106] as const
const left = [1, 22, 39, 14, 13] as const

function begun(options: SimshopOptions, seed = 1): Simshop {
  const env = simshop(1, { ...wholeShop, ...options })
  env.reset(seed)
  return env
}

/** Shows these items on a page. */
function show(env: Simshop, ...items: number[]): void {
  env.step(Int32Array.from(items))
}

const ended = (env: Simshop) => [env.terminated[0], env.truncated[0]]

const kindsOf = (env: Simshop) => eventsOf(env).map(event => event.kind)

/** The first `count` candidates of copy 0, by showing them all; the env needs pages as long as that. */
function candidatesOf(env: Simshop): number[] {
  const { actions } = env.spec
  if (actions.kind !== 'slate' || actions.size !== actions.candidates) throw new Error('pages must show every candidate')
  env.step(Int32Array.from({ length: env.copies * actions.size }, (_, at) => at % actions.size))
  return eventsOf(env)
    .filter(event => event.kind === eventCode.impression && event.copy === 0)
    .map(event => event.item)
}

// Utilities 40 / (40 + price): .188555, .947643, .253550, .521785, .884564, mean .559219. Two of five are clicked and bought:
// 3 · .4 + 5 · .4 + .559219 - .1 (first page) = 3.659219. Shown again: -.1 · 1 and -.1 · 2, so 3.459219.
test('the reward of a page by hand', () => {
  const env = begun({})
  show(env, 22, 27, 39, 1, 204)
  expect(env.rewards[0]).toBeCloseTo(3.659219, 6)
  expect(env.chosen[0]).toBe(1)
  show(env, 22, 27, 39, 1, 204)
  expect(env.rewards[0]).toBeCloseTo(3.459219, 6)
  expect(ended(env)).toEqual([0, 0])
})

// Utilities of 1, 22, 39, 14, 13: .521785, .188555, .253550, .560303, .558659, mean .416570. Nothing is clicked: .416570 - .1 - .1 = .216570.
// Then 1 and 22 again, twice shown by then 2/5 of the items once before: with 27, 204, 79 bought, utilities .521785 .188555 .947643 .884564
// .895055, mean .687520: 3 · .6 + 5 · .6 + .687520 - .1 · .4 - .1 · 2 = 5.247520.
test('a page without a click costs .1, and only what was shown before in this visit counts as shown again', () => {
  const env = begun({})
  show(env, ...left)
  expect(env.rewards[0]).toBeCloseTo(0.21657, 6)
  expect(env.chosen[0]).toBe(-1)
  show(env, 1, 22, 27, 204, 79)
  expect(env.rewards[0]).toBeCloseTo(5.24752, 6)
})

test('a visit ends after three pages running without a click, and a click begins the count anew', () => {
  const env = begun({})
  show(env, ...left)
  show(env, ...left)
  show(env, 27, 22, 39, 14, 13)
  show(env, ...left)
  show(env, ...left)
  expect(ended(env)).toEqual([0, 0])
  show(env, ...left)
  expect(ended(env)).toEqual([1, 0])
})

// A page with one purchase, then two without a click, and so on: four purchases in ten pages.
test('a visit ends after ten pages', () => {
  const env = begun({})
  for (let page = 1; page <= 10; page++) {
    expect(ended(env)).toEqual([0, 0])
    show(env, ...(page % 3 === 1 ? [27, 22, 39, 14, 13] : left))
  }
  expect(ended(env)).toEqual([1, 0])
  // A new visit: the page is number 1 again and nothing was shown.
  show(env, ...left)
  expect(env.rewards[0]).toBeCloseTo(0.21657, 6)
})

test('a visit ends with the fifth purchase, and with the tenth click', () => {
  const env = begun({})
  show(env, 27, 204, 79, 110, 22)
  expect(ended(env)).toEqual([0, 0])
  show(env, 27, 22, 39, 14, 13)
  expect(ended(env)).toEqual([1, 0])
  const clicker = begun({ mostPurchases: 1000 })
  show(clicker, ...bought)
  show(clicker, 27, 204, 79, 110, 22)
  expect(ended(clicker)).toEqual([0, 0])
  show(clicker, 27, 22, 39, 14, 13)
  expect(ended(clicker)).toEqual([1, 0])
})

// Of the utilities the mean is .89 with five bought, .75 with four: 3 + 5 + .89 - .1 = 8.79 at once, and 2.4 + 4 + .75 - .1 + 8.79 - .1 - .08 else.
test('five purchases at once end the visit with less than four and then five', () => {
  const rewards = (...pages: number[][]) => {
    const env = begun({})
    const sum = pages.reduce((total, items) => {
      show(env, ...items)
      return total + env.rewards[0]!
    }, 0)
    expect(ended(env)).toEqual([1, 0])
    return sum
  }
  expect(rewards([...bought])).toBeCloseTo(8.79, 1)
  expect(rewards([27, 204, 79, 110, 22], [...bought])).toBeCloseTo(15.66, 1)
})

test('the ends are options', () => {
  const short = begun({ horizon: 2 })
  show(short, ...left)
  show(short, ...left)
  expect(ended(short)).toEqual([1, 0])
  const patient = begun({ patience: 4 })
  for (let page = 0; page < 3; page++) show(patient, ...left)
  expect(ended(patient)).toEqual([0, 0])
  const content = begun({ mostClicks: 1 })
  show(content, 27, 22, 39, 14, 13)
  expect(ended(content)).toEqual([1, 0])
})

// The catalogue of seed 42: item 27 is a black (1) jacket (Clothing 1, subcategory 5) of BrandA (0), quality .125, released 311 days ago.
test('the observation by hand: who, what may be shown, what was clicked, the newest last', () => {
  const env = begun({})
  expect(env.spec.layout.map(block => [block.name, block.offset, ...block.shape])).toEqual([
    ['user', 0, 6],
    ['candidates', 6, 250, 8],
    ['history', 2006, 5, 9],
  ])
  expect([...env.observations.subarray(0, 6)]).toEqual([1, 0, 0, 0, 0, 0])
  const row = [...env.observations.subarray(6 + 27 * 8, 6 + 28 * 8)]
  const { price, popularity } = env.catalogue
  const score = (values: ArrayLike<number>) => {
    const { mean, error } = meanAndError(Array.from(values))
    return Math.fround((values[27]! - mean) / (error * Math.sqrt(values.length)))
  }
  expect(row.slice(0, 4)).toEqual([1, 5, 0, 1])
  expect(row[4]).toBeCloseTo(score(price), 5)
  expect(row[5]).toBe(0.125)
  expect(row[6]).toBeCloseTo(score(popularity), 5)
  expect(row[7]).toBeCloseTo(Math.exp(-0.005 * 311), 6)
  const history = () => [...env.observations.subarray(2006)]
  const seen = (item: number) => [...env.observations.subarray(6 + item * 8, 6 + (item + 1) * 8), 1]
  const none = new Array(9).fill(0)
  expect(history()).toEqual([none, none, none, none, none].flat())
  show(env, 22, 204, 39, 27, 14)
  expect(history()).toEqual([none, none, none, seen(204), seen(27)].flat())
})

test('more clicks than the history has room for push the oldest out', () => {
  const env = begun({ mostPurchases: 1000, historyLength: 3 })
  const seen = (item: number) => [...env.observations.subarray(6 + item * 8, 6 + (item + 1) * 8), 1]
  show(env, ...bought)
  expect([...env.observations.subarray(2006)]).toEqual([79, 110, 106].flatMap(seen))
  show(env, 22, 149, 39, 14, 13)
  expect([...env.observations.subarray(2006)]).toEqual([110, 106, 149].flatMap(seen))
})

test('a new visit has an empty history, but in the published preset the clicks of the visits before', () => {
  for (const preset of ['corrected', 'published'] as const) {
    const env = begun({ preset })
    show(env, ...bought)
    expect(ended(env)).toEqual([1, 0])
    const before = [...env.finalObservations.subarray(2006)]
    expect(before.some(value => value !== 0)).toBe(true)
    expect([...env.observations.subarray(2006)]).toEqual(preset === 'published' ? before : before.map(() => 0))
  }
})

test('with progress the context says how far the visit is', () => {
  const env = begun({ progress: true })
  const context = (row: Float32Array) => [...row.subarray(-4)]
  expect(env.spec.layout[3]).toEqual({ name: 'context', offset: 2051, shape: [4], progress: 0 })
  show(env, 27, 204, 39, 14, 13)
  expect(context(env.observations)).toEqual([0.1, 0, 0.2, 0.4].map(Math.fround))
  show(env, ...left)
  expect(context(env.observations)).toEqual([0.2, 1 / 3, 0.2, 0.4].map(Math.fround))
  show(env, 27, 204, 79, 14, 13)
  expect(context(env.finalObservations)).toEqual([0.3, 0, 0.5, 1].map(Math.fround))
  expect(context(env.observations)).toEqual([0, 0, 0, 0])
})

// The reward: utilities .188555 .884564 .253550 .521785 .560303, mean .481751, and 3 · .2 + 5 · .2 + .481751 - .1 = 1.981751.
test('events by hand: five impressions, and a click and a purchase with its margin after the item they belong to', () => {
  const env = begun({ marginShare: 0.25 })
  show(env, 22, 204, 39, 1, 14)
  const at = { copy: 0, margin: 0 }
  expect(eventsOf(env)).toEqual([
    { ...at, kind: eventCode.impression, item: 22, position: 0, price: 172.14 },
    { ...at, kind: eventCode.impression, item: 204, position: 1, price: 5.22 },
    { ...at, kind: eventCode.click, item: 204, position: 1, price: 5.22 },
    { copy: 0, kind: eventCode.purchase, item: 204, position: 1, price: 5.22, margin: 0.25 * 5.22 },
    { ...at, kind: eventCode.impression, item: 39, position: 2, price: 117.76 },
    { ...at, kind: eventCode.impression, item: 1, position: 3, price: 36.66 },
    { ...at, kind: eventCode.impression, item: 14, position: 4, price: 31.39 },
  ])
  expect(describe(env)).toBe(
    'cheap seeker: shown ' +
      [22, 204, 39, 1, 14].map(item => env.items.labels[item]).join(', ') +
      `; clicked ${env.items.labels[204]}; bought ${env.items.labels[204]} for 5.22; reward 1.98`,
  )
})

// Five items shown on every page, three pages a visit, since nothing is clicked before the fourth time and hardly then: seen 4, 5 in the
// second visit. sigmoid(5 - 4) = .731 is above the threshold of .6 by 2.6 deviations of the noise, sigmoid(6 - 4) = .881 by 5.6.
test('the familiarity_seeker remembers over visits, and forgets after as many as memoryVisits', () => {
  const visits = (memoryVisits: number) => {
    const env = begun({ userTypes: 'familiarity_seeker', memoryVisits })
    return Array.from({ length: 8 }, () => {
      let clicks = 0
      for (let over = false; !over; over = ended(env)[0] === 1) {
        show(env, ...left)
        clicks += kindsOf(env).filter(kind => kind === eventCode.click).length
      }
      return clicks
    })
  }
  expect(visits(1)).toEqual(new Array(8).fill(0))
  const remembered = visits(3)
  for (const [visit, clicks] of remembered.entries()) {
    if (visit % 3 === 0) expect(clicks).toBe(0)
    else expect(clicks).toBeGreaterThan(0)
  }
})

test('a visit of another type does not touch what the familiarity_seeker remembers', () => {
  const env = begun({ userTypes: ['familiarity_seeker', 'cheap_seeker'], memoryVisits: 1000 })
  let seen = 0
  for (let page = 0; page < 200; page++) {
    const familiar = env.observations[simshopTypes.indexOf('familiarity_seeker')] === 1
    if (familiar) seen++
    const known = env.save(0).state.seen as number[]
    show(env, ...left)
    const after = env.save(0).state.seen as number[]
    expect(after).toEqual(known.map((count, item) => count + Number(familiar && (left as readonly number[]).includes(item))))
  }
  expect(seen).toBeGreaterThan(20)
})

test('near-static candidates: the order of the catalogue, in which pairs exchange places before the first visit and every so many after it', () => {
  // Pages of all twelve candidates, visits of one page.
  const env = simshop(1, { items: 30, candidates: 12, pageSize: 12, horizon: 1, preset: 'published', exchangedPairs: 5, exchangeEvery: 4 })
  env.reset(3)
  const inOrder = Array.from({ length: 12 }, (_, at) => at)
  let before = inOrder
  let changes = 0
  for (let visit = 0; visit < 40; visit++) {
    const now = candidatesOf(env)
    expect(new Set(now).size).toBe(12)
    const moved = now.filter((item, at) => item !== before[at]).length
    if (visit % 4 !== 0) expect(moved).toBe(0)
    else if (moved > 0) changes++
    expect(moved).toBeLessThanOrEqual(10)
    before = now
  }
  expect(changes).toBeGreaterThan(8)
  const still = simshop(1, { items: 30, candidates: 12, pageSize: 12, horizon: 1, preset: 'published', exchangedPairs: 0 })
  still.reset(3)
  for (let visit = 0; visit < 5; visit++) expect(candidatesOf(still)).toEqual(inOrder)
})

test('with as many items as candidates an exchange moves the same items to other places', () => {
  const env = simshop(1, { items: 12, candidates: 12, pageSize: 12, horizon: 1, preset: 'published', exchangedPairs: 6, exchangeEvery: 1 })
  env.reset(1)
  const [one, other] = [candidatesOf(env), candidatesOf(env)]
  expect(one).not.toEqual(other)
  expect(other.every((item, at) => item !== one[at])).toBe(true) // six pairs of twelve: everything moves
  expect([...other].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at))
})

// 4,000 visits: each of 10 items is one of the 4 candidates with probability .4, and stands first with .1.
test('fresh candidates: every item is as likely, at every place', () => {
  const env = simshop(1, { items: 10, candidates: 4, pageSize: 4, horizon: 1 })
  env.reset(1)
  const visits = 4000
  const times = new Float64Array(10)
  const firsts = new Float64Array(10)
  for (let visit = 0; visit < visits; visit++) {
    const now = candidatesOf(env)
    expect(new Set(now).size).toBe(4)
    for (const item of now) times[item]!++
    firsts[now[0]!]!++
  }
  for (let item = 0; item < 10; item++) {
    expect(Math.abs(times[item]! / visits - 0.4)).toBeLessThan(4 * Math.sqrt((0.4 * 0.6) / visits))
    expect(Math.abs(firsts[item]! / visits - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / visits))
  }
})

test('candidates stay the same for a visit', () => {
  const endless = { patience: 10, mostClicks: 1000, mostPurchases: 1000 }
  const env = simshop(1, { candidates: 20, userTypes: 'cheap_seeker', ...endless })
  env.reset(1)
  const candidates = () => [...env.observations.subarray(6, 166)]
  for (let visit = 0; visit < 3; visit++) {
    const first = candidates()
    for (let page = 1; page < 10; page++) {
      show(env, 0, 1, 2, 3, 4)
      expect(candidates()).toEqual(first)
    }
    show(env, 0, 1, 2, 3, 4)
    expect(candidates()).not.toEqual(first)
  }
})

test('one type, a list or all come, each about as often', () => {
  const comers = (userTypes: SimshopOptions['userTypes']) => {
    const env = simshop(4, { ...size, userTypes, horizon: 1 })
    env.reset(2)
    const times = new Float64Array(6)
    for (let page = 0; page < 500; page++) {
      for (let copy = 0; copy < 4; copy++) {
        const at = copy * env.spec.width
        times[env.observations.subarray(at, at + 6).indexOf(1)]!++
      }
      env.step(Int32Array.from({ length: 12 }, (_, place) => place % 3))
    }
    return times.map(count => count / 2000)
  }
  expect([...comers('value_optimizer')]).toEqual([0, 0, 1, 0, 0, 0])
  const within = (share: number, expected: number) =>
    expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 2000))
  for (const share of comers('all')) within(share, 1 / 6)
  const two = comers(['freshness_looker', 'cheap_seeker'])
  expect([two[1], two[2], two[3], two[4]]).toEqual([0, 0, 0, 0])
  within(two[0]!, 0.5)
})

test('new shoppers are seen as zeros and are as lucky as before; of a larger share all of a smaller one are', () => {
  const known = simshop(3, size)
  const hiddenVisits = (newShoppers: number) => {
    const env = simshop(3, { ...size, newShoppers })
    for (const shop of [env, known]) shop.reset(5)
    const generator = stream(1, 'policy')
    const actions = new Int32Array(9)
    const hidden: number[] = []
    for (let step = 0; step < 60; step++) {
      for (let copy = 0; copy < 3; copy++) {
        const [row, full] = [env, known].map(shop => shop.observations.subarray(copy * shop.spec.width, (copy + 1) * shop.spec.width))
        const unseen = row!.subarray(0, 6).every(value => value === 0)
        if (unseen) hidden.push(3 * step + copy)
        expect([...row!.subarray(unseen ? 6 : 0)]).toEqual([...full!.subarray(unseen ? 6 : 0)])
        if (unseen && step === 0) expect(describe(env, copy)).toMatch(/^\w+ \w+ \(new to the shop\): has come in$/)
      }
      randomActions(env.spec.actions, generator, actions)
      for (const shop of [env, known]) shop.step(actions)
      expect([...env.rewards]).toEqual([...known.rewards])
    }
    return hidden
  }
  const [none, some, more, all] = [0, 0.3, 0.6, 1].map(hiddenVisits) as [number[], number[], number[], number[]]
  expect([none.length, all.length]).toEqual([0, 180])
  expect(some.length).toBeGreaterThan(0)
  expect(more.length).toBeGreaterThan(some.length)
  expect(some.every(visit => more.includes(visit))).toBe(true)
})

// A new item is 0 days old, so its utility is exp(0) = 1 and a freshness_looker is certain to buy it: 3 + 5 + 1 - .1 = 8.9.
test('new items have popularity 0 and no age, which shoppers and agents see', () => {
  const env = simshop(1, { ...wholeShop, newItems: 1, userTypes: 'freshness_looker' })
  env.reset(1)
  for (let item = 0; item < 250; item++) expect([env.observations[6 + item * 8 + 6], env.observations[6 + item * 8 + 7]]).toEqual([0, 1])
  show(env, ...left)
  expect(env.rewards[0]).toBeCloseTo(8.9, 12)
})

test('the catalogue in features: ones among zeros for the four ids, and the four numbers', () => {
  const env = begun({})
  const { features, width } = env.items
  expect(width).toBe(53)
  const row = features.subarray(27 * 53, 28 * 53)
  const ones = [...row.subarray(0, 49).keys()].filter(column => row[column] === 1)
  expect(ones).toEqual([1, 7 + 5, 7 + 21 + 0, 7 + 21 + 15 + 1])
  expect([...row.subarray(49)]).toEqual([...env.observations.subarray(6 + 27 * 8 + 4, 6 + 28 * 8)])
})

test('two policies under one seed meet the same shoppers and candidates while their visits are as long', () => {
  const endless = { ...size, horizon: 4, patience: 4, mostClicks: 1000, mostPurchases: 1000 }
  for (const options of [{}, { preset: 'published' as const, exchangeEvery: 2 }]) {
    const met = (shift: number) => {
      const env = simshop(2, { ...endless, ...options })
      env.reset(11)
      const actions = Int32Array.from({ length: 6 }, (_, at) => (at % 3) + shift)
      return Array.from({ length: 40 }, () => {
        env.step(actions)
        const { type, order } = env.save(1).state
        return [type, order]
      })
    }
    expect(met(0)).toEqual(met(5))
  }
})

test('the oracle is the mean reward of many tries, of every type and preset', () => {
  const tries = 6000
  const everyone = Array.from({ length: tries }, (_, copy) => copy)
  const slates = [
    [0, 1, 2],
    [3, 4, 5],
    [5, 1, 6],
  ]
  const small = { items: 8, candidates: 8, pageSize: 3, historyLength: 1, candidateDraw: 'near-static', exchangedPairs: 0 } as const
  for (const preset of ['corrected', 'published'] as const) {
    for (const type of simshopTypes) {
      if (preset === 'published' && type !== 'brand_lover') continue
      const env = simshop(tries, { ...small, preset, userTypes: type, patience: 10, mostClicks: 1000, mostPurchases: 1000, dataSeed: 6 })
      env.reset(1)
      const actions = new Int32Array(tries * 3)
      // Pages before it: items 1 and 5 are shown twice and three times, so that the familiarity_seeker has seen some 4 or 5 times by then.
      const pages = type === 'familiarity_seeker' ? [slates[0]!, slates[2]!, slates[2]!, slates[2]!] : [slates[0]!]
      for (const page of pages) env.step(actions.map((_, at) => page[at % 3]!))
      const snapshot = env.save(7)
      for (const slate of slates) {
        env.load(snapshot, everyone, 9)
        actions.set(actions.map((_, at) => slate[at % 3]!))
        const expected = new Float64Array(tries)
        expectedReward(env, actions, expected)
        env.step(actions)
        const { mean, error } = meanAndError([...env.rewards])
        expect(Math.abs(mean - expected[0]!)).toBeLessThan(4 * error + 1e-9)
      }
    }
  }
})

// The five cheapest of the catalogue of seed 42 are 27, 79, 204, 110 and 106 (2.21 to 6.71); all are bought, so the order is free.
test('the best slate of a cheap_seeker has the five cheapest items', () => {
  const env = begun({})
  const actions = new Int32Array(5)
  bestActions(env, actions)
  expect(new Set(actions)).toEqual(new Set(bought))
})

test('the spec holds what it takes to make the same shop again, also through JSON', () => {
  for (const options of [
    size,
    { ...size, preset: 'published' as const, userTypes: 'random_chooser' as const, newItems: 0.5 },
    { pageSize: 2 },
  ]) {
    const env = simshop(2, options)
    const again = simshop(2, JSON.parse(JSON.stringify(env.spec.options)))
    expect(again.spec).toEqual(env.spec)
    for (const shop of [env, again]) shop.reset(1)
    const actions = new Int32Array(env.spec.actions.kind === 'slate' ? 2 * env.spec.actions.size : 0)
    const generator = stream(1, 'policy')
    for (let step = 0; step < 20; step++) {
      randomActions(env.spec.actions, generator, actions)
      for (const shop of [env, again]) shop.step(actions)
      expect(shownOf(again, 0)).toEqual(shownOf(env, 0))
    }
  }
})

test('an option that would do nothing is refused, and the spec does not have it', () => {
  const idle: [SimshopOptions, string][] = [
    [
      { exchangedPairs: 3 },
      'exchangedPairs is 3 with candidateDraw "fresh", which draws the candidates of every visit anew; leave it out or',
    ],
    [{ exchangeEvery: 20 }, 'exchangeEvery is 20 with candidateDraw "fresh"'],
    [{ preset: 'published', candidateDraw: 'fresh', exchangedPairs: 0 }, 'exchangedPairs is 0 with candidateDraw "fresh"'],
    [{ userTypes: 'brand_lover', memoryVisits: 5 }, 'memoryVisits is 5 without a familiarity_seeker among userTypes, who alone remembers'],
    [{ userTypes: ['brand_lover', 'cheap_seeker'], memoryVisits: 10 }, 'memoryVisits is 10 without a familiarity_seeker'],
  ]
  for (const [options, message] of idle) {
    expect(() => simshop(1, options)).toThrow(message)
    expect(() => simshop(1, options)).toThrow(RangeError)
  }
  const kept = (options: SimshopOptions) =>
    ['exchangedPairs', 'exchangeEvery', 'memoryVisits'].map(name => (simshop(1, options).spec.options as Record<string, unknown>)[name])
  const seekers = ['cheap_seeker', 'familiarity_seeker'] as const
  expect(kept({})).toEqual([undefined, undefined, 10])
  expect(kept({ userTypes: 'brand_lover' })).toEqual([undefined, undefined, undefined])
  expect(kept({ candidateDraw: 'near-static', exchangedPairs: 3, userTypes: seekers, memoryVisits: 4 })).toEqual([3, 20, 4])
  expect(kept({ preset: 'published', exchangeEvery: 7, userTypes: 'brand_lover' })).toEqual([2, 7, undefined])
})

test('money is never negative and a margin never above its price', () => {
  const env = simshop(32, { ...size, marginShare: 1 })
  env.reset(4)
  const generator = stream(1, 'policy')
  const actions = new Int32Array(96)
  let purchases = 0
  for (let step = 0; step < 100; step++) {
    randomActions(env.spec.actions, generator, actions)
    env.step(actions)
    for (const { kind, price, margin } of eventsOf(env)) {
      if (kind === eventCode.purchase) purchases++
      expect(price > 0 && margin >= 0 && margin <= price).toBe(true)
    }
  }
  expect(purchases).toBeGreaterThan(50)
})

test('a bad option is refused by name, with its value and what is allowed', () => {
  const bad: [unknown, string][] = [
    [{ preset: 'guide' }, 'preset is "guide"; it must be one of corrected, published'],
    [{ item: 5 }, 'simshop has no option "item"; its options are preset, userTypes'],
    [{ items: 0 }, 'items is 0; it must be a whole number between 1 and 100000'],
    [{ items: Number.NaN }, 'items is NaN'],
    [{ candidates: 251 }, 'candidates is 251; it must be a whole number between 1 and 250'],
    [{ items: 20, candidates: 50 }, 'candidates is 50; it must be a whole number between 1 and 20'],
    [{ pageSize: 51 }, 'pageSize is 51; it must be a whole number between 1 and 50'],
    [{ pageSize: 0 }, 'pageSize is 0'],
    [{ userTypes: 'cheapskate' }, 'userTypes is "cheapskate"; it must be one of cheap_seeker, brand_lover'],
    [{ userTypes: ['brand_lover', 'all'] }, 'userTypes[1] is "all"; it must be one of cheap_seeker'],
    [{ userTypes: [] }, 'userTypes is an empty list; name at least one type'],
    [{ userTypes: 3 }, 'userTypes is 3'],
    [{ candidateDraw: 'page' }, 'candidateDraw is "page"; it must be one of fresh, near-static'],
    [{ candidateDraw: 'near-static', exchangedPairs: 126 }, 'exchangedPairs is 126; it must be a whole number between 0 and 125'],
    [{ newShoppers: Number.NaN }, 'newShoppers is NaN; it must be a number between 0 and 1'],
    [{ newItems: -0.1 }, 'newItems is -0.1'],
    [{ dataSeed: Number.POSITIVE_INFINITY }, 'dataSeed is Infinity'],
    [{ marginShare: 2 }, 'marginShare is 2'],
    [{ horizon: 0 }, 'horizon is 0'],
    [{ patience: 1.5 }, 'patience is 1.5'],
    [{ progress: 1 }, 'progress is 1; it must be true or false'],
  ]
  for (const [options, message] of bad) {
    expect(() => simshop(1, options as SimshopOptions)).toThrow(message)
    expect(() => simshop(1, options as SimshopOptions)).toThrow(RangeError)
  }
  expect(() => simshop(0)).toThrow('copies is 0')
})

test('a shop of fewer items than a page has shows them all', () => {
  const { actions } = simshop(1, { items: 3 }).spec
  expect(actions).toEqual({ kind: 'slate', candidates: 3, size: 3 })
})

test('a snapshot of a shop of another size is refused and nothing has moved', () => {
  const env = begun({})
  const before = env.save(0)
  const other = simshop(1, size)
  other.reset(1)
  expect(() => env.load(other.save(0), [0])).toThrow("the snapshot's order must have 250 numbers; it has 30")
  expect(env.save(0)).toEqual(before)
})

test('a snapshot whose order has an item twice is refused and nothing has moved', () => {
  const env = begun({})
  const before = env.save(0)
  const order = [...(before.state.order as number[])]
  order[3] = order[200]!
  expect(() => env.load({ ...before, state: { ...before.state, order } }, [0])).toThrow(
    new RangeError('the snapshot cannot be loaded: its order has an item twice; each of the 250 items must stand in it once'),
  )
  expect(env.save(0)).toEqual(before)
  show(env, ...left)
})
