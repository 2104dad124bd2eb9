/** Makes a perceptron by the name of its arithmetic, as make-network.ts does for networks. */
import { type NetworkBackend, networkBackends } from './make-network'
import type { Perceptron, PerceptronOptions, PerceptronShape } from './perceptron'
import { simdPerceptron } from './simd/perceptron'
import { tfjsPerceptron } from './tfjs-perceptron'

/** A perceptron of the shape given; its `backend` says what it computes with. */
export async function makePerceptron(
  shape: PerceptronShape,
  options: PerceptronOptions & { readonly backend: NetworkBackend },
): Promise<Perceptron> {
  const { backend, ...rest } = options
  if (!networkBackends.includes(backend)) throw new RangeError(`backend is ${backend}; it must be one of ${networkBackends.join(', ')}`)
  if (backend === 'tfjs') return tfjsPerceptron(shape, rest)
  return simdPerceptron(shape, rest, backend === 'auto' ? 'simd' : backend)
}
