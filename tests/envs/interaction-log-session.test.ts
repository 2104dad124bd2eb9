import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  byPlan,
  calibrationSeeds,
  episode,
  myopicPlan,
  type Session,
  sessionFigures,
  sessionOf,
  solve,
} from '../../lab/calibrate/interaction-log'
import type { Env } from '../../src/envs/env'
import { eventCode } from '../../src/envs/events'
import { interactionLog } from '../../src/envs/interaction-log'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { stream } from '../../src/random/generator'
import { temporaryFolder } from '../data/temporary'
import { eventsOf, meanAndError } from './support'

const temporary = temporaryFolder()

/** A shop of one young user who loves a book (.8) and likes a thing for the home half as well (.4). */
function tinyFolder(): string {
  const folder = join(temporary, 'tiny')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'users.csv'), 'user_id,age,gender,location,signup_date\nann,25,F,EU,0\n')
  writeFileSync(join(folder, 'items.csv'), 'item_id,title,category,price,rating\nb,Book,books,10,5\nh,Lamp,home,20,3\n')
  writeFileSync(join(folder, 'interactions.csv'), 'user_id,item_id,timestamp,weight\nann,b,1,0.8\nann,h,2,0.4\n')
  return folder
}

// appetite .9 and .45; fullness 1 after books, 0 after home and at first. After a book: book .9 · .92 · .7 = .5796, lamp .45 · .92 = .414;
// after a lamp: book .9, lamp .45 · .7 = .315.
test('worked by hand: appetite, satiation and repeats', () => {
  const env = interactionLog(1, { tables: tinyFolder(), variant: 'session', leaving: 0 })
  const expected = new Float64Array(1)
  const chances = () =>
    [0, 1].map(item => {
      expectedReward(env, Int32Array.of(item), expected)
      return Number(expected[0]!.toFixed(6))
    })
  env.reset(1)
  expect([...env.observations]).toEqual([0, 2])
  expect(chances()).toEqual([0.9, 0.45])
  env.step(Int32Array.of(0))
  expect([...env.observations]).toEqual([0, 0])
  expect(chances()).toEqual([0.5796, 0.414])
  env.step(Int32Array.of(1))
  expect([...env.observations]).toEqual([0, 1])
  expect(chances()).toEqual([0.9, 0.315])
})

test('worked by hand: who is full of books leaves after four of ten items not clicked, who is not full never does', () => {
  const env = interactionLog(64, { tables: tinyFolder(), variant: 'session', horizon: 1000 })
  env.reset(3)
  const tried = { full: 0, fresh: 0 }
  const left = { full: 0, fresh: 0 }
  for (let step = 0; step < 400; step++) {
    const before = env.observations.slice()
    env.step(new Int32Array(64).fill(step % 3 === 0 ? 1 : 0))
    for (let copy = 0; copy < 64; copy++) {
      const state = before[2 * copy + 1] === 0 ? 'full' : 'fresh'
      if (env.rewards[copy] === 1) expect(env.terminated[copy]).toBe(0)
      else tried[state]++
      left[state] += env.terminated[copy]!
      const told = eventsOf(env).filter(event => event.copy === copy && event.kind === eventCode.leave)
      if (step < 20) expect(told).toHaveLength(env.terminated[copy]!)
    }
  }
  expect(left.fresh).toBe(0)
  expect(Math.abs(left.full / tried.full - 0.4)).toBeLessThan(4 * Math.sqrt(0.24 / tried.full))
})

test('what is seen is two ids, the segment by age and the category shown last', () => {
  const env = interactionLog(40, { variant: 'session' })
  expect(env.spec.layout).toEqual([
    { name: 'user', offset: 0, shape: [1], categories: [4] },
    { name: 'history', offset: 1, shape: [1], categories: [6] },
  ])
  env.reset(1)
  const kinds = ['books', 'clothing', 'electronics', 'home', 'sports']
  for (let step = 0; step < 50; step++) {
    const actions = Int32Array.from({ length: 40 }, (_, copy) => (copy * 13 + step * 7) % 500)
    env.step(actions)
    for (let copy = 0; copy < 40; copy++) {
      const age = env.tables.users.age[env.shoppers[copy]!]!
      expect(env.observations[2 * copy]).toBe(age < 30 ? 0 : age < 45 ? 1 : age < 60 ? 2 : 3)
      const over = env.terminated[copy] || env.truncated[copy]
      expect(env.observations[2 * copy + 1]).toBe(over ? 5 : kinds.indexOf(env.tables.items.categories[actions[copy]!]!))
    }
  }
})

// The figures of the opening comment of src/envs/interaction-log.ts; lab/calibrate/interaction-log.ts prints them.
test('in the default log looking ahead is worth 28 % more than the myopic oracle, 21 % at discount .9, by exact value iteration', () => {
  const figures = sessionFigures(sessionOf({}))
  expect(100 * (figures.best / figures.myopic - 1)).toBeCloseTo(27.8, 1)
  expect(100 * (figures.ahead / figures.myopic - 1)).toBeCloseTo(21.3, 1)
  expect(figures.best).toBeCloseTo(12.39, 2)
  expect(figures.myopic).toBeCloseTo(9.69, 2)
  expect(figures.random).toBeLessThan(0.7 * figures.ahead)
})

