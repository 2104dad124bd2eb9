/** What prioritised replay asks of a network: weights on the rows of a batch, and their errors back. */
import { describe, expect, test } from 'vitest'
import { makeNetwork, networkBackends } from '../../src/networks/make-network'
import type { NetworkOptions, NetworkShape } from '../../src/networks/network'
import { firstMasks, lossOf, someBatch } from './plain-network'

const shape: NetworkShape = { inputs: 5, hidden: [7, 6], outputs: 4 }
const options: NetworkOptions = { dropout: 0.3, loss: 'squared', clip: 'none', clipLimit: 1, seed: 3 }
const rows = 9
const weights = Float32Array.from({ length: rows }, (_, row) => (row === 4 ? 0 : 0.2 + 0.1 * row))

describe.each(networkBackends.filter(backend => backend !== 'auto'))('%s', backend => {
  const network = (some: Partial<NetworkOptions> = {}, of = shape) => makeNetwork(of, { ...options, ...some, backend })

  test.each(['squared', 'huber'] as const)('rung 2: gradients of a weighted batch agree with central differences: %s', async loss => {
    const net = await network({ loss })
    const start = net.save()
    // Away from the corners of ReLU: a unit whose inputs were all dropped would sit on one.
    net.load({ ...start, parameters: start.parameters.map((value, at) => value || 0.1 + 0.01 * at) })
    const batch = someBatch(shape, rows, 2)
    const parameters = Float64Array.from(net.save().parameters)
    const masks = firstMasks(shape, net.options, rows)
    const weighted = () => {
      let sum = 0
      for (let row = 0; row < rows; row++) {
        const alone = {
          inputs: batch.inputs.subarray(row * shape.inputs, (row + 1) * shape.inputs),
          outputs: batch.outputs.subarray(row, row + 1),
          targets: batch.targets.subarray(row, row + 1),
        }
        const own = masks.map(mask => mask.subarray((row * mask.length) / rows, ((row + 1) * mask.length) / rows))
        sum += weights[row]! * lossOf(shape, loss, parameters, alone, own)
      }
      return sum / rows
    }
    const report = net.fit(batch.inputs, batch.outputs, batch.targets, rows, 1e-3, weights)
    expect(report.loss).toBeCloseTo(weighted(), 5)
    const gradient = Array.from(net.save().firstMoments, moment => moment / 0.1)
    const numeric = gradient.map((_, at) => {
      const [step, middle] = [1e-5, parameters[at]!]
      parameters[at] = middle + step
      const above = weighted()
      parameters[at] = middle - step
      const below = weighted()
      parameters[at] = middle
      return (above - below) / (2 * step)
    })
    const off = Math.hypot(...numeric.map((value, at) => value - gradient[at]!))
    expect(off / Math.hypot(...numeric)).toBeLessThan(1e-3)
    net.dispose()
  })

  test('the errors are target less value, before the step', async () => {
    const net = await network({ dropout: 0 })
    // More rows than are worked on together.
    const many = 150
    const { inputs, outputs, targets } = someBatch(shape, many, 2)
    const values = new Float32Array(many)
    net.valuesAt(inputs, outputs, many, values)
    const errors = new Float32Array(many)
    net.fit(inputs, outputs, targets, many, 1e-2, undefined, errors)
    for (let row = 0; row < many; row++) expect(errors[row]).toBeCloseTo(targets[row]! - values[row]!, 5)
    net.dispose()
  })

  test('weights of 1, and asking for errors, change nothing to the last bit', async () => {
    for (const of of [shape, { ...shape, batchNormalisation: true }]) {
      const [one, two] = [await network({}, of), await network({}, of)]
      for (let step = 0; step < 3; step++) {
        const { inputs, outputs, targets } = someBatch(shape, rows, step)
        one.fit(inputs, outputs, targets, rows, 1e-2)
        two.fit(inputs, outputs, targets, rows, 1e-2, new Float32Array(rows).fill(1), new Float32Array(rows))
      }
      expect(two.save()).toEqual(one.save())
      for (const net of [one, two]) net.dispose()
    }
  })

  test('a row of weight 0 is as if it were not there', async () => {
    const [one, two] = [await network({ dropout: 0 }), await network({ dropout: 0 })]
    const { inputs, outputs, targets } = someBatch(shape, rows, 1)
    const other = targets.slice()
    other[4] = -7
    one.fit(inputs, outputs, targets, rows, 1e-2, weights)
    two.fit(inputs, outputs, other, rows, 1e-2, weights)
    expect(two.save().parameters).toEqual(one.save().parameters)
    for (const net of [one, two]) net.dispose()
  })

  test('weights that are not all there or not finite are refused, and so is too little room for errors; nothing changes', async () => {
    const net = await network()
    const { inputs, outputs, targets } = someBatch(shape, rows, 1)
    const before = net.save()
    const learn = (weights?: Float32Array, errors?: Float32Array) => net.fit(inputs, outputs, targets, rows, 1e-2, weights, errors)
    expect(() => learn(new Float32Array(8))).toThrow('weights holds 8 numbers; 9 are needed')
    expect(() => learn(weights.map(() => Number.NaN))).toThrow('weights[0] is NaN')
    expect(() => learn(weights, new Float32Array(8))).toThrow('errors has room for 8 numbers; 9 are needed')
    expect(net.save()).toEqual(before)
    net.dispose()
  })
})

test('the backends agree on a weighted batch, with batch normalisation too', async () => {
  // 150 rows are more than are worked on together.
  for (const [of, rows] of [[shape, 9] as const, [shape, 150] as const, [{ ...shape, batchNormalisation: true }, 9] as const]) {
    const { inputs, outputs, targets } = someBatch(of, rows, 5)
    const weights = Float32Array.from({ length: rows }, (_, row) => (row === 4 ? 0 : 0.2 + 0.1 * (row % 17)))
    const outcomes = []
    for (const backend of ['simd', 'tfjs'] as const) {
      const net = await makeNetwork(of, { ...options, backend })
      const errors = new Float32Array(rows)
      const report = net.fit(inputs, outputs, targets, rows, 1e-2, weights, errors)
      outcomes.push([report.loss, report.gradientNorm, ...errors, ...net.save().firstMoments])
      net.dispose()
    }
    const [one, two] = outcomes as [number[], number[]]
    one.forEach((value, at) => {
      expect(value).toBeCloseTo(two[at]!, 4)
    })
  }
})
