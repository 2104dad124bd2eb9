import path from 'node:path'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildSimd } from '../../lab/setup/build-simd.mjs'
import { checkout, places } from '../../lab/setup/places.mjs'
import { activations } from '../../src/networks/activations'
import { parameterCount } from '../../src/networks/initialise'
import type { NetworkOptions, NetworkShape } from '../../src/networks/network'
import { simdBackends, simdEngine } from '../../src/networks/simd/engine'
import { simdNetwork } from '../../src/networks/simd/network'
import { tfjsNetwork } from '../../src/networks/tfjs'
import { firstMasks, lossOf, PlainNetwork, someBatch } from './plain-network'

const shape: NetworkShape = { inputs: 5, hidden: [37, 66, 33], outputs: 45 }
const normalised: NetworkShape = { ...shape, batchNormalisation: true }
const both: readonly (readonly [string, NetworkShape])[] = [
  ['plain', shape],
  ['with batch normalisation', normalised],
]
const plain: NetworkOptions = { dropout: 0.2, loss: 'huber', clip: 'norm', clipLimit: 1, seed: 3 }

const width = fc.integer({ min: 1, max: 70 })
const shapes: fc.Arbitrary<NetworkShape> = fc.record({
  inputs: fc.integer({ min: 1, max: 45 }),
  hidden: fc.array(width, { maxLength: 3 }),
  outputs: width,
  batchNormalisation: fc.boolean(),
})
const options: fc.Arbitrary<NetworkOptions> = fc.record({
  dropout: fc.constantFrom(0, 0.2, 0.5),
  loss: fc.constantFrom('squared', 'huber'),
  clip: fc.constantFrom('none', 'value', 'norm'),
  clipLimit: fc.constantFrom(0.01, 0.1, 1),
  seed: fc.integer({ min: 0, max: 1000 }),
})
const rows = fc.integer({ min: 1, max: 70 })
/** Batch normalisation takes a variance; over few rows it turns differences of rounding into differences of size. */
const learnable = ({ batchNormalisation }: NetworkShape, rows: number) => (batchNormalisation ? rows + 7 : rows)
const random = (runs: number) => ({ seed: 1, numRuns: runs })

/** The largest difference, as a share of the largest expected size. */
function off(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, size] = [0, 1e-6]
  for (let at = 0; at < expected.length; at++) {
    difference = Math.max(difference, Math.abs(actual[at]! - expected[at]!))
    size = Math.max(size, Math.abs(expected[at]!))
  }
  return Number.isNaN(difference) ? Infinity : difference / size
}

/** A copy with one number replaced. */
function changed(numbers: Float32Array, at: number, value: number): Float32Array {
  const copy = numbers.slice()
  copy[at] = value
  return copy
}

beforeAll(async () => {
  await buildSimd(places())
}, 300_000)

