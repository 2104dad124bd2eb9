/**
 * The forward pass as its formula has it, one layer after the other, for one observation s:
 *
 *   h₁ = ReLU(W₁ s + b₁)    h₂ = ReLU(W₂ h₁ + b₂)    …    Q = Wₙ hₙ₋₁ + bₙ
 *
 * For reading and for figures: no dropout, as when acting. With batch normalisation a hidden layer is h₁ = ReLU(normalise(W₁ s)), by the
 * running statistics (batch-normalisation.ts). The networks compute the same, many rows at a time.
 */
import { epsilon } from './batch-normalisation'
import { checkParameters } from './check'
import { type Layer, layersOf } from './initialise'
import type { NetworkShape } from './network'

/**
 * What every layer makes of the input: [units of the first hidden layer], …, [outputs].
 *
 * @param parameters flat, as in NetworkState: layer by layer weights [inputs, outputs] row by row, then biases
 * @param input      [inputs], one row
 * @param statistics running means and variances, as in NetworkState; nothing without batch normalisation
 * @throws RangeError when one of them has another length
 */
export function activations(
  shape: NetworkShape,
  parameters: ArrayLike<number>,
  input: ArrayLike<number>,
  statistics: ArrayLike<number> = [],
): Float32Array[] {
  checkParameters(shape, parameters, input, statistics)
  const layers = layersOf(shape)
  let before = input
  return layers.map((layer, depth) => {
    let values = times(before, parameters, layer)
    if (layer.normalisation) values = normalise(values, parameters, statistics, layer.normalisation)
    values = values.map((value, unit) => value + parameters[layer.biases + unit]!)
    if (depth < layers.length - 1) values = values.map(rectify)
    before = values
    return values
  })
}

/** W h: for each unit the sum over the inputs, each times its weight. */
function times(before: ArrayLike<number>, parameters: ArrayLike<number>, { inputs, outputs, weights }: Layer): Float32Array {
  const sums = new Float32Array(outputs)
  for (let unit = 0; unit < outputs; unit++) {
    let sum = 0
    for (let at = 0; at < inputs; at++) sum += before[at]! * parameters[weights + at * outputs + unit]!
    sums[unit] = sum
  }
  return sums
}

/** ReLU: what is negative is 0. */
function rectify(value: number): number {
  return Math.max(0, value)
}

/** What is left of the sums without the running mean, in running deviations, times the scale. */
function normalise(
  sums: Float32Array,
  parameters: ArrayLike<number>,
  statistics: ArrayLike<number>,
  { scales, means, variances }: NonNullable<Layer['normalisation']>,
): Float32Array {
  return sums.map((sum, unit) => {
    const deviation = Math.sqrt(statistics[variances + unit]! + epsilon)
    return (parameters[scales + unit]! * (sum - statistics[means + unit]!)) / deviation
  })
}
