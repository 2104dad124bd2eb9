import { describe, expect, test } from 'vitest'
import { drawMask, droppedWidths } from '../../src/networks/dropout'
import { duellingNetwork } from '../../src/networks/duelling'
import { duellingParts } from '../../src/networks/duelling-parts'
import { initialParameters, layersOf, parameterCount } from '../../src/networks/initialise'
import { makeNetwork, networkBackends } from '../../src/networks/make-network'
import type { NetworkOptions, NetworkShape } from '../../src/networks/network'
import { stream } from '../../src/random/generator'
import { someBatch } from './plain-network'

const shape: NetworkShape = { inputs: 5, hidden: [7, 6, 3], outputs: 4 }
const options: NetworkOptions = { dropout: 0, loss: 'squared', clip: 'none', clipLimit: 1, seed: 3 }
/** A trunk of two layers, of one, none, and no hidden layer at all. */
const shapes: readonly NetworkShape[] = [shape, { ...shape, hidden: [6, 3] }, { ...shape, hidden: [6] }, { ...shape, hidden: [] }]

/** A row through one part in double precision; the masks are its hidden layers' and, of the trunk, its outputs'. */
function through(part: ReturnType<typeof duellingParts>[number], parameters: Float64Array, row: readonly number[], masks: number[][]) {
  const layers = layersOf(part.shape)
  layers.forEach(({ outputs, weights, biases }, depth) => {
    const given = row
    row = Array.from({ length: outputs }, (_, unit) => {
      let sum = parameters[part.from + biases + unit]!
      given.forEach((value, at) => {
        sum += value * parameters[part.from + weights + at * outputs + unit]!
      })
      if (depth === layers.length - 1 && !part.shape.activateOutputs) return sum
      return Math.max(0, sum) * (masks[depth]?.[unit] ?? 1)
    })
  })
  return row
}

/** Q of every action, slow and obvious. */
function plainValues(of: NetworkShape, parameters: Float64Array, row: readonly number[], masks: number[][] = []): number[] {
  const parts = duellingParts(of)
  const [value, advantage, trunk] = [...parts].reverse()
  const seen = trunk ? through(trunk, parameters, row, masks) : row
  const [state] = through(value!, parameters, seen, [])
  const advantages = through(advantage!, parameters, seen, [])
  const mean = advantages.reduce((sum, one) => sum + one, 0) / advantages.length
  return advantages.map(one => state! + one - mean)
}

/** The weighted mean loss of a batch. */
function plainLoss(
  of: NetworkShape,
  loss: NetworkOptions['loss'],
  parameters: Float64Array,
  { inputs, outputs, targets }: ReturnType<typeof someBatch>,
  masks: readonly Float32Array[],
  weights?: Float32Array,
): number {
  const rows = outputs.length
  let sum = 0
  for (let row = 0; row < rows; row++) {
    const own = masks.map(mask => [...mask.subarray((row * mask.length) / rows, ((row + 1) * mask.length) / rows)])
    const values = plainValues(of, parameters, [...inputs.subarray(row * of.inputs, (row + 1) * of.inputs)], own)
    const error = Math.abs(values[outputs[row]!]! - targets[row]!)
    const near = Math.min(1, error)
    sum += (weights?.[row] ?? 1) * (loss === 'squared' ? error ** 2 : near ** 2 / 2 + error - near)
  }
  return sum / rows
}

