/**
 * Early stopping: a training ends when its evaluations have got no better for a while (Prechelt 1998, "Early stopping – but when?").
 *
 * What counts as the training's result is where it ended, not its best evaluation: the highest of many noisy measurements is too high, and
 * the policy that had it is gone.
 */
import { type Measure, measureOf } from './measures'
import type { OnEvaluation } from './train'

export interface EarlyStoppingRule {
  /** Evaluations in a row without a gain after which the training ends; at least 1. */
  readonly patience: number
  /** How far an evaluation must be above the best so far to count as a gain; 0: any bit. */
  readonly minimumGain?: number
}

/**
 * Whether a training with these evaluations, oldest first, has not gained for as long as the rule has patience.
 *
 * @param goal which values are good; 'maximise' unless told
 */
export function isStagnant(
  values: readonly number[],
  { patience, minimumGain = 0 }: EarlyStoppingRule,
  goal: 'maximise' | 'minimise' = 'maximise',
): boolean {
  const sign = goal === 'maximise' ? 1 : -1
  let best = -Infinity
  let waited = 0
  for (const value of values) {
    waited++
    // The best moves with gains alone, so that many small steps add up to one.
    if (best === -Infinity || sign * value > best + minimumGain) {
      best = sign * value
      waited = 0
    }
  }
  return waited >= patience
}

/**
 * An `onEvaluation` for one call of `train`: `onEvaluation: earlyStopping({ patience: 5, minimumGain: .05 })`.
 *
 * @throws RangeError for a rule that is none
 */
export function earlyStopping(
  rule: EarlyStoppingRule & { readonly measure?: Measure; readonly goal?: 'maximise' | 'minimise' },
): OnEvaluation {
  const { patience, minimumGain = 0, measure = 'return', goal } = rule
  if (!(Number.isInteger(patience) && patience >= 1)) {
    throw new RangeError(`patience is ${patience}; it must be a whole number of at least 1`)
  }
  if (!(minimumGain >= 0)) throw new RangeError(`minimumGain is ${minimumGain}; it must be a number of at least 0`)
  const heard: number[] = []
  return (evaluation, soFar) => {
    heard.push(measureOf(evaluation, measure))
    // `soFar` knows what came before a checkpoint as well, but the returns alone.
    const values = measure === 'return' ? soFar.map(({ mean }) => mean) : heard
    return isStagnant(values, rule, goal) ? 'stop' : undefined
  }
}
