import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../src/random/generator'

const take = (generator: { next(): number }, count: number) => Array.from({ length: count }, () => generator.next())

test('the same seed and names give the same numbers', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.oneof(fc.string(), fc.integer())), (seed, names) => {
      expect(take(stream(seed, ...names), 20)).toEqual(take(stream(seed, ...names), 20))
    }),
  )
})

test('numbers are uniform in [0, 1)', () => {
  const values = take(stream(5, 'uniform'), 100_000)
  expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0)
  expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / values.length))
})

test('a stream saved goes on bit for bit, also through JSON and in another stream', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 50 }), (seed, before) => {
      const generator = stream(seed, 'a')
      take(generator, before)
      const saved = JSON.parse(JSON.stringify(generator.save()))
      const other = stream(seed + 1, 'b')
      other.load(saved)
      expect(take(other, 20)).toEqual(take(generator, 20))
    }),
  )
})

test('saving is a copy: drawing on does not change it', () => {
  const generator = stream(1, 'a')
  const saved = generator.save()
  const next = take(generator, 5)
  generator.load(saved)
  expect(take(generator, 5)).toEqual(next)
})

test('streams of other names, copies or seeds are uncorrelated', () => {
  const count = 20_000
  const first = take(stream(42, 'environment', 0), count)
  for (const other of [
    stream(42, 'environment', 1),
    stream(42, 'policy', 0),
    stream(43, 'environment', 0),
    stream(42, 'environment', 10),
  ]) {
    const second = take(other, count)
    // The correlation of two independent samples has a standard error of 1 / sqrt(n).
    const product = first.reduce((sum, value, at) => sum + (value - 0.5) * (second[at]! - 0.5), 0) / count
    expect(Math.abs(product * 12)).toBeLessThan(4 / Math.sqrt(count))
  }
})

test('the first numbers of neighbouring copies are as good as any', () => {
  const count = 20_000
  const firsts = Array.from({ length: count }, (_, copy) => stream(42, 'candy-store', copy).next() - 0.5)
  const mean = firsts.reduce((sum, value) => sum + value, 0) / count
  const neighbours = firsts.reduce((sum, value, at) => sum + value * firsts[(at + 1) % count]!, 0) / count
  expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / 12 / count))
  expect(Math.abs(neighbours * 12)).toBeLessThan(4 / Math.sqrt(count))
})

test('a seed that is no number is refused', () => {
  expect(() => stream(Number.NaN, 'a')).toThrow('seed is NaN')
})

test('a state with a number missing is refused, and the stream goes on where it stood', () => {
  const generator = stream(1, 'a')
  const expected = take(stream(1, 'a'), 5)
  const { c, s0, s1 } = generator.save() as Record<string, number>
  for (const state of [{}, { c, s0, s1 }, { ...generator.save(), s2: null }, undefined]) {
    expect(() => generator.load(state as never)).toThrow(/must have the numbers c, s0, s1, s2/)
  }
  expect(take(generator, 5)).toEqual(expected)
})
