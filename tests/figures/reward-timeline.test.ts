import { expect, test } from 'vitest'
import { meanInterval } from '../../src/evaluate/mean-interval'
import { describeFigure } from '../../src/figures/figure'
import { rewardTimelineFigure } from '../../src/figures/reward-timeline'
import { rewardTimeline } from '../../src/metrics/reward-timeline'
import { recordSessions } from '../metrics/sessions'

const rewards = [
  [1, 4, 2],
  [2, 6],
  [6, 5],
]
const points = rewardTimeline(
  recordSessions(rewards.map((session, number) => ({ number, segment: 'all', steps: session.map(reward => ({ reward, events: [] })) }))),
)

test("a line of the means with Student's interval of each step; what one session alone reached is left out", () => {
  const [low, high, line] = rewardTimelineFigure([{ label: 'random', points }]).data
  expect(line).toMatchObject({ x: [1, 2], y: [3, 5], name: 'random' })
  for (const step of [0, 1]) {
    const interval = meanInterval(rewards.map(session => session[step]!))
    expect(low!.y![step]).toBeCloseTo(interval.low, 9)
    expect(high!.y![step]).toBeCloseTo(interval.high, 9)
  }
})

test('the interval is that of as many sessions as there were', () => {
  const many = Array.from({ length: 40 }, (_, session) => (session * 7) % 11)
  const steps = many.map((reward, number) => ({ number, segment: 'all', steps: [{ reward, events: [] }] }))
  const [low, high] = rewardTimelineFigure([{ label: 'random', points: rewardTimeline(recordSessions(steps)) }]).data
  const interval = meanInterval(many)
  expect(low!.y![0]).toBeCloseTo(interval.low, 9)
  expect(high!.y![0]).toBeCloseTo(interval.high, 9)
})

test('a lower level has a narrower band, of which the page is told', () => {
  const width = (level: number) => {
    const { data } = rewardTimelineFigure([{ label: 'random', points }], { level })
    return (data[1]!.y![0] as number) - (data[0]!.y![0] as number)
  }
  expect(width(0.5)).toBeLessThan(width(0.95))
  expect(JSON.stringify(rewardTimelineFigure([{ label: 'random', points }], { level: 0.5 }))).toContain('band: 50 % interval of the mean')
})

test('several have a legend; the words hold the numbers; all survives the way to the page', () => {
  const series = [
    { label: 'random', points },
    { label: 'Double DQN', points: points.map(point => ({ ...point, reward: 9 })) },
  ]
  const figure = rewardTimelineFigure(series)
  expect(figure.layout.showlegend).toBe(true)
  expect(describeFigure(figure)).toBe(
    'Reward in the course of a session. Mean reward of each step of a session, with its 95 % interval: random from 3 in step 1 (3 sessions) to 5 in step 2 (3 sessions); Double DQN from 9 in step 1 (3 sessions) to 9 in step 2 (3 sessions).',
  )
  expect(JSON.parse(JSON.stringify(figure))).toEqual(rewardTimelineFigure(series))
})

test('no series, steps of one session alone, and a level that is none are refused', () => {
  expect(() => rewardTimelineFigure([])).toThrow('series is empty')
  expect(() => rewardTimelineFigure([{ label: 'random', points: points.slice(2) }])).toThrow('random has no step that two sessions reached')
  expect(() => rewardTimelineFigure([{ label: 'random', points }], { level: 1 })).toThrow('level is 1')
})