// By hand: inputs [2], no hidden layer, three actions. A = [1 · 2 + 0, 2 · 2 - 1, 3 · 2 - 2] = [2, 3, 4] with mean 3; V = -1 · 2 + .5 = -1.5.
// Q = -1.5 + [2, 3, 4] - 3 = [-2.5, -1.5, -.5]. Towards 1.5 for action 2 the error is 2, the loss 4 and ∂loss/∂Q = -4. So ∂loss/∂V = -4,
// ∂loss/∂A = -4 · [-1/3, -1/3, 2/3] = [4/3, 4/3, -8/3], and the weights' slopes are twice these. Their squares: V 16 + 64, A 9.6 · (1 + 4)
// with (16 + 16 + 64) / 9 = 32/3, so 160/3; the norm is √(80 + 53.3333) = 11.5470.
test('rung 3: one step worked by hand', async () => {
  const net = await duellingNetwork({ inputs: 1, hidden: [], outputs: 3 }, { ...options, backend: 'auto' })
  net.load({ ...net.save(), parameters: Float32Array.of(1, 2, 3, 0, -1, -2, -1, 0.5) })
  const values = new Float32Array(3)
  net.values(Float32Array.of(2), 1, values)
  expect([...values]).toEqual([-2.5, -1.5, -0.5])
  const best = new Int32Array(1)
  net.best(Float32Array.of(2), 1, best)
  expect(best[0]).toBe(2)
  const errors = new Float32Array(1)
  const report = net.fit(Float32Array.of(2), Int32Array.of(2), Float32Array.of(1.5), 1, 0.1, undefined, errors)
  expect(report.loss).toBeCloseTo(4, 5)
  expect(report.gradientNorm).toBeCloseTo(11.547, 3)
  expect(errors[0]).toBeCloseTo(2, 5)
  const slopes = [8 / 3, 8 / 3, -16 / 3, 4 / 3, 4 / 3, -8 / 3, -8, -4]
  net.save().firstMoments.forEach((moment, at) => {
    expect(moment / 0.1).toBeCloseTo(slopes[at]!, 4)
  })
  net.dispose()
})

