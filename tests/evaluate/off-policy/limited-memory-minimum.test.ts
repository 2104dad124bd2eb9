import { expect, test } from 'vitest'
import { limitedMemoryMinimum } from '../../../src/evaluate/off-policy/limited-memory-minimum'

test('finds the bottom of a long valley', () => {
  // Σ scale · (x - place)² / 2 with scales from 1 to 10,000.
  const width = 30
  const scale = Float64Array.from({ length: width }, (_, place) => 10 ** ((4 * place) / (width - 1)))
  let looks = 0
  const found = limitedMemoryMinimum(
    width,
    (at, gradient) => {
      looks++
      let sum = 0
      for (let place = 0; place < width; place++) {
        const off = at[place]! - place
        gradient[place]! += scale[place]! * off
        sum += (scale[place]! * off * off) / 2
      }
      return sum
    },
    1e-10,
  )
  for (let place = 0; place < width; place++) expect(found[place]).toBeCloseTo(place, 4)
  // 578; of one remembered step 895, and without a first guess of the curvature 7,852.
  expect(looks).toBeLessThan(650)
})

// Σ exp(x) - place · x is least at x = log(place).
test('and of one that is no parabola', () => {
  const found = limitedMemoryMinimum(
    8,
    (at, gradient) => {
      let sum = 0
      for (const [place, value] of at.entries()) {
        gradient[place]! += Math.exp(value) - (place + 1)
        sum += Math.exp(value) - (place + 1) * value
      }
      return sum
    },
    1e-10,
  )
  for (const [place, value] of found.entries()) expect(value).toBeCloseTo(Math.log(place + 1), 7)
})

test('where it begins at the bottom, it stays', () => {
  expect(
    limitedMemoryMinimum(3, (at, gradient) => {
      gradient.set(at)
      return at.reduce((sum, value) => sum + value * value, 0) / 2
    }),
  ).toEqual(new Float64Array(3))
})

test('slopes that are no numbers are refused', () => {
  for (const slope of [Infinity, Number.NaN]) {
    expect(() => limitedMemoryMinimum(2, (_, gradient) => gradient.fill(slope)[0]!)).toThrow(
      'a slope where all parameters are 0 is not finite',
    )
  }
})

test('a slope that dies out is followed until it is as small as asked for', () => {
  const falling = (at: Float64Array, gradient: Float64Array) => {
    gradient[0] = -Math.exp(-at[0]!)
    return Math.exp(-at[0]!)
  }
  // exp(-x) is a millionth of what it was at x = 13.8.
  expect(limitedMemoryMinimum(1, falling)[0]).toBeGreaterThan(13)
})
