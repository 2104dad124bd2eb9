import { describe, expect, test } from 'vitest'
import { activations } from '../../src/networks/activations'
import { layersOf, parameterCount } from '../../src/networks/initialise'
import { makeNetwork, networkBackends } from '../../src/networks/make-network'
import type { NetworkOptions, NetworkShape } from '../../src/networks/network'
import { tensorflow } from '../../src/networks/tensorflow'
import { firstMasks, lossOf, someBatch } from './plain-network'

const shape: NetworkShape = { inputs: 5, hidden: [7, 6, 3], outputs: 4 }
const normalised: NetworkShape = { ...shape, batchNormalisation: true }
const both: readonly (readonly [string, NetworkShape])[] = [
  ['plain', shape],
  ['with batch normalisation', normalised],
]
const plain: NetworkOptions = { dropout: 0, loss: 'squared', clip: 'none', clipLimit: 1, seed: 3 }

describe.each(networkBackends.filter(backend => backend !== 'auto'))('%s', backend => {
  const network = (options: Partial<NetworkOptions> = {}, of = shape) => makeNetwork(of, { ...plain, ...options, backend })

  test('outputs are those of the plain sum', async () => {
    const net = await network()
    const { inputs } = someBatch(shape, 6, 1)
    const out = new Float32Array(24)
    net.values(inputs, 6, out)
    for (let row = 0; row < 6; row++) {
      const layers = activations(shape, net.save().parameters, inputs.subarray(row * 5, row * 5 + 5))
      layers.at(-1)!.forEach((value, output) => {
        expect(out[row * 4 + output]).toBeCloseTo(value, 5)
      })
    }
    const outputs = Int32Array.of(0, 1, 2, 3, 0, 1)
    const chosen = new Float32Array(6)
    net.valuesAt(inputs, outputs, 6, chosen)
    const best = new Int32Array(6)
    net.best(inputs, 6, best)
    for (let row = 0; row < 6; row++) {
      const values = [...out.subarray(row * 4, row * 4 + 4)]
      expect(chosen[row]).toBeCloseTo(values[outputs[row]!]!, 6)
      expect(best[row]).toBe(values.indexOf(Math.max(...values)))
    }
    net.dispose()
  })

  test('of equal outputs the first is best', async () => {
    const net = await network()
    const state = net.save()
    net.load({ ...state, parameters: new Float32Array(state.parameters.length) })
    const best = Int32Array.of(9, 9)
    net.best(new Float32Array(10), 2, best)
    expect([...best]).toEqual([0, 0])
    net.dispose()
  })

  // After one update from zero moments the first moment is a tenth of the gradient, so the gradient can be read from outside.
  for (const loss of ['squared', 'huber'] as const) {
    for (const dropout of [0, 0.4]) {
      const words = `${loss} loss, dropout ${dropout}`
      test.for(both)(`rung 2: gradients of every layer agree with central differences: ${words}, %s`, async ([, shape]) => {
        const rows = 8
        const net = await network({ loss, dropout }, shape)
        const batch = someBatch(shape, rows, 2)
        // Biases away from 0: a unit whose inputs were all dropped would otherwise sit on the corner of its ReLU, where no slope is right.
        const start = net.save()
        net.load({ ...start, parameters: start.parameters.map((value, at) => value || 0.1 + 0.01 * at) })
        const parameters = Float64Array.from(net.save().parameters)
        const masks = firstMasks(shape, net.options, rows)
        const report = net.fit(batch.inputs, batch.outputs, batch.targets, rows, 1e-3)
        expect(report.loss).toBeCloseTo(lossOf(shape, loss, parameters, batch, masks), 5)
        const gradient = Array.from(net.save().firstMoments, moment => moment / 0.1)
        const numeric = gradient.map((_, at) => {
          const [step, middle] = [1e-5, parameters[at]!]
          parameters[at] = middle + step
          const above = lossOf(shape, loss, parameters, batch, masks)
          parameters[at] = middle - step
          const below = lossOf(shape, loss, parameters, batch, masks)
          parameters[at] = middle
          return (above - below) / (2 * step)
        })
        for (const { weights, biases, outputs, normalisation } of layersOf(shape)) {
          const stretches = [
            [weights, biases],
            [biases, biases + outputs],
            ...(normalisation ? [[normalisation.scales, normalisation.scales + outputs]] : []),
          ]
          for (const [from, to] of stretches as [number, number][]) {
            const size = Math.hypot(...numeric.slice(from, to))
            const off = Math.hypot(...numeric.slice(from, to).map((value, at) => value - gradient[from + at]!))
            expect(size).toBeGreaterThan(0)
            expect(off / size).toBeLessThan(1e-3)
          }
        }
        expect(report.gradientNorm).toBeCloseTo(Math.hypot(...numeric), 3)
        net.dispose()
      })
    }
  }

  test('clipping by value bounds every number, by norm their length, and the report tells the norm before', async () => {
    const batch = someBatch(shape, 8, 2)
    const gradientWith = async (clip: NetworkOptions['clip'], clipLimit: number) => {
      const net = await network({ clip, clipLimit })
      const { gradientNorm } = net.fit(batch.inputs, batch.outputs, batch.targets, 8, 1e-3)
      const gradient = Array.from(net.save().firstMoments, moment => moment / 0.1)
      net.dispose()
      return { gradient, gradientNorm }
    }
    const free = await gradientWith('none', 1)
    expect(free.gradientNorm).toBeGreaterThan(0.2)
    const byValue = await gradientWith('value', 0.05)
    byValue.gradient.forEach((value, at) => {
      expect(value).toBeCloseTo(Math.min(0.05, Math.max(-0.05, free.gradient[at]!)), 5)
    })
    const byNorm = await gradientWith('norm', 0.1)
    expect(Math.hypot(...byNorm.gradient)).toBeCloseTo(0.1, 4)
    expect(byNorm.gradient[3]! / free.gradient[3]!).toBeCloseTo(0.1 / free.gradientNorm, 4)
    expect(byNorm.gradientNorm).toBeCloseTo(free.gradientNorm, 5)
    const loose = await gradientWith('norm', 100)
    expect(Math.hypot(...loose.gradient)).toBeCloseTo(free.gradientNorm, 4)
  })

  test.for(both)('a network learns what it is told: %s', async ([, shape]) => {
    const net = await network({ dropout: 0 }, shape)
    const batch = someBatch(shape, 8, 4)
    const first = net.fit(batch.inputs, batch.outputs, batch.targets, 8, 1e-2).loss
    let last = first
    for (let step = 0; step < 300; step++) last = net.fit(batch.inputs, batch.outputs, batch.targets, 8, 1e-2).loss
    expect(last).toBeLessThan(first / 20)
    net.dispose()
  })

  test.for(both)('the same seed gives the same bytes, also after being saved in between: %s', async ([, shape]) => {
    const batches = Array.from({ length: 6 }, (_, at) => someBatch(shape, 8, at))
    const one = await network({ dropout: 0.3 }, shape)
    const two = await network({ dropout: 0.3 }, shape)
    for (const { inputs, outputs, targets } of batches) one.fit(inputs, outputs, targets, 8, 1e-2)
    for (const { inputs, outputs, targets } of batches.slice(0, 3)) two.fit(inputs, outputs, targets, 8, 1e-2)
    const three = await network({ dropout: 0.3, seed: 99 }, shape)
    three.load(two.save())
    two.dispose()
    for (const { inputs, outputs, targets } of batches.slice(3)) three.fit(inputs, outputs, targets, 8, 1e-2)
    expect(three.save()).toEqual(one.save())
    const other = await network({ dropout: 0.3, seed: 4 }, shape)
    expect(other.save().parameters).not.toEqual((await network({}, shape)).save().parameters)
  })

  test('following moves the parameters by tau, and tau 1 copies', async () => {
    const online = await network({ seed: 1 })
    const target = await network({ seed: 2 })
    const [from, to] = [online.save().parameters, target.save().parameters]
    target.follow(online, 0.25)
    target.save().parameters.forEach((value, at) => {
      expect(value).toBeCloseTo(0.25 * from[at]! + 0.75 * to[at]!, 6)
    })
    const { inputs } = someBatch(shape, 1, 1)
    target.follow(online, 1)
    expect(target.save().parameters).toEqual(from)
    const [one, two] = [new Float32Array(4), new Float32Array(4)]
    online.values(inputs, 1, one)
    target.values(inputs, 1, two)
    expect(two).toEqual(one)
    online.dispose()
    target.dispose()
  })

  // By hand: no weights but one, so that the sum of the one hidden unit is 3 s: for s = 1, 2, 6 they are 3, 6, 18 with mean 9, squares around
  // it 36 + 9 + 81 = 126 and unbiased variance 63. Running: .1 · 9 = .9 and .9 + .1 · 63 = 7.2; then .9 · .9 + .9 = 1.71 and 6.48 + 6.3 = 12.78.
  test('running statistics take a tenth of each batch, its variance unbiased', async () => {
    const net = await network({}, { inputs: 1, hidden: [1], outputs: 1, batchNormalisation: true })
    // weight, shift, scale of the unit; weight and bias of the output
    net.load({ ...net.save(), parameters: Float32Array.of(3, 0.5, 2, 1, -1) })
    expect([...net.save().statistics]).toEqual([0, 1])
    const three = [Float32Array.of(1, 2, 6), new Int32Array(3), Float32Array.of(1, 1, 1)] as const
    net.fit(...three, 3, 1e-12)
    for (const [at, value] of [0.9, 7.2].entries()) expect(net.save().statistics[at]).toBeCloseTo(value, 5)
    net.fit(...three, 3, 1e-12)
    for (const [at, value] of [1.71, 12.78].entries()) expect(net.save().statistics[at]).toBeCloseTo(value, 4)
    // Acting on s = 2: 2 · (6 - 1.71) / √12.78 + .5 = 2.90007, less 1.
    const value = new Float32Array(1)
    net.values(Float32Array.of(2), 1, value)
    expect(value[0]).toBeCloseTo(1.90007, 4)
    net.dispose()
  })

  test('with batch normalisation, following moves the running statistics as the parameters', async () => {
    const online = await network({ seed: 1 }, normalised)
    const target = await network({ seed: 2 }, normalised)
    const { inputs, outputs, targets } = someBatch(shape, 8, 1)
    for (let step = 0; step < 5; step++) online.fit(inputs, outputs, targets, 8, 1e-3)
    const [from, to] = [online.save(), target.save()]
    target.follow(online, 0.25)
    for (const part of ['parameters', 'statistics'] as const) {
      expect(from[part]).not.toEqual(to[part])
      target.save()[part].forEach((value, at) => {
        expect(value).toBeCloseTo(0.25 * from[part][at]! + 0.75 * to[part][at]!, 6)
      })
    }
    const values = () => {
      const out = new Float32Array(8 * 4)
      target.values(inputs, 8, out)
      return out
    }
    const before = values()
    target.follow(online, 1)
    expect(target.save().statistics).toEqual(from.statistics)
    const expected = new Float32Array(8 * 4)
    online.values(inputs, 8, expected)
    expect(before).not.toEqual(expected)
    expect(values()).toEqual(expected)
    for (const net of [online, target]) net.dispose()
  })

  test('with batch normalisation the value of a row does not depend on the rows beside it', async () => {
    const net = await network({}, normalised)
    const { inputs, outputs, targets } = someBatch(shape, 8, 1)
    for (let step = 0; step < 5; step++) net.fit(inputs, outputs, targets, 8, 1e-2)
    const [together, alone] = [new Float32Array(32), new Float32Array(4)]
    net.values(inputs, 8, together)
    for (let row = 0; row < 8; row++) {
      net.values(inputs.slice(row * 5, row * 5 + 5), 1, alone)
      alone.forEach((value, output) => {
        expect(value).toBeCloseTo(together[row * 4 + output]!, 5)
      })
    }
    net.dispose()
  })

  test('a batch of one row, or of numbers whose variance is not finite, cannot be normalised and changes nothing', async () => {
    const net = await network({ dropout: 0.3 }, normalised)
    const { inputs, outputs, targets } = someBatch(shape, 8, 1)
    net.fit(inputs, outputs, targets, 8, 1e-3)
    const before = net.save()
    expect(() => net.fit(inputs, outputs, targets, 1, 1e-3)).toThrow('rows is 1; with batch normalisation a network learns from at least 2')
    const huge = inputs.map(value => value * 1e20)
    expect(() => net.fit(huge, outputs, targets, 8, 1e-3)).toThrow('the step was not taken')
    expect(net.save()).toEqual(before)
    net.dispose()
  })

  test('what is not finite is refused and changes nothing, dropout stream included', async () => {
    const net = await network({ dropout: 0.3 })
    const { inputs, outputs, targets } = someBatch(shape, 8, 1)
    const before = net.save()
    const spoiled = inputs.slice()
    spoiled[7] = Number.NaN
    expect(() => net.fit(spoiled, outputs, targets, 8, 1e-3)).toThrow('inputs[7] is NaN')
    const endless = targets.slice()
    endless[2] = Infinity
    expect(() => net.fit(inputs, outputs, endless, 8, 1e-3)).toThrow('targets[2] is Infinity')
    // Finite, but its square is not.
    expect(() =>
      net.fit(
        inputs,
        outputs,
        targets.map(() => 3e38),
        8,
        1e-3,
      ),
    ).toThrow('the step was not taken')
    expect(() =>
      net.fit(
        inputs,
        outputs.map(() => 4),
        targets,
        8,
        1e-3,
      ),
    ).toThrow('outputs[0] is 4; the network has outputs 0 to 3')
    expect(net.save()).toEqual(before)
    net.dispose()
  })

  test('a state of another shape is refused', async () => {
    const net = await network()
    const other = await network({}, { inputs: 5, hidden: [7], outputs: 4 })
    const without = await network({}, normalised)
    expect(() => net.load(without.save())).toThrow('they belong to another one')
    expect(() => net.load({ ...net.save(), statistics: new Float32Array(2) })).toThrow('the saved statistics are 2 numbers')
    expect(() => net.follow(without, 1)).toThrow('5-7-6-3-4 cannot follow a network 5-7-6-3-4 with batch normalisation')
    without.dispose()
    expect(() => net.load(other.save())).toThrow('they belong to another one')
    expect(() => net.follow(other, 1)).toThrow('5-7-6-3-4 cannot follow a network 5-7-4')
    net.dispose()
    other.dispose()
  })

  test('a shape without hidden layers is a linear map, and batches may change size', async () => {
    const linear = { inputs: 3, hidden: [], outputs: 2 }
    const net = await network({ dropout: 0.2 }, linear)
    expect(net.save().parameters.length).toBe(parameterCount(linear))
    for (const rows of [1, 5, 2]) {
      const { inputs, outputs, targets } = someBatch(linear, rows, rows)
      expect(net.fit(inputs, outputs, targets, rows, 1e-3).loss).toBeGreaterThan(0)
    }
    net.dispose()
  })

  test('updates leave no tensors behind', async () => {
    const net = await network({ dropout: 0.2 }, normalised)
    const target = await network({}, normalised)
    const { tf } = await tensorflow()
    const { inputs, outputs, targets } = someBatch(shape, 8, 1)
    const before = tf.memory().numTensors
    for (let step = 0; step < 200; step++) {
      net.fit(inputs, outputs, targets, 8, 1e-3)
      target.follow(net, 0.005)
      net.best(inputs, 8, outputs)
    }
    expect(tf.memory().numTensors).toBe(before)
    net.dispose()
    target.dispose()
  })
})

test('an option outside its range is refused by name', async () => {
  await expect(makeNetwork(shape, { ...plain, dropout: 1, backend: 'tfjs' })).rejects.toThrow('dropout is 1')
  await expect(makeNetwork({ ...shape, hidden: [0] }, { ...plain, backend: 'tfjs' })).rejects.toThrow('has 0 units')
  await expect(makeNetwork(shape, { ...plain, backend: 'gpu' as 'tfjs' })).rejects.toThrow('backend is gpu; it must be one of auto, ')
})
