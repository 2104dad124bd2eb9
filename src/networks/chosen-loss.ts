/** The loss of one chosen output a row, and its slope, for those networks that work out their gradient themselves. */
import type { NetworkOptions } from './network'

/**
 * The sum of the losses of `count` rows of a batch; those of the whole batch over `rows` are its mean loss.
 *
 * @param values  [count], the chosen outputs
 * @param targets of the whole batch, [rows], of which these are `from` on
 * @param slopes  [count], overwritten with the slope of the mean loss by each value
 * @param weights [rows], what each row's loss is multiplied by; 1 each when left out
 * @param errors  [rows], of which these are overwritten with target - value, when given
 */
export function chosenLoss(
  loss: NetworkOptions['loss'],
  values: Float32Array,
  targets: Float32Array,
  from: number,
  count: number,
  rows: number,
  slopes: Float32Array,
  weights?: Float32Array,
  errors?: Float32Array,
): number {
  const squared = loss === 'squared'
  let sum = 0
  for (let row = 0; row < count; row++) {
    const error = values[row]! - targets[from + row]!
    const weight = weights ? weights[from + row]! : 1
    // Huber (1964) at 1: half the square near zero, a straight line beyond.
    const near = Math.min(Math.abs(error), 1)
    sum += weight * (squared ? error * error : near * near * 0.5 + Math.abs(error) - near)
    slopes[row] = (weight * (squared ? 2 * error : Math.sign(error) * near)) / rows
    if (errors) errors[from + row] = -error
  }
  return sum
}