describe.each(networkBackends.filter(backend => backend !== 'auto'))('%s', backend => {
  const network = (some: Partial<NetworkOptions> = {}, of = shape) => duellingNetwork(of, { ...options, ...some, backend })

  test('values, one value a row and the best action are those of the formula', async () => {
    for (const of of shapes) {
      // Acting goes without dropout.
      const net = await network({ dropout: 0.4 }, of)
      const rows = 6
      const { inputs, outputs } = someBatch(of, rows, 1)
      const parameters = Float64Array.from(net.save().parameters)
      const [values, chosen, best] = [new Float32Array(rows * of.outputs), new Float32Array(rows), new Int32Array(rows)]
      net.values(inputs, rows, values)
      net.valuesAt(inputs, outputs, rows, chosen)
      net.best(inputs, rows, best)
      for (let row = 0; row < rows; row++) {
        const wanted = plainValues(of, parameters, [...inputs.subarray(row * of.inputs, (row + 1) * of.inputs)])
        wanted.forEach((value, output) => {
          expect(values[row * of.outputs + output]).toBeCloseTo(value, 5)
        })
        expect(chosen[row]).toBeCloseTo(wanted[outputs[row]!]!, 5)
        expect(best[row]).toBe(wanted.indexOf(Math.max(...wanted)))
      }
      net.dispose()
    }
  })

  test.each([
    ['squared', 0],
    ['squared', 0.4],
    ['huber', 0.4],
  ] as const)('rung 2: gradients through the whole of it agree with central differences: %s loss, dropout %s', async (loss, dropout) => {
    for (const of of shapes) {
      const rows = 8
      const net = await network({ loss, dropout }, of)
      const batch = someBatch(of, rows, 2)
      const weights = Float32Array.from({ length: rows }, (_, row) => 0.3 + 0.1 * row)
      // Biases away from 0, as a unit whose inputs were all dropped would sit on the corner of its ReLU.
      const start = net.save()
      net.load({ ...start, parameters: start.parameters.map((value, at) => value || 0.1 + 0.01 * (at % 20)) })
      const parameters = Float64Array.from(net.save().parameters)
      const draws = stream(options.seed, 'dropout')
      const masks = droppedWidths(of, dropout).map(width => new Float32Array(rows * width))
      for (const mask of masks) drawMask(draws, mask, dropout)
      const report = net.fit(batch.inputs, batch.outputs, batch.targets, rows, 1e-3, weights)
      expect(report.loss).toBeCloseTo(plainLoss(of, loss, parameters, batch, masks, weights), 5)
      const gradient = Array.from(net.save().firstMoments, moment => moment / 0.1)
      const numeric = gradient.map((_, at) => {
        const [step, middle] = [1e-5, parameters[at]!]
        parameters[at] = middle + step
        const above = plainLoss(of, loss, parameters, batch, masks, weights)
        parameters[at] = middle - step
        const below = plainLoss(of, loss, parameters, batch, masks, weights)
        parameters[at] = middle
        return (above - below) / (2 * step)
      })
      for (const part of duellingParts(of)) {
        for (const { weights: begins, biases, outputs } of layersOf(part.shape)) {
          for (const [from, to] of [
            [begins, biases],
            [biases, biases + outputs],
          ] as const) {
            const slopes = numeric.slice(part.from + from, part.from + to)
            const size = Math.hypot(...slopes)
            const off = Math.hypot(...slopes.map((value, at) => value - gradient[part.from + from + at]!))
            expect(size).toBeGreaterThan(0)
            expect(off / size).toBeLessThan(1e-3)
          }
        }
      }
      expect(report.gradientNorm).toBeCloseTo(Math.hypot(...numeric), 3)
      net.dispose()
    }
  })

  test('clipping by value bounds every number, by norm their length over all parts', async () => {
    const batch = someBatch(shape, 8, 2)
    const gradientWith = async (clip: NetworkOptions['clip'], clipLimit: number) => {
      const net = await network({ clip, clipLimit })
      const { gradientNorm } = net.fit(batch.inputs, batch.outputs, batch.targets, 8, 1e-3)
      const gradient = Array.from(net.save().firstMoments, moment => moment / 0.1)
      net.dispose()
      return { gradient, gradientNorm }
    }
    const free = await gradientWith('none', 1)
    expect(Math.max(...free.gradient.map(Math.abs))).toBeGreaterThan(0.05)
    expect(Math.hypot(...free.gradient)).toBeCloseTo(free.gradientNorm, 4)
    const byValue = await gradientWith('value', 0.05)
    byValue.gradient.forEach((value, at) => {
      expect(value).toBeCloseTo(Math.min(0.05, Math.max(-0.05, free.gradient[at]!)), 5)
    })
    const byNorm = await gradientWith('norm', 0.1)
    expect(Math.hypot(...byNorm.gradient)).toBeCloseTo(0.1, 4)
    expect(byNorm.gradientNorm).toBeCloseTo(free.gradientNorm, 5)
    expect(Math.hypot(...(await gradientWith('norm', 100)).gradient)).toBeCloseTo(free.gradientNorm, 4)
  })

  test('it learns what it is told, and the same seed gives the same bytes, also after being saved in between', async () => {
    const batches = Array.from({ length: 6 }, (_, at) => someBatch(shape, 8, at))
    const one = await network({ dropout: 0.3 })
    const two = await network({ dropout: 0.3 })
    for (const { inputs, outputs, targets } of batches) one.fit(inputs, outputs, targets, 8, 1e-2)
    for (const { inputs, outputs, targets } of batches.slice(0, 3)) two.fit(inputs, outputs, targets, 8, 1e-2)
    const three = await network({ dropout: 0.3, seed: 99 })
    three.load(two.save())
    for (const { inputs, outputs, targets } of batches.slice(3)) three.fit(inputs, outputs, targets, 8, 1e-2)
    expect(three.save()).toEqual(one.save())

    const learner = await network()
    const { inputs, outputs, targets } = batches[4]!
    const first = learner.fit(inputs, outputs, targets, 8, 1e-2).loss
    let last = first
    for (let step = 0; step < 100; step++) last = learner.fit(inputs, outputs, targets, 8, 1e-2).loss
    expect(last).toBeLessThan(first / 5)
    for (const net of [one, two, three, learner]) net.dispose()
  })

  test('following moves the parameters by tau, and tau 1 copies', async () => {
    const [online, target] = [await network({ seed: 1 }), await network({ seed: 2 })]
    const [from, to] = [online.save().parameters, target.save().parameters]
    target.follow(online, 0.25)
    target.save().parameters.forEach((value, at) => {
      expect(value).toBeCloseTo(0.25 * from[at]! + 0.75 * to[at]!, 6)
    })
    target.follow(online, 1)
    expect(target.save().parameters).toEqual(from)
    const plain = await makeNetwork(shape, { ...options, backend })
    expect(() => target.follow(plain, 1)).toThrow('a duelling network cannot follow')
    for (const net of [online, target, plain]) net.dispose()
  })

  test('the value of a row does not depend on the rows beside it', async () => {
    const net = await network()
    const { inputs } = someBatch(shape, 8, 1)
    const [together, alone] = [new Float32Array(32), new Float32Array(4)]
    net.values(inputs, 8, together)
    for (let row = 0; row < 8; row++) {
      net.values(inputs.slice(row * 5, row * 5 + 5), 1, alone)
      expect([...alone]).toEqual([...together.subarray(row * 4, row * 4 + 4)])
    }
    net.dispose()
  })

  test('what is not finite is refused and changes nothing, dropout stream included; batches may change size', async () => {
    const net = await network({ dropout: 0.3 })
    const { inputs, outputs, targets } = someBatch(shape, 8, 1)
    for (const rows of [8, 3, 5]) net.fit(inputs, outputs, targets, rows, 1e-3)
    const before = net.save()
    const spoiled = inputs.slice()
    spoiled[7] = Number.NaN
    expect(() => net.fit(spoiled, outputs, targets, 8, 1e-3)).toThrow('inputs[7] is NaN')
    const far = targets.map(() => 3e38)
    expect(() => net.fit(inputs, outputs, far, 8, 1e-3)).toThrow('the step was not taken')
    const endless = inputs.map(() => 3e38)
    expect(() => net.fit(endless, outputs, targets, 8, 1e-3)).toThrow()
    const nowhere = outputs.map(() => 4)
    expect(() => net.fit(inputs, nowhere, targets, 8, 1e-3)).toThrow('outputs[0] is 4; the network has outputs 0 to 3')
    expect(() => net.fit(inputs, outputs, targets, 8, 1e-3, new Float32Array(8).fill(Number.NaN))).toThrow('weights[0] is NaN')
    expect(net.save()).toEqual(before)
    // And nothing of the gradient is left: the next step is that of a network that never met them.
    const twin = await network({ dropout: 0.3 })
    twin.load(before)
    for (const one of [net, twin]) one.fit(inputs, outputs, targets, 8, 1e-3)
    expect(net.save()).toEqual(twin.save())
    for (const one of [net, twin]) one.dispose()
  })
})

