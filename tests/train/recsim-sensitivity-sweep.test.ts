import { expect, test } from 'vitest'
import { pairedDifference } from '../../src/evaluate/paired-difference'
import { sensitivitySweep } from '../../src/train/recsim-sensitivity-sweep'

test('the sweep has a row for each sensitivity, seed and ranking, the same every time', () => {
  const sweep = () => sensitivitySweep({ sensitivities: [0, 1], seeds: [2, 3], episodes: 5 })
  const rows = sweep()
  expect(rows).toEqual(sweep())
  expect(rows.map(({ sensitivity, seed, agent }) => [sensitivity, seed, agent])).toEqual(
    [0, 1].flatMap(sensitivity =>
      [2, 3].flatMap(seed => ['random', 'most clickbait', 'least clickbait'].map(agent => [sensitivity, seed, agent])),
    ),
  )
})

test('all sessions are alike in a shop without chance in engagement and with one document of no weight', () => {
  const flat = { chocMean: 0, kaleMean: 0, chocDeviation: 0, kaleDeviation: 0 }
  for (const row of sensitivitySweep({ sensitivities: [1], seeds: [1], episodes: 2, shop: flat })) expect(row.return).toBe(60)
})

test('looking ahead pays only from a sensitivity of about .1', () => {
  const rows = sensitivitySweep({ sensitivities: [0.01, 0.03, 0.1, 0.3] })
  const patience = [0.01, 0.03, 0.1, 0.3].map(sensitivity =>
    pairedDifference(
      rows.filter(row => row.sensitivity === sensitivity),
      'least clickbait',
      'most clickbait',
    ),
  )
  for (const { high } of patience.slice(0, 2)) expect(high).toBeLessThan(0)
  for (const { low } of patience.slice(2)) expect(low).toBeGreaterThan(0)
})

test('a sweep that cannot be is refused', () => {
  expect(() => sensitivitySweep({ episodes: 0 })).toThrow('episodes is 0')
  expect(() => sensitivitySweep({ seeds: [] })).toThrow('seeds is empty')
  expect(() => sensitivitySweep({ sensitivities: [Number.NaN] })).toThrow('sensitivity is NaN')
  expect(() => sensitivitySweep({ shop: { candidates: 0 } })).toThrow('candidates is 0')
  expect(() => sensitivitySweep({ sesions: 4 } as never)).toThrow('the sensitivity sweep has no option "sesions"')
})