describe.each(simdBackends)('%s', backend => {
  const network = (some: Partial<NetworkOptions> = {}, of = shape) => simdNetwork(of, { ...plain, ...some }, backend)

  test('outputs are those of the plain sums, on any shape and any number of rows', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, rows, options, async (of, count, some) => {
        const net = await network(some, of)
        const learned = someBatch(of, 9, 3)
        net.fit(learned.inputs, learned.outputs, learned.targets, 9, 1e-2)
        const { parameters, statistics } = net.save()
        const { inputs, outputs } = someBatch(of, count, 1)
        const expected = Array.from({ length: count }, (_, row) => {
          const input = inputs.subarray(row * of.inputs, (row + 1) * of.inputs)
          return [...activations(of, parameters, input, statistics).at(-1)!]
        }).flat()
        const all = new Float32Array(count * of.outputs)
        net.values(inputs, count, all)
        expect(off(all, expected)).toBeLessThan(1e-5)
        const [chosen, best] = [new Float32Array(count), new Int32Array(count)]
        net.valuesAt(inputs, outputs, count, chosen)
        net.best(inputs, count, best)
        for (let row = 0; row < count; row++) {
          const values = all.subarray(row * of.outputs, (row + 1) * of.outputs)
          expect(chosen[row]).toBe(values[outputs[row]!])
          expect(best[row]).toBe(values.indexOf(Math.max(...values)))
        }
        net.dispose()
      }),
      random(40),
    )
  })

  test('rung 2: a step is that of the plain chain rule: loss, norm, moments and dropout stream, on any shape, loss and clip', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, rows, options, async (of, atLeast, some) => {
        const net = await network(some, of)
        const reference = new PlainNetwork(of, some)
        const count = learnable(of, atLeast)
        const { inputs, outputs, targets } = someBatch(of, count, 2)
        const report = net.fit(inputs, outputs, targets, count, 1e-3)
        const expected = reference.fit(inputs, outputs, targets, count, 1e-3)
        const state = net.save()
        expect(off([report.loss, report.gradientNorm], [expected.loss, expected.gradientNorm])).toBeLessThan(1e-5)
        expect(off(state.firstMoments, reference.firstMoments)).toBeLessThan(2e-5)
        expect(off(state.secondMoments, reference.secondMoments)).toBeLessThan(4e-5)
        // An untouched number stays as it was, to the last bit.
        reference.firstMoments.forEach((moment, at) => {
          if (moment === 0) expect(state.parameters[at]).toBe(Math.fround(reference.parameters[at]!))
        })
        expect(state.dropout).toEqual(reference.dropout.save())
        expect(off(state.statistics, reference.statistics)).toBeLessThan(1e-5)
        net.dispose()
      }),
      random(40),
    )
  })

  test('a hundred updates stay with the plain ones', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, rows, options, async (of, atLeast, some) => {
        const net = await network(some, of)
        const reference = new PlainNetwork(of, some)
        const count = learnable(of, atLeast)
        for (let step = 0; step < 100; step++) {
          const { inputs, outputs, targets } = someBatch(of, count, step % 7)
          const { loss } = net.fit(inputs, outputs, targets, count, 1e-3)
          expect(off([loss], [reference.fit(inputs, outputs, targets, count, 1e-3).loss])).toBeLessThan(1e-3)
        }
        expect(off(net.save().parameters, reference.parameters)).toBeLessThan(5e-3)
        expect(off(net.save().statistics, reference.statistics)).toBeLessThan(5e-3)
        net.dispose()
      }),
      random(8),
    )
  })

  test.for(both)('a hundred updates stay with those of TensorFlow.js: %s', async ([, shape], { skip }) => {
    const other = await tfjsNetwork(shape, plain).catch(() => undefined)
    if (!other) return skip('TensorFlow.js cannot be loaded here')
    const net = await network({}, shape)
    for (let step = 0; step < 100; step++) {
      const { inputs, outputs, targets } = someBatch(shape, 70, step % 7)
      const [one, two] = [net, other].map(each => each.fit(inputs, outputs, targets, 70, 1e-3))
      expect(off([one!.loss, one!.gradientNorm], [two!.loss, two!.gradientNorm])).toBeLessThan(1e-3)
    }
    const { inputs } = someBatch(shape, 20, 9)
    const [values, expected] = [new Float32Array(900), new Float32Array(900)]
    net.values(inputs, 20, values)
    other.values(inputs, 20, expected)
    expect(off(values, expected)).toBeLessThan(1e-3)
    net.follow(other, 1)
    expect(net.save().parameters).toEqual(other.save().parameters)
    expect(net.save().statistics).toEqual(other.save().statistics)
    other.dispose()
    net.dispose()
  })

  test.for(both)('rung 2: gradients of more than one chunk of rows agree with central differences: %s', async ([, shape]) => {
    for (const loss of ['squared', 'huber'] as const) {
      const net = await network({ loss, clip: 'none' }, shape)
      const batch = someBatch(shape, 150, 4)
      const start = net.save()
      net.load({ ...start, parameters: start.parameters.map((value, at) => value || 0.1 + 1e-5 * at) })
      const parameters = Float64Array.from(net.save().parameters)
      const masks = firstMasks(shape, net.options, 150)
      net.fit(batch.inputs, batch.outputs, batch.targets, 150, 1e-3)
      const gradient = net.save().firstMoments.map(moment => moment / 0.1)
      const numeric: number[] = []
      const analytic: number[] = []
      for (let at = 0; at < parameters.length; at += 131) {
        const middle = parameters[at]!
        const [above, below] = [1e-5, -1e-5].map(step => {
          parameters[at] = middle + step
          return lossOf(shape, loss, parameters, batch, masks)
        })
        parameters[at] = middle
        numeric.push((above! - below!) / 2e-5)
        analytic.push(gradient[at]!)
      }
      expect(off(analytic, numeric)).toBeLessThan(1e-3)
      net.dispose()
    }
  })

  test.for(both)('row i of many is the row that stands alone, to the last bit: %s', async ([, shape]) => {
    const net = await network({}, shape)
    const { inputs } = someBatch(shape, 130, 5)
    const many = new Float32Array(130 * 45)
    net.values(inputs, 130, many)
    const alone = new Float32Array(45)
    for (const row of [0, 1, 63, 64, 129]) {
      net.values(inputs.slice(row * 5, row * 5 + 5), 1, alone)
      expect(many.slice(row * 45, row * 45 + 45)).toEqual(alone)
    }
    net.dispose()
  })

  const takenUp = 'two runs are equal to the last bit, also when one is saved and taken up elsewhere in between: %s'
  test.for(both)(takenUp, async ([, shape]) => {
    const batches = Array.from({ length: 10 }, (_, at) => someBatch(shape, 60 + at, at))
    const one = await network({}, shape)
    const two = await network({}, shape)
    for (const { inputs, outputs, targets } of batches) one.fit(inputs, outputs, targets, targets.length, 1e-2)
    for (const { inputs, outputs, targets } of batches.slice(0, 5)) two.fit(inputs, outputs, targets, targets.length, 1e-2)
    const three = await network({ seed: 99 }, shape)
    three.load(
      JSON.parse(JSON.stringify({ ...two.save() }), (key, value) =>
        /parameters|Moments|statistics/.test(key) ? Float32Array.from(Object.values(value)) : value,
      ),
    )
    two.dispose()
    for (const { inputs, outputs, targets } of batches.slice(5)) three.fit(inputs, outputs, targets, targets.length, 1e-2)
    expect(three.save()).toEqual(one.save())
    for (const net of [one, three]) net.dispose()
  })

  const refused = 'what is not finite is refused and changes nothing, and the next step is as if it had not been: %s'
  test.for(both)(refused, async ([, shape]) => {
    const net = await network({}, shape)
    const same = await network({}, shape)
    const { inputs, outputs, targets } = someBatch(shape, 70, 1)
    const before = net.save()
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      expect(() => net.fit(changed(inputs, 69, bad), outputs, targets, 70, 1e-3)).toThrow(`inputs[69] is ${bad}`)
      expect(() => net.fit(inputs, outputs, changed(targets, 69, bad), 70, 1e-3)).toThrow(`targets[69] is ${bad}`)
    }
    // Finite, but what follows from it is not.
    expect(() => net.fit(changed(inputs, 0, 3e38), outputs, targets, 70, 1e-3)).toThrow('the step was not taken')
    expect(net.save()).toEqual(before)
    for (const each of [net, same]) each.fit(inputs, outputs, targets, 70, 1e-3)
    expect(net.save()).toEqual(same.save())
    for (const each of [net, same]) each.dispose()
  })

  test('moments of outputs that are no longer chosen end at zero, not among the denormal numbers', async () => {
    const net = await network({ dropout: 0 })
    const { inputs, outputs, targets } = someBatch(shape, 8, 1)
    net.fit(
      inputs,
      outputs.map(() => 44),
      targets,
      8,
      1e-3,
    )
    for (let step = 0; step < 1000; step++)
      net.fit(
        inputs,
        outputs.map(() => 3),
        targets,
        8,
        1e-3,
      )
    const { firstMoments } = net.save()
    expect(firstMoments.at(-1)).toBe(0)
    expect(firstMoments.every(moment => moment === 0 || Math.abs(moment) >= 0.99e-30)).toBe(true)
    net.dispose()
  })

  test.for(both)('memory does not grow over updates, nor over networks that come and go: %s', async ([, shape]) => {
    const { memory } = await simdEngine(backend)
    const { inputs, outputs, targets } = someBatch(shape, 70, 1)
    const live = async (steps: number) => {
      const [net, target] = [await network({}, shape), await network({}, shape)]
      for (let step = 0; step < steps; step++) {
        net.fit(inputs, outputs, targets, 2 + (step % 69), 1e-3)
        net.best(inputs, 70, outputs)
        target.follow(net, 0.01)
      }
      for (const each of [net, target]) each.dispose()
    }
    await live(100)
    const before = memory.buffer.byteLength
    for (let life = 0; life < 20; life++) await live(100)
    expect(memory.buffer.byteLength).toBe(before)
  })

  test('networks of different sizes live in one memory without touching each other', async () => {
    const { inputs, outputs, targets } = someBatch(shape, 30, 1)
    const alone = await network()
    for (let step = 0; step < 5; step++) alone.fit(inputs, outputs, targets, 30, 1e-3)
    const expected = alone.save()
    alone.dispose()
    const net = await network()
    for (let step = 0; step < 5; step++) {
      // Grows the memory while the other network is learning.
      const large = { inputs: 3, hidden: [300 + 200 * step, 100], outputs: 7 }
      const other = await network({}, large)
      const batch = someBatch(large, 40, step)
      other.fit(batch.inputs, batch.outputs, batch.targets, 40, 1e-3)
      net.fit(inputs, outputs, targets, 30, 1e-3)
      if (step % 2) other.dispose()
    }
    expect(net.save()).toEqual(expected)
    net.dispose()
  })

  test('a disposed network refuses to work on memory that may be another one’s by now', async () => {
    const net = await network()
    const other = await network()
    const { inputs, outputs, targets } = someBatch(shape, 3, 1)
    net.dispose()
    net.dispose()
    expect(() => net.best(inputs, 3, outputs)).toThrow('disposed')
    expect(() => net.fit(inputs, outputs, targets, 3, 1e-3)).toThrow('disposed')
    expect(() => other.follow(net, 1)).toThrow('disposed')
    expect(() => net.save()).toThrow('disposed')
    other.dispose()
  })

  test.for(both)('following moves by tau and copies at 1, also from another arithmetic: %s', async ([, shape]) => {
    const from = await network({ seed: 1 }, shape)
    const elsewhere = await simdNetwork(shape, { ...plain, seed: 1 }, backend === 'simd' ? 'simd-relaxed' : 'simd')
    for (const source of [from, elsewhere]) {
      const net = await network({ seed: 2 }, shape)
      const [own, other] = [net.save().parameters, source.save().parameters]
      net.follow(source, 0.25)
      expect(
        off(
          net.save().parameters,
          own.map((value, at) => 0.75 * value + 0.25 * other[at]!),
        ),
      ).toBeLessThan(1e-6)
      net.follow(source, 0)
      net.follow(source, 1)
      expect(net.save().parameters).toEqual(other)
      net.dispose()
    }
    for (const each of [from, elsewhere]) each.dispose()
  })

  test('a worker thread computes the same bytes', async () => {
    const net = await network()
    const { inputs, outputs, targets } = someBatch(shape, 40, 1)
    net.fit(inputs, outputs, targets, 40, 1e-3)
    const code = `
      require('tsx/cjs')
      const { parentPort, workerData } = require('node:worker_threads')
      const { simdNetwork } = require(workerData.file)
      simdNetwork(workerData.shape, workerData.options, workerData.backend).then(net => {
        net.fit(workerData.inputs, workerData.outputs, workerData.targets, 40, 1e-3)
        parentPort.postMessage(net.save().parameters)
      })`
    const file = path.join(checkout, 'src', 'networks', 'simd', 'network.ts')
    const worker = new Worker(code, { eval: true, workerData: { file, shape, options: plain, backend, inputs, outputs, targets } })
    const parameters = await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    await worker.terminate()
    expect(parameters).toEqual(net.save().parameters)
    net.dispose()
  })
})

