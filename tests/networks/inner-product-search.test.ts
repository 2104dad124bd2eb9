import fc from 'fast-check'
import { expect, test } from 'vitest'
import { innerProductSearch } from '../../src/networks/inner-product-search'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

/** Small whole numbers, so that sums are exact and scores are often equal. */
function wholeNumbers(count: number, seed: number): Float32Array {
  const draws = stream(seed, 'test')
  return Float32Array.from({ length: count }, () => Math.floor(draws.next() * 7) - 3)
}

test('the best row is the first of the highest q · v + b, over any number of rows, and among some of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        ...{ items: fc.integer({ min: 1, max: 700 }), width: fc.integer({ min: 2, max: 9 }) },
        ...{ rows: fc.integer({ min: 1, max: 5 }), seed: fc.nat(1000) },
      }),
      async ({ items, width, rows, seed }) => {
        const search = await innerProductSearch(items, width)
        const table = wholeNumbers(items * width, seed)
        search.table.set(table)
        const users = wholeNumbers(rows * width, seed + 1)
        const scoreOf = (row: number, item: number) => {
          let score = table[item * width + width - 1]!
          for (let at = 0; at < width - 1; at++) score += users[row * width + at]! * table[item * width + at]!
          return score
        }
        const firstBest = (row: number, among: readonly number[]) =>
          among.reduce((best, item) => (scoreOf(row, item) > scoreOf(row, best) ? item : best))
        const all = Array.from({ length: items }, (_, item) => item)
        const some = all.map(item => (item * 7 + 3) % items).slice(0, Math.ceil(items / 2))
        const out = new Int32Array(rows)
        search.best(users, rows, out)
        expect([...out]).toEqual([...out.keys()].map(row => firstBest(row, all)))
        search.best(users, rows, out, Int32Array.from(some))
        expect([...out]).toEqual([...out.keys()].map(row => firstBest(row, some)))
        const scores = new Float32Array(items)
        search.all(users, scores)
        expect([...scores]).toEqual(all.map(item => scoreOf(0, item)))
        search.dispose()
      },
    ),
    { numRuns: 30 },
  )
})

// In double precision: the bias and the even places, then the odd ones. What fused or single precision would give is another number.
test('sums are to the last bit those of two sums in double precision', async () => {
  const draws = stream(5, 'test')
  for (const width of [2, 3, 17, 18]) {
    const search = await innerProductSearch(300, width)
    const [table, query] = [300, 1].map(rows => Float32Array.from({ length: rows * width }, () => normal(draws))) as [
      Float32Array,
      Float32Array,
    ]
    search.table.set(table)
    const out = new Float32Array(300)
    search.all(query, out)
    const expected = out.map((_, row) => {
      let [even, odd] = [table[row * width + width - 1]!, 0]
      for (let at = 0; at < width - 1; at++) {
        const product = query[at]! * table[row * width + at]!
        if (at % 2 === 1) odd += product
        else even += product
      }
      return even + odd
    })
    expect(out).toEqual(expected)
    search.dispose()
  }
})

test('another table is as large, and knows nothing of the first; memory given back is taken again', async () => {
  const search = await innerProductSearch(4, 3)
  search.table.fill(2)
  const other = search.another()
  expect(other.table).toEqual(new Float32Array(12))
  const place = other.table.byteOffset
  other.dispose()
  const third = search.another()
  expect(third.table.byteOffset).toBe(place)
  expect(search.table).toEqual(new Float32Array(12).fill(2))
  for (const each of [search, third]) each.dispose()
})
