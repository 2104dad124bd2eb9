/**
 * An A/B test watched while it runs: the difference of the two means with its interval after every so many visits.
 *
 * For looking, not for stopping: each interval holds the truth 95 times in 100 when it is the only one looked at. Who looks often and stops
 * at the first that excludes 0 is wrong far more often (Armitage, McPherson & Rowe 1969).
 */
import { normalQuantile } from '../random/normal-quantile'

export interface RunningDifference {
  /** After how many visits of both groups together. */
  readonly visits: number
  /** Mean of the treatment minus mean of the control, and the ends of its interval. */
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** Fewer visits in a group, and its mean cannot be taken for normal. */
const FEWEST = 30

/**
 * @param test     what `abTest` gives: who served each visit (1 = the treatment), and what it brought
 * @param every    visits from one look to the next, at least 1
 * @param level    the share of such intervals that should hold the truth
 * @returns a row for each look; those at which a group has fewer than 30 visits are left out
 * @throws RangeError when `every` or `level` is out of range, or the lists are not of the same visits
 */
export function runningDifference(
  { assigned, outcomes }: { readonly assigned: ArrayLike<number>; readonly outcomes: ArrayLike<number> },
  every: number,
  level = 0.95,
): RunningDifference[] {
  if (!(Number.isInteger(every) && every >= 1)) throw new RangeError(`every is ${every}; it must be a whole number of at least 1`)
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it lies between 0 and 1, like .95`)
  if (assigned.length !== outcomes.length) {
    throw new RangeError(`assigned has ${assigned.length} visits and outcomes ${outcomes.length}; they must be the same ones`)
  }
  const wrong = Array.from(outcomes).findIndex(outcome => !Number.isFinite(outcome))
  if (wrong >= 0) throw new RangeError(`outcomes[${wrong}] is ${outcomes[wrong]}; every outcome must be a finite number`)
  const reach = normalQuantile((1 + level) / 2)
  const group = () => ({ count: 0, mean: 0, squares: 0 })
  const [control, treatment] = [group(), group()]
  const looks: RunningDifference[] = []
  for (let visit = 0; visit < assigned.length; visit++) {
    // Welford's sums: means and squares around them in one pass.
    const served = assigned[visit] === 1 ? treatment : control
    const distance = outcomes[visit]! - served.mean
    served.count++
    served.mean += distance / served.count
    served.squares += distance * (outcomes[visit]! - served.mean)
    if ((visit + 1) % every !== 0 || control.count < FEWEST || treatment.count < FEWEST) continue
    const variance = ({ count, squares }: typeof control) => squares / (count - 1) / count
    const spread = Math.sqrt(variance(control) + variance(treatment))
    const estimate = treatment.mean - control.mean
    looks.push({ visits: visit + 1, estimate, low: estimate - reach * spread, high: estimate + reach * spread })
  }
  return looks
}
