/** The two networks of a Double DQN, plain or duelling: how they are made, and how their layers are named in a checkpoint. */
import { duellingNetwork } from '../networks/duelling'
import { duellingParts } from '../networks/duelling-parts'
import { parameterCount } from '../networks/initialise'
import { makeNetwork } from '../networks/make-network'
import type { Network, NetworkShape } from '../networks/network'
import type { Checkpoint } from './agent'
import type { DoubleDqnOptions } from './double-dqn-options'
import { joinLayers, type Learned, nameLayers } from './named-layers'

/** Online and target, of the same weights. */
export async function makeNetworks(shape: NetworkShape, options: DoubleDqnOptions): Promise<[Network, Network]> {
  const { dropout, initialisation, loss, clip, clipLimit, seed, backend } = options
  const settings = { dropout, initialisation, loss, clip, clipLimit, seed, backend }
  const make = options.duelling ? duellingNetwork : makeNetwork
  return [await make(shape, settings), await make(shape, settings)]
}

/** A stretch of a network's parameters that are the layers of one perceptron: all of a plain one, a part of a duelling one. */
interface Stretch {
  readonly name: string
  readonly shape: NetworkShape
  readonly from: number
  readonly to: number
}

function stretchesOf(network: string, shape: NetworkShape, duelling: boolean): readonly Stretch[] {
  if (!duelling) return [{ name: network, shape, from: 0, to: parameterCount(shape) }]
  return duellingParts(shape).map(part => ({ ...part, name: `${network}.${part.name}` }))
}

/** Adds its layers to the arrays given: `online.0.weight`, or of a duelling network `online.trunk.0.weight`. */
export function nameNetwork(
  network: string,
  shape: NetworkShape,
  duelling: boolean,
  { parameters, statistics }: Learned,
  arrays: Record<string, Checkpoint['arrays'][string]>,
  shapes: Record<string, readonly number[]>,
): void {
  for (const { name, shape: of, from, to } of stretchesOf(network, shape, duelling)) {
    nameLayers(name, of, { parameters: parameters.subarray(from, to), statistics }, arrays, shapes)
  }
}

/** @throws Error when a layer is missing or of another size */
export function joinNetwork(network: string, shape: NetworkShape, duelling: boolean, checkpoint: Checkpoint): Learned {
  const stretches = stretchesOf(network, shape, duelling)
  const joined = stretches.map(({ name, shape: of }) => joinLayers(name, of, checkpoint))
  const parameters = new Float32Array(stretches.at(-1)!.to)
  stretches.forEach(({ from }, at) => {
    parameters.set(joined[at]!.parameters, from)
  })
  // A duelling network has no running statistics, a plain one is a single stretch.
  return { parameters, statistics: joined[0]!.statistics }
}
