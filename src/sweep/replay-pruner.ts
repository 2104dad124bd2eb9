/** What a pruner would have done to trials that ran to their ends, report by report: what it saves, and which good ones it costs. */
import { mean, quantile } from 'simple-statistics'
import type { Interval } from '../evaluate/bootstrap-interval'
import { shuffle } from '../random/draws'
import { stream } from '../random/generator'
import type { Pruner } from './pruner'
import type { Direction, TrialRecord } from './trial-record'

/**
 * The trials as the pruner would have left them, had they been run one after another in the order given; those that it ends have their
 * reports up to there and no value. As in a sweep, the last report of a trial comes too late to end it.
 *
 * @param trials with reports on the way; each is compared with those before it
 */
export function replayPruner(trials: readonly TrialRecord[], pruner: Pruner, direction: Direction): TrialRecord[] {
  const through: TrialRecord[] = []
  for (const trial of trials) {
    const { number, configuration, intermediate } = trial
    let left: TrialRecord = trial
    for (let reports = 1; reports < intermediate.length; reports++) {
      const soFar = { number, configuration, intermediate: intermediate.slice(0, reports) }
      if (!pruner.prune(soFar, through, direction)) continue
      left = { ...soFar, state: 'pruned' }
      break
    }
    through.push(left)
  }
  return through
}

export interface PruningCost {
  /** Share of the steps that were not run. */
  readonly saved: number
  /** How many of the best trials were ended. */
  readonly bestEnded: number
  /** How far the best of what was left lies below (above, when minimising) the best of all: the mean, and the middle 95 % of the orders. */
  readonly regret: Interval
}

/**
 * What a pruner saves and costs, over many orders in which the trials might have been run: who comes first has nobody to be compared with.
 *
 * @param trials complete ones, their last report at the end of the training
 * @param best   of how many of the best it is counted whether they were ended; 5
 */
export function pruningCost(
  trials: readonly TrialRecord[],
  pruner: Pruner,
  direction: Direction,
  { orders = 200, best = 5, seed = 0 } = {},
): PruningCost {
  const sign = direction === 'maximise' ? 1 : -1
  const ranked = trials.filter(({ state }) => state === 'complete').sort((a, b) => sign * (b.value! - a.value!))
  const first = new Set(ranked.slice(0, best).map(({ number }) => number))
  const stepsOf = (some: readonly TrialRecord[]) =>
    some.reduce((sum, { intermediate }) => sum + intermediate[intermediate.length - 1]!.step, 0)
  const regrets: number[] = []
  let [saved, bestEnded] = [0, 0]
  for (let order = 0; order < orders; order++) {
    const left = replayPruner(shuffle(stream(seed, 'replay', order), [...ranked]), pruner, direction)
    const through = new Set(left.filter(({ state }) => state === 'complete').map(({ number }) => number))
    saved += (1 - stepsOf(left) / stepsOf(ranked)) / orders
    bestEnded += Array.from(first).filter(number => !through.has(number)).length / orders
    regrets.push(sign * (ranked[0]!.value! - ranked.find(({ number }) => through.has(number))!.value!))
  }
  const [low, high] = [0.025, 0.975].map(share => quantile(regrets, share))
  return { saved, bestEnded, regret: { estimate: mean(regrets), low: low!, high: high! } }
}
