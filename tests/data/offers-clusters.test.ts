import { expect, test } from 'vitest'
import { behaviourClusters } from '../../src/data/offers-clusters'
import { behaviourFeatures } from '../../src/data/offers-features'
import { generateBehaviour } from '../../src/data/offers-generate'
import { drawShopper, shopperKinds } from '../../src/data/offers-story'
import { integer } from '../../src/random/draws'
import { stream } from '../../src/random/generator'
import { annsBehaviour } from './offers-by-hand'

/** The kind that a shopper was drawn from: the story's own draws, from its start. */
function kindOf(seed: number, user: number): string {
  const generator = stream(seed, 'behaviour', user)
  integer(generator, 2)
  return shopperKinds[drawShopper(generator).kind]!.name
}

test('the five kinds of the story are found again, under their names', () => {
  for (const seed of [42, 2]) {
    const { clusters, labels, names, sizes } = behaviourClusters(behaviourFeatures(generateBehaviour({ seed })))
    expect(clusters).toBe(5)
    expect([...names].sort()).toEqual(shopperKinds.map(kind => kind.name).sort())
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(500)
    let right = 0
    labels.forEach((label, user) => {
      if (names[label] === kindOf(seed, user)) right++
    })
    // By chance 1 of 5 would be. A quarter of shopping does not tell everybody: it tells 389 and 415 of the 500.
    expect(right, `seed ${seed}`).toBeGreaterThan(350)
  }
})

test('the same seed gives the same clusters; another number may be asked for', () => {
  const features = behaviourFeatures(generateBehaviour({ seed: 8, users: 60 }))
  expect(behaviourClusters(features)).toEqual(behaviourClusters(features))
  const seven = behaviourClusters(features, { clusters: 7, starts: 2 })
  expect(seven.sizes.length).toBe(7)
  expect(new Set(seven.names).size).toBe(7)
  expect(seven.names.filter(name => name.startsWith('group '))).toHaveLength(2)
})

test('too few different shoppers are one group, unless more are asked for', () => {
  const features = behaviourFeatures(annsBehaviour())
  expect(behaviourClusters(features)).toMatchObject({ clusters: 1, names: ['everybody'], labels: Int32Array.of(0) })
  expect(() => behaviourClusters(features, { clusters: 2 })).toThrow(RangeError)
  expect(() => behaviourClusters(features, { k: 2 } as never)).toThrow('behaviourClusters has no option "k"')
  const three = behaviourFeatures(generateBehaviour({ seed: 1, users: 3 }))
  expect(behaviourClusters(three).clusters).toBe(2)
})
