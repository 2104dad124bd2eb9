import { expect, test } from 'vitest'
import { countShown } from '../../src/metrics/count-shown'
import { badLists } from './lists'

test('counts in how many lists an item stands among the first k', () => {
  expect(Array.from(countShown([[0, 2, 1], [2, 3], []], 5, 2))).toEqual([1, 0, 2, 1, 0])
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => countShown([ranked], 9, k)).toThrow(message)
})

test('an item outside the catalogue and a catalogue without items are refused', () => {
  expect(() => countShown([[5]], 5, 1)).toThrow('item 5 lies outside the catalogue; ids are 0 to 4')
  expect(() => countShown([[-1]], 5, 1)).toThrow('item -1 lies outside the catalogue')
  expect(() => countShown([[0]], 0, 1)).toThrow('items is 0')
})
