import { describe, expect, test } from 'vitest'
import { actionDistribution } from '../../src/agents/action-distribution'
import { policyLoss } from '../../src/agents/policy-loss'
import { makePolicyNetwork, makeValueNetwork, type PolicyNetworkOptions } from '../../src/agents/policy-network'
import { type PpoLossOptions, ppoLoss } from '../../src/agents/ppo-loss'
import type { Block, Space, Spec } from '../../src/envs/env'
import { actionWidth, randomActions } from '../../src/envs/spaces'
import { Rollout } from '../../src/memory/rollout'
import { layersOf } from '../../src/networks/initialise'
import type { Perceptron } from '../../src/networks/perceptron'
import { tensorflow } from '../../src/networks/tensorflow'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

const plain: PpoLossOptions = { clipRange: 0.2, normaliseAdvantages: false, valueCoefficient: 0.5, entropyCoefficient: 0 }

/** A rollout of one step: two actions, each as likely when it was taken, action 1 taken. */
function oneStep(advantage: number, value: number, wanted: number): Rollout {
  const rollout = new Rollout(1, 1, 1, 1)
  rollout.add(0, Float32Array.of(0), Int32Array.of(1), Math.log(0.5), value, 0, false, false, 0)
  rollout.advantages[0] = advantage
  rollout.returns[0] = wanted
  return rollout
}

/** With logits 0 and log 3 action 1 now has 3/4: a ratio of 1.5. With 0 and -log 3 it has 1/4: .5. */
function lossOf(rollout: Rollout, logit: number, value: number, options: PpoLossOptions = plain) {
  const [slopes, valueSlopes] = [new Float64Array(2), new Float64Array(1)]
  const order = Int32Array.of(0)
  const distribution = actionDistribution({ kind: 'discrete', n: 2 })
  const [logits, values] = [Float64Array.of(0, logit), Float64Array.of(value)]
  return {
    ...ppoLoss(distribution, rollout, order, 0, 1, logits, values, options, slopes, valueSlopes),
    slopes,
    valueSlope: valueSlopes[0]!,
  }
}

describe('rung 3: the clipped surrogate by hand', () => {
  // ∂log p / ∂logits is (-3/4, 1 - 3/4) at 3/4, and (-1/4, 1 - 1/4) at 1/4.
  test('a good action already 1.5 times as likely earns no more than 1.2 times, and is not pushed', () => {
    const { policyLoss: policy, slopes, clipFraction, approximateKl } = lossOf(oneStep(2, 0, 0), Math.log(3), 0)
    expect(policy).toBeCloseTo(-2.4, 12)
    expect([...slopes]).toEqual([0, 0])
    expect(clipFraction).toBe(1)
    expect(approximateKl).toBeCloseTo(0.5 - Math.log(1.5), 12)
  })

  test('a bad action 1.5 times as likely costs all of it, and is pushed back', () => {
    const { policyLoss: policy, slopes } = lossOf(oneStep(-2, 0, 0), Math.log(3), 0)
    expect(policy).toBeCloseTo(3, 12)
    // ∂loss / ∂log p = 2 · 1.5.
    expect(slopes[0]).toBeCloseTo(-0.75, 12)
    expect(slopes[1]).toBeCloseTo(0.75, 12)
  })

  test('a good action half as likely is pulled back, a bad one is not pushed further down', () => {
    const good = lossOf(oneStep(2, 0, 0), -Math.log(3), 0)
    expect(good.policyLoss).toBeCloseTo(-1, 12)
    // ∂loss / ∂log p = -2 · .5.
    expect(good.slopes[1]).toBeCloseTo(-0.75, 12)
    const bad = lossOf(oneStep(-2, 0, 0), -Math.log(3), 0)
    expect(bad.policyLoss).toBeCloseTo(2 * 0.8, 12)
    expect([...bad.slopes]).toEqual([0, 0])
    expect(bad.clipFraction).toBe(1)
  })
})

test('rung 3: a value that has moved past its clip towards the return is held there by hand', () => {
  // Value .5, before 0, return 1: .25 plainly; held at .2 it is .8² = .64.
  const free = lossOf(oneStep(0, 0, 1), 0, 0.5)
  expect([free.valueLoss, free.valueSlope]).toEqual([0.25, -0.5])
  const held = lossOf(oneStep(0, 0, 1), 0, 0.5, { ...plain, clipValue: 0.2 })
  expect(held.valueLoss).toBeCloseTo(0.64, 12)
  expect(held.valueSlope).toBeCloseTo(0, 12)
  // Away from the return nothing holds it: value -.5 is 2.25 from 1.
  const away = lossOf(oneStep(0, 0, 1), 0, -0.5, { ...plain, clipValue: 0.2 })
  expect([away.valueLoss, away.valueSlope]).toEqual([2.25, -1.5])
})

