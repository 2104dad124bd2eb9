/**
 * How much too high the targets of DQN and of Double DQN are when estimates have errors (van Hasselt, Guez & Silver 2016, section 4).
 *
 * All items are worth 0. Both networks say 0 plus an error from N(0, 1), and their errors for an item have the correlation given. DQN takes
 * the target network's largest value; Double DQN the target network's value of the item that the online network likes best.
 */
import { checkNumber, checkWhole } from '../data/check'
import { normal } from '../random/draws'
import { stream } from '../random/generator'

export interface OverestimationOptions {
  readonly items: number
  /** How often both networks are drawn, at least 2. */
  readonly draws: number
  /** 0 to 1. */
  readonly correlation: number
  readonly seed: number
}

export interface Estimate {
  readonly mean: number
  /** The standard error of the mean. */
  readonly error: number
}

/** What the best item seems to be worth, though it is worth 0. */
export function overestimation({ items, draws, correlation, seed }: OverestimationOptions): { dqn: Estimate; double: Estimate } {
  checkWhole('items', items, 1, 100_000)
  checkWhole('draws', draws, 2, 10_000_000)
  checkNumber('correlation', correlation, 0, 1)
  const generator = stream(seed, 'overestimation')
  const own = Math.sqrt(1 - correlation ** 2)
  const largest = new Float64Array(draws)
  const named = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    let [best, favourite, favouriteValue] = [-Infinity, -Infinity, 0]
    for (let item = 0; item < items; item++) {
      const target = normal(generator)
      const online = correlation * target + own * normal(generator)
      if (target > best) best = target
      if (online > favourite) [favourite, favouriteValue] = [online, target]
    }
    largest[draw] = best
    named[draw] = favouriteValue
  }
  return { dqn: estimate(largest), double: estimate(named) }
}

function estimate(values: Float64Array): Estimate {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares / (count - 1) / count) }
}
