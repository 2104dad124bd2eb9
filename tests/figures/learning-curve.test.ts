/** Learning curves over several seeds: what the line is, and what the band around it means. */
import { describe, expect, test } from 'vitest'
import { bootstrapInterval } from '../../src/evaluate/bootstrap-interval'
import { interquartileMean } from '../../src/evaluate/interquartile-mean'
import { meanInterval } from '../../src/evaluate/mean-interval'
import { describeFigure, type Figure } from '../../src/figures/figure'
import { learningCurve, lowestToHighest } from '../../src/figures/learning-curve'

const finals = [1, 2, 3, 4, 100]
const runs = [{ agent: 'PPO', returns: finals.map(final => [0, final]) }]
const band = ({ data }: Figure) => [0, 1].map(place => (data[place]!.y as number[])[1]!)
const middle = ({ data }: Figure) => (data.find(({ name }) => name === 'PPO')!.y as number[])[1]

describe('the band of a learning curve', () => {
  test("is Student's 95 % interval of the mean", () => {
    const figure = learningCurve(runs, { window: 1 })
    const { low, high } = meanInterval(finals)
    expect(middle(figure)).toBe(22)
    expect(band(figure)).toEqual([low, high])
    expect(describeFigure(figure)).toContain('PPO from 0 to 22. Lines: mean over 5 seeds; bands: 95 % interval.')
  })

  test('is that of the interquartile mean where the line is', () => {
    const figure = learningCurve(runs, { window: 1, statistic: 'interquartile mean' })
    const { low, high } = bootstrapInterval([finals], { statistic: interquartileMean, resamples: 500 })
    expect(middle(figure)).toBe(3)
    expect(band(figure)).toEqual([low, high])
    expect(JSON.stringify(figure.layout.title)).toContain('line: interquartile mean over 5 seeds, band: 95 % interval')
  })

  test('reaches from the lowest seed to the highest if asked for', () => {
    const figure = learningCurve(runs, { window: 1, interval: lowestToHighest })
    expect(band(figure)).toEqual([1, 100])
    expect(describeFigure(figure)).toContain('bands: lowest to highest seed')
  })

  test('is the same every time, and no matter what stands beside it', () => {
    const alone = band(learningCurve(runs, { window: 1 }))
    const beside = learningCurve(
      [
        ...runs,
        {
          agent: 'random',
          returns: [
            [9, 9],
            [8, 8],
          ],
        },
      ],
      { window: 1 },
    )
    expect(band(beside)).toEqual(alone)
    expect(describeFigure(beside)).toContain('mean over 2 to 5 seeds')
  })

  test('is missing where there is a single seed', () => {
    expect(describeFigure(learningCurve([{ agent: 'PPO', returns: [[1, 2]] }]))).not.toContain('ands:')
  })

  test('has a statistic that is known', () => {
    expect(() => learningCurve(runs, { statistic: 'median' as 'mean' })).toThrow(
      "statistic is 'median'; it is 'mean' or 'interquartile mean'",
    )
  })
})