test('rung 3: advantages 1, 2, 6 of a minibatch become -.756, -.378 and 1.134', () => {
  const rollout = new Rollout(3, 1, 1, 1)
  for (let step = 0; step < 3; step++) rollout.add(0, Float32Array.of(0), Int32Array.of(0), 0, 0, 0, false, false, 0)
  rollout.advantages.set([1, 2, 6])
  const slopes = new Float64Array(6)
  const distribution = actionDistribution({ kind: 'discrete', n: 2 })
  const options = { ...plain, normaliseAdvantages: true, clipRange: 10 }
  rollout.logProbabilities.fill(Math.log(0.5))
  ppoLoss(
    distribution,
    rollout,
    Int32Array.of(0, 1, 2),
    0,
    3,
    new Float64Array(6),
    new Float64Array(3),
    options,
    slopes,
    new Float64Array(3),
  )
  // Mean 3, deviation √(14 / 2) = 2.6458; the slope by the logit taken is -advantage / 3 · (1 - 1/2).
  for (const [row, advantage] of [-0.7559, -0.378, 1.1339].entries()) expect(slopes[2 * row]).toBeCloseTo(-advantage / 6, 4)
})

const specOf = (actions: Space, layout: readonly Block[]): Spec => {
  const width = layout.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0)
  return { name: 'hand-made', preset: 'default', options: {}, layout, width, actions, horizon: 10 }
}

const specs: Readonly<Record<string, Spec>> = {
  Discrete: specOf({ kind: 'discrete', n: 3 }, [{ name: 'context', offset: 0, shape: [4] }]),
  MultiDiscrete: specOf({ kind: 'multi-discrete', sizes: [3, 2] }, [{ name: 'context', offset: 0, shape: [4] }]),
  Slate: specOf({ kind: 'slate', candidates: 4, size: 2 }, [
    { name: 'user', offset: 0, shape: [2] },
    { name: 'candidates', offset: 2, shape: [4, 2], categories: [3, 0] },
  ]),
  'Slate of candidates alone': specOf({ kind: 'slate', candidates: 4, size: 2 }, [
    { name: 'candidates', offset: 0, shape: [4, 2], categories: [3, 0] },
  ]),
}

const options: PpoLossOptions = {
  clipRange: 0.2,
  clipValue: 0.3,
  normaliseAdvantages: true,
  valueCoefficient: 0.5,
  entropyCoefficient: 0.1,
}
const rows = 24

/** Networks, and a rollout whose policy was another one, so that some ratios lie outside the clip and some values outside theirs. */
async function scene(spec: Spec, scoring: 'candidates' | 'whole') {
  const distribution = actionDistribution(spec.actions)
  const networkOptions: PolicyNetworkOptions = { hiddenUnits: [6, 5], activation: 'tanh', scoring, backend: 'auto', seed: 3 }
  const policy = await makePolicyNetwork('ppo', spec, distribution.logits, networkOptions)
  const value = await makeValueNetwork('ppo', spec, networkOptions)
  const generator = stream(8, 'scene')
  // The first policy is nearly uniform; this one is not.
  for (const perceptron of Object.values({ ...policy.parts, ...value.parts })) {
    const state = perceptron.save()
    perceptron.load({ ...state, parameters: state.parameters.map(number => number + 0.3 * normal(generator)) })
  }
  const rollout = new Rollout(rows, 1, spec.width, distribution.size)
  const order = Int32Array.from({ length: rows }, (_, row) => rows - 1 - row)
  const logits = new Float32Array(rows * distribution.logits)
  const values = new Float32Array(rows)
  const slate = spec.layout.find(({ categories }) => categories)
  for (let step = 0; step < rows; step++) {
    const row = Float32Array.from({ length: spec.width }, () => normal(generator))
    if (slate) for (let candidate = 0; candidate < 4; candidate++) row[slate.offset + 2 * candidate] = Math.floor(3 * generator.next())
    const action = new Int32Array(actionWidth(spec.actions))
    randomActions(spec.actions, generator, action)
    rollout.add(0, row, action, 0, 0, 0, false, false, 0)
  }
  policy.values(rollout.observations, rows, logits)
  value.values(rollout.observations, rows, values)
  for (let at = 0; at < rows; at++) {
    distribution.measure(logits, at, rollout.actions, at)
    // Ratios of .6, .9, 1.1 and 1.5 by turns, and values .15 and .6 from what they were: well away from where the clips begin.
    rollout.logProbabilities[at] = distribution.logProbability - Math.log([0.6, 0.9, 1.1, 1.5][at % 4]!)
    rollout.values[at] = values[at]! + [0.15, -0.6, 0.6][at % 3]!
    rollout.advantages[at] = normal(generator)
    rollout.returns[at] = values[at]! + 2 * normal(generator)
  }
  return { spec, distribution, policy, value, rollout, order }
}

