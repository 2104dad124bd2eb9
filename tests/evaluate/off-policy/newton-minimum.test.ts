import { expect, test } from 'vitest'
import { newtonMinimum } from '../../../src/evaluate/off-policy/newton-minimum'

// (x - 1)² + (y + 2)² + x y: slopes 2 (x - 1) + y and 2 (y + 2) + x are 0 at x = 8/3, y = -10/3.
test('a parabola is left for its bottom', () => {
  const found = newtonMinimum(2, (at, slopes) => {
    const [x, y] = [at[0]!, at[1]!]
    slopes.gradient.set([2 * (x - 1) + y, 2 * (y + 2) + x])
    slopes.hessian.set([2, 1, 2])
    return (x - 1) ** 2 + (y + 2) ** 2 + x * y
  })
  expect(found[0]).toBeCloseTo(8 / 3, 12)
  expect(found[1]).toBeCloseTo(-10 / 3, 12)
})

// √(1 + (x - 2)²): from a distance d to its bottom at 2, a full step leads to -d³, and from -2 on to
// ever larger distances.
test('steps that lead too far are halved', () => {
  const found = newtonMinimum(1, (at, slopes) => {
    const distance = at[0]! - 2
    const value = Math.sqrt(1 + distance ** 2)
    slopes.gradient.set([distance / value])
    slopes.hessian.set([1 / value ** 3])
    return value
  })
  expect(found[0]).toBeCloseTo(2, 12)
})

test('too many parameters, and a function without a minimum, are refused', () => {
  expect(() => newtonMinimum(4001, () => 0)).toThrow('the model has 4001 parameters; at most 4000 are fitted')
  const falling = () =>
    newtonMinimum(1, (at, slopes) => {
      slopes.gradient.set([-1])
      slopes.hessian.set([1])
      return -at[0]!
    })
  expect(falling).toThrow('no minimum was found')
})
