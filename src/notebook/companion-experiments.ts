/**
 * The small experiments of the second level: each is over in a second or two, so that it can run when a slider is let go. All give tidy rows,
 * one for each seed; seed number n has the same shoppers and the same luck whatever is changed.
 */
import { doubleDqn } from '../agents/double-dqn'
import type { DoubleDqnOptions } from '../agents/double-dqn-options'
import { epsilonGreedy } from '../agents/epsilon-greedy'
import { generateTables } from '../data/generate-tables'
import { type CandyStoreOptions, candyStore } from '../envs/candy-store'
import { bandit } from '../envs/classic/bandit'
import type { Env } from '../envs/env'
import { bestActions } from '../envs/oracle'
import { integer } from '../random/draws'
import { stream } from '../random/generator'
import { train } from '../train/train'
import { hiddenTaste } from './candy-helper'

/** The shop that networks learn in within a fifth of a second: 20 shoppers, 12 candies. */
export const smallStore = { users: 20, items: 12 } as const

/** A network that is large enough for it. */
export const smallNetwork = { hiddenUnits: [32], dropout: 0, epsilonDecay: 0.98 } as const

const seedsUpTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

/** Shoppers for measuring, never those of a training. */
const measuringSeed = 1_000_000

/**
 * What there is to gain on a shelf: the share of candies that are taken when they are picked at random, and when an oracle picks the best
 * for each shopper. A shop of its own for every seed, 50 shoppers each.
 */
export function shelfOf(candies: number, shops = 5): { seed: number; random: number; best: number }[] {
  return seedsUpTo(shops).map(seed => {
    // Nobody looks at what was bought before: without it the tables are made at once.
    const store = candyStore(100, { tables: generateTables({ seed, users: 50, items: candies, interactions: 0 }) })
    const dice = stream(seed, 'shelf')
    const random = takenShare(store, actions => {
      for (let copy = 0; copy < actions.length; copy++) actions[copy] = integer(dice, candies)
    })
    return { seed, random, best: takenShare(store, actions => bestActions(store, actions)) }
  })
}

function takenShare(store: Env, pick: (actions: Int32Array) => void): number {
  const actions = new Int32Array(store.copies)
  let taken = 0
  store.reset(measuringSeed)
  for (let step = 0; step < store.spec.horizon; step++) {
    pick(actions)
    store.step(actions)
    for (let copy = 0; copy < store.copies; copy++) if (store.chosen[copy] === 0) taken++
  }
  return taken / (store.copies * store.spec.horizon)
}

export interface StoreLessons {
  /** Of the store; the small one's unless told. */
  readonly store?: CandyStoreOptions
  /** Of the agent. */
  readonly agent?: Partial<DoubleDqnOptions>
  /** Visits that it learns from; 200. */
  readonly visits?: number
  readonly seeds?: number
}

/** What one training came to. */
export interface Lesson {
  readonly seed: number
  /** Return of a visit while it learned, the last quarter of the visits. */
  readonly learning: number
  /** Afterwards, without exploring: the return of a visit, candies taken of the ten shown, and how many different ones were shown. */
  readonly return: number
  readonly taken: number
  readonly different: number
  /** What it guesses the best candy is worth, mean over 200 first steps. */
  readonly guess: number
  /** How many of the shop's candies were shown at least once while it learned. */
  readonly tried: number
}

/** A Double DQN that learns in a small store and then serves 200 visits, once for every seed. */
export async function storeLessons({ store = {}, agent: options = {}, visits = 200, seeds = 5 }: StoreLessons = {}): Promise<Lesson[]> {
  const lessons: Lesson[] = []
  const sizes = { ...smallStore, ...store }
  for (const seed of seedsUpTo(seeds)) {
    const shop = candyStore(1, sizes)
    const tried = new Set<number>()
    const watched: Env = {
      ...shop,
      step(actions) {
        tried.add(actions[0]!)
        shop.step(actions)
      },
    }
    const agent = await doubleDqn(shop.spec, { ...smallNetwork, ...options, seed })
    try {
      const { returns } = (await train(agent, watched, { episodes: visits, seed })).curves
      const late = returns.slice(-Math.ceil(visits / 4))
      const learning = late.reduce((sum, value) => sum + value, 0) / late.length
      lessons.push({ seed, learning, ...served(agent, candyStore(200, sizes)), tried: tried.size })
    } finally {
      agent.dispose()
    }
  }
  return lessons
}

