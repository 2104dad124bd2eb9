/** The numbers a perceptron starts with, the same for every backend. */
import { stream } from '../random/generator'
import { initialParameters, layersOf, parameterCount } from './initialise'
import { orthogonal } from './orthogonal'
import type { PerceptronOptions, PerceptronShape } from './perceptron'

export function initialPerceptron(shape: PerceptronShape, options: PerceptronOptions): Float32Array {
  const { initialisation, outputGain = Math.SQRT2, seed, stream: name = 'initialisation' } = options
  const generator = stream(seed, name)
  if (initialisation !== 'orthogonal') return initialParameters(shape, generator, initialisation)
  const parameters = new Float32Array(parameterCount(shape))
  layersOf(shape).forEach(({ inputs, outputs, weights, biases }, layer) => {
    const gain = layer === shape.hidden.length ? outputGain : Math.SQRT2
    orthogonal(generator, parameters.subarray(weights, biases), inputs, outputs, gain)
  })
  return parameters
}
