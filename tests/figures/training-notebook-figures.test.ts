/** The figures that only the notebook on training has: the broken learners' curves, and the A/B test while it runs. */
import { describe, expect, test } from 'vitest'
import { learnerCurves } from '../../src/figures/learner-curves'
import { runningInterval } from '../../src/figures/running-interval'

const point = (learner: string, seed: number, episode: number, level: number) => ({
  ...{ learner, seed, episode, return: level, loss: level / 10, epsilon: 0.5, value: 2 * level },
})
const points = ['healthy', 'A', 'B'].flatMap((learner, at) =>
  [1, 2].flatMap(seed => [50, 100].map(episode => point(learner, seed, episode, at + seed))),
)

describe('learnerCurves', () => {
  const { data, layout } = learnerCurves(points)

  test('each learner has four panels, each with the healthy mean, its seeds and its mean', () => {
    expect(data).toHaveLength(2 * 4 * 4)
    expect(new Set(data.map(({ xaxis }) => xaxis)).size).toBe(8)
    expect(data.slice(0, 4).map(({ name }) => name)).toEqual(['healthy', 'A, seed 1', 'A, seed 2', 'A'])
    expect(data[0]!.y).toEqual([1.5, 1.5])
    expect(data[3]!.y).toEqual([2.5, 2.5])
  })

  test('the description tells every learner in numbers', () => {
    expect(layout.meta.description).toContain(
      'A: return from 2.5 to 2.5, loss from 0.25 to 0.25, epsilon from 0.5 to 0.5, highest value from 5 to 5',
    )
    expect(layout.meta.description).toContain('healthy: return from 1.5')
  })

  test('without a healthy one, or with nobody else, there is nothing to see', () => {
    expect(() => learnerCurves(points.filter(({ learner }) => learner !== 'healthy'))).toThrow(/'healthy'/)
    expect(() => learnerCurves(points.filter(({ learner }) => learner === 'healthy'))).toThrow(/at least one other/)
  })
})

describe('runningInterval', () => {
  const looks = [
    { visits: 100, estimate: 0.2, low: -0.4, high: 0.8 },
    { visits: 200, estimate: 0.5, low: 0.1, high: 0.9 },
  ]

  test('says when the interval first excludes 0', () => {
    const { layout } = runningInterval(looks)
    expect(layout.meta.description).toContain('at the end 0.5 (0.1 to 0.9); the 95 % interval first excludes 0 after 200 visits')
  })

  test('says so when it never does', () => {
    expect(runningInterval(looks.slice(0, 1)).layout.meta.description).toContain('never excludes 0')
  })

  test('needs a look', () => {
    expect(() => runningInterval([])).toThrow(/at least one look/)
  })
})
