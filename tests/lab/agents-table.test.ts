/** The table of agents and shops in README.md (lab/tables/agents-table.ts). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agentsTable, type ShopRow, withAgentsTable } from '../../lab/tables/agents-table'
import { dataFolder } from '../../src/data/data-folder'
import { readRows } from '../../src/data/rows-file'

const rowsOf = (shop: string, agent: string, returns: readonly number[], options = ''): ShopRow[] =>
  returns.map((value, at) => ({ shop, options, agent, seed: at + 1, return: value, steps: 1 }))

test('the table in the README is that of data/agents-by-shop.csv', () => {
  const readme = readFileSync(join(dataFolder(), '..', 'README.md'), 'utf8')
  const rows = readRows<ShopRow>(join(dataFolder(), 'agents-by-shop.csv'))
  expect(withAgentsTable(readme, rows)).toBe(readme)
})

test('a cell has the mean, the interval, and signs where the difference, seed by seed, lies above 0', () => {
  // Mean 3, standard error √2.5 / √5 = .707, Student's 2.776: 1.04 to 4.96. PPO is 1 better than Random in each seed, never surely than LinUCB.
  const table = agentsTable([
    ...rowsOf('candy-store', 'Random', [1, 2, 3, 4, 5]),
    ...rowsOf('candy-store', 'LinUCB', [2, 3, 4, 5, 7]),
    ...rowsOf('candy-store', 'PPO', [2, 3, 4, 5, 6]),
  ])
  expect(table.split('\n')).toEqual([
    '| one item at a time | candy-store |',
    '| --- | --- |',
    '| Random | 3.00 (1.04 to 4.96) |',
    '| LinUCB | 4.20 (1.81 to 6.59) <sup>r</sup> |',
    '| PPO | 4.00 (2.04 to 5.96) <sup>r</sup> |',
  ])
})

test('slates have a table of their own, and an agent that does not serve a shop a dash', () => {
  const table = agentsTable([
    ...rowsOf('candy-store', 'Random', [1, 1, 2]),
    ...rowsOf('marketplace', 'Random', [1, 1, 2]),
    ...rowsOf('marketplace', 'PPO', [1, 1, 2]),
    ...rowsOf('simshop', 'SlateQ', [100, 101, 102], 'users=6'),
  ])
  expect(table).toContain('| one item at a time | candy-store | marketplace |')
  expect(table).toContain('| PPO | – | ')
  expect(table).toContain('\n\n| slates | simshop (users=6) |\n| --- | --- |\n| SlateQ | 101 (99 to 103) |')
})

test('a README without a place for the table is refused', () => {
  expect(() => withAgentsTable('# shoplab', [])).toThrow('README.md has no place for the table')
})