test('over the logs of eight seeds it is worth 10 to 40 %, and a random policy is far below', () => {
  for (const dataSeed of calibrationSeeds) {
    const { best, myopic, ahead, random, qLearning, sarsa } = sessionFigures(sessionOf({ dataSeed }))
    for (const plan of [best, ahead]) {
      expect(plan / myopic).toBeGreaterThan(1.1)
      expect(plan / myopic).toBeLessThan(1.4)
    }
    expect(random).toBeLessThan(0.7 * myopic)
    expect(sarsa).toBeLessThan(0.93 * qLearning)
  }
})

test('the shop plays as the model says: the myopic oracle and the plan ahead earn their exact means', () => {
  const options = { users: 200, items: 40 }
  const session = sessionOf(options)
  const { plan } = solve(session)
  const ahead = (seen: Env, actions: Int32Array) => {
    for (let copy = 0; copy < actions.length; copy++) actions[copy] = plan[stateOf(session, seen.observations, copy)]!
  }
  for (const [policy, exact] of [
    [ahead, plan],
    [bestActions, myopicPlan(session)],
  ] as const) {
    const { mean, error } = meanAndError(firstReturns(interactionLog(1500, { ...options, variant: 'session' }), policy))
    expect(Math.abs(mean - episode(session, byPlan(session, exact)))).toBeLessThan(4 * error)
  }
})

/** The return of each copy's first episode: of the first to end, short ones would be too many. */
function firstReturns(env: Env, policy: (env: Env, actions: Int32Array) => void): number[] {
  const actions = new Int32Array(env.copies)
  const returns = new Array<number>(env.copies).fill(0)
  const over = new Uint8Array(env.copies)
  env.reset(3)
  for (let step = 0; step < env.spec.horizon; step++) {
    policy(env, actions)
    env.step(actions)
    for (let copy = 0; copy < env.copies; copy++) {
      if (!over[copy]) returns[copy]! += env.rewards[copy]!
      over[copy] ||= env.terminated[copy]!
    }
  }
  return returns
}

test('Q-learning and SARSA with epsilon .1 have different plans in the default log: the first item for users under 30, and three more', () => {
  const session = sessionOf({})
  const [greedy, soft] = [solve(session), solve(session, { epsilon: 0.1 })]
  const start = session.lasts - 1
  expect(session.category[greedy.plan[start]!]).not.toBe(session.category[soft.plan[start]!])
  expect(greedy.plan.filter((item, state) => item !== soft.plan[state])).toHaveLength(4)
})

function stateOf({ lasts }: Session, observations: Float32Array, copy: number): number {
  return observations[2 * copy]! * lasts + observations[2 * copy + 1]!
}

/** A table learned with epsilon .1, discount .9 and a rate of visits^-.7; the two rules differ in what the next state is worth. */
function learn(session: Session, options: object, onPolicy: boolean, steps: number) {
  const { items } = session
  const env = interactionLog(64, { ...options, variant: 'session' })
  const table = new Float64Array(session.leaves.length * items)
  const visits = new Float64Array(table.length)
  const luck = stream(11, 'learner')
  const best = (state: number) => {
    let at = state * items
    for (let other = at + 1; other < (state + 1) * items; other++) if (table[other]! > table[at]!) at = other
    return at
  }
  /** Where in the table the action to be taken in a state stands. */
  const choose = (state: number) => (luck.next() < 0.1 ? state * items + Math.floor(luck.next() * items) : best(state))
  env.reset(5)
  const places = Int32Array.from({ length: 64 }, (_, copy) => choose(stateOf(session, env.observations, copy)))
  for (let step = 0; step < steps; step++) {
    env.step(places.map(place => place % items))
    for (let copy = 0; copy < 64; copy++) {
      const done = places[copy]!
      const here = choose(stateOf(session, env.observations, copy))
      const last = stateOf(session, env.truncated[copy] ? env.finalObservations : env.observations, copy)
      const next = onPolicy ? (env.truncated[copy] ? choose(last) : here) : best(last)
      const target = env.rewards[copy]! + (env.terminated[copy] ? 0 : 0.9 * table[next]!)
      table[done]! += (target - table[done]!) / (++visits[done]!) ** 0.7
      places[copy] = here
    }
  }
  const rows = (state: number) => table.subarray(state * items, (state + 1) * items)
  /** What a state is worth to somebody who takes a random item that often, else the best. */
  return (state: number, epsilon: number) =>
    (1 - epsilon) * Math.max(...rows(state)) + (epsilon * rows(state).reduce((sum, value) => sum + value, 0)) / items
}

// Exactly, in this log of 60 items: 4.78 for Q-learning and 4.20 for SARSA, over the segments as they come.
test('learned from steps, SARSA values the same states lower than Q-learning, each nearer to its own exact solution', () => {
  const options = { dataSeed: 3, items: 60 }
  const session = sessionOf(options)
  const atStart = (of: (state: number) => number) =>
    session.shares.reduce((sum, share, segment) => sum + share * of((segment + 1) * session.lasts - 1), 0)
  const [byMaximum, byBehaviour] = [solve(session), solve(session, { epsilon: 0.1 })]
  const exact = [atStart(state => byMaximum.values[state]!), atStart(state => byBehaviour.values[state]!)]
  const [qLearning, sarsa] = [learn(session, options, false, 12_000), learn(session, options, true, 12_000)]
  const learned = [atStart(state => qLearning(state, 0)), atStart(state => sarsa(state, 0.1))]
  expect(exact.map(value => Number(value.toFixed(2)))).toEqual([4.78, 4.2])
  for (const at of [0, 1] as const) expect(Math.abs(learned[at]! - exact[at]!)).toBeLessThan(Math.abs(learned[at]! - exact[1 - at]!))
  expect(learned[0]! - learned[1]!).toBeGreaterThan(0.3)
})
