import fc from 'fast-check'
import { expect, test } from 'vitest'
import { categorical, chance, cumulative, integer, normal, permutation, shuffle } from '../../src/random/draws'
import { type Generator, stream } from '../../src/random/generator'

const draws = 200_000

function sample(draw: (generator: Generator) => number, name: string): Float64Array {
  const generator = stream(1, name)
  return Float64Array.from({ length: draws }, () => draw(generator))
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length

/** The test allows four standard errors of a mean: one run in 16,000 would fail by chance, and the seed is fixed. */
function expectMean(values: Float64Array, expected: number, deviation: number): void {
  expect(Math.abs(mean(values) - expected)).toBeLessThan((4 * deviation) / Math.sqrt(values.length))
}

test('a normal number has the moments 0, 1, 0 and 3', () => {
  const values = sample(normal, 'normal')
  expectMean(values, 0, 1)
  // The deviations of z^2, z^3 and z^4 are sqrt(2), sqrt(15) and sqrt(96).
  expectMean(
    values.map(z => z ** 2),
    1,
    Math.sqrt(2),
  )
  expectMean(
    values.map(z => z ** 3),
    0,
    Math.sqrt(15),
  )
  expectMean(
    values.map(z => z ** 4),
    3,
    Math.sqrt(96),
  )
})

test('a normal number lies beyond 1.96 five times in a hundred', () => {
  const beyond = sample(normal, 'tails').map(z => (Math.abs(z) > 1.959964 ? 1 : 0))
  expectMean(beyond, 0.05, Math.sqrt(0.05 * 0.95))
})

test('a normal number keeps nothing back: after save and load the next one is the same', () => {
  const generator = stream(3, 'normal')
  normal(generator)
  const saved = generator.save()
  const next = [normal(generator), normal(generator)]
  generator.load(saved)
  expect([normal(generator), normal(generator)]).toEqual(next)
})

test('whole numbers fall evenly on 0..n-1', () => {
  const values = sample(generator => integer(generator, 7), 'integer')
  for (let number = 0; number < 7; number++) {
    expectMean(
      values.map(value => (value === number ? 1 : 0)),
      1 / 7,
      Math.sqrt(6) / 7,
    )
  }
})

test('a choice follows its weights and never takes one of weight 0', () => {
  const sums = cumulative([0, 1, 0, 3, 0])
  const values = sample(generator => categorical(generator, sums), 'categorical')
  expect([...new Set(values)].sort()).toEqual([1, 3])
  expectMean(
    values.map(value => (value === 3 ? 1 : 0)),
    0.75,
    Math.sqrt(0.75 * 0.25),
  )
})

test('on a border the choice is the one above it, so a uniform of 0 passes by weights of 0', () => {
  const always = (uniform: number): Generator => ({ ...stream(1, 'unused'), next: () => uniform })
  expect(categorical(always(0), cumulative([0, 0, 1, 1]))).toBe(2)
  expect(categorical(always(0.5), cumulative([0, 0, 1, 1]))).toBe(3)
  expect(categorical(always(1 - 2 ** -32), cumulative([1, 1, 0]))).toBe(1)
})

test('chance is never for 0 and always for 1', () => {
  const generator = stream(1, 'chance')
  for (let draw = 0; draw < 1000; draw++) {
    expect(chance(generator, 0)).toBe(false)
    expect(chance(generator, 1)).toBe(true)
  }
})

test('a permutation holds every number once', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 200 }), (seed, n) => {
      expect([...permutation(stream(seed, 'order'), n)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, at) => at))
    }),
  )
})

test('every order of three is equally likely', () => {
  const generator = stream(1, 'orders')
  const counts = new Map<string, number>()
  const rounds = 60_000
  for (let round = 0; round < rounds; round++) {
    const order = shuffle(generator, ['a', 'b', 'c']).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect(counts.size).toBe(6)
  const deviation = Math.sqrt((rounds * 5) / 36)
  for (const count of counts.values()) expect(Math.abs(count - rounds / 6)).toBeLessThan(4 * deviation)
})

test('what cannot be drawn is refused with the value', () => {
  const generator = stream(1, 'bad')
  expect(() => integer(generator, 0)).toThrow('n is 0')
  expect(() => integer(generator, Number.NaN)).toThrow('n is NaN')
  expect(() => cumulative([1, -1])).toThrow('weight 1 is -1')
  expect(() => cumulative([0, 0])).toThrow('sum to 0')
})
