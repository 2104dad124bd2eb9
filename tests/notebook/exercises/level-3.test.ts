/** The exercises of Level 3: solutions are accepted, typical mistakes refused with a hint of their own. */
import { describe, expect, test } from 'vitest'
import { judge } from '../../../src/notebook/check'
import { mathematicsExercises } from '../../../src/notebook/exercises/level-3'

type Policy = (values: number[], epsilon: number) => number[]

const argmax = (values: readonly number[]) => values.indexOf(Math.max(...values))
const greedy: Policy = (values, epsilon) =>
  values.map((_, action) => epsilon / values.length + (action === argmax(values) ? 1 - epsilon : 0))
const right = { limit: 'truncated', bought: 'terminated', maintenance: 'truncated', tenth: 'terminated' }

const gain = 1 / Math.log2(3) + 1 / Math.log2(5)
const best = 1 + 1 / Math.log2(3) + 1 / 2

const cases: Readonly<
  Record<string, { readonly solution: unknown; readonly mistakes: readonly (readonly [answer: unknown, hint: RegExp])[] }>
> = {
  'level-3-double-target': {
    solution: 0.2,
    mistakes: [
      [0.65, /DQN's target/],
      [0.35, /valued by the network that named it/],
      [0.5, /discounted/],
      [0.3, /reward of the step/],
      [-0.1, /terminal/],
      [7, /first ask the online network/],
      ['0.2', /one finite number/],
    ],
  },
  'level-3-ndcg': {
    solution: gain / best,
    mistakes: [
      [gain, /not yet divided/],
      [gain / (1 + 1 / Math.log2(3)), /not shown/],
      [0.5, /precision/],
      [2 / 3, /recall/],
      [(1 / 2 + 1 / 4) / (1 + 1 / 2 + 1 / 3), /logarithm/],
      [0, /ranks counted from 1/],
    ],
  },
  'level-3-soft-update': {
    solution: 460,
    mistakes: [
      [180, /still left/],
      [459, /more are needed/],
      [461, /fewer are enough/],
      [459.36, /whole numbers/],
      [Number.NaN, /one whole number/],
    ],
  },
  'level-3-flags': {
    solution: right,
    mistakes: [
      [{ ...right, limit: 'terminated' }, /^limit: .*stops looking/],
      [{ ...right, bought: 'truncated' }, /^bought: .*nothing follows/],
      [{ ...right, maintenance: 'terminated' }, /^maintenance: .*gone on/],
      [{ ...right, tenth: 'truncated' }, /^tenth: .*the task itself/],
      [{ limit: 'truncated' }, /^bought needs one of the words/],
      [['truncated', 'terminated'], /give an object/],
    ],
  },
  'level-3-epsilon-greedy': {
    solution: greedy,
    mistakes: [
      [
        (values: number[], epsilon: number) => values.map((_, at) => (at === argmax(values) ? 1 - epsilon : epsilon / values.length)),
        /add up to .*the best one too/,
      ],
      [
        (values: number[], epsilon: number) => values.map((_, at) => (at === argmax(values) ? 1 - epsilon : epsilon / (values.length - 1))),
        /drawn from all actions/,
      ],
      [
        (values: number[], epsilon: number) => {
          const ties = values.filter(value => value === Math.max(...values)).length
          return values.map(value => epsilon / values.length + (value === Math.max(...values) ? (1 - epsilon) / ties : 0))
        },
        /only the first counts/,
      ],
      [
        (values: number[], epsilon: number) =>
          greedy(
            values.sort((a, b) => b - a),
            epsilon,
          ),
        /probability|changes the values|taken only/,
      ],
      [(values: number[]) => values, /from 0 to 1/],
      [() => [0.5, 0.5], /one probability for each/],
      [[0.85, 0.15], /give a function/],
    ],
  },
}

describe('the exercises of Level 3', () => {
  test('are all tried here', () => {
    expect(Object.keys(cases)).toEqual(Object.keys(mathematicsExercises))
  })

  for (const [name, { solution, mistakes }] of Object.entries(cases)) {
    describe(name, () => {
      test('is not answered at first', () => {
        expect(judge(name).verdict).toBe('not answered')
      })

      test('accepts the solution', () => {
        expect(judge(name, solution)).toEqual({ verdict: 'right', words: mathematicsExercises[name]!.right })
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
