/** The parts of a policy-gradient agent's checkpoint: networks, their optimiser, and the rollout. Reading checks all before any of it moves. */
import type { Rollout } from '../memory/rollout'
import { initialPerceptron } from '../networks/initial-perceptron'
import type { Perceptron, PerceptronState } from '../networks/perceptron'
import type { Checkpoint } from './agent'
import { arrayOf } from './checkpoints'
import { type CheckpointParts, namePerceptron, readPerceptron, unmoved } from './named-perceptrons'

type Perceptrons = Readonly<Record<string, Perceptron>>

/** Weights and biases by layer, and the moments unless acting alone is wanted. */
export function saveNetworks(networks: Perceptrons, policyOnly: boolean, parts: CheckpointParts): void {
  for (const [name, network] of Object.entries(networks)) namePerceptron(name, network.shape, network.save(), !policyOnly, parts)
}

/**
 * Reads the networks; a policy alone begins with a fresh optimiser and a fresh value network.
 *
 * @returns what takes them over
 * @throws Error when a part is missing or of another size
 */
export function loadNetworks(policy: Perceptrons, value: Perceptrons, checkpoint: Checkpoint): () => void {
  const { policyOnly } = checkpoint
  const read = (name: string, network: Perceptron): PerceptronState => {
    if (policyOnly && name in value) return unmoved(initialPerceptron(network.shape, network.options))
    return readPerceptron(name, network.shape, checkpoint, !policyOnly)
  }
  const taken = Object.entries({ ...policy, ...value }).map(([name, network]) => [network, read(name, network)] as const)
  return () => {
    for (const [network, state] of taken) network.load(state)
  }
}

export function saveRollout(rollout: Rollout, { arrays, shapes }: CheckpointParts): void {
  const saved = rollout.save()
  arrays['rollout.lengths'] = saved.lengths
  arrays['rollout.lastValues'] = saved.lastValues
  for (const [name, array] of Object.entries(saved.arrays)) arrays[`rollout.${name}`] = array
  shapes['rollout.observations'] = [saved.arrays.values.length, rollout.width]
}

/** Into a rollout of its own, not yet the agent's. @throws Error when a part is missing or does not fit */
export function loadRollout(rollout: Rollout, checkpoint: Checkpoint): void {
  const { copies, width, action } = rollout
  const lengths = arrayOf(checkpoint, 'rollout.lengths', Int32Array, copies)
  if (lengths.some(length => length < 0))
    throw new Error(`the lengths of the rollout are ${lengths.join()} in the checkpoint; counts are needed`)
  const rows = copies * lengths.reduce((most, length) => Math.max(most, length), 0)
  const floats = (name: string, length: number) => arrayOf(checkpoint, `rollout.${name}`, Float32Array, length)
  const doubles = (name: string) => arrayOf(checkpoint, `rollout.${name}`, Float64Array, rows)
  const flags = (name: string) => arrayOf(checkpoint, `rollout.${name}`, Uint8Array, rows)
  rollout.load({
    lengths,
    lastValues: floats('lastValues', copies),
    arrays: {
      observations: floats('observations', rows * width),
      actions: arrayOf(checkpoint, 'rollout.actions', Int32Array, rows * action),
      logProbabilities: doubles('logProbabilities'),
      values: floats('values', rows),
      rewards: doubles('rewards'),
      terminated: flags('terminated'),
      truncated: flags('truncated'),
      finalValues: floats('finalValues', rows),
    },
  })
}