test('trunk and advantages begin with the weights of the plain network, and the value stream with its own', async () => {
  const net = await duellingNetwork(shape, { ...options, backend: 'auto' })
  const { parameters } = net.save()
  const plain = initialParameters(shape, options.seed)
  expect(parameters.slice(0, plain.length)).toEqual(plain)
  const value = duellingParts(shape).at(-1)!
  expect(parameterCount(value.shape)).toBe(parameters.length - plain.length)
  expect(parameters.slice(value.from, value.from + 18)).not.toEqual(plain.slice(value.from - 18, value.from))
  net.dispose()
})

test('batch normalisation, and a state of another shape, are refused', async () => {
  const make = (of: NetworkShape) => duellingNetwork(of, { ...options, backend: 'auto' })
  await expect(make({ ...shape, batchNormalisation: true })).rejects.toThrow('batchNormalisation is true; a duelling network has none')
  const [one, two] = [await make(shape), await make({ ...shape, hidden: [7, 6] })]
  const before = one.save()
  expect(() => one.load(two.save())).toThrow('the saved parameters are')
  expect(() => one.follow(two, 1)).toThrow('a network 5-7-6-3-4 cannot follow a network 5-7-6-4')
  expect(() => one.load({ ...before, dropout: {} })).toThrow('the state of a stream is {}')
  expect(one.save()).toEqual(before)
  for (const net of [one, two]) net.dispose()
})
