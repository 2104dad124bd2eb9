import { expect, test } from 'vitest'
import { rowCache } from '../../src/data/row-cache'

const row = (value: number) => () => Float32Array.of(value)

test('a row is made once and found again', () => {
  const cache = rowCache(2)
  expect(cache.get('a', row(1))[0]).toBe(1)
  expect(cache.get('a', row(9))[0]).toBe(1)
  expect({ hits: cache.hits, misses: cache.misses, size: cache.size }).toEqual({ hits: 1, misses: 1, size: 1 })
})

test('the row not asked for the longest makes room', () => {
  const cache = rowCache(2)
  for (const key of ['a', 'b', 'a', 'c']) cache.get(key, row(1))
  expect(cache.get('a', row(9))[0]).toBe(1)
  expect(cache.get('b', row(9))[0]).toBe(9)
})

test('after clear every row is made again', () => {
  const cache = rowCache(2)
  cache.get('a', row(1))
  cache.clear()
  expect(cache.get('a', row(2))[0]).toBe(2)
})

test('a cache of none keeps none', () => {
  const cache = rowCache(0)
  cache.get('a', row(1))
  expect(cache.get('a', row(2))[0]).toBe(2)
  expect(cache.size).toBe(0)
})

test('a capacity that is no count is refused', () => {
  expect(() => rowCache(-1)).toThrow('capacity is -1')
})