test('the two arithmetics round differently, and only that', async () => {
  const { inputs } = someBatch(shape, 70, 1)
  const [one, two] = [new Float32Array(70 * 45), new Float32Array(70 * 45)]
  const nets = await Promise.all(simdBackends.map(backend => simdNetwork(shape, plain, backend)))
  nets[0]!.values(inputs, 70, one)
  nets[1]!.values(inputs, 70, two)
  expect(one).not.toEqual(two)
  expect(off(one, two)).toBeLessThan(1e-5)
  for (const net of nets) net.dispose()
})

test('kernels that are not built are named together with the command that builds them', async () => {
  await expect(simdNetwork(shape, plain, 'simd-absent' as 'simd')).rejects.toMatchObject({ name: 'UserError' })
  await expect(simdNetwork(shape, plain, 'simd-absent' as 'simd')).rejects.toThrow('Run: node lab/setup/build-simd.mjs')
})

test('a state of another shape or without its dropout stream is refused and changes nothing', async () => {
  const net = await simdNetwork(shape, plain)
  const before = net.save()
  const count = parameterCount(shape)
  expect(() => net.load({ ...before, parameters: new Float32Array(count - 1) })).toThrow('they belong to another one')
  expect(() => net.load({ ...before, parameters: new Float32Array(count), dropout: { s0: 0.5 } })).toThrow('s0, s1, s2 and c are needed')
  expect(net.save()).toEqual(before)
  net.dispose()
})
