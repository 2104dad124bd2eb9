/** Checks of formulas in notebooks: what they print, and that they stop where the numbers differ. */
import { describe, expect, test, vi } from 'vitest'
import { agree } from '../../src/notebook/agree'

describe('agree', () => {
  function printed(check: () => void): string {
    const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
    check()
    const text = write.mock.calls.map(([piece]) => piece).join('')
    write.mockRestore()
    return text
  }

  test('prints the name, both numbers and their difference', () => {
    expect(printed(() => agree('sigmoid', 0.731058578, 0.731058578))).toBe('sigmoid: formula 0.73106 | code 0.73106 | difference 0\n')
    expect(printed(() => agree('θ', 122_596, 122_596))).toBe('θ: formula 122596 | code 122596 | difference 0\n')
    expect(printed(() => agree('x', 1, 1 + 3e-8, 1e-6))).toBe('x: formula 1 | code 1 | difference 3e-8 (1e-6 allowed)\n')
  })

  test('prints short lists whole, of long ones the first numbers, and the largest difference', () => {
    expect(printed(() => agree('h', [1, -0], Float32Array.of(1, 0)))).toBe('h: formula 1, 0 | code 1, 0 | differences up to 0\n')
    const long = Array.from({ length: 42 }, (_, at) => at / 2)
    const said = printed(() =>
      agree(
        's',
        long,
        long.map((value, at) => value + (at === 40 ? 0.25 : 0)),
        0.5,
      ),
    )
    expect(said).toBe('s: formula 0, 0.5, … | code 0, 0.5, … | differences up to 3e-1 (5e-1 allowed)\n')
  })

  test('throws where they differ by more than allowed, and says where', () => {
    expect(() => agree('x', 1, 1.1)).toThrow('x: the formula gives 1 and the code 1.1; they differ by 0.10, and 1e-12 is allowed')
    expect(() => agree('x', [1, 2, 3], [1, 2, 4], 0.5)).toThrow(/^x at place 2: the formula gives 3 and the code 4/)
    expect(printed(() => agree('x', 1, 1.5, 0.5))).toContain('difference 5e-1 (5e-1 allowed)')
    // A tolerance that is worked out may go wrong; that allows nothing.
    expect(() => agree('x', 1, 2, Number.NaN)).toThrow('NaN is allowed')
  })

  test('throws for numbers that are not finite, even when both are the same', () => {
    for (const value of [Number.NaN, Infinity]) {
      expect(() => agree('x', value, value)).toThrow(/both must be finite/)
      expect(() => agree('x', 1, value)).toThrow(/both must be finite/)
    }
  })

  test('throws for lists of different lengths and for empty ones', () => {
    expect(() => agree('x', [1, 2], [1])).toThrow(/the formula gives 2 numbers and the code 1/)
    expect(() => agree('x', [], [])).toThrow(/at least 1/)
  })
})
