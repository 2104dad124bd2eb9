import { expect, test } from 'vitest'
import { summarise } from '../../src/evaluate/summarise'
import { intervalTable } from '../../src/notebook/interval-table'

const rows = ['one', 'other'].flatMap((agent, at) => [1, 2, 3, 4].map(seed => ({ agent, seed, return: seed + 10 * at, ndcg: 0.25 * at })))

test('has a row for each agent and a column for each measure, numbers as summarise gives them', () => {
  const { interquartileMean, low, high } = summarise(rows)[1]!
  const { text } = intervalTable(rows, { ndcg: 'NDCG@10', return: 'Return' }, { title: 'Both', digits: 1 })
  const lines = text.split('\n')
  expect(lines[0]).toBe('Both')
  expect(lines[1]).toMatch(/^agent +NDCG@10 +Return$/)
  expect(lines[3]).toMatch(/^other +0\.3 \(0\.3 to 0\.3\) +/)
  expect(lines[3]).toContain(`${interquartileMean.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`)
  expect(lines).toHaveLength(4)
})

test('a measure that is not there is refused', () => {
  expect(() => intervalTable(rows, { clicks: 'Clicks' })).toThrow('clicks')
})
