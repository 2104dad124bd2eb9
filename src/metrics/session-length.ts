import { mean } from 'simple-statistics'

/**
 * Session length: the mean number of interactions in a session (the guide, "Online Metrics").
 *
 * @param lengths  steps of each session, 0 or more
 * @throws RangeError when there is no session, or a length is negative or NaN
 */
export function sessionLength(lengths: ArrayLike<number>): number {
  const all = Array.from(lengths)
  if (all.length === 0) throw new RangeError('lengths is empty; session length needs at least one session')
  const wrong = all.findIndex(length => !(length >= 0 && length < Infinity))
  if (wrong >= 0) throw new RangeError(`lengths[${wrong}] is ${all[wrong]}; a session has 0 or more steps`)
  return mean(all)
}
