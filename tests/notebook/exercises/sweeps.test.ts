import { describe, expect, test } from 'vitest'
import { judge } from '../../../src/notebook/check'
import { sweepExercises } from '../../../src/notebook/exercises/sweeps'

interface Tried {
  readonly name: string
  readonly tuning: readonly number[]
  readonly test: readonly number[]
}

const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length
const top = (tried: readonly Tried[], of: (one: Tried) => number) => [...tried].sort((a, b) => of(b) - of(a))[0]!
const honest = (tried: readonly Tried[]) => {
  const { name, test: fresh } = top(tried, one => mean(one.tuning))
  return { name, score: mean(fresh) }
}

const learningRate = { kind: 'float', low: 1e-5, high: 1e-2, log: true }
const dropout = { kind: 'float', low: 0, high: 0.5, step: 0.1 }
const hiddenUnits = {
  kind: 'categorical',
  choices: [
    [64, 64],
    [256, 256, 128],
  ],
}

const cases: Readonly<
  Record<string, { readonly solution: unknown; readonly mistakes: readonly (readonly [answer: unknown, hint: RegExp])[] }>
> = {
  'sweeps-trainings': {
    solution: 120,
    mistakes: [
      [24, /these are the configurations/],
      [45, /every combination/],
      [9, /every combination/],
      [120_000, /episodes/],
      [100, /think of the seeds/],
      ['120', /one whole number/],
    ],
  },
  'sweeps-decay': {
    solution: 0.05 ** (1 / 200),
    mistakes: [
      [1 - 0.95 / 200, /same factor/],
      [0.9995, /0\.9048: it has to fall faster/],
      [0.9, /next to nothing: .*more slowly/],
      [1.01, /never falls/],
      [-0.05, /between 0 and 1/],
    ],
  },
  'sweeps-space': {
    solution: { learningRate, dropout, hiddenUnits },
    mistakes: [
      [{ learningRate: { ...learningRate, log: false }, dropout, hiddenUnits }, /each power of ten/],
      [{ learningRate: { kind: 'categorical', choices: [1e-5, 1e-2] }, dropout, hiddenUnits }, /any number of a range/],
      [{ learningRate: { ...learningRate, high: 0.1 }, dropout, hiddenUnits }, /0\.00001 to 0\.1; asked for/],
      [{ learningRate, dropout: { kind: 'float', low: 0, high: 0.5 }, hiddenUnits }, /asked for are steps/],
      [{ learningRate, dropout: { kind: 'categorical', choices: [0, 0.1, 0.2] }, hiddenUnits }, /no order/],
      [{ learningRate, dropout: { ...dropout, step: 0.05 }, hiddenUnits }, /steps of 0\.05/],
      [{ learningRate, dropout, hiddenUnits: { kind: 'categorical', choices: [64, 256, 128] } }, /whole list/],
      [{ learningRate, dropout, hiddenUnits: { kind: 'int', low: 64, high: 256 } }, /no range can hold/],
      [{ learningRate, dropout }, /hiddenUnits is missing/],
      [{ learningRate: { kind: 'float', min: 1e-5, max: 1e-2 }, dropout, hiddenUnits }, /learningRate has 'min'/],
    ],
  },
  'sweeps-pruning': {
    solution: ['I', 'h'],
    mistakes: [
      [['F', 'H', 'I'], /just as good as the median/],
      [['G', 'H', 'I'], /best report .* so far/],
      [['F', 'G'], /go on/],
      [['I'], /missing/],
      [[], /in the middle/],
      [['A', 'B'], /A is not one of the four/],
      ['H', /list of names/],
    ],
  },
  'sweeps-honest': {
    solution: honest,
    mistakes: [
      [(tried: Tried[]) => ({ ...honest(tried), name: top(tried, one => mean(one.test)).name }), /chosen by the test seeds/],
      [(tried: Tried[]) => ({ ...honest(tried), name: top(tried, one => Math.max(...one.tuning)).name }), /luckiest seed/],
      [(tried: Tried[]) => ({ ...honest(tried), score: mean(top(tried, one => mean(one.tuning)).tuning) }), /too high/],
      [(tried: Tried[]) => ({ ...honest(tried), score: Math.max(...top(tried, one => mean(one.tuning)).test) }), /not the best of them/],
      [
        (tried: Tried[]) => {
          const { name, tuning, test: fresh } = top(tried, one => mean(one.tuning))
          return { name, score: mean([...tuning, ...fresh]) }
        },
        /no place in its score/,
      ],
      [(tried: Tried[]) => ({ name: top(tried, one => -mean(one.tuning)).name, score: 1 }), /highest mean|chosen by/],
      [() => 4, /an object with the name and the score/],
      [{ name: 'three', score: 4.6 }, /give a function/],
    ],
  },
}

describe('the exercises on sweeps', () => {
  test('are all tried here', () => {
    expect(Object.keys(cases)).toEqual(Object.keys(sweepExercises))
  })

  for (const [name, { solution, mistakes }] of Object.entries(cases)) {
    describe(name, () => {
      test('is not answered at first', () => {
        expect(judge(name).verdict).toBe('not answered')
      })

      test('accepts the solution', () => {
        expect(judge(name, solution)).toEqual({ verdict: 'right', words: sweepExercises[name]!.right })
      })

      test('refuses typical mistakes with a hint that fits', () => {
        for (const [answer, hint] of mistakes) {
          const { verdict, words } = judge(name, answer)
          expect(verdict, words).toBe('not yet')
          expect(words).toMatch(hint)
        }
      })
    })
  }
})
