/** Many robots at once, for pictures that do not hang on the luck of one: each has a made-up child of its own, or a shopper of the big store. */
import { mean } from 'simple-statistics'
import { epsilonGreedy } from '../agents/epsilon-greedy'
import { readTables } from '../data/read-tables'
import { candyStore } from '../envs/candy-store'
import { bootstrapInterval } from '../evaluate/bootstrap-interval'
import type { DiaryPage } from '../figures/candy-diary'
import type { StarLine } from '../figures/candy-stars'
import { train } from '../train/train'
import { candyHelper, hiddenTaste } from './candy-helper'
import { childOf } from './candy-robot'

export interface ManyRobotsOptions {
  readonly label: string
  /** How many; 200. */
  readonly robots?: number
  /** Guesses of each, counted by tens; 100. */
  readonly guesses?: number
  /** How often a robot tries something at random; .1. */
  readonly epsilon?: number
  /** What it thinks of a candy it never showed; .5. */
  readonly initialValue?: number
  /** Robots that write into one diary; 1. The stars are then the mean of these friends. */
  readonly friends?: number
  /** The children of friends like the same; true. */
  readonly alike?: boolean
}

/**
 * Stars in each ten guesses, robot by robot. Robot number n has the same child and the same luck whatever its options are, so that kinds of
 * robots can be compared child by child.
 */
export function manyRobots({
  label,
  robots = 200,
  guesses = 100,
  epsilon = 0.1,
  initialValue = 0.5,
  friends = 1,
  alike = true,
}: ManyRobotsOptions): StarLine {
  const stars = Array.from({ length: robots }, (_, seed) => {
    const children = Array.from({ length: friends }, (_, friend) => {
      const own = seed + 100_000 * friend
      return childOf(hiddenTaste(alike ? seed : own), own)
    })
    const agent = epsilonGreedy(children[0]!.spec, { epsilon, initialValue, seed })
    const actions = children.map(() => new Int32Array(1))
    const tens = new Array<number>(Math.ceil(guesses / 10)).fill(0)
    for (let guess = 0; guess < guesses; guess++) {
      // All guess before anyone writes: friends look into the diary at the same time.
      for (let friend = 0; friend < friends; friend++) agent.act(children[friend]!.observations, true, actions[friend]!)
      for (let friend = 0; friend < friends; friend++) {
        const child = children[friend]!
        child.step(actions[friend]!)
        agent.observe(child, child.observations, actions[friend]!)
        tens[Math.floor(guess / 10)]! += child.rewards[0]! / friends
      }
    }
    return tens
  })
  return { label, stars }
}

export interface StoreRobotsOptions {
  readonly label: string
  /** A folder with the tables of the shop. */
  readonly tables: string
  readonly robots?: number
  readonly visits?: number
  readonly epsilon?: number
}

/**
 * The same agent in the candy store of the guide, by the training loop that every agent has: each robot serves one shopper, ten candies a visit.
 * A star is 1 and no star 0; what the store takes off otherwise (.1 for no star, .2 for the same candy again) is left out.
 *
 * @returns stars of each visit
 */
export async function storeRobots({ label, tables, robots = 20, visits = 50, epsilon = 0.1 }: StoreRobotsOptions): Promise<StarLine> {
  const shop = readTables(tables)
  const stars: number[][] = []
  for (let robot = 0; robot < robots; robot++) {
    const store = candyStore(1, { tables: shop, onlyUsers: [robot], ignoredReward: 0, repeatReward: 0 })
    const agent = epsilonGreedy(store.spec, { epsilon, initialValue: 0.5, seed: robot })
    const { curves } = await train(agent, store, { episodes: visits, seed: robot })
    stars.push([...curves.returns])
  }
  return { label, stars }
}

/** One robot's diary after some guesses. */
export function diaryPages(after: readonly number[], seed = 1): DiaryPage[] {
  const robot = candyHelper({ seed })
  const child = childOf(hiddenTaste(seed), seed)
  return after.map(guesses => {
    while (robot.answers.length < guesses) {
      child.step(Int32Array.of(robot.guess.candy))
      robot.answer(child.rewards[0] === 1)
    }
    const counts = robot.diary.map(answers => answers.length)
    return { title: `after ${guesses} guesses`, shown: counts, stars: robot.diary.map(answers => answers.filter(Boolean).length) }
  })
}

/** 'Mix: 5 stars in the first ten, 8 in the last ten.' Means of all robots, to the nearest star. */
export function starWords({ label, stars }: StarLine): string {
  const at = (place: number) => Math.round(mean(stars.map(robot => robot[place]!)))
  return `${label}: ${at(0)} stars in the first ten, ${at(stars[0]!.length - 1)} in the last ten.`
}

/** Which of two gets more stars in all, child by child, or that it may be luck (the 95 % interval of the difference holds nought). */
export function winnerWords(one: StarLine, other: StarLine): string {
  const sum = (robot: readonly number[]) => robot.reduce((all, stars) => all + stars, 0)
  const differences = one.stars.map((robot, at) => sum(robot) - sum(other.stars[at]!))
  const { low, high } = bootstrapInterval([differences], { statistic: mean })
  if (low > 0) return `${one.label} gets more stars than ${other.label}. That is hardly luck.`
  if (high < 0) return `${other.label} gets more stars than ${one.label}. That is hardly luck.`
  return `${one.label} and ${other.label}: we can not tell who is better.`
}
