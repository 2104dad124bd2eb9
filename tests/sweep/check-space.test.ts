import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UserError } from '../../src/data/user-error'
import { checkConfiguration, checkSpace } from '../../src/sweep/check-space'
import type { SearchSpace } from '../../src/sweep/search-space'
import { anySpace } from './search-spaces'

/** What is said of a dimension named 'rate'. */
function complaint(dimension: object): string {
  try {
    checkSpace({ rate: dimension } as unknown as SearchSpace)
    return 'nothing'
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as Error).message
  }
}

test('every space as it should be is taken', () => {
  fc.assert(fc.property(anySpace, space => void checkSpace(space)))
})

test.each([
  [{ kind: 'float', low: 2, high: 1 }, 'rate has low 2 and high 1; low must be below high (leave out what has one value only)'],
  [{ kind: 'int', low: 3, high: 3 }, 'rate has low 3 and high 3; low must be below high (leave out what has one value only)'],
  [{ kind: 'float', low: 0, high: 1, log: true }, 'rate has low 0 and log; a logarithmic range must begin above 0'],
  [{ kind: 'float', low: NaN, high: 1 }, 'rate has low NaN; it must be a finite number'],
  [{ kind: 'float', low: 0 }, 'rate has high undefined; it must be a finite number'],
  [{ kind: 'float', low: -1.7e308, high: 1.7e308 }, 'rate has low -1.7e+308 and high 1.7e+308; their distance must be a finite number'],
  [{ kind: 'int', low: 1.5, high: 4 }, 'rate has low 1.5; it must be a whole number'],
  [{ kind: 'float', low: '1e-5', high: 1 }, 'rate has low "1e-5"; it must be a finite number'],
  [{ kind: 'float', low: 0, high: 1, step: 0 }, 'rate has step 0; it must be a finite number above 0, at most high - low = 1'],
  [{ kind: 'int', low: 0, high: 4, step: 5 }, 'rate has step 5; it must be a whole number above 0, at most high - low = 4'],
  [
    { kind: 'int', low: 1, high: 8, step: 2, log: true },
    'rate has log and step; it can have one of them (even steps are not even in logarithms)',
  ],
  [{ kind: 'float', low: 1, high: 8, log: 'yes' }, 'rate has log "yes"; it must be true or false'],
  [{ kind: 'categorical', choices: [] }, 'rate has choices []; there must be at least one'],
  [{ kind: 'categorical', choices: [1, 2, 1] }, 'rate has the choice 1 twice; each may be there once'],
  [{ kind: 'categorical', choices: [[64], [64]] }, 'rate has the choice [64] twice; each may be there once'],
  [
    { kind: 'categorical', choices: [null] },
    'rate has the choice null; a choice is a finite number, a word, true, false, or a list of them',
  ],
  [{ kind: 'uniform', low: 0, high: 1 }, `rate has kind "uniform"; a dimension's kind is 'float', 'int' or 'categorical'`],
  [{ kind: 'float', min: 0, max: 1 }, "rate has 'min'; a float dimension has kind, low, high, log, step"],
  [[0, 1], `rate has [0,1]; a dimension's kind is 'float', 'int' or 'categorical'`],
])('%j is refused, and the message says why', (dimension, message) => {
  expect(complaint(dimension)).toBe(message)
})

test('a space without hyperparameters is refused', () => {
  expect(() => checkSpace({})).toThrow('the search space is empty; it needs at least one hyperparameter')
  expect(() => checkSpace([] as unknown as SearchSpace)).toThrow('the search space is []')
})

test('a configuration must lie in the space, on its steps, and be whole where that is asked for', () => {
  const space: SearchSpace = {
    rate: { kind: 'float', low: 0, high: 1, step: 0.1 },
    size: { kind: 'int', low: 2, high: 9, step: 3 },
    layers: { kind: 'categorical', choices: [[64], '64', true] },
  }
  const check =
    (configuration: object, whole = false) =>
    () =>
      checkConfiguration(space, configuration as Record<string, never>, whole)
  expect(check({ rate: 0.1 + 0.2, size: 8, layers: [64] }, true)).not.toThrow()
  expect(check({ rate: 0.25 })).toThrow('rate is 0.25; it must be a number from 0 to 1 in steps of 0.1')
  expect(check({ size: 9 })).toThrow('size is 9; it must be a whole number from 2 to 9 in steps of 3')
  expect(check({ size: '5' })).toThrow('size is "5"')
  expect(check({ layers: 64 })).toThrow('layers is 64; it must be one of [64], "64", true')
  expect(check({ rate: NaN })).toThrow('rate is NaN')
  expect(check({ depth: 1 })).toThrow("the configuration has 'depth', which is not in the search space; it has rate, size, layers")
  expect(check({ rate: 0.1 }, true)).toThrow('the configuration lacks size, layers')
})
