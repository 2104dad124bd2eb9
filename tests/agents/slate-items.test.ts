import { expect, test } from 'vitest'
import { bitsOf, mostSlateItems, SlateItems } from '../../src/agents/slate-items'

const items = () => new SlateItems('popularity', 'shop', 2)

test('rows of the same numbers are the same item, wherever they stand', () => {
  const known = items()
  const rows = bitsOf(Float32Array.of(9, 1, 2, 3, 1, 2, 1, 3))
  expect([known.add(rows, 1), known.add(rows, 3), known.add(rows, 4), known.add(rows, 6)]).toEqual([0, 1, 0, 2])
  expect([known.find(rows, 1), known.find(rows, 6), known.find(rows, 0)]).toEqual([0, 2, -1])
  expect([...known.features()]).toEqual([1, 2, 3, 1, 1, 3])
})

test('thousands are kept apart, and come back from a checkpoint with their numbers', () => {
  const known = items()
  const rows = Float32Array.from({ length: 8000 }, (_, at) => (at % 2 ? Math.floor(at / 200) : (at / 2) % 100))
  const bits = bitsOf(rows)
  for (let item = 0; item < 4000; item++) expect(known.add(bits, 2 * item)).toBe(item)
  const other = items()
  other.add(bits, 7000)
  other.load(known.features())
  for (let item = 0; item < 4000; item++) expect(other.find(bits, 2 * item)).toBe(item)
  known.truncate(10)
  expect([known.count, known.find(bits, 18), known.find(bits, 20), known.add(bits, 4000)]).toEqual([10, 9, -1, 10])
})

test('more than a catalogue can have is refused, and so is a checkpoint with an item twice', () => {
  const known = items()
  const rows = bitsOf(Float32Array.from({ length: 2 * mostSlateItems + 2 }, (_, at) => at))
  for (let item = 0; item < mostSlateItems; item++) known.add(rows, 2 * item)
  expect(() => known.add(rows, 2 * mostSlateItems)).toThrow(
    'popularity remembers the items shown, and shop has shown 10000 different ones, more than a catalogue; choose another agent',
  )
  expect([known.count, known.find(rows, 2 * mostSlateItems - 2)]).toEqual([mostSlateItems, mostSlateItems - 1])
  expect(() => known.load(Float32Array.of(1, 2, 1, 2))).toThrow('the same item twice')
  expect(known.count).toBe(mostSlateItems)
})
