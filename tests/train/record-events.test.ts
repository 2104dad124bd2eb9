import { expect, test } from 'vitest'
import { myopicOracle } from '../../src/agents/myopic-oracle'
import { randomAgent } from '../../src/agents/random'
import { candyStore } from '../../src/envs/candy-store'
import type { Env } from '../../src/envs/env'
import { eventKinds } from '../../src/envs/events'
import { marketplace } from '../../src/envs/marketplace'
import { offers } from '../../src/envs/offers'
import { makeEnv, shopNames } from '../../src/envs/registry'
import { simshop } from '../../src/envs/simshop'
import { businessMetrics, businessMetricsBy } from '../../src/metrics/business-metrics'
import { eventTotals } from '../../src/metrics/event-totals'
import { evaluate } from '../../src/train/evaluate-agent'
import { playSessions } from '../../src/train/record-events'

test('has the counts, returns, lengths and profits that an evaluation of the same seed has', () => {
  const makers: ((copies: number) => Env)[] = [
    copies => simshop(copies),
    copies => candyStore(copies),
    copies => offers(copies, { users: 40 }),
    copies => marketplace(copies, { users: 20, horizon: 20 }),
  ]
  for (const make of makers) {
    const shop = make(8)
    const actor = myopicOracle(shop)
    const events = playSessions(shop, actor, { sessions: 20, seed: 5 })
    const evaluation = evaluate(actor, shop, { episodes: 20, seed: 5 })
    const [totals] = eventTotals(events, new Int32Array(20), 1)
    for (const kind of eventKinds) expect(totals!.count(kind)).toBe(evaluation.counts[kind])
    expect(events.sessions.length).toEqual(evaluation.lengths)
    const rows = businessMetricsBy(events, 'session')
    expect(rows.map(({ session }) => session)).toEqual(Array.from({ length: 20 }, (_, at) => at))
    rows.forEach(({ reward, profit, purchases }, at) => {
      expect(reward).toBeCloseTo(evaluation.returns[at]!, 10)
      expect(profit).toBeCloseTo(evaluation.profits[at]!, 10)
      expect(purchases).toBe(evaluation.purchases[at])
    })
    const { clickThroughRate, conversionRate, returnRate } = businessMetrics(events)
    expect({ clickThroughRate, conversionRate, returnRate }).toEqual({
      clickThroughRate: evaluation.clickThroughRate,
      conversionRate: evaluation.conversionRate,
      returnRate: evaluation.returnRate,
    })
  }
})

test('the record is the same however many copies are stepped together, segments too', () => {
  const play = (copies: number) => {
    const shop = marketplace(copies, { users: 20, horizon: 10 })
    const segment = (copy: number) => (shop.users.age[shop.shoppers[copy]!]! < 40 ? 'young' : 'older')
    return playSessions(shop, myopicOracle(shop), { sessions: 7, seed: 2, segment })
  }
  expect(play(3)).toEqual(play(1))
  expect(new Set(play(3).sessions.segment)).toEqual(new Set(['young', 'older']))
})

test('the segment is asked of the shopper who is there as the session begins', () => {
  const shop = marketplace(4, { users: 20, horizon: 5 })
  const { sessions } = playSessions(shop, randomAgent(shop.spec, { seed: 1 }), {
    sessions: 6,
    seed: 3,
    segment: copy => shop.users.ids[shop.shoppers[copy]!]!,
  })
  const alone = marketplace(1, { users: 20, horizon: 5 })
  sessions.segment.forEach((user, number) => {
    alone.reset(3, number)
    expect(user).toBe(alone.users.ids[alone.shoppers[0]!])
  })
})

test('the actor is asked to serve greedily, and sees what the shop shows', () => {
  const shop = candyStore(3)
  let asked = 0
  const actor = {
    act(observations: ArrayLike<number>, explore: boolean, actions: Int32Array) {
      asked++
      expect(explore).toBe(false)
      expect(Array.from(observations)).toEqual(Array.from(shop.observations))
      actions.fill(0)
    },
  }
  playSessions(shop, actor, { sessions: 4, seed: 1 })
  expect(asked).toBeGreaterThan(0)
})

test('every shop can be recorded', () => {
  for (const name of shopNames) {
    const shop = makeEnv(name, 2)
    const { sessions, rewards } = playSessions(shop, randomAgent(shop.spec, { seed: 1 }), { sessions: 2, seed: 1 })
    expect(rewards.length).toBe(sessions.length[0]! + sessions.length[1]!)
  }
})

test('what is out of range is refused', () => {
  const shop = candyStore(1)
  const actor = randomAgent(shop.spec, { seed: 1 })
  expect(() => playSessions(shop, actor, { sessions: 0, seed: 1 })).toThrow(
    'sessions is 0; it must be a whole number between 1 and 1000000',
  )
  expect(() => playSessions(shop, actor, { sessions: 1, seed: Number.NaN })).toThrow('seed is NaN')
  expect(() => playSessions(shop, actor, { sessions: 1, seed: 1, visits: 2 } as never)).toThrow('playSessions has no option "visits"')
  expect(() => playSessions(actor as never, shop as never, { sessions: 1, seed: 1 })).toThrow('env is an actor; it must be a shop')
  expect(() => playSessions(shop, {} as never, { sessions: 1, seed: 1 })).toThrow('actor is an object; it must be an actor')
})
