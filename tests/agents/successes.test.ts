import { expect, test } from 'vitest'
import { markSuccesses, type Success } from '../../src/agents/successes'
import type { Env } from '../../src/envs/env'
import { EventLog, eventCode } from '../../src/envs/events'

/** Three shoppers with pages of two: the first clicked both and bought the second, the second clicked nothing, the third the second. */
function step() {
  const events = new EventLog(5)
  events.add(0, eventCode.impression, 4, 1, 0, 0)
  events.add(0, eventCode.click, 3, 0, 0, 0)
  events.add(0, eventCode.click, 4, 1, 0, 0)
  events.add(0, eventCode.purchase, 4, 1, 0, 0)
  return { copies: 3, chosen: Int32Array.of(0, -1, 1), rewards: Float64Array.of(5, 0.1, -1), events } as unknown as Env
}

function marked(places: number, success: Success): number[] {
  const out = new Uint8Array(3 * places).fill(7)
  markSuccesses(step(), places, success, out)
  return [...out]
}

test('on a page every item clicked on or bought counts, wherever it stood', () => {
  expect(marked(2, 'click')).toEqual([1, 1, 0, 0, 0, 1])
  expect(marked(2, 'purchase')).toEqual([0, 1, 0, 0, 0, 0])
  expect(marked(2, 'reward')).toEqual([1, 1, 1, 1, 0, 0])
})

test('of one action at a time it counts whether it was clicked, anything bought, or the reward above 0', () => {
  expect(marked(1, 'reward')).toEqual([1, 1, 0])
  expect(marked(1, 'purchase')).toEqual([1, 0, 0])
  const env = step()
  const out = new Uint8Array(3)
  env.chosen.set([0, -1, 0])
  markSuccesses(env, 1, 'click', out)
  expect([...out]).toEqual([1, 0, 1])
  // Clicks told of beside `chosen` do not count: an action is clicked on or not.
  env.chosen.fill(-1)
  markSuccesses(env, 1, 'click', out)
  expect([...out]).toEqual([0, 0, 0])
})
