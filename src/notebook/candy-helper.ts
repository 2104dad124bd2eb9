/** The robot of the first level: a real epsilon-greedy agent, one guess at a time, and the diary of what came of its guesses. */
import { epsilonGreedy } from '../agents/epsilon-greedy'
import { bandit } from '../envs/classic/bandit'
import { candyNames } from '../figures/candy-pictures'
import { shuffle } from '../random/draws'
import { stream } from '../random/generator'

/** How often a made-up child likes each of the six candies, before they are dealt out. Ours: one clear favourite, one that is nearly as good. */
const tastes = [0.9, 0.7, 0.5, 0.3, 0.2, 0.1] as const

/** The hidden taste of a made-up child: [candies], the chance of a star. Another child for every seed. */
export function hiddenTaste(seed: number): number[] {
  return shuffle(stream(seed, 'candy taste'), [...tastes])
}

export interface Guess {
  readonly candy: number
  /** Never shown before; the best it knows; or something else, to learn. */
  readonly why: 'new' | 'best' | 'other'
}

export interface HelperOptions {
  /** How often it tries something at random; .1. */
  readonly epsilon?: number
  /** What it thinks of a candy it never showed, from 0 to 1; .5, which is 'maybe'. */
  readonly initialValue?: number
  readonly seed?: number
}

export interface CandyHelper {
  /** Waits for an answer. */
  readonly guess: Guess
  /** [candies]: every answer to that candy, first to last; true is a star. */
  readonly diary: readonly (readonly boolean[])[]
  /** Every answer, first to last. */
  readonly answers: readonly boolean[]
  /** [candies]: what it thinks of each, 0 to 1. */
  thoughts(): number[]
  /** Tells it whether the guess gets a star; it learns and guesses again. */
  answer(star: boolean): void
}

/** The candy it now likes best of a diary's owner: index of the largest, the first of several. */
export function largest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values))
}

export function candyHelper({ epsilon = 0.1, initialValue = 0.5, seed = 0 }: HelperOptions = {}): CandyHelper {
  // The answers come from outside, a reader or a made-up child, and are written where the shop's own would stand.
  const shop = bandit(1, { chances: candyNames.map(() => 0) })
  const agent = epsilonGreedy(shop.spec, { epsilon, initialValue, seed })
  const action = new Int32Array(1)
  const values = new Float32Array(candyNames.length)
  const diary: boolean[][] = candyNames.map(() => [])
  const answers: boolean[] = []

  function thoughts(): number[] {
    agent.scores(shop.observations, values)
    return Array.from(values)
  }

  function next(): Guess {
    agent.act(shop.observations, true, action)
    const candy = action[0]!
    const now = thoughts()
    return { candy, why: diary[candy]!.length === 0 ? 'new' : now[candy] === Math.max(...now) ? 'best' : 'other' }
  }

  let guess = next()
  return {
    get guess() {
      return guess
    },
    diary,
    answers,
    thoughts,
    answer(star) {
      shop.rewards[0] = star ? 1 : 0
      agent.observe(shop, shop.observations, action)
      diary[guess.candy]!.push(star)
      answers.push(star)
      guess = next()
    },
  }
}
