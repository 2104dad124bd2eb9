/** Live displays: few frames while it runs, one for good at the end, without times. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { liveTraining } from '../../src/notebook/live-chart'
import { progress, timeLeft } from '../../src/notebook/progress'
import { PLOTLY } from '../../src/notebook/show'
import type { Progress } from '../../src/train/run-record'
import { fakeKernel } from './fake-kernel'

let kernel: ReturnType<typeof fakeKernel>
let clock = 0
beforeEach(() => {
  kernel = fakeKernel()
  clock = 0
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
})
afterEach(() => {
  kernel.remove()
  vi.restoreAllMocks()
})

const state = (episode: number, stepsPerSecond = 1000): Progress => ({
  ...{ step: episode * 10, steps: Infinity, episode, episodes: 100, epsilon: 0.5, loss: 1, stepsPerSecond, secondsLeft: 9 },
  returns: Array.from({ length: episode }, (_, at) => at),
  lengths: Array.from({ length: episode }, () => 10),
  losses: Array.from({ length: episode }, () => Number.NaN),
  epsilons: Array.from({ length: episode }, () => 0.5),
})

test('the chart is drawn at most four times a second, in one place', () => {
  const { onProgress } = liveTraining()
  for (let episode = 1; episode < 100; episode++) {
    clock += 10
    onProgress(state(episode))
  }
  expect(kernel.displayed).toHaveLength(4)
  expect(kernel.displayed.map(({ update }) => update)).toEqual([false, true, true, true])
  expect(new Set(kernel.displayed.map(({ id }) => id)).size).toBe(1)
  expect(kernel.displayed.at(-1)?.data['text/html']).toMatch(/<svg.*Episode \d+ of 100 · 1,000 steps\/s · 9 s left/s)
})

test('its last frame is a figure that is the same however fast the machine was', () => {
  const last = (speed: number) => {
    const { onProgress } = liveTraining()
    onProgress(state(50, speed))
    onProgress(state(100, speed))
    onProgress(state(100, speed)) // train tells once more at the end
    return kernel.displayed.splice(0).at(-1)
  }
  const slow = last(10)
  expect(slow?.data).toHaveProperty([PLOTLY])
  expect(slow?.update).toBe(true)
  expect(JSON.stringify(last(99_999)?.data)).toBe(JSON.stringify(slow?.data))
})

test('an interrupt leaves the chart as it was, and nothing is drawn after it', () => {
  const { onProgress, signal } = liveTraining()
  onProgress(state(30))
  kernel.abort.abort()
  expect(signal?.aborted).toBe(true)
  onProgress(state(40))
  expect(kernel.displayed.at(-1)?.data['text/plain']).toContain('Stopped after 30 episodes')
})

test('a chart in a widget changes the widget and shows nothing else', () => {
  const place = { value: '' }
  const { onProgress } = liveTraining({ into: place })
  onProgress(state(30))
  expect(place.value).toContain('steps/s')
  onProgress(state(100))
  expect(place.value).toContain('<svg')
  expect(place.value).not.toContain('steps/s')
  expect(kernel.displayed).toEqual([])
})

test('a progress bar ends with the count alone', () => {
  const bar = progress('Reading', 10)
  clock = 1000
  bar.update(5)
  expect(kernel.displayed.at(-1)?.data['text/plain']).toBe('Reading: 5 of 10, 1 s left')
  bar.update(10)
  bar.finish()
  expect(kernel.displayed).toHaveLength(2)
  expect(kernel.displayed.at(-1)?.data['text/plain']).toBe('Reading: 10 of 10')
  expect(() => progress('Nothing', 0)).toThrow('total is 0')
})

test('outside a notebook only the end is told', () => {
  kernel.remove()
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const { onProgress, signal } = liveTraining({ title: 'Learning' })
  onProgress(state(50))
  onProgress(state(100))
  expect(signal).toBeUndefined()
  expect(write.mock.calls.flat().join('')).toMatch(/^Learning\. Over 100 episodes .*\n$/)
})

test('time left is told in the unit that fits', () => {
  expect([12.2, 300, 7200, Infinity].map(timeLeft)).toEqual(['13 s left', '5 min left', '2 h left', 'time left unknown'])
})
