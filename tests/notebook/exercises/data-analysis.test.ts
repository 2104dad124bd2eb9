/** The exercises of the data analysis: solutions are accepted, typical mistakes refused with a hint of their own. */
import { describe, expect, test } from 'vitest'
import { judge } from '../../../src/notebook/check'
import { dataAnalysisExercises } from '../../../src/notebook/exercises/data-analysis'

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const share = (part: readonly number[], all: readonly number[]) => (sum(all) === 0 ? 0 : sum(part) / sum(all))
const fifth = (counts: readonly number[]) => Math.ceil(counts.length / 5)
const falling = (counts: readonly number[]) => [...counts].sort((a, b) => b - a)
const words = { meanPrice: 'fine', scaling: 'leak', category: 'fine', clickCount: 'leak', tuning: 'leak' }
const border = (times: readonly number[], part: number) =>
  [...times].sort((a, b) => a - b)[Math.round(times.length * (1 - part))] ?? Infinity

const cases: Readonly<
  Record<string, { readonly solution: unknown; readonly mistakes: readonly (readonly [answer: unknown, hint: RegExp])[] }>
> = {
  'data-top-fifth': {
    solution: (counts: number[]) => share(falling(counts).slice(0, fifth(counts)), counts),
    mistakes: [
      [(counts: number[]) => sum(falling(counts).slice(0, fifth(counts))), /not yet divided/],
      [(counts: number[]) => share(counts.slice(0, fifth(counts)), counts), /any order/],
      [(counts: number[]) => share(falling(counts).reverse().slice(0, fifth(counts)), counts), /smallest/],
      [(counts: number[]) => share([...counts].sort().reverse().slice(0, fifth(counts)), counts), /as words/],
      [(counts: number[]) => share(falling(counts).slice(0, Math.floor(counts.length / 5)), counts), /rounded up/],
      [(counts: number[]) => sum(falling(counts).slice(0, fifth(counts))) / sum(counts), /divided by 0/],
      [(counts: number[]) => share(counts.sort((a, b) => b - a).slice(0, fifth(counts)), counts), /sort a copy/],
      [() => 0.3, /sort from the largest down/],
      [0.8, /give a function/],
    ],
  },
  'data-sparse-bytes': {
    solution: { sparse: 0.404, full: 400 },
    mistakes: [
      [{ sparse: 0.204, full: 400 }, /^sparse: .*the column/],
      [{ sparse: 0.604, full: 400 }, /^sparse: the row/],
      [{ sparse: 4, full: 400 }, /^sparse: count the stored cells/],
      [{ sparse: 0.4, full: 100 }, /^full: .*four bytes/],
      [{ sparse: 0.4, full: 800 }, /^full: .*no index/],
      [{ sparse: 0.4, full: 20 }, /^full: every shopper/],
      [{ sparse: 404e6, full: 400e9 }, /those are bytes/],
      [0.4, /an object with two numbers/],
    ],
  },
  'data-return-rate': {
    solution: 1 / 3,
    mistakes: [
      [2 / 5, /not counted at all/],
      [1 / 5, /not lost/],
      [1 / 2, /though the 30 days were not over/],
      [2 / 3, /within 30 days of the first visit/],
      [0.9, /first find/],
      ['1/3', /one finite number/],
    ],
  },
  'data-leaks': {
    solution: words,
    mistakes: [
      [{ ...words, meanPrice: 'leak' }, /^meanPrice: .*the past/],
      [{ ...words, scaling: 'fine' }, /^scaling: .*November/],
      [{ ...words, category: 'leak' }, /^category: .*before anybody came/],
      [{ ...words, clickCount: 'fine' }, /^clickCount: .*to be predicted/],
      [{ ...words, tuning: 'fine' }, /^tuning: .*found by the test/],
      [{ meanPrice: 'fine' }, /^scaling needs one of the words/],
      [['fine', 'leak'], /give an object/],
    ],
  },
  'data-temporal-split': {
    solution: (times: number[], part: number) => times.map(time => time >= border(times, part)),
    mistakes: [
      [
        (times: number[], part: number) => times.map((_, row) => row >= Math.round(times.length * (1 - part))),
        /later than one of the test/,
      ],
      [(times: number[], part: number) => times.map(time => time > border(times, part)), /too few/],
      [(times: number[], part: number) => times.map(time => time < border(times, 1 - part)), /earliest/],
      [
        (times: number[], part: number) => {
          const latest = Array.from(times.keys()).sort((a, b) => times[b]! - times[a]!)
          const test = new Set(latest.slice(0, Math.round(times.length * part)))
          return times.map((_, row) => test.has(row))
        },
        /torn apart/,
      ],
      [(times: number[], part: number) => times.sort((a, b) => a - b).map(time => time >= border(times, part)), /sort a copy/],
      [(times: number[], part: number) => times.map(time => (time >= border(times, part) ? 1 : 0)), /true \(test\) or false/],
      [() => [true], /one for each row/],
      [[false, true], /give a function/],
    ],
  },
}

test('every exercise is tried here', () => {
  expect(Object.keys(dataAnalysisExercises).sort()).toEqual(Object.keys(cases).sort())
})

describe.each(Object.entries(cases))('%s', (name, { solution, mistakes }) => {
  test('the empty cell is not answered', () => {
    expect(judge(name, undefined).verdict).toBe('not answered')
  })

  test('the solution is right', () => {
    const { verdict, words: said } = judge(name, solution)
    expect(`${verdict} ${said}`).toMatch(/^right /)
  })

  test('typical mistakes get a hint that fits them', () => {
    for (const [answer, hint] of mistakes) {
      const { verdict, words: said } = judge(name, answer)
      expect(verdict).toBe('not yet')
      expect(said).toMatch(hint)
    }
  })
})

test('the share of the test that is nothing or everything is accepted as it should be', () => {
  const never = (times: number[]) => times.map(() => false)
  expect(judge('data-temporal-split', never).words).toMatch(/too few/)
})
