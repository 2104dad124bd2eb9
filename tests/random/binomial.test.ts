import { expect, test } from 'vitest'
import { binomial } from '../../src/random/binomial'
import { stream } from '../../src/random/generator'

/** C(n, k) p^k (1 - p)^(n - k) for every k. */
function exact(n: number, p: number): number[] {
  const chances = [(1 - p) ** n]
  for (let k = 1; k <= n; k++) chances.push((chances[k - 1]! * (n - k + 1) * p) / (k * (1 - p)))
  return chances
}

// The sum of (seen - expected)² / expected over c cells has mean c - 1 and variance 2 (c - 1): within four standard deviations. Counts
// expected fewer than five times share a cell.
for (const [n, p] of [
  [1, 0.3],
  [16, 0.5],
  [17, 0.1],
  [40, 0.5],
  [100, 0.03],
  [200, 0.9],
] as const) {
  test(`${n} tries at ${p} succeed as often as they should`, () => {
    const draws = 20_000
    const seen = new Int32Array(n + 1)
    const chance = stream(1, 'binomial', n)
    for (let draw = 0; draw < draws; draw++) seen[binomial(chance, n, p)]!++
    const cells = [{ seen: 0, expected: 0 }]
    for (const [k, probability] of exact(n, p).entries()) {
      const expected = draws * probability
      if (expected < 5) cells[0] = { seen: cells[0]!.seen + seen[k]!, expected: cells[0]!.expected + expected }
      else cells.push({ seen: seen[k]!, expected })
    }
    const counted = cells.filter(({ expected }) => expected >= 1)
    const distance = counted.reduce((sum, cell) => sum + (cell.seen - cell.expected) ** 2 / cell.expected, 0)
    expect(distance).toBeLessThan(counted.length - 1 + 4 * Math.sqrt(2 * Math.max(1, counted.length - 1)))
  })
}

// Mean n p and variance n p (1 - p); of 4,000 draws the mean is off by the deviation / 63, the variance by 2.2 %.
test('of a hundred million tries the mean and the variance are right', () => {
  const [n, p, draws] = [1e8, 0.002, 4000]
  const chance = stream(2, 'binomial')
  const values = Array.from({ length: draws }, () => binomial(chance, n, p))
  const mean = values.reduce((sum, value) => sum + value, 0) / draws
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws
  const deviation = Math.sqrt(n * p * (1 - p))
  expect(Math.abs(mean - n * p)).toBeLessThan((4 * deviation) / Math.sqrt(draws))
  expect(variance / deviation ** 2).toBeGreaterThan(0.91)
  expect(variance / deviation ** 2).toBeLessThan(1.09)
})

test('of more tries than 32 bits can count as many succeed as should', () => {
  const chance = stream(5, 'binomial')
  for (const n of [2 ** 31 - 1, 2 ** 31, 3e9, 2 ** 52]) {
    // Off by five deviations at most.
    expect(Math.abs(binomial(chance, n, 0.3) - 0.3 * n)).toBeLessThan(5 * Math.sqrt(0.21 * n))
  }
})

test('certain tries need no luck', () => {
  const chance = stream(3, 'binomial')
  for (const n of [0, 1, 1000]) expect([binomial(chance, n, 0), binomial(chance, n, 1)]).toEqual([0, n])
})

test('what is no count or no probability is refused', () => {
  const chance = stream(4, 'binomial')
  expect(() => binomial(chance, -1, 0.5)).toThrow('n is -1; it must be a whole number of at least 0 and below 2^53')
  expect(() => binomial(chance, 1.5, 0.5)).toThrow('n is 1.5')
  expect(() => binomial(chance, 1e300, 0.5)).toThrow('n is 1e+300')
  expect(() => binomial(chance, 3, 1.5)).toThrow('probability is 1.5; it lies between 0 and 1')
  expect(() => binomial(chance, 3, Number.NaN)).toThrow('probability is NaN')
})
