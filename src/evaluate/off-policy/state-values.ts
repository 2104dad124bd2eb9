import type { LoggedFeedback } from '../../data/logged-feedback'

/**
 * What each round is worth to the judged policy: V = Σ π(a) Q(a) over all actions.
 *
 * @param policy       [rounds, actions], checked by importanceWeights
 * @param actionValues [rounds, actions]
 * @returns [rounds]
 * @throws RangeError when the policy does not tell its probability of every action
 */
export function stateValues(
  { rounds, actions }: Pick<LoggedFeedback, 'rounds' | 'actions'>,
  policy: ArrayLike<number>,
  actionValues: ArrayLike<number>,
): Float64Array {
  requireWholePolicy({ rounds, actions }, policy)
  const values = new Float64Array(rounds)
  for (let at = 0, round = 0; round < rounds; round++) {
    let value = 0
    for (let action = 0; action < actions; action++, at++) value += policy[at]! * actionValues[at]!
    values[round] = value
  }
  return values
}

/** @throws RangeError when the policy is not given as [rounds, actions] */
export function requireWholePolicy({ rounds, actions }: Pick<LoggedFeedback, 'rounds' | 'actions'>, policy: ArrayLike<number>): void {
  if (policy.length === rounds * actions) return
  throw new RangeError(
    `policy has ${policy.length} numbers; this estimator needs ${rounds * actions}, a probability of each action in each round`,
  )
}
