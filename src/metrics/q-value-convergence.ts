import { standardDeviation } from 'simple-statistics'
import { checkNumber } from '../data/check'

export interface QValueConvergence {
  /** [snapshots - 1]: how far the values moved to each snapshot from the one before, in deviations of the last one's values. */
  readonly changes: Float64Array
  /** The snapshot from which on no change exceeds the tolerance; -1 where the last change still does. */
  readonly settledAt: number
}

/**
 * Convergence of action values: how far they still move from one snapshot of training to the next.
 *
 *   change t = mean over all values of |Q_t - Q_{t-1}| / standard deviation of the last snapshot's values
 *
 * The deviation makes it comparable between agents and shops: .01 is a hundredth of what tells good actions from bad ones. Take a snapshot
 * every so many updates, always as many, of the same observations: `agent.scores(observation, out)` of each, one after the other.
 * Values that stand still need not be right, and with a learning rate that falls to 0 everything comes to stand still: look at the
 * returns as well. Where all values of the last snapshot are equal, a change is 0 or Infinity.
 *
 * @param snapshots [snapshots][values], at least two, finite, all of the same length
 * @param tolerance of a change; .01
 * @throws RangeError naming the snapshot that is wrong
 */
export function qValueConvergence(snapshots: readonly ArrayLike<number>[], tolerance = 0.01): QValueConvergence {
  checkNumber('tolerance', tolerance, 0, Number.MAX_VALUE)
  if (snapshots.length < 2) throw new RangeError(`snapshots holds ${snapshots.length}; at least two are needed to see values move`)
  const values = snapshots[0]!.length
  snapshots.forEach((snapshot, at) => {
    if (snapshot.length !== values || values === 0)
      throw new RangeError(`snapshots[${at}] has ${snapshot.length} values and the first ${values}; give as many of each, at least one`)
    const wrong = Array.from(snapshot).findIndex(value => !Number.isFinite(value))
    if (wrong >= 0) throw new RangeError(`snapshots[${at}][${wrong}] is ${snapshot[wrong]}; action values are finite numbers`)
  })
  const spread = standardDeviation(Array.from(snapshots[snapshots.length - 1]!))
  const changes = new Float64Array(snapshots.length - 1)
  for (let at = 1; at < snapshots.length; at++) {
    let moved = 0
    for (let value = 0; value < values; value++) moved += Math.abs(snapshots[at]![value]! - snapshots[at - 1]![value]!)
    changes[at - 1] = moved === 0 ? 0 : moved / values / spread
  }
  let settledAt = changes.length
  while (settledAt > 0 && changes[settledAt - 1]! <= tolerance) settledAt--
  return { changes, settledAt: settledAt === changes.length ? -1 : settledAt }
}
