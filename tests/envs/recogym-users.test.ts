/** RecoGym's users, products and logs, apart from the shop that is made of them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeState } from '../../src/envs/copy-state'
import { inProportionTo, inProportionToOwnViews, recogymLogs } from '../../src/envs/recogym-logs'
import { type RecogymOptions, recogymSettings } from '../../src/envs/recogym-options'
import { bandit, gone, organic, recogymUsers } from '../../src/envs/recogym-users'
import { recogymWorld } from '../../src/envs/recogym-world'
import { type Generator, stream } from '../../src/random/generator'
import { meanAndError } from './support'

/** Users of these options with a state of their own, one copy. */
function usersOf(options: RecogymOptions) {
  const settings = recogymSettings(options)
  const world = recogymWorld(settings)
  const users = recogymUsers(settings, world)
  return { world, users, state: makeState(users.columns, 1) }
}

test('views are drawn by the softmax of the taste times the factors plus the shift', () => {
  const { world, users, state } = usersOf({ products: 12, factors: 7, tasteDrift: 0, popularityDeviation: 1, leaveOrganic: 0 })
  const generator = stream(3, 'views')
  users.arrive(0, state, generator)
  const scores = Array.from({ length: 12 }, (_, product) =>
    state.taste.reduce((sum, number, factor) => sum + number * world.viewFactors[product * 7 + factor]!, world.viewShifts[product]!),
  )
  const total = scores.reduce((sum, score) => sum + Math.exp(score), 0)
  while (state.views.reduce((sum, count) => sum + count, 0) < 50_000) {
    state.place[0] = organic
    users.browse(0, state, generator)
  }
  const viewed = state.views.reduce((sum, count) => sum + count, 0)
  for (const [product, score] of scores.entries()) {
    const share = Math.exp(score) / total
    expect(Math.abs(state.views[product]! / viewed - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / viewed) + 1e-9)
  }
})

test('the taste stays while recommendations go on and drifts by .1 where a view follows', () => {
  const { users, state } = usersOf({})
  const generator = stream(1, 'taste')
  const moved: number[] = []
  for (let user = 0; user < 300; user++) {
    users.arrive(0, state, generator)
    users.browse(0, state, generator)
    while (state.place[0] === bandit) {
      const before = [...state.taste]
      const clicked = users.recommend(0, state, 0, generator)
      const views = state.sessionLength[0]!
      const squares = before.reduce((sum, number, factor) => sum + (state.taste[factor]! - number) ** 2, 0)
      if (views === 0) expect(squares).toBe(0)
      // One drift leads to the session and one to each view but the first; a click alone may lead to it without one.
      else if (!clicked) moved.push(squares / 5 / views)
    }
  }
  const { mean, error } = meanAndError(moved)
  expect(error).toBeLessThan(0.001)
  expect(Math.abs(mean - 0.01)).toBeLessThan(4 * error)
})

test('with driftInBandit the taste drifts with every recommendation', () => {
  const { users, state } = usersOf({ driftInBandit: true, banditToOrganic: 0, organicToBandit: 1, leaveOrganic: 0 })
  const generator = stream(1, 'taste')
  users.arrive(0, state, generator)
  users.browse(0, state, generator)
  for (let step = 0; step < 20; step++) {
    const before = [...state.taste]
    users.recommend(0, state, 0, generator)
    for (const [factor, number] of before.entries()) expect(state.taste[factor]).not.toBe(number)
    state.place[0] = bandit
  }
})

test('a session without end is cut at 92 views, and a recommendation comes', () => {
  const zero: Generator = { next: () => 0, save: () => ({}), load: () => undefined }
  const { users, state } = usersOf({})
  users.arrive(0, state, zero)
  users.browse(0, state, zero)
  expect([users.mostViews, state.sessionLength[0], state.place[0]]).toEqual([92, 92, bandit])
  expect(state.views[0]).toBe(92)
})

