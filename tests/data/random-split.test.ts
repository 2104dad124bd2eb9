import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { randomSplit } from '../../src/data/random-split'
import { log } from './log'

const ten = { interactions: log(Array.from({ length: 10 }, (_, at) => [at, at, at, 1])) }

test('every row is in one part, and parts have their shares', () => {
  const { train, validation, test: held } = randomSplit(ten)
  expect([train.count, validation.count, held.count]).toEqual([7, 1, 2])
  const items = [...train.item, ...validation.item, ...held.item]
  expect(items.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('parts are in the order of time, and rows keep their cells', () => {
  const tables = generateTables({ seed: 1, users: 20, items: 10, interactions: 300 })
  for (const part of Object.values(randomSplit(tables, { seed: 3 }))) {
    expect([...part.timestamp]).toEqual([...part.timestamp].sort((a, b) => a - b))
    for (let row = 0; row < part.count; row++) expect(part.weight[row]).toBe([0, 0.5, 1][part.event[row]!])
  }
})

test('what is learned from lies before and after what is tested on', () => {
  const { train, test: held } = randomSplit(generateTables({ seed: 1, users: 20, items: 10, interactions: 300 }))
  expect(Math.max(...train.timestamp)).toBeGreaterThan(Math.min(...held.timestamp))
})

test('the same seed deals the same, another seed otherwise', () => {
  expect(randomSplit(ten, { seed: 5 })).toEqual(randomSplit(ten, { seed: 5 }))
  expect([5, 6, 7, 8].map(seed => randomSplit(ten, { seed }).test.item.join()).every((dealt, _, all) => dealt === all[0])).toBe(false)
})

test('shares out of range are refused by name', () => {
  expect(() => randomSplit(ten, { test: 1.2 })).toThrow('test is 1.2')
  expect(() => randomSplit(ten, { test: 0.8, validation: 0.3 })).toThrow('validation is 0.3')
  expect(() => randomSplit(ten, { part: 1 } as object)).toThrow('no option "part"')
})
