import { describe, expect, test } from 'vitest'
import { brokenLearners, watchLearner } from '../../src/train/broken-learners'

const options = { shop: { users: 20, items: 12 }, seed: 1, episodes: 80, every: 20 }
const find = (label: string) => brokenLearners.find(learner => learner.label === label)!

describe('broken learners', () => {
  test('there are six, and a healthy one to compare with', () => {
    expect(brokenLearners.map(({ label }) => label)).toEqual(['healthy', 'A', 'B', 'C', 'D', 'E', 'F'])
    expect(new Set(brokenLearners.map(({ mistake }) => mistake)).size).toBe(7)
  })

  test('a learner is watched every so many episodes', async () => {
    const { points, earned } = await watchLearner(find('healthy'), options)
    expect(points.map(({ episode }) => episode)).toEqual([20, 40, 60, 80])
    for (const point of points)
      for (const value of [point.return, point.loss, point.epsilon, point.value]) expect(value).toBeTypeOf('number')
    expect(points[3]!.epsilon).toBeCloseTo(0.995 ** 80, 6)
    expect(Number.isFinite(earned)).toBe(true)
  })

  test('the same seed gives the same curves', async () => {
    expect(await watchLearner(find('C'), options)).toEqual(await watchLearner(find('C'), options))
  })

  test('mistakes leave their prints: epsilon stays at 1 in A, swapped rewards look too good in D, nothing follows a reward in F', async () => {
    const [healthy, a, d, f] = await Promise.all(['healthy', 'A', 'D', 'F'].map(label => watchLearner(find(label), options)))
    const last = (watched: typeof healthy) => watched!.points[3]!
    expect(last(a).epsilon).toBe(1)
    expect(last(d).return).toBeGreaterThan(last(healthy).return)
    // D is paid for what nobody wants; by the right rewards it earns less than it is paid.
    expect(d!.earned).toBeLessThan(last(d).return)
    expect(last(f).value).toBeLessThan(last(healthy).value)
  })
})