/** One visit of every copy, greedily. */
function served(agent: Awaited<ReturnType<typeof doubleDqn>>, store: Env): Pick<Lesson, 'return' | 'taken' | 'different' | 'guess'> {
  const { copies, spec } = store
  const actions = new Int32Array(copies)
  const shown = Array.from({ length: copies }, () => new Set<number>())
  const values = new Float32Array(spec.actions.kind === 'discrete' ? spec.actions.n : 0)
  let [earned, taken, guess] = [0, 0, 0]
  store.reset(measuringSeed)
  for (let copy = 0; copy < copies; copy++) {
    agent.scores(store.observations.subarray(copy * spec.width, (copy + 1) * spec.width), values)
    guess += Math.max(...values)
  }
  for (let step = 0; step < spec.horizon; step++) {
    agent.act(store.observations, false, actions)
    store.step(actions)
    for (let copy = 0; copy < copies; copy++) {
      shown[copy]!.add(actions[copy]!)
      earned += store.rewards[copy]! - store.bonuses[copy]!
      if (store.chosen[copy] === 0) taken++
    }
  }
  const different = shown.reduce((sum, items) => sum + items.size, 0)
  return { return: earned / copies, taken: taken / copies, different: different / copies, guess: guess / copies }
}

/** 200 tries with six candies of hidden taste, once for every seed: stars in all, and in the last 50 tries. The learner starts from 0. */
export function banditTries(epsilon: number, { tries = 200, seeds = 50 } = {}): { seed: number; stars: number; late: number }[] {
  return seedsUpTo(seeds).map(seed => {
    const child = bandit(1, { chances: hiddenTaste(seed) })
    child.reset(seed)
    const rewards = pulls(epsilonGreedy(child.spec, { epsilon, seed }), child, tries)
    return { seed, stars: sum(rewards), late: sum(rewards.slice(-50)) }
  })
}

/**
 * Tastes that change: 200 tries in which exploring is usual (epsilon .1), then another hidden taste, and 200 more with the epsilon given.
 * What is long ago counts less and less (constant step .1).
 *
 * @returns stars of the last 50 tries before the change, and of the last 50 of all
 */
export function changedTaste(epsilon: number, { tries = 200, seeds = 50 } = {}): { seed: number; before: number; after: number }[] {
  return seedsUpTo(seeds).map(seed => {
    const old = bandit(1, { chances: hiddenTaste(seed) })
    // The favourite of before is now liked least, and the other way round.
    const now = bandit(1, { chances: hiddenTaste(seed).map(turned) })
    old.reset(seed)
    now.reset(seed + measuringSeed)
    const young = epsilonGreedy(old.spec, { epsilon: 0.1, stepSize: 0.1, seed })
    const before = pulls(young, old, tries)
    const grown = epsilonGreedy(old.spec, { epsilon, stepSize: 0.1, seed })
    grown.load(young.save())
    return { seed, before: sum(before.slice(-50)), after: sum(pulls(grown, now, tries).slice(-50)) }
  })
}

const turned = (chance: number) => Number((1 - chance).toFixed(12))

function pulls(agent: ReturnType<typeof epsilonGreedy>, child: Env, tries: number): number[] {
  const action = new Int32Array(1)
  return Array.from({ length: tries }, () => {
    agent.act(child.observations, true, action)
    child.step(action)
    agent.observe(child, child.observations, action)
    return child.rewards[0]!
  })
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