type Scene = Awaited<ReturnType<typeof scene>>
type Loss = 'ppo' | 'a2c'

function forward({ distribution, policy, value, rollout, order }: Scene, which: Loss) {
  const [logits, values] = [new Float32Array(rows * distribution.logits), new Float32Array(rows)]
  const [logitSlopes, valueSlopes] = [logits.slice(), values.slice()]
  policy.forward(rollout.observations, order, 0, rows, logits)
  value.forward(rollout.observations, order, 0, rows, values)
  const { loss } =
    which === 'ppo'
      ? ppoLoss(distribution, rollout, order, 0, rows, logits, values, options, logitSlopes, valueSlopes)
      : policyLoss(distribution, rollout, order, logits, values, options, logitSlopes, valueSlopes)
  return { loss, logitSlopes, valueSlopes }
}

/** By perceptron: the gradient of the whole loss by its parameters. */
function gradients(now: Scene, which: Loss): Readonly<Record<string, Float32Array>> {
  const { logitSlopes, valueSlopes } = forward(now, which)
  now.policy.backward(logitSlopes)
  now.value.backward(valueSlopes)
  const parts: Readonly<Record<string, Perceptron>> = { ...now.policy.parts, ...now.value.parts }
  return Object.fromEntries(
    Object.entries(parts).map(([name, perceptron]) => {
      const gradient = perceptron.gradient()
      perceptron.clearGradient()
      return [name, gradient]
    }),
  )
}

const distance = (one: ArrayLike<number>, other: ArrayLike<number>) => {
  let [squares, size] = [0, 0]
  for (let at = 0; at < one.length; at++) {
    squares += (one[at]! - other[at]!) ** 2
    size += other[at]! ** 2
  }
  return Math.sqrt(squares / size)
}

const cases: readonly (readonly [string, 'candidates' | 'whole'])[] = [
  ['Discrete', 'whole'],
  ['MultiDiscrete', 'whole'],
  ['Slate', 'candidates'],
  ['Slate', 'whole'],
  ['Slate of candidates alone', 'candidates'],
]

describe.each(cases)('rung 2: the gradient of the whole loss, %s, %s', (name, scoring) => {
  test.each(['ppo', 'a2c'] as const)('of %s agrees with central differences', async which => {
    const now = await scene(specs[name]!, scoring)
    const found = gradients(now, which)
    const step = 4e-3
    for (const [part, perceptron] of Object.entries({ ...now.policy.parts, ...now.value.parts })) {
      const kept = perceptron.save()
      const differences = found[part]!.map((_, at) => {
        const moved = (by: number) => {
          const parameters = kept.parameters.slice()
          parameters[at]! += by
          perceptron.load({ ...kept, parameters })
          const { loss } = forward(now, which)
          return { loss, at: parameters[at]! }
        }
        const [above, below] = [moved(step), moved(-step)]
        return (above.loss - below.loss) / (above.at - below.at)
      })
      perceptron.load(kept)
      expect(distance(found[part]!, differences), part).toBeLessThan(1e-3)
    }
  })
})

