import { expect, test } from 'vitest'
import { pairedDifference } from '../../src/evaluate/paired-difference'
import { pairedDifferences } from '../../src/evaluate/paired-differences'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

const rowsOf = (scores: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(scores).flatMap(([agent, list]) => list.map((score, seed) => ({ agent, seed, return: score })))

// b - a = 1, 2, 3: mean 2, standard error 1/√3 = .57735, t = 3.4641 with 2 degrees: p = 1 - t / √(t² + 2) = 1 - 3.4641 / √14 = .07418.
test('each difference is the paired one, its p-value Student’s, by hand', () => {
  const rows = rowsOf({ a: [0, 0, 0], b: [1, 2, 3], c: [1, -1, 0] })
  const found = pairedDifferences(rows, 'a')
  expect(found.map(({ agent }) => agent)).toEqual(['b', 'c'])
  expect(found[0]).toMatchObject(pairedDifference(rows, 'b', 'a'))
  expect(found[0]!.pValue).toBeCloseTo(0.07418, 5)
  expect(found[1]!.pValue).toBeCloseTo(1, 12)
  expect(found[0]!.adjusted).toBeCloseTo(2 * 0.07418, 4)
})

test('with nine agents that do not differ, Holm finds something in no more than one study of twenty', () => {
  const generator = stream(3, 'studies')
  const studies = 400
  let [alone, together] = [0, 0]
  for (let study = 0; study < studies; study++) {
    const scores = Object.fromEntries(
      Array.from({ length: 10 }, (_, agent) => [`agent ${agent}`, Array.from({ length: 6 }, () => normal(generator))]),
    )
    const found = pairedDifferences(rowsOf(scores), 'agent 0')
    if (found.some(({ pValue }) => pValue < 0.05)) alone++
    if (found.some(({ adjusted }) => adjusted < 0.05)) together++
  }
  expect(together / studies).toBeLessThan(0.08)
  // Without it, one study in five and more would find something.
  expect(alone / studies).toBeGreaterThan(0.15)
})

// scipy.stats.ttest_1samp of the differences; 1 + s · 66e-6 for s = 0 to 6 once gave a p-value below 0, which Holm refused.
test('a p-value is right however small it is', () => {
  const seeds = [0, 1, 2, 3, 4, 5, 6]
  const of = (step: number) => pairedDifferences(rowsOf({ a: seeds.map(() => 0), b: seeds.map(seed => 1 + seed * step) }), 'a')[0]!.pValue
  expect(of(0.1) / 3.89667017479438e-6 - 1).toBeCloseTo(0, 9)
  expect(of(66e-6) / 1.651116427215557e-24 - 1).toBeCloseTo(0, 9)
})

test('a single seed decides nothing; agents that never differ do not', () => {
  expect(pairedDifferences(rowsOf({ a: [1], b: [9] }), 'a')[0]).toMatchObject({ pValue: 1, adjusted: 1 })
  expect(pairedDifferences(rowsOf({ a: [1, 2], b: [1, 2] }), 'a')[0]).toMatchObject({ estimate: 0, pValue: 1 })
})

test('agents that always differ by the same do', () => {
  expect(pairedDifferences(rowsOf({ a: [1, 2], b: [2, 3] }), 'a')[0]).toMatchObject({ estimate: 1, low: 1, high: 1, pValue: 0 })
})

test('the column and the level are those asked for', () => {
  const rows = rowsOf({ a: [5, 1, 4], b: [2, 8, 3] }).map(row => ({ ...row, clicks: row.agent === 'b' ? 1 + row.seed : 0 }))
  const [found] = pairedDifferences(rows, 'a', { measure: 'clicks', level: 0.5 })
  expect(found).toMatchObject(pairedDifference(rows, 'b', 'a', { measure: 'clicks', level: 0.5 }))
  expect(found!.pValue).toBeCloseTo(0.07418, 5) // 1, 2, 3 as above
})

test('no other agent is refused', () => {
  expect(() => pairedDifferences(rowsOf({ a: [1, 2] }), 'a')).toThrow("no agent but 'a'")
})

test('an agent that is not there is named, with those that are', () => {
  expect(() => pairedDifferences(rowsOf({ a: [1, 2], b: [2, 3] }), 'c')).toThrow("rows have no agent 'c'; they have a, b")
})
