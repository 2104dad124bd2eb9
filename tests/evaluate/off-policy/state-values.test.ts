import { expect, test } from 'vitest'
import { stateValues } from '../../../src/evaluate/off-policy/state-values'

// .25 · 4 + .75 · 8 = 7; 1 · -2 + 0 · 100 = -2.
test('is the mean of what actions are worth, as often as the policy does them', () => {
  expect([...stateValues({ rounds: 2, actions: 2 }, [0.25, 0.75, 1, 0], [4, 8, -2, 100])]).toEqual([7, -2])
})

test('a policy that tells the probability of one action alone is refused', () => {
  expect(() => stateValues({ rounds: 2, actions: 2 }, [0.5, 0.5], [1, 2, 3, 4])).toThrow('policy has 2 numbers; this estimator needs 4')
})
