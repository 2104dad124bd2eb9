import { expect, test } from 'vitest'
import { sessionLength } from '../../src/metrics/session-length'

test('is the mean number of steps', () => {
  expect(sessionLength([10, 4, 7])).toBe(7)
  expect(sessionLength(new Int32Array([10, 4]))).toBe(7)
  expect(sessionLength([0, 4])).toBe(2)
})

test('no session, and lengths that are none, are refused', () => {
  expect(() => sessionLength([])).toThrow('lengths is empty')
  expect(() => sessionLength([3, -1])).toThrow('lengths[1] is -1')
  expect(() => sessionLength([Number.NaN])).toThrow('lengths[0] is NaN')
})
