import fc from 'fast-check'
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { expect, test } from 'vitest'
import { rewardTimeline, rewardTimelineBySegment } from '../../src/metrics/reward-timeline'
import { randomSessions, recordSessions } from './sessions'

const session = (number: number, segment: string, ...rewards: number[]) => ({
  number,
  segment,
  steps: rewards.map(reward => ({ reward, events: [] })),
})

test('the mean of each step over the sessions that came so far, worked by hand', () => {
  const events = recordSessions([session(0, 'new', 1, 5), session(1, 'old', 3)])
  expect(rewardTimeline(events)).toEqual([
    { step: 0, sessions: 2, reward: 2, deviation: Math.SQRT2 },
    { step: 1, sessions: 1, reward: 5, deviation: Number.NaN },
  ])
  expect(rewardTimelineBySegment(events)).toEqual([
    { segment: 'new', step: 0, sessions: 1, reward: 1, deviation: Number.NaN },
    { segment: 'new', step: 1, sessions: 1, reward: 5, deviation: Number.NaN },
    { segment: 'old', step: 0, sessions: 1, reward: 3, deviation: Number.NaN },
  ])
})

test('equals the plain mean and deviation of each step; the order of the sessions does not matter', () => {
  fc.assert(
    fc.property(randomSessions, sessions => {
      const points = rewardTimeline(recordSessions(sessions))
      expect(points).toHaveLength(Math.max(...sessions.map(({ steps }) => steps.length)))
      for (const { step, sessions: many, reward, deviation } of points) {
        const rewards = sessions.filter(({ steps }) => steps.length > step).map(({ steps }) => steps[step]!.reward)
        expect(many).toBe(rewards.length)
        expect(reward).toBeCloseTo(mean(rewards), 10)
        if (many > 1) expect(deviation).toBeCloseTo(sampleStandardDeviation(rewards), 10)
      }
      const shuffled = rewardTimeline(recordSessions([...sessions].reverse().map((session, number) => ({ ...session, number }))))
      shuffled.forEach(({ reward }, at) => {
        expect(reward).toBeCloseTo(points[at]!.reward, 10)
      })
    }),
  )
})

test('a segment has the timeline of its sessions alone', () => {
  fc.assert(
    fc.property(randomSessions, sessions => {
      const rows = rewardTimelineBySegment(recordSessions(sessions))
      for (const segment of new Set(sessions.map(one => one.segment))) {
        const alone = rewardTimeline(recordSessions(sessions.filter(one => one.segment === segment)))
        expect(rows.filter(row => row.segment === segment)).toEqual(alone.map(point => ({ segment, ...point })))
      }
    }),
  )
})

test('nothing recorded is refused', () => {
  expect(() => rewardTimeline(recordSessions([]))).toThrow('events has no step')
  expect(() => rewardTimelineBySegment(recordSessions([]))).toThrow('events has no step')
})