/** What we use of a tensor of TensorFlow.js beside what the networks do. */
interface Tensor {
  dataSync(): Float32Array
  matMul(other: Tensor): Tensor
  add(other: Tensor | number): Tensor
  sub(other: Tensor | number): Tensor
  mul(other: Tensor | number): Tensor
  div(other: Tensor | number): Tensor
  tanh(): Tensor
  exp(): Tensor
  logSoftmax(): Tensor
  sum(axis?: number): Tensor
  mean(): Tensor
  square(): Tensor
  neg(): Tensor
  clipByValue(low: number, high: number): Tensor
  reshape(shape: readonly number[]): Tensor
  slice(begin: readonly number[], size: readonly number[]): Tensor
}
interface Library {
  tensor(values: ArrayLike<number>, shape: readonly number[]): Tensor
  maximum(one: Tensor, other: Tensor): Tensor
  grads(f: (...parameters: Tensor[]) => Tensor): (parameters: readonly Tensor[]) => Tensor[]
}

test('rung 2: the gradient of the whole PPO loss agrees with the automatic differentiation of TensorFlow.js', async () => {
  const now = await scene(specs.MultiDiscrete!, 'whole')
  const found = gradients(now, 'ppo')
  const tf = (await tensorflow()).tf as unknown as Library
  const { rollout, order } = now
  const column = (values: ArrayLike<number>) =>
    tf.tensor(
      Float32Array.from(order, place => values[place]!),
      [rows],
    )
  const inputs = tf.tensor(
    Array.from(order).flatMap(place => [...rollout.observations.subarray(place * 4, (place + 1) * 4)]),
    [rows, 4],
  )
  const chosen = (part: number, size: number) =>
    tf.tensor(
      Array.from(order).flatMap(place =>
        Array.from({ length: size }, (_, option) => (rollout.actions[place * 2 + part] === option ? 1 : 0)),
      ),
      [rows, size],
    )
  const advantages = Float64Array.from(order, place => rollout.advantages[place]!)
  const mean = advantages.reduce((sum, advantage) => sum + advantage, 0) / rows
  const deviation = Math.sqrt(advantages.reduce((sum, advantage) => sum + (advantage - mean) ** 2, 0) / (rows - 1)) + 1e-8
  const normalised = tf.tensor(
    Float32Array.from(advantages, advantage => (advantage - mean) / deviation),
    [rows],
  )

  const [policy, value] = [now.policy.parts.policy!, now.value.parts.value!]
  const tensorsOf = ({ shape }: Perceptron, parameters: Float32Array) =>
    layersOf(shape).flatMap(({ inputs: from, outputs, weights, biases }) => [
      tf.tensor(parameters.subarray(weights, biases), [from, outputs]),
      tf.tensor(parameters.subarray(biases, biases + outputs), [outputs]),
    ])
  const outputs = (parameters: readonly Tensor[]) => {
    let out = inputs
    for (let at = 0; at < parameters.length; at += 2) {
      out = out.matMul(parameters[at]!).add(parameters[at + 1]!)
      if (at < parameters.length - 2) out = out.tanh()
    }
    return out
  }
  const own = tensorsOf(policy, policy.save().parameters)
  const all = [...own, ...tensorsOf(value, value.save().parameters)]
  const loss = (...parameters: Tensor[]) => {
    const logits = outputs(parameters.slice(0, own.length))
    const logs = [logits.slice([0, 0], [rows, 3]).logSoftmax(), logits.slice([0, 3], [rows, 2]).logSoftmax()] as const
    const logProbability = logs[0]
      .mul(chosen(0, 3))
      .sum(1)
      .add(logs[1].mul(chosen(1, 2)).sum(1))
    const ratio = logProbability.sub(column(rollout.logProbabilities)).exp()
    const surrogate = tf.maximum(normalised.neg().mul(ratio), normalised.neg().mul(ratio.clipByValue(0.8, 1.2))).mean()
    const entropy = logs[0].mul(logs[0].exp()).sum(1).add(logs[1].mul(logs[1].exp()).sum(1)).neg().mean()
    const values = outputs(parameters.slice(own.length)).reshape([rows])
    const old = column(rollout.values)
    const held = old.add(values.sub(old).clipByValue(-0.3, 0.3))
    const wanted = column(rollout.returns)
    const error = tf.maximum(values.sub(wanted).square(), held.sub(wanted).square()).mean()
    return surrogate.add(error.mul(0.5)).sub(entropy.mul(0.1))
  }
  const flat = (gradient: readonly Tensor[]) => Float32Array.from(gradient.flatMap(tensor => [...tensor.dataSync()]))
  const wanted = tf.grads(loss)(all)
  expect(distance(found.policy!, flat(wanted.slice(0, own.length)))).toBeLessThan(1e-4)
  expect(distance(found.value!, flat(wanted.slice(own.length)))).toBeLessThan(1e-4)
})
