/** Makes a network by the name of its arithmetic: the one place that knows which implementations of the seam there are. */
import type { Network, NetworkOptions, NetworkShape } from './network'
import type { SimdBackend } from './simd/engine'
import { simdNetwork } from './simd/network'
import { tfjsNetwork } from './tfjs'

/**
 * What a network can compute with.
 *
 * - `simd`: fused WebAssembly kernels, several times as fast as tfjs wherever both were measured (`npm run bench tfjs-step`);
 * - `simd-relaxed`: the same with fused multiply-add, which rounds differently;
 * - `tfjs`: TensorFlow.js, the readable reference, native where its library is there, else its WebAssembly backend;
 * - `auto`: `simd`.
 */
export const networkBackends = ['auto', 'simd', 'simd-relaxed', 'tfjs'] as const

export type NetworkBackend = (typeof networkBackends)[number]

/** A network of the shape given; its `backend` says what it computes with. */
export async function makeNetwork(shape: NetworkShape, options: NetworkOptions & { readonly backend: NetworkBackend }): Promise<Network> {
  const { backend, ...rest } = options
  if (!networkBackends.includes(backend)) throw new RangeError(`backend is ${backend}; it must be one of ${networkBackends.join(', ')}`)
  if (backend === 'tfjs') return tfjsNetwork(shape, rest)
  const arithmetic: SimdBackend = backend === 'auto' ? 'simd' : backend
  return simdNetwork(shape, rest, arithmetic)
}
