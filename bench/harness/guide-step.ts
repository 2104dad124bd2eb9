/** What the subjects about the guide's network share: its shape, its settings, batches, and one gradient step of Double DQN. */
import { makeNetwork, type NetworkBackend } from '../../src/networks/make-network'
import type { Network, NetworkOptions, NetworkShape } from '../../src/networks/network'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'
import { callsPerSecond } from './calls'
import type { Window } from './subject'

export const guideShape: NetworkShape = { inputs: 42, hidden: [256, 256, 128], outputs: 500 }
/** As the peer has them. */
export const guideSettings = { dropout: 0.2, loss: 'huber', clip: 'norm', clipLimit: 1 } satisfies Partial<NetworkOptions>
export const discount = 0.95
/** So small that the network stays as it began, with half of its units on: fitted to noise it would switch most off, which our kernels skip. */
export const learningRate = 1e-6

/** Different batches in turn, so that the network cannot settle on one. */
const batchCount = 16

export interface Batch {
  readonly observations: Float32Array
  readonly actions: Int32Array
  readonly rewards: Float32Array
  readonly following: Float32Array
  /** 1 where the episode goes on, 0 for one row in ten. */
  readonly goesOn: Float32Array
}

/** Standard normal observations and rewards, one row in ten terminal. */
export function makeBatches(rows: number, seed: number): readonly Batch[] {
  const generator = stream(seed, 'bench')
  const normals = (length: number) => Float32Array.from({ length }, () => normal(generator))
  return Array.from({ length: batchCount }, () => ({
    observations: normals(rows * guideShape.inputs),
    actions: Int32Array.from({ length: rows }, () => Math.floor(generator.next() * guideShape.outputs)),
    rewards: normals(rows),
    following: normals(rows * guideShape.inputs),
    goesOn: Float32Array.from({ length: rows }, () => (generator.next() < 0.1 ? 0 : 1)),
  }))
}

/**
 * Gradient steps per second: the best next actions, their values by the target network, the fit.
 *
 * @param allOn no ReLU is ever off, the worst case of kernels that skip what is zero
 */
export async function guideSteps(backend: NetworkBackend, rows: number, window: Window, allOn = false): Promise<readonly number[]> {
  const settings = { ...guideSettings, seed: window.turn, backend }
  const [online, target] = [await makeNetwork(guideShape, settings), await makeNetwork(guideShape, settings)]
  if (allOn) for (const network of [online, target]) switchOn(network)
  const batches = makeBatches(rows, window.turn)
  const best = new Int32Array(rows)
  const future = new Float32Array(rows)
  const targets = new Float32Array(rows)
  let turn = 0
  const rate = await callsPerSecond(() => {
    const { observations, actions, rewards, following, goesOn } = batches[turn++ % batchCount]!
    online.best(following, rows, best)
    target.valuesAt(following, best, rows, future)
    for (let row = 0; row < rows; row++) targets[row] = rewards[row]! + discount * future[row]! * goesOn[row]!
    online.fit(observations, actions, targets, rows, learningRate)
  }, window)
  for (const network of [online, target]) network.dispose()
  return [rate]
}

/** Biases so large that every unit is on. */
function switchOn(network: Network): void {
  const state = network.save()
  network.load({ ...state, parameters: state.parameters.map(value => (value === 0 ? 100 : value / 50)) })
}
