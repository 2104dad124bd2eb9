import { expect, test } from 'vitest'
import { interquartileMean } from '../../src/evaluate/interquartile-mean'
import { summarise } from '../../src/evaluate/summarise'

const returns = { random: [1, 2, 3, 4, 50], dqn: [5, 5, 5] }
const rows = [0, 1, 2, 3, 4].flatMap(seed =>
  Object.entries(returns).flatMap(([agent, values]) =>
    seed < values.length ? [{ agent, seed, return: values[seed]!, clicks: seed }] : [],
  ),
)

test('one row for each agent, in the order they come, with its own number of seeds', () => {
  const [random, dqn, ...others] = summarise(rows)
  expect(others).toEqual([])
  expect(random).toMatchObject({ agent: 'random', interquartileMean: 3, n: 5 })
  expect(random!.interquartileMean).toBe(interquartileMean(returns.random))
  expect(random!.low).toBeLessThan(3)
  expect(random!.high).toBeGreaterThan(3)
  expect(dqn).toEqual({ agent: 'dqn', interquartileMean: 5, low: 5, high: 5, n: 3 })
})

test('another column can be summed up', () => {
  expect(summarise(rows, { measure: 'clicks' })[1]).toMatchObject({ agent: 'dqn', interquartileMean: 1 })
})

test('an agent has the same interval whoever stands beside it', () => {
  const alone = summarise(rows.filter(row => row.agent === 'dqn'))
  expect(summarise(rows)[1]).toEqual(alone[0])
})

test('no rows, a seed twice and a column without numbers are refused', () => {
  expect(() => summarise([])).toThrow('rows is empty')
  expect(() => summarise([...rows, rows[0]!])).toThrow('random has two rows for seed 0')
  expect(() => summarise(rows, { measure: 'profit' })).toThrow("'profit' of random, seed 0, is undefined")
})
