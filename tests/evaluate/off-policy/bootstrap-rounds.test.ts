import { mean, standardDeviation } from 'simple-statistics'
import { expect, test } from 'vitest'
import { bootstrapRounds } from '../../../src/evaluate/off-policy/bootstrap-rounds'
import { normal } from '../../../src/random/draws'
import { stream } from '../../../src/random/generator'

/** As plainly as can be: the same with a draw of its own for each round. */
function slow(numerators: Float64Array, denominators: Float64Array | undefined, resamples: number) {
  const chance = stream(7, 'slow')
  const values = Array.from({ length: resamples }, () => {
    let [above, below] = [0, 0]
    for (let draw = 0; draw < numerators.length; draw++) {
      const at = Math.floor(chance.next() * numerators.length)
      above += numerators[at]!
      below += denominators ? denominators[at]! : 1
    }
    return above / below
  }).sort((one, other) => one - other)
  return { low: values[Math.floor(0.025 * resamples)]!, high: values[Math.floor(0.975 * resamples)]! }
}

const chance = stream(3, 'rounds')
const dense = Float64Array.from({ length: 200 }, () => 2 + normal(chance))
const sparse = Float64Array.from({ length: 200 }, () => (chance.next() < 0.1 ? 1 + chance.next() : 0))
const below = Float64Array.from({ length: 200 }, () => (chance.next() < 0.5 ? 1 + chance.next() : 0))

for (const [what, above, under] of [
  ['a mean', dense, undefined],
  ['a mean of few rounds that are not 0', sparse, undefined],
  ['a ratio', dense, below],
  ['a ratio to which most rounds add below alone', sparse, dense],
  ['a ratio of few rounds that are not 0', sparse, sparse.map(value => (value === 0 ? 0 : 2))],
] as const) {
  test(`${what}: the interval is that of drawing every round`, () => {
    const found = bootstrapRounds(above, under, { resamples: 4000 })
    const { low, high } = slow(above, under, 4000)
    const width = Math.max(high - low, 1e-9)
    expect(Math.abs(found.low - low) / width).toBeLessThan(0.05)
    expect(Math.abs(found.high - high) / width).toBeLessThan(0.05)
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)
    expect(found.estimate).toBeCloseTo(sum(above) / (under ? sum(under) : 200), 12)
  })
}

// Of the two rounds the second is drawn 0, 1 or 2 times in 1, 2 and 1 of 4 resamples: the middle 40 % are all .5.
test('a round that adds something is drawn as often as any other', () => {
  const found = bootstrapRounds(Float64Array.of(0, 1), undefined, { resamples: 4000, level: 0.4 })
  expect(found).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 })
})

// Of a mean, 95 % lie within 1.96 standard errors.
test('the interval of a mean is as wide as the normal one', () => {
  const { low, high } = bootstrapRounds(dense, undefined, { resamples: 4000 })
  const error = standardDeviation(Array.from(dense)) / Math.sqrt(200)
  expect((high - low) / (2 * 1.96 * error)).toBeCloseTo(1, 1)
  expect((low + high) / 2).toBeCloseTo(mean(Array.from(dense)), 1)
})

test('the same seed draws the same interval, another seed another', () => {
  const of = (seed: number) => bootstrapRounds(dense, below, { seed, resamples: 50 })
  expect(of(1)).toEqual(of(1))
  expect(of(1)).not.toEqual(of(2))
})

test('where nothing counts, all is 0', () => {
  expect(bootstrapRounds(new Float64Array(5), undefined)).toEqual({ estimate: 0, low: 0, high: 0 })
  expect(bootstrapRounds(new Float64Array(5), new Float64Array(5))).toEqual({ estimate: 0, low: 0, high: 0 })
})

test('no rounds, and options out of range, are refused', () => {
  expect(() => bootstrapRounds(new Float64Array(0), undefined)).toThrow('numerators is empty')
  expect(() => bootstrapRounds(dense, undefined, { resamples: 0 })).toThrow('resamples is 0')
  expect(() => bootstrapRounds(dense, undefined, { level: 1 })).toThrow('level is 1')
  expect(() => bootstrapRounds(dense, dense.subarray(1))).toThrow('denominators has 199 numbers; there must be 200')
})
