import { describe, expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { affinity } from '../../src/data/preference'
import { tasteClusters } from '../../src/data/taste-clusters'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

/** Clouds of so many points, 10 apart on the first axes, with a spread of .5. */
function clouds(sizes: readonly number[], width = 4): { table: Float64Array; truth: number[] } {
  const generator = stream(3, 'clouds')
  const truth = sizes.flatMap((size, cloud) => new Array<number>(size).fill(cloud))
  const table = Float64Array.from({ length: truth.length * width }, (_, at) => {
    const cloud = truth[Math.floor(at / width)]!
    return (at % width === cloud ? 10 : 0) + 0.5 * normal(generator)
  })
  return { table, truth }
}

describe('three clouds that stand apart', () => {
  const { table, truth } = clouds([20, 50, 30])
  const groups = tasteClusters(table, 4)

  test('three groups are chosen and found, the largest first', () => {
    expect(groups.clusters).toBe(3)
    expect([...groups.sizes]).toEqual([50, 30, 20])
    const nameOf = [2, 0, 1]
    expect([...groups.labels]).toEqual(truth.map(cloud => nameOf[cloud]))
    expect(groups.silhouette).toBeGreaterThan(0.8)
    expect(Math.max(...groups.tried.map(({ silhouette }) => silhouette))).toBe(groups.silhouette)
    expect(groups.tried.map(({ clusters }) => clusters)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('a centroid is the mean of its group', () => {
    const own = truth.flatMap((cloud, row) => (cloud === 1 ? [row] : []))
    for (let at = 0; at < 4; at++) {
      const mean = own.reduce((sum, row) => sum + table[row * 4 + at]!, 0) / own.length
      expect(groups.centroids[at]).toBeCloseTo(mean, 9)
    }
  })

  test('on the plane for drawing they stand apart as well', () => {
    expect(groups.projection.length).toBe(200)
    expect(groups.shown).toBeGreaterThan(0.9)
    const middle = (cloud: number, axis: number) => {
      const own = truth.flatMap((of, row) => (of === cloud ? [groups.projection[row * 2 + axis]!] : []))
      return own.reduce((sum, value) => sum + value, 0) / own.length
    }
    for (const [one, other] of [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const) {
      expect(Math.hypot(middle(one, 0) - middle(other, 0), middle(one, 1) - middle(other, 1))).toBeGreaterThan(10)
    }
  })
})

test('the same seed gives the same groups; a number that was asked for is kept to', () => {
  const { users, width } = generateTables({ users: 60, interactions: 0 })
  const groups = () => tasteClusters(users.embeddings, width, { clusters: 5, starts: 3, seed: 2 })
  expect(groups()).toEqual(groups())
  expect(groups().clusters).toBe(5)
  expect(groups().sizes.reduce((sum, size) => sum + size, 0)).toBe(60)
})

// Eight kinds of candy, each shopper's embedding three fifths of a mixture led by one favourite: groups run into each other.
test("the guide's 500 shoppers fall into eight groups, weakly: one for each kind of candy", () => {
  const { users, items, width } = generateTables({ interactions: 0 })
  const groups = tasteClusters(users.embeddings, width)
  console.log(
    `silhouette by number of groups: ${groups.tried.map(({ clusters, silhouette }) => `${clusters}: ${silhouette.toFixed(3)}`).join(', ')}; sizes ${[...groups.sizes].join(' ')}; the plane shows ${(100 * groups.shown).toFixed(0)} %`,
  )
  expect(groups.silhouette).toBeGreaterThan(0.05)
  expect(groups.silhouette).toBeLessThan(0.4)
  expect(groups.clusters).toBe(8)
  const favourites = Array.from({ length: 8 }, (_, group) => {
    const liking = new Map<string, number>()
    items.categories.forEach((kind, item) => {
      liking.set(kind, (liking.get(kind) ?? 0) + affinity(groups.centroids, group, items.embeddings, item, width))
    })
    return [...liking].reduce((best, kind) => (kind[1] > best[1] ? kind : best))[0]
  })
  console.log(`favourites of the groups, the largest first: ${favourites.join(', ')}`)
  expect(new Set(favourites).size).toBe(8)
})

test('many users are compared by a sample, groups are found all the same', () => {
  const { table } = clouds([900, 500, 300])
  const groups = tasteClusters(table, 4, { most: 4, starts: 2 })
  expect([...groups.sizes]).toEqual([900, 500, 300])
})

test('what does not fit is refused', () => {
  const { table } = clouds([5, 5])
  expect(() => tasteClusters(table, 4, { clusters: 1 })).toThrow('clusters is 1; it must be a whole number between 2 and 9')
  expect(() => tasteClusters(table, 4, { clusters: 10 })).toThrow('clusters is 10')
  expect(() => tasteClusters(new Float64Array(40), 4)).toThrow('there are 1 different users; at least 3 are needed to form groups')
  expect(() => tasteClusters(table, 4, { k: 3 } as never)).toThrow('tasteClusters has no option "k"')
  expect(() => tasteClusters(table, 3)).toThrow('the number of rows is 13.33')
})
