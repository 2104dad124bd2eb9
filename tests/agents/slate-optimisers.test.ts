import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  makeSlateChoices,
  type SlateChoices,
  type SlateOptimiserName,
  slateOptimiserNames,
  slateOptimisers,
  slateValue,
} from '../../src/agents/slate-optimisers'

function choicesOf(weights: readonly number[], values: readonly number[], noneWeight: number, noneValue: number): SlateChoices {
  const choices = makeSlateChoices(weights.length)
  choices.weights.set(weights)
  choices.values.set(values)
  return Object.assign(choices, { noneWeight, noneValue })
}

function slateBy(name: SlateOptimiserName, choices: SlateChoices, size: number): number[] {
  const slate = new Int32Array(size)
  slateOptimisers[name](choices, slate, 0, size)
  return [...slate]
}

const worth = (choices: SlateChoices, slate: readonly number[]) => slateValue(choices, Int32Array.from(slate), 0, slate.length)

/** The value of the best of all slates, by trying each. */
function bestValue(choices: SlateChoices, size: number): number {
  let best = -Infinity
  const slate: number[] = []
  const extend = (from: number) => {
    if (slate.length === size) best = Math.max(best, worth(choices, slate))
    else
      for (let candidate = from; candidate < choices.count; candidate++) {
        slate.push(candidate)
        extend(candidate + 1)
        slate.pop()
      }
  }
  extend(0)
  return best
}

// Three candidates, weights 3, 1, 1, values 2, 5, 4; none of weight 1 and value 1. Two are shown.
//   {0, 1}: (1 + 6 + 5) / 5 = 2.4     {0, 2}: (1 + 6 + 4) / 5 = 2.2     {1, 2}: (1 + 5 + 4) / 3 = 10 / 3
//   v (q - q(none)): 3, 4, 3, so top-k shows 1 and then 0, the first of equals: a likely click of little worth takes clicks from a good one.
//   greedy: alone they make 7/4, 6/2 and 5/2, so 1 comes first; then 12/5 with 0 and 10/3 with 2.
//   exact: from the guess 1 the slate of top-k, 2.4; at 2.4 the gains are -1.2, 2.6, 1.6: {1, 2}, 10/3; at 10/3 they are -4, 5/3, 2/3: the same.
describe('rung 3: worked by hand', () => {
  const choices = choicesOf([3, 1, 1], [2, 5, 4], 1, 1)

  test('the value of a slate is what is chosen, and none, in proportion to the weights', () => {
    expect(worth(choices, [0, 1])).toBeCloseTo(2.4, 12)
    expect(worth(choices, [2, 1])).toBeCloseTo(10 / 3, 12)
    expect(worth(choicesOf([0, 0], [7, 8], 0, 3), [0, 1])).toBe(3)
  })

  test('each optimiser shows its own slate', () => {
    expect(slateBy('top-k', choices, 2)).toEqual([1, 0])
    expect(slateBy('greedy', choices, 2)).toEqual([1, 2])
    expect(slateBy('exact', choices, 2)).toEqual([1, 2])
  })

  // Weights .4, 1, 4, values 10, 8, 6.3, none 1 and 0. Alone they are worth 4/1.4 = 2.86, 4 and 25.2/5 = 5.04: greedy begins with 2, then adds
  // 1: 33.2/6 = 5.53 (with 0: 29.2/5.4 = 5.41). The pair {0, 1} is worth 12/2.4 = 5. So greedy is right here, and top-k as well.
  // With none at .1: alone 8, 7.27, 6.15, so greedy begins with 0 and adds 1: 12/1.5 = 8. Top-k, which none's weight does not touch, shows {2, 1} still.
  test('what none weighs decides between a likely click and a good one', () => {
    const [weights, values] = [
      [0.4, 1, 4],
      [10, 8, 6.3],
    ]
    const [heavy, light] = [choicesOf(weights, values, 1, 0), choicesOf(weights, values, 0.1, 0)]
    expect(new Set(slateBy('exact', heavy, 2))).toEqual(new Set([1, 2]))
    expect(new Set(slateBy('exact', light, 2))).toEqual(new Set([0, 1]))
    expect(slateBy('greedy', heavy, 2)).toEqual([2, 1])
    expect(slateBy('greedy', light, 2)).toEqual([0, 1])
    expect(slateBy('top-k', light, 2)).toEqual([2, 1])
  })
})

/** Hundredths: no number so small that a product vanishes. */
const weight = fc.integer({ min: 0, max: 1000 }).map(number => number / 100)
const value = fc.integer({ min: -5000, max: 5000 }).map(number => number / 100)

const problems = fc.integer({ min: 1, max: 8 }).chain(count =>
  fc.record({
    weights: fc.array(weight, { minLength: count, maxLength: count }),
    values: fc.array(value, { minLength: count, maxLength: count }),
    noneWeight: weight,
    noneValue: value,
    size: fc.integer({ min: 1, max: count }),
  }),
)

test('exact is as good as the best of all slates, tried one by one, and the others are at most that', () => {
  fc.assert(
    fc.property(problems, ({ weights, values, noneWeight, noneValue, size }) => {
      const choices = choicesOf(weights, values, noneWeight, noneValue)
      const best = bestValue(choices, size)
      for (const name of slateOptimiserNames) {
        const slate = slateBy(name, choices, size)
        expect(new Set(slate).size).toBe(size)
        expect(worth(choices, slate)).toBeLessThanOrEqual(best + 1e-9)
        if (name === 'exact') expect(worth(choices, slate)).toBeGreaterThanOrEqual(best - 1e-9 * (1 + Math.abs(best)))
      }
    }),
    { numRuns: 500 },
  )
})

test('the same number added to all values changes no slate', () => {
  // Whole numbers, so that the sums are exact.
  const whole = fc.integer({ min: 1, max: 9 })
  fc.assert(
    fc.property(fc.array(fc.tuple(whole, whole), { minLength: 3, maxLength: 8 }), whole, whole, (pairs, noneWeight, noneValue) => {
      const weights = pairs.map(([weight]) => weight)
      const values = pairs.map(([, value]) => value)
      const own = choicesOf(weights, values, noneWeight, noneValue)
      const raised = choicesOf(
        weights,
        values.map(value => value + 64),
        noneWeight,
        noneValue + 64,
      )
      expect(slateBy('top-k', raised, 3)).toEqual(slateBy('top-k', own, 3))
      expect(worth(raised, slateBy('exact', raised, 3))).toBeCloseTo(worth(own, slateBy('exact', own, 3)) + 64, 9)
    }),
  )
})

test('a slate is written where it belongs, and of equals the first come first', () => {
  const slate = Int32Array.of(9, 9, 9, 9)
  for (const name of slateOptimiserNames) {
    slate.fill(9)
    slateOptimisers[name](choicesOf([1, 1, 1, 1], [2, 2, 2, 2], 1, 0), slate, 1, 2)
    expect([...slate]).toEqual([9, 0, 1, 9])
  }
})
