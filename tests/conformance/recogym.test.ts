/**
 * RecoGym's env_1 against what its authors printed: traces bit for bit, and click-through rates. The numbers and their sources stand in
 * src/conformance/recogym.ts; here they are tested, with what the shop shows of a trace.
 */
import { expect, test } from 'vitest'
import { publishedRates, recogymFigures } from '../../src/conformance/recogym'
import { gettingStarted } from '../../src/conformance/recogym-getting-started'
import { clickThroughRates } from '../../src/conformance/recogym-rates'
import { eventCode } from '../../src/envs/events'
import { recogym } from '../../src/envs/recogym'
import { eventsOf } from '../envs/support'
import { testFigures } from './test-figures'

testFigures(recogymFigures)

test('the traces of "Getting Started" as the shop shows them: views as history and context, events in the order they happen', () => {
  const { view, impression } = eventCode
  const env = recogym(1, { numpyTrace: true })
  const told = () => eventsOf(env).map(({ kind, item }) => [kind, item])
  const [first, second] = gettingStarted()
  env.reset(42)
  expect([...env.observations]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  env.step(Int32Array.of(first.actions[0]!))
  expect(told()).toEqual([
    [view, 0],
    [impression, 3],
  ])
  expect([...env.observations]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  expect(second.viewedAfter.length).toBe(18)
})

// test_agent trains on 1,000 users and tests on 1,000. The notebook's PopularityAgent recommends in proportion to all views.
test('the rates of random and popularity lie in the published intervals with streams of our own and many more users', () => {
  const rates = clickThroughRates()
  for (const policy of ['random', 'popularity'] as const) {
    expect(rates[policy].users).toBeGreaterThan(10_000)
    expect(rates[policy].error).toBeLessThan(0.00015)
    expect(rates[policy].mean).toBeGreaterThan(publishedRates[policy].low)
    expect(rates[policy].mean).toBeLessThan(publishedRates[policy].high)
  }
})
