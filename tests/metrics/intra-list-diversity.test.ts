import fc from 'fast-check'
import { expect, test } from 'vitest'
import { intraListDiversity } from '../../src/metrics/intra-list-diversity'
import { badLists, items } from './lists'

const catalogue = { features: new Float32Array([1, 0, 0, 2, 3, 0, -1, 0, 0, 0]), width: 2 }

// Items 0 and 2 point the same way, 1 is at a right angle to both, 3 is opposite to 0, 4 has no features.
test('by hand, with no item paired with itself', () => {
  expect(intraListDiversity([0, 2], catalogue, 2)).toBe(0)
  expect(intraListDiversity([0, 1], catalogue, 2)).toBe(1)
  expect(intraListDiversity([0, 3], catalogue, 2)).toBe(2)
  expect(intraListDiversity([0, 1, 2], catalogue, 3)).toBeCloseTo(1 - 1 / 3, 14)
  expect(intraListDiversity([0, 4], catalogue, 2)).toBe(1)
  expect(intraListDiversity([0], catalogue, 2)).toBe(0)
})

const width = 3
const random = fc.record({
  features: fc
    .array(fc.integer({ min: -9, max: 9 }), { minLength: items * width, maxLength: items * width })
    .map(values => new Float32Array(values)),
  ranked: fc.uniqueArray(fc.integer({ min: 0, max: items - 1 }), { maxLength: items }),
  k: fc.integer({ min: 1, max: items }),
})

test('equals the mean over all pairs, whatever their order and scale', () => {
  fc.assert(
    fc.property(random, ({ features, ranked, k }) => {
      const row = (item: number) => [...features.subarray(item * width, (item + 1) * width)]
      const inner = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)
      const top = ranked.slice(0, k)
      const distances: number[] = []
      top.forEach((a, at) => {
        for (const b of top.slice(at + 1)) {
          const lengths = Math.sqrt(inner(row(a), row(a)) * inner(row(b), row(b)))
          distances.push(1 - (lengths ? inner(row(a), row(b)) / lengths : 0))
        }
      })
      const expected = distances.length ? distances.reduce((a, b) => a + b, 0) / distances.length : 0
      const diversity = intraListDiversity(ranked, { features, width }, k)
      expect(diversity).toBeCloseTo(expected, 10)
      expect(intraListDiversity([...top].reverse(), { features, width }, k)).toBeCloseTo(diversity, 10)
      expect(intraListDiversity(ranked, { features: features.map(value => value * 4), width }, k)).toBeCloseTo(diversity, 10)
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => intraListDiversity(ranked, catalogue, k)).toThrow(message)
})

test('an item outside the catalogue and a feature that is not a number are refused', () => {
  expect(() => intraListDiversity([0, 5], catalogue, 2)).toThrow('item 5 lies outside the catalogue; ids are 0 to 4')
  expect(() => intraListDiversity([-1, 0], catalogue, 2)).toThrow('item -1 lies outside')
  expect(() => intraListDiversity([0], { features: new Float32Array([Number.NaN]), width: 1 }, 1)).toThrow('a feature of item 0')
})
