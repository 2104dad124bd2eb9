/** What each change brings: pairs of the same seed, sorted, and a verdict that the interval decides. */
import { describe, expect, test } from 'vitest'
import { pairedDifference } from '../../src/evaluate/paired-difference'
import { ablation } from '../../src/figures/ablation'
import { describeFigure, type Figure } from '../../src/figures/figure'

const seeds = [1, 2, 3, 4, 5]
const rowsOf = (agent: string, difference: (seed: number) => number, of = seeds) =>
  of.map(seed => ({ agent, seed, return: 10 * seed + difference(seed) }))
const rows = [
  ...rowsOf('without replay', seed => -2 - 0.1 * seed),
  ...rowsOf('Double DQN', () => 0),
  ...rowsOf('without dropout', seed => (seed % 2 === 0 ? 1 : -1)),
  ...rowsOf('n-step returns', seed => 1 + 0.1 * seed),
]
const draw = (shown: typeof rows, more = {}) => ablation(shown, { baseline: 'Double DQN', ...more })
const named = (figure: Figure, name: string) => figure.data.find(trace => trace.name === name)

describe('an ablation', () => {
  test('sorts the variants by their paired difference, the best on top', () => {
    const { layout } = draw(rows)
    expect(layout.yaxis!.categoryarray).toEqual(['n-step returns', 'without dropout', 'without replay'])
    expect(draw(rows, { direction: 'minimise' }).layout.yaxis!.categoryarray).toEqual([
      'without replay',
      'without dropout',
      'n-step returns',
    ])
  })

  test('calls better or worse only what the interval sets apart from 0', () => {
    const figure = draw(rows)
    expect(named(figure, 'Better')!.y).toEqual(['n-step returns'])
    expect(named(figure, 'Worse')!.y).toEqual(['without replay'])
    expect(named(figure, 'Undecided: interval holds 0')!.y).toEqual(['without dropout'])
    expect(named(draw(rows, { direction: 'minimise' }), 'Better')!.y).toEqual(['without replay'])
  })

  test('draws the interval of pairedDifference, and each seed as a dot', () => {
    const figure = draw(rows)
    const { estimate, low, high } = pairedDifference(rows, 'without replay', 'Double DQN')
    const mark = named(figure, 'Worse')!
    expect(mark).toMatchObject({ x: [estimate], error_x: { array: [high - estimate], arrayminus: [estimate - low] } })
    expect((named(figure, 'One seed')!.x as number[]).slice(-5).map(difference => Number(difference.toFixed(1)))).toEqual([
      -2.1, -2.2, -2.3, -2.4, -2.5,
    ])
  })

  test('says every difference with its interval and verdict', () => {
    const said = describeFigure(draw(rows))
    expect(said).toMatch(/over the same 5 seeds with 95 % interval: n-step returns \+1\.3 \(\+1\.1 to \+1\.5, better\); /)
    expect(said).toMatch(/without replay −2\.3 \(−2\.5 to −2\.1, worse\)\.$/)
  })

  test('is the same every time, and survives the way to the page', () => {
    expect(JSON.parse(JSON.stringify(draw(rows)))).toEqual(draw(rows))
  })

  test('decides nothing from one seed, however great the difference', () => {
    const figure = draw([...rowsOf('Double DQN', () => 0, [1]), ...rowsOf('without replay', () => -5, [1])])
    expect(named(figure, 'Worse')).toBeUndefined()
    expect(describeFigure(figure)).toContain('without replay −5 (one seed, no interval, undecided)')
  })

  test('uses only seeds that both have, and says how many where they differ', () => {
    const said = describeFigure(draw([...rows, ...rowsOf('single DQN', () => -1, [4, 5, 6])]))
    expect(said).toContain('over the same 2 to 5 seeds')
    expect(said).toContain('single DQN −1 (−1 to −1, worse, 2 seeds)')
  })

  test('of a variant that changes nothing is undecided', () => {
    expect(describeFigure(draw([...rowsOf('Double DQN', () => 0), ...rowsOf('copy', () => 0)]))).toContain('copy 0 (0 to 0, undecided)')
  })

  test('is refused without its baseline, without a variant, and without a seed in common', () => {
    expect(() => ablation(rows, { baseline: 'PPO' })).toThrow(
      "baseline is 'PPO', which has no rows; the rows are of without replay, Double DQN",
    )
    expect(() => draw(rowsOf('Double DQN', () => 0))).toThrow('there is no variant')
    expect(() => draw([...rowsOf('Double DQN', () => 0), ...rowsOf('PPO', () => 0, [9])])).toThrow('no seed in common')
    expect(() => ablation(rows, { baseline: 'Double DQN', measure: 'clicks' })).toThrow("'clicks' of Double DQN, seed 1, is undefined")
  })
})
