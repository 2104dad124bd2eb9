/** What TPE thinks of one hyperparameter: how densely its good and its other trials lie along it. */
import { UserError } from '../data/user-error'
import { ParzenEstimator } from './parzen-estimator'
import type { Dimension } from './search-space'
import { splitOff } from './tpe-sampler'
import type { Direction, TrialRecord } from './trial-record'
import { fits, scaleOf } from './unit-interval'

export interface ParzenDensities {
  /** Values of the hyperparameter, evenly spread (their logarithms, where the dimension is logarithmic). */
  readonly at: readonly number[]
  /** The densities there, per whole range: a hyperparameter that tells nothing has 1 everywhere. */
  readonly good: readonly number[]
  readonly other: readonly number[]
  /** The values that trials had. */
  readonly goodTrials: readonly number[]
  readonly otherTrials: readonly number[]
}

/**
 * The two densities of TPE for one hyperparameter by itself, after these trials; those that lack it, or have a value outside its range, are
 * passed over, as TPE does.
 *
 * @param dimension continuous
 * @param points    how many values to compute them at, at least 2
 * @throws UserError when the dimension has choices or steps, or no complete trial has a value of it
 */
export function parzenDensities(
  trials: readonly TrialRecord[],
  name: string,
  dimension: Dimension,
  direction: Direction,
  points = 101,
): ParzenDensities {
  const scale = scaleOf(dimension)
  if (scale.kind !== 'continuous')
    throw new UserError(`${name} has choices or steps; its densities can be drawn only where it is continuous`)
  if (!(Number.isSafeInteger(points) && points >= 2)) throw new UserError(`points is ${points}; it must be a whole number, at least 2`)
  const complete = trials.filter(({ state, configuration }) => state === 'complete' && fits(dimension, configuration[name]!))
  if (complete.length === 0) throw new UserError(`no complete trial has a ${name} of its range; TPE knows nothing yet`)
  const best = splitOff(complete, direction)
  const values = complete.map(({ configuration }) => configuration[name] as number)
  const rows = Float64Array.from(values, value => scale.place(value))
  const rowsWhere = (isGood: boolean) => complete.flatMap((trial, row) => (best.has(trial) === isGood ? [row] : []))
  const [goodRows, otherRows] = [rowsWhere(true), rowsWhere(false)]
  const places = Array.from({ length: points }, (_, at) => at / (points - 1))
  const densityOf = (chosen: readonly number[]) => {
    const estimator = new ParzenEstimator([scale], rows, chosen)
    return places.map(place => Math.exp(estimator.logDensity(Float64Array.of(place))))
  }
  return {
    at: places.map(place => scale.valueOf(place) as number),
    good: densityOf(goodRows),
    other: densityOf(otherRows),
    goodTrials: goodRows.map(row => values[row]!),
    otherTrials: otherRows.map(row => values[row]!),
  }
}
