/** The peer in our own language: a Double DQN step of the guide's network, written with TensorFlow.js's operations and optimiser. */
import type * as TensorFlow from '@tensorflow/tfjs'
import { tensorflow } from '../../src/networks/tensorflow'
import { callsPerSecond } from '../harness/calls'
import { discount, guideShape, learningRate, makeBatches } from '../harness/guide-step'
import type { Window } from '../harness/subject'

const widths = [guideShape.inputs, ...guideShape.hidden, guideShape.outputs]

/** Gradient steps per second. */
export async function tfjsSteps(rows: number, window: Window): Promise<readonly number[]> {
  const { tf: loaded, backend } = await tensorflow()
  if (backend !== 'tfjs-node') throw new Error("TensorFlow's native library did not load; there is nothing to compare with")
  const tf = loaded as unknown as typeof TensorFlow

  const layers = () =>
    widths.slice(1).map((outputs, layer) => ({
      weights: tf.variable(tf.randomUniform([widths[layer]!, outputs], -0.1, 0.1, 'float32', layer + 1)),
      biases: tf.variable(tf.zeros([outputs])),
    }))
  const [online, target] = [layers(), layers()]
  const adam = tf.train.adam(learningRate)

  const forward = (net: typeof online, input: TensorFlow.Tensor2D, learning: boolean) => {
    let x = input
    for (const [at, { weights, biases }] of net.entries()) {
      x = tf.add(tf.matMul(x, weights as unknown as TensorFlow.Tensor2D), biases)
      if (at < net.length - 1) x = tf.relu(x)
      if (learning && at < net.length - 2) x = tf.dropout(x, 0.2) as TensorFlow.Tensor2D
    }
    return x
  }
  const chosen = (values: TensorFlow.Tensor2D, actions: TensorFlow.Tensor1D) =>
    tf.sum(tf.mul(values, tf.oneHot(actions, guideShape.outputs)), 1)

  // Like PyTorch's, the batches are tensors before the clock starts.
  const batches = makeBatches(rows, window.turn).map(batch => ({
    observations: tf.tensor2d(batch.observations, [rows, guideShape.inputs]),
    actions: tf.tensor1d(batch.actions, 'int32'),
    rewards: tf.tensor1d(batch.rewards),
    following: tf.tensor2d(batch.following, [rows, guideShape.inputs]),
    goesOn: tf.tensor1d(batch.goesOn),
  }))
  let turn = 0
  const step = () => {
    const { observations, actions, rewards, following, goesOn } = batches[turn++ % batches.length]!
    const best = tf.argMax(forward(online, following, false), 1) as TensorFlow.Tensor1D
    const future = chosen(forward(target, following, false), best)
    const targets = tf.add(rewards, tf.mul(tf.mul(future, discount), goesOn))
    const { value, grads } = tf.variableGrads(
      () => tf.losses.huberLoss(targets, chosen(forward(online, observations, true), actions)),
      online.flatMap(({ weights, biases }) => [weights, biases]),
    )
    const norm = tf.sqrt(tf.addN(Object.values(grads).map(gradient => tf.sum(tf.square(gradient)))))
    const scale = tf.minimum(1, tf.div(1, tf.add(norm, 1e-6)))
    adam.applyGradients(Object.fromEntries(Object.entries(grads).map(([name, gradient]) => [name, tf.mul(gradient, scale)])))
    // Nothing waits for what was computed unless somebody reads it.
    value.dataSync()
  }
  return [await callsPerSecond(() => tf.tidy(step), window)]
}
