import { expect, test } from 'vitest'
import { adam } from '../../src/networks/adam'
import { drawMask, droppedWidths } from '../../src/networks/dropout'
import { initialParameters, layersOf, parameterCount } from '../../src/networks/initialise'
import { stream } from '../../src/random/generator'

// By hand, rate .1, gradient 2 then -1.
// Update 1: m = .2, v = .004; corrected m = 2, v = 4; step .1 · 2/2 = .1, so 1 → .9.
// Update 2: m = .9 · .2 - .1 = .08, v = .999 · .004 + .001 = .004996; corrected m = .08/.19 = .4210526, v = .004996/.001999 = 2.4992496;
// step .1 · .4210526 / 1.5809015 = .0266337, so .9 → .8733663.
test('Adam takes the steps worked by hand', () => {
  const parameters = Float32Array.of(1)
  const [first, second] = [new Float32Array(1), new Float32Array(1)]
  adam(parameters, Float32Array.of(2), first, second, 1, 0.1)
  expect(parameters[0]).toBeCloseTo(0.9, 6)
  adam(parameters, Float32Array.of(-1), first, second, 2, 0.1)
  expect(parameters[0]).toBeCloseTo(0.8733663, 6)
})

test('moments of a number that is left alone end at zero, never at a denormal', () => {
  const [parameters, first, second] = [Float32Array.of(1), Float32Array.of(1e-29), Float32Array.of(1e-29)]
  for (let update = 1; update < 5000; update++) adam(parameters, new Float32Array(1), first, second, update, 1e-3)
  expect([first[0], second[0]]).toEqual([0, 0])
})

test("the guide's network has 187,764 numbers in the order stated, weights within their bounds and biases zero", () => {
  const shape = { inputs: 42, hidden: [256, 256, 128], outputs: 500 }
  // 42·256 + 256, 256·256 + 256, 256·128 + 128, 128·500 + 500
  expect(parameterCount(shape)).toBe(11_008 + 65_792 + 32_896 + 64_500)
  const parameters = initialParameters(shape, 7)
  const bounds = [6 / 42, 6 / 256, 6 / 256, 6 / 628].map(Math.sqrt)
  layersOf(shape).forEach(({ weights, biases, outputs }, layer) => {
    const size = parameters.subarray(weights, biases).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(size).toBeLessThanOrEqual(Math.fround(bounds[layer]!))
    expect(size).toBeGreaterThan(0.99 * bounds[layer]!)
    expect(parameters.subarray(biases, biases + outputs).every(value => value === 0)).toBe(true)
  })
  expect(Buffer.from(initialParameters(shape, 7).buffer).equals(Buffer.from(parameters.buffer))).toBe(true)
})

test('dropout drops its share, scales the rest, and stands behind all hidden layers but the last', () => {
  const mask = new Float32Array(10_000)
  drawMask(stream(1, 'dropout'), mask, 0.2)
  expect(new Set(mask)).toEqual(new Set([0, 1.25]))
  expect(Math.abs(mask.filter(kept => kept === 0).length - 2000)).toBeLessThan(160) // four standard errors
  expect(droppedWidths({ inputs: 1, hidden: [5, 4, 3], outputs: 1 }, 0.2)).toEqual([5, 4])
  expect(droppedWidths({ inputs: 1, hidden: [5, 4, 3], outputs: 1 }, 0)).toEqual([])
})

test("with 'fan-in' weights and biases of every layer are uniform in ±1 / √inputs", () => {
  const shape = { inputs: 25, hidden: [100, 400], outputs: 60 }
  const parameters = initialParameters(shape, 7, 'fan-in')
  for (const { inputs, outputs, weights, biases } of layersOf(shape)) {
    const limit = 1 / Math.sqrt(inputs)
    for (const numbers of [parameters.slice(weights, biases), parameters.slice(biases, biases + outputs)]) {
      const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      expect(largest).toBeLessThanOrEqual(limit)
      expect(largest).toBeGreaterThan(0.9 * limit)
      const squares = numbers.reduce((sum, value) => sum + value ** 2, 0) / numbers.length
      expect(Math.abs(squares / (limit ** 2 / 3) - 1)).toBeLessThan(0.5)
    }
  }
})