test('sessions have 3.85 views on average, and one user in 26 leaves before a recommendation', () => {
  const { users, state } = usersOf({})
  const generator = stream(5, 'sessions')
  const lengths: number[] = []
  let left = 0
  for (let user = 0; user < 20_000; user++) {
    users.arrive(0, state, generator)
    users.browse(0, state, generator)
    lengths.push(state.sessionLength[0]!)
    if (state.place[0] === gone) left++
  }
  const { mean, error } = meanAndError(lengths)
  expect(Math.abs(mean - 1 / 0.26)).toBeLessThan(4 * error)
  expect(Math.abs(left / 20_000 - 1 / 26)).toBeLessThan(4 * Math.sqrt(1 / 26 / 20_000))
})

/** The greedy pairs of the original, by sorting all inner products. */
function pairsBySorting(rows: Float64Array, products: number, factors: number, flips: number): number[] {
  const pairs: [number, number, number][] = []
  for (let one = 0; one < products; one++) {
    for (let other = 0; other < one; other++) {
      let sum = 0
      for (let factor = 0; factor < factors; factor++) sum += rows[one * factors + factor]! * rows[other * factors + factor]!
      if (sum > 0) pairs.push([sum, one, other])
    }
  }
  pairs.sort((first, second) => second[0] - first[0])
  const source = Array.from({ length: products }, (_, product) => product)
  const used = new Set<number>()
  for (const [, one, other] of pairs) {
    if (used.size === 2 * flips || used.has(one) || used.has(other)) continue
    source[one] = other
    source[other] = one
    used.add(one).add(other)
  }
  return source
}

test('flips exchange the likest pairs, each product once', () => {
  const someWorld = fc.record({ products: fc.integer({ min: 2, max: 24 }), factors: fc.integer({ min: 1, max: 6 }), worldSeed: fc.nat() })
  fc.assert(
    fc.property(someWorld, fc.nat(), (options, number) => {
      const { products, factors } = options
      const flips = number % (Math.floor(products / 2) + 1)
      const world = recogymWorld(recogymSettings({ ...options, flips }))
      const source = pairsBySorting(world.viewFactors, products, factors, flips)
      expect([...world.clickShifts]).toEqual(source.map(product => world.viewShifts[product]!))
      expect([...world.clickFactors]).toEqual(
        source.flatMap(product => [...world.viewFactors.subarray(product * factors, (product + 1) * factors)]),
      )
    }),
  )
})

test('unitClickFactors scales the factors of clicks to length 1 and leaves those of views', () => {
  const plain = recogymWorld(recogymSettings({}))
  const scaled = recogymWorld(recogymSettings({ unitClickFactors: true }))
  expect(scaled.viewFactors).toEqual(plain.viewFactors)
  for (let product = 0; product < 10; product++) {
    const [row, before] = [scaled, plain].map(({ clickFactors }) => [...clickFactors.subarray(product * 5, product * 5 + 5)])
    expect(Math.hypot(...row!)).toBeCloseTo(1, 12)
    for (const [factor, number] of row!.entries()) expect(number * Math.hypot(...before!)).toBeCloseTo(before![factor]!, 12)
  }
})

test('the logs count a row for the end of every user, as the original does', () => {
  const logs = recogymLogs({ organicToBandit: 1, leaveOrganic: 0, banditToOrganic: 0, leaveBandit: 1, products: 3 }, 7)
  const asked: number[][] = []
  const counts = logs.run(50, { act: (session, length) => asked.push([...session.subarray(0, length)]) % 3 })
  expect(counts.loggedRecommendations).toBe(asked.length)
  expect(counts.impressions).toBe(50 + counts.clicks)
  expect(counts.loggedRecommendations).toBe(100 + counts.clicks)
  expect(counts.views.reduce((sum, count) => sum + count, 0)).toBe(50 + counts.clicks)
})

test('a policy in proportion to views shows nothing that was never viewed', () => {
  const general = inProportionTo(Float64Array.of(0, 3, 0, 1), 5)
  const drawn = Array.from({ length: 400 }, () => general.act(new Int32Array(0), 0))
  expect(new Set(drawn)).toEqual(new Set([1, 3]))
  expect(Math.abs(drawn.filter(product => product === 1).length / 400 - 0.75)).toBeLessThan(0.09)
  const own = inProportionToOwnViews(4, 5)
  own.begin?.()
  expect(own.act(Int32Array.of(2, 9, 9), 1)).toBe(2)
  own.begin?.()
  expect(own.act(Int32Array.of(0, 0), 2)).toBe(0)
})
