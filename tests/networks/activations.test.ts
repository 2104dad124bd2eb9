import fc from 'fast-check'
import { expect, test } from 'vitest'
import { activations } from '../../src/networks/activations'
import { makeNetwork } from '../../src/networks/make-network'
import { someBatch } from './plain-network'

// By hand: 2 inputs, 2 hidden units, 1 output; weights row by row of inputs, then biases.
//   h = ReLU([1·2 + 3·1 + .5, -1·2 + 0·1 + 1]) = [5.5, 0], Q = 2 · 5.5 - 1 · 0 + .25 = 11.25
test('each layer is worked out as by hand', () => {
  const parameters = [1, -1, 3, 0, 0.5, 1, 2, -1, 0.25]
  const [hidden, outputs] = activations({ inputs: 2, hidden: [2], outputs: 1 }, parameters, [2, 1])
  expect([...hidden!]).toEqual([5.5, 0])
  expect([...outputs!]).toEqual([11.25])
})

// The same weights normalised: sums [5, -2], running means [1, -2], variances [4, 9] less epsilon, scales [2, 5], shifts [.5, 1].
//   h = ReLU([2 · (5 - 1) / 2 + .5, 5 · (-2 + 2) / 3 + 1]) = [4.5, 1], Q = 2 · 4.5 - 1 · 1 + .25 = 8.25
test('with batch normalisation the running statistics stand between the sums and the ReLU', () => {
  const parameters = [1, -1, 3, 0, 0.5, 1, 2, 5, 2, -1, 0.25]
  const shape = { inputs: 2, hidden: [2], outputs: 1, batchNormalisation: true }
  const [hidden, outputs] = activations(shape, parameters, [2, 1], [1, -2, 4 - 1e-5, 9 - 1e-5])
  expect([...hidden!]).toEqual([4.5, 1])
  expect([...outputs!]).toEqual([8.25])
})

const width = fc.integer({ min: 1, max: 70 })
const shapes = fc.record({
  inputs: width,
  hidden: fc.array(width, { maxLength: 3 }),
  outputs: width,
  batchNormalisation: fc.boolean(),
})

test.each(['tfjs', 'simd'] as const)('the last layer is what %s gives as values, on any shape, after learning too', async backend => {
  await fc.assert(
    fc.asyncProperty(shapes, async shape => {
      const network = await makeNetwork(shape, { dropout: 0.2, loss: 'huber', clip: 'none', clipLimit: 1, seed: 5, backend })
      const { inputs, outputs, targets } = someBatch(shape, 8, 1)
      for (let update = 0; update < 5; update++) network.fit(inputs, outputs, targets, 8, 1e-2)
      const { parameters, statistics } = network.save()
      const values = new Float32Array(shape.outputs)
      for (let row = 0; row < 8; row++) {
        const input = inputs.subarray(row * shape.inputs, (row + 1) * shape.inputs)
        network.values(input, 1, values)
        const layers = activations(shape, parameters, input, statistics)
        expect(layers.map(layer => layer.length)).toEqual([...shape.hidden, shape.outputs])
        for (const hidden of layers.slice(0, -1)) expect(hidden.every(value => value >= 0)).toBe(true)
        const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
        layers.at(-1)!.forEach((value, output) => {
          expect(Math.abs(value - values[output]!)).toBeLessThan(1e-5 * size)
        })
      }
      network.dispose()
    }),
    { seed: 1, numRuns: 30 },
  )
})

test('numbers that do not fit the shape are refused by name', () => {
  const shape = { inputs: 2, hidden: [2], outputs: 1 }
  expect(() => activations(shape, new Float32Array(8), [2, 1])).toThrow('parameters has 8 numbers; the network 2-2-1 has 9')
  expect(() => activations(shape, new Float32Array(9), [2])).toThrow('input has 1 numbers; the network 2-2-1 has 2')
  expect(() => activations({ ...shape, batchNormalisation: true }, new Float32Array(11), [2, 1])).toThrow(
    'statistics has 0 numbers; the network 2-2-1 with batch normalisation has 4',
  )
})
