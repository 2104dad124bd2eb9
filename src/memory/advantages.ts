/**
 * Generalised advantage estimation (Schulman et al. 2016, arXiv 1506.02438, equations 11 and 16): how much better an action turned out than
 * the value function had expected of its state.
 *
 *   surprise(t)  = reward(t) + discount · value(what follows) - value(t)
 *   advantage(t) = surprise(t) + discount · lambda · advantage(t + 1), or the surprise alone where the episode ended
 *   return(t)    = advantage(t) + value(t), what the value function is fitted to
 *
 * Lambda 0 trusts the value function after one step, lambda 1 the rewards to the end. What follows is worth
 *   0                                    where the episode terminated: nothing follows;
 *   the value of its last observation    where it was truncated: only our patience ended, so the estimate goes on through the time limit;
 *   value(t + 1), or `lastValues`        else.
 * In both kinds of end nothing flows back from the next episode, which begins in the same step.
 *
 * By hand, discount .5 and lambda .5, rewards 1, 2, 2, values 2, 4, 6, and 4 for what follows. The second step is truncated, its last
 * observation worth 8:
 *   surprises    1 + .5 · 4 - 2 = 1     2 + .5 · 8 - 4 = 2     2 + .5 · 4 - 6 = -2
 *   advantages   1 + .25 · 2 = 1.5      2                      -2
 *   returns      3.5                    6                      4
 * Had it terminated, its surprise were 2 - 4 = -2 and the first advantage 1 + .25 · -2 = .5.
 */

/** Steps of several copies; step t of a copy stands at t · copies + copy of every array. */
export interface Steps {
  readonly copies: number
  /** [copies]: steps of each copy. */
  readonly lengths: Int32Array
  readonly rewards: Float64Array
  /** Of the observations acted on. */
  readonly values: Float32Array
  readonly terminated: Uint8Array
  readonly truncated: Uint8Array
  /** Of the last observations of episodes, where they were truncated. */
  readonly finalValues: Float32Array
  /** [copies], of what was observed after the last step; not looked at where that step ended an episode. */
  readonly lastValues: Float32Array
}

/**
 * @param discount   what a reward one step later is worth now, 0 to 1
 * @param lambda     0 to 1
 * @param advantages overwritten, in the order of the steps
 * @param returns    overwritten likewise
 */
export function generalisedAdvantages(
  { copies, lengths, rewards, values, terminated, truncated, finalValues, lastValues }: Steps,
  discount: number,
  lambda: number,
  advantages: Float64Array,
  returns: Float64Array,
): void {
  for (let copy = 0; copy < copies; copy++) {
    let following = lastValues[copy]!
    let advantage = 0
    for (let at = (lengths[copy]! - 1) * copies + copy; at >= 0; at -= copies) {
      if (terminated[at] || truncated[at]) {
        following = terminated[at] ? 0 : finalValues[at]!
        advantage = 0
      }
      const value = values[at]!
      advantage = rewards[at]! + discount * following - value + discount * lambda * advantage
      advantages[at] = advantage
      returns[at] = advantage + value
      following = value
    }
  }
}
