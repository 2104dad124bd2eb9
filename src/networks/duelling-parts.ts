/**
 * The parts of a duelling network (duelling.ts): their shapes, where their numbers lie in its flat arrays, and how they start.
 *
 * Of the hidden layers all but the last are a common trunk, and each stream has a last hidden layer of its own (Wang et al. 2016, figure 1).
 * So a shape of 42 → 256 → 256 → 128 → 500 is a trunk 42 → 256 → 256 with an advantage stream 256 → 128 → 500 and a value stream
 * 256 → 128 → 1. Trunk and advantage stream begin with the same weights as the plain network of the seed.
 */
import { stream } from '../random/generator'
import { initialParameters, parameterCount } from './initialise'
import type { Initialisation, NetworkShape } from './network'
import type { PerceptronShape } from './perceptron'

/** A part of a duelling network: where its numbers lie in the flat arrays of the state. */
export interface DuellingPart {
  readonly name: 'trunk' | 'advantage' | 'value'
  readonly shape: PerceptronShape
  readonly from: number
  readonly to: number
}

/** The parts in the order of the flat arrays. Without a hidden layer, or with one alone, there is no trunk. */
export function duellingParts({ inputs, hidden, outputs }: NetworkShape): readonly DuellingPart[] {
  const common = hidden.slice(0, -1)
  const own = hidden.slice(-1)
  const width = common.at(-1) ?? inputs
  const trunk = { inputs, hidden: common.slice(0, -1), outputs: width, activation: 'relu', activateOutputs: true } as const
  const parts: [DuellingPart['name'], PerceptronShape][] = [
    ['advantage', { inputs: width, hidden: own, outputs, activation: 'relu' }],
    ['value', { inputs: width, hidden: own, outputs: 1, activation: 'relu' }],
  ]
  if (common.length > 0) parts.unshift(['trunk', trunk])
  let from = 0
  return parts.map(([name, shape]) => {
    const to = from + parameterCount(shape)
    const part = { name, shape, from, to }
    from = to
    return part
  })
}

/** The flat parameters at the start: those of the plain network, and behind them the value stream's, from a stream of its own. */
export function duellingParameters(shape: NetworkShape, seed: number, initialisation: Initialisation): Float32Array {
  const value = duellingParts(shape).at(-1)!
  const parameters = new Float32Array(value.to)
  parameters.set(initialParameters(shape, seed, initialisation))
  parameters.set(initialParameters(value.shape, stream(seed, 'initialisation', 'value'), initialisation), value.from)
  return parameters
}
