import { expect, test } from 'vitest'
import { beta, direction, dirichlet, gamma } from '../../src/random/distributions'
import { stream } from '../../src/random/generator'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** The mean is right within four standard errors. */
function near(values: readonly number[], expected: number): void {
  const middle = mean(values)
  const error = Math.sqrt(mean(values.map(value => (value - middle) ** 2)) / values.length)
  expect(Math.abs(middle - expected)).toBeLessThanOrEqual(4 * error)
}

const many = (draw: () => number) => Array.from({ length: 20_000 }, draw)

// A gamma number of shape k has mean k and second moment k (k + 1); E[log] of shape 1 is minus Euler's constant.
test('gamma numbers have the moments of their shape, also below 1', () => {
  for (const shape of [0.3, 1, 1.5, 5]) {
    const generator = stream(1, 'gamma', shape)
    const drawn = many(() => gamma(generator, shape))
    near(drawn, shape)
    near(
      drawn.map(value => value ** 2),
      shape * (shape + 1),
    )
  }
  const generator = stream(1, 'exponential')
  near(
    many(() => Math.log(gamma(generator, 1))),
    -0.5772156649,
  )
})

test('beta numbers have mean a / (a + b) and second moment a (a + 1) / ((a + b)(a + b + 1))', () => {
  const generator = stream(2, 'beta')
  const drawn = many(() => beta(generator, 2, 5))
  near(drawn, 2 / 7)
  near(
    drawn.map(value => value ** 2),
    6 / 56,
  )
})

test('Dirichlet shares sum to 1 and follow their weights', () => {
  const generator = stream(3, 'dirichlet')
  const drawn = Array.from({ length: 20_000 }, () => dirichlet(generator, [1, 2, 5]))
  for (const shares of drawn.slice(0, 100)) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  for (const [at, expected] of [1 / 8, 2 / 8, 5 / 8].entries())
    near(
      drawn.map(shares => shares[at]!),
      expected,
    )
})

test('a direction has length 1', () => {
  expect(Math.hypot(...direction(stream(4, 'direction'), 5))).toBeCloseTo(1, 12)
})

test('a shape that is not above 0 is refused', () => {
  for (const shape of [0, -1, Number.NaN, Infinity]) expect(() => gamma(stream(1, 'gamma'), shape)).toThrow(`shape is ${shape}`)
})
