/** The four numbers by which runs over several tasks are summed up, each with its interval (Agarwal et al. 2021, "Deep RL at the edge of the statistical precipice", rliable). */
import { mean, median } from 'simple-statistics'
import { type BootstrapOptions, bootstrapInterval, type Interval } from './bootstrap-interval'
import { interquartileMean } from './interquartile-mean'
import { optimalityGap } from './optimality-gap'

export interface AggregateOptions extends Omit<BootstrapOptions, 'statistic'> {
  /** What the optimality gap is measured from, in the unit of the scores; 1, for normalised scores. */
  readonly target?: number
}

export interface AggregateScores {
  /** Of the mean scores of the tasks; of a single task's runs. */
  readonly median: Interval
  /** Of the middle half of all runs. */
  readonly interquartileMean: Interval
  /** Of all runs. */
  readonly mean: Interval
  /** How far runs fall short of the target, on average. */
  readonly optimalityGap: Interval
}

/**
 * Scores of different tasks must be on one scale, such as 0 for random and 1 for the best known (`normalisedScores`), before they are summed up.
 *
 * rliable takes the median over tasks of each task's mean; for a single task that would be its mean, so there it is the median of the runs.
 *
 * @param strata  the scores of each task, [tasks][runs]; for one task `[scores]`
 * @throws RangeError when a task has no run, a score is not finite, or an option lies outside its range
 */
export function aggregateScores(strata: readonly ArrayLike<number>[], { target = 1, ...options }: AggregateOptions = {}): AggregateScores {
  const summed = (statistic: BootstrapOptions['statistic']) => bootstrapInterval(strata, { ...options, statistic })
  return {
    median: summed((scores, sizes) => median(sizes.length === 1 ? scores : taskMeans(scores, sizes))),
    interquartileMean: summed(interquartileMean),
    mean: summed(scores => mean(scores)),
    optimalityGap: summed(scores => optimalityGap(scores, target)),
  }
}

function taskMeans(scores: readonly number[], sizes: readonly number[]): number[] {
  let from = 0
  return sizes.map(size => {
    const runs = scores.slice(from, from + size)
    from += size
    return mean(runs)
  })
}
