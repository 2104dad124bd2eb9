import { expect, test } from 'vitest'
import { behaviourClusters } from '../../src/data/offers-clusters'
import { behaviourFeatures } from '../../src/data/offers-features'
import { generateBehaviour } from '../../src/data/offers-generate'
import { offersParameters } from '../../src/data/offers-parameters'
import { annsBehaviour } from './offers-by-hand'

function parametersOf(behaviour: ReturnType<typeof annsBehaviour>) {
  const features = behaviourFeatures(behaviour)
  return offersParameters(features, behaviourClusters(features))
}

// Alone, Ann is her cluster, so leaning on it changes nothing: 2 visits and 1 purchase of her own accord in 10 days, of 2 sessions by email
// one with a purchase, 100 dollars in two purchases. Hazard = 2 · 1/10; tolerance = 1 + 8 · (.2 + 0 + 0) / 3.
test('the parameters of a shopper who is alone, by hand', () => {
  const { visits, hazard, conversion, orderValue, tolerance, responses, hours, discountSensitivity } = parametersOf(annsBehaviour())
  expect(visits[0]).toBeCloseTo(0.2, 12)
  expect(hazard[0]).toBeCloseTo(0.2, 12)
  expect(conversion[0]).toBeCloseTo(0.5, 12)
  expect(orderValue[0]).toBeCloseTo(50, 12)
  expect(tolerance[0]).toBeCloseTo(1 + 1.6 / 3, 12)
  expect([...responses]).toEqual([0.2, 0, 0])
  expect(hours[12]).toBeCloseTo(1, 12)
  expect(discountSensitivity[0]).toBe(0.5)
})

test('probabilities lie between 0 and 1, hours sum to 1, orders are worth something', () => {
  const { count, visits, hazard, conversion, responses, hours, orderValue, tolerance } = parametersOf(
    generateBehaviour({ seed: 9, users: 150 }),
  )
  for (const list of [visits, hazard, conversion, responses]) expect(list.every(value => value >= 0 && value <= 1)).toBe(true)
  expect(orderValue.every(value => value > 0)).toBe(true)
  expect(tolerance.every(value => value >= 1)).toBe(true)
  for (let user = 0; user < count; user++) {
    const sum = hours.subarray(user * 24, (user + 1) * 24).reduce((all, share) => all + share, 0)
    expect(sum).toBeCloseTo(1, 9)
  }
})

test('regulars buy most by themselves, window shoppers come most, each kind likes its offer', () => {
  const parameters = parametersOf(generateBehaviour())
  const { names, labels } = parameters.clusters
  const mean = (values: Float64Array, name: string) => {
    const own = [...values].filter((_, user) => names[labels[user]!] === name)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  }
  const highest = (values: Float64Array) => [...names].sort((one, other) => mean(values, other) - mean(values, one))[0]
  expect(highest(parameters.hazard)).toBe('regulars')
  expect(highest(parameters.visits)).toBe('window shoppers')
  expect(highest(parameters.discountSensitivity)).toBe('bargain hunters')
  expect(highest(parameters.freeShippingPreference)).toBe('delivery savers')
})

test('records without a purchase or a session leave nothing that is not finite', () => {
  const ann = annsBehaviour()
  const none = { ...ann.actions, count: 0 }
  for (const behaviour of [
    { ...ann, actions: none },
    { ...ann, actions: none, sessions: { ...ann.sessions, count: 0, timestamp: new Float64Array(0) } },
  ]) {
    const { features, clusters, ids, count, ...lists } = parametersOf(behaviour)
    for (const [name, list] of Object.entries(lists)) expect(list.every(Number.isFinite), name).toBe(true)
  }
})

test('clusters of other shoppers are refused', () => {
  const features = behaviourFeatures(annsBehaviour())
  const others = behaviourClusters(behaviourFeatures(generateBehaviour({ users: 5 })))
  expect(() => offersParameters(features, others)).toThrow('clusters has 5 shoppers and features 1')
})
