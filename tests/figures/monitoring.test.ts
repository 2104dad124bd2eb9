import { expect, test } from 'vitest'
import { describeFigure } from '../../src/figures/figure'
import { monitoring } from '../../src/figures/monitoring'

const rewards = (after: number) => Array.from({ length: 400 }, (_, at) => (at < 200 ? 4 : after) + (at % 2 ? 0.5 : -0.5))

test('a fall is drawn as an alarm and said in words, with its visit', () => {
  const figure = monitoring(rewards(3), { reference: 100 })
  expect(figure.data.map(({ name }) => name)).toContain('alarm')
  expect(describeFigure(figure)).toMatch(/over 400 visits; 4 in the first 100, 3 in the last 8; alarm at visit 2\d\d: a fall\.$/)
})

test('a policy that goes on as before has no alarm, and its dots lie in the band of what is usual', () => {
  const figure = monitoring(rewards(4), { reference: 100, window: 20 })
  expect(figure.data.map(({ name }) => name)).not.toContain('alarm')
  const [low, high, dots] = figure.data.map(({ y }) => y as number[])
  for (const dot of dots!) {
    expect(dot).toBeGreaterThan(low![0]!)
    expect(dot).toBeLessThan(high![0]!)
  }
  expect(dots).toHaveLength(20)
})

test('a window of a single visit is refused', () => {
  expect(() => monitoring(rewards(4), { reference: 100, window: 1 })).toThrow('window is 1')
})
