import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawMask } from '../../src/networks/dropout'
import { layersOf, parameterCount } from '../../src/networks/initialise'
import { networkBackends } from '../../src/networks/make-network'
import { makePerceptron } from '../../src/networks/make-perceptron'
import { type Perceptron, type PerceptronOptions, type PerceptronShape, perceptronActivations } from '../../src/networks/perceptron'
import { Blocks } from '../../src/networks/simd/blocks'
import { simdBackends, simdEngine } from '../../src/networks/simd/engine'
import { Staging } from '../../src/networks/simd/staging'
import { stepTogether } from '../../src/networks/step-together'
import { tensorflow } from '../../src/networks/tensorflow'
import { stream } from '../../src/random/generator'
import { plainLayers, plainPerceptron } from './plain-perceptron'

const backends = networkBackends.filter(backend => backend !== 'auto')
const options: PerceptronOptions = { initialisation: 'orthogonal', seed: 3 }
const small: PerceptronShape = { inputs: 3, hidden: [5, 9], outputs: 2, activation: 'tanh' }

/** Every kind of perceptron: activation, whether the outputs go through it, dropout. */
const kinds = perceptronActivations.flatMap(activation =>
  [false, true].flatMap(activateOutputs => [0, 0.4].map(rate => ({ activation, activateOutputs, rate }))),
)

const width = fc.integer({ min: 1, max: 40 })
const shapes: fc.Arbitrary<PerceptronShape> = fc.record({
  inputs: width,
  hidden: fc.array(width, { maxLength: 3 }),
  outputs: width,
  activation: fc.constantFrom(...perceptronActivations),
  activateOutputs: fc.boolean(),
})

function some(name: string, length: number): Float32Array {
  const generator = stream(1, name)
  return Float32Array.from({ length }, () => 2 * generator.next() - 1)
}

/** Masks behind all hidden layers but the last, as the agents draw them; none at rate 0. */
function someMasks({ hidden }: PerceptronShape, rows: number, rate: number): Float32Array[] {
  if (rate === 0) return []
  return hidden.slice(0, -1).map((width, layer) => {
    const mask = new Float32Array(rows * width)
    drawMask(stream(2, layer), mask, rate)
    return mask
  })
}

/** The same perceptron several times over, with biases away from 0, where a unit whose inputs were all dropped sits on the corner of ReLU. */
function alike(shape: PerceptronShape, perceptrons: readonly Perceptron[]): void {
  const state = plainPerceptron(shape, options).save()
  const biases = some('biases', state.parameters.length)
  for (const each of perceptrons) each.load({ ...state, parameters: state.parameters.map((value, at) => value || 0.5 * biases[at]!) })
}

/** The largest difference, as a share of the largest expected size. */
function off(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, size] = [0, 1e-6]
  for (let at = 0; at < expected.length; at++) {
    difference = Math.max(difference, Math.abs(actual[at]! - expected[at]!))
    size = Math.max(size, Math.abs(expected[at]!))
  }
  return actual.length === expected.length && !Number.isNaN(difference) ? difference / size : Infinity
}

/** A copy with one number replaced. */
function changed(numbers: Float32Array, at: number, value: number): Float32Array {
  const copy = numbers.slice()
  copy[at] = value
  return copy
}

describe.each(backends)('%s', backend => {
  const perceptron = (shape = small, more: Partial<PerceptronOptions> = {}) => makePerceptron(shape, { ...options, ...more, backend })

  test.each(kinds)('rung 2: gradients of every layer and of the inputs agree with central differences: %o', async kind => {
    const shape = { ...small, ...kind }
    const rows = 4
    const net = await perceptron(shape)
    alike(shape, [net])
    const [inputs, slopes, out] = [some('inputs', rows * 3), some('slopes', rows * 2), new Float32Array(rows * 2)]
    const masks = someMasks(shape, rows, kind.rate)
    const parameters = Float64Array.from(net.save().parameters)
    const observed = Float64Array.from(inputs)
    const loss = () =>
      plainLayers(shape, parameters, observed, rows, masks)
        .at(-1)!
        .reduce((sum, y, at) => sum + y * slopes[at]!, 0)
    const differences = (numbers: Float64Array) =>
      numbers.map((middle, at) => {
        numbers[at] = middle + 1e-5
        const above = loss()
        numbers[at] = middle - 1e-5
        const below = loss()
        numbers[at] = middle
        return (above - below) / 2e-5
      })
    const inputSlopes = new Float32Array(rows * 3)
    net.forward(inputs, rows, out, masks)
    net.backward(slopes, inputSlopes)
    expect(off(out, plainLayers(shape, parameters, inputs, rows, masks).at(-1)!)).toBeLessThan(2e-6)
    expect(off(inputSlopes, differences(observed))).toBeLessThan(1e-5)
    const [gradient, numeric] = [net.gradient(), differences(parameters)]
    for (const { weights, biases, outputs } of layersOf(shape)) {
      for (const [from, to] of [
        [weights, biases],
        [biases, biases + outputs],
      ] as const) {
        expect(off(gradient.subarray(from, to), numeric.subarray(from, to))).toBeLessThan(1e-5)
      }
    }
    net.dispose()
  })

  test.each(kinds)('a step is that of the plain chain rule, gradients of two batches added up: %o', async kind => {
    const shape = { ...small, ...kind }
    const [net, plain] = [await perceptron(shape), plainPerceptron(shape, options)]
    alike(shape, [net, plain])
    for (const [update, rows] of [7, 3].entries()) {
      for (const batch of ['one', 'other']) {
        const masks = someMasks(shape, rows, kind.rate)
        for (const each of [net, plain]) {
          each.forward(some(batch, rows * 3), rows, new Float32Array(rows * 2), masks)
          each.backward(some(batch + update, rows * 2))
        }
      }
      expect(off(net.gradient(), plain.gradient())).toBeLessThan(2e-6)
      expect(net.gradientSquares() / plain.gradientSquares()).toBeCloseTo(1, 5)
      for (const each of [net, plain]) each.step(1e-2, 0.5, 1e-5, update === 0 ? Infinity : 0.05)
      const [state, expected] = [net.save(), plain.save()]
      expect(off(state.parameters, expected.parameters)).toBeLessThan(2e-6)
      expect(off(state.firstMoments, expected.firstMoments)).toBeLessThan(2e-6)
      expect(off(state.secondMoments, expected.secondMoments)).toBeLessThan(4e-6)
      expect(state.updates).toBe(update + 1)
      expect(net.gradientSquares()).toBe(0)
    }
    net.dispose()
  })

  // Update 1 is clipped, update 2 is not: the norms are about 20 and, of slopes a thousandth as large, .02.
  test('two steps over two networks together are those of TensorFlow.js, one global norm clipping both', async () => {
    const trunk: PerceptronShape = { inputs: 4, hidden: [16, 16], outputs: 2, activation: 'tanh' }
    const value = { ...trunk, outputs: 1 }
    const pair = async (of: 'tfjs' | typeof backend) =>
      Promise.all([makePerceptron(trunk, { ...options, backend: of }), makePerceptron(value, { ...options, stream: 'value', backend: of })])
    const [own, reference] = [await pair(backend), await pair('tfjs')]
    const rows = 32
    for (const size of [1, 1e-3]) {
      const norms = [own, reference].map(parts => {
        for (const part of parts) {
          const { outputs } = part.shape
          part.forward(some('inputs', rows * 4), rows, new Float32Array(rows * outputs))
          part.backward(some('slopes', rows * outputs).map(slope => size * slope))
        }
        return stepTogether(parts, 0, { learningRate: 1e-2, clipNorm: 0.5, epsilon: 1e-5 })
      })
      expect(norms[0]! / norms[1]!).toBeCloseTo(1, 5)
      expect(norms[0]! > 0.5).toBe(size === 1)
      // First moments are a tenth of the first gradient, which was scaled to a length of .5 over both.
      if (size === 1) expect(Math.hypot(...own.flatMap(part => [...part.save().firstMoments]))).toBeCloseTo(0.05, 6)
      own.forEach((part, at) => {
        const [state, expected] = [part.save(), reference[at]!.save()]
        expect(off(state.parameters, expected.parameters)).toBeLessThan(2e-6)
        expect(off(state.firstMoments, expected.firstMoments)).toBeLessThan(2e-6)
      })
    }
    for (const part of [...own, ...reference]) part.dispose()
  })

  test('orthogonal weights are orthonormal times their gain, √2 and the one given for the outputs, and biases are zero', async () => {
    const shape: PerceptronShape = { inputs: 4, hidden: [16, 12], outputs: 3, activation: 'tanh' }
    const net = await perceptron(shape, { outputGain: 0.01 })
    const { parameters } = net.save()
    layersOf(shape).forEach(({ inputs, outputs, weights, biases }, layer) => {
      const gain = layer === 2 ? 0.01 : Math.SQRT2
      const vectors = Math.min(inputs, outputs)
      const number = (vector: number, at: number) =>
        parameters[weights + (inputs <= outputs ? vector * outputs + at : at * outputs + vector)]!
      for (let one = 0; one < vectors; one++) {
        for (let other = 0; other < vectors; other++) {
          let product = 0
          for (let at = 0; at < Math.max(inputs, outputs); at++) product += number(one, at) * number(other, at)
          expect(product / gain ** 2).toBeCloseTo(one === other ? 1 : 0, 5)
        }
      }
      expect(parameters.subarray(biases, biases + outputs).every(bias => bias === 0)).toBe(true)
    })
    net.dispose()
  })

  test('two streams of one seed begin apart, and one stream is the same for every backend', async () => {
    const nets = [await perceptron(), await perceptron(small, { stream: 'other' }), plainPerceptron(small, options)]
    const [one, other, plain] = nets.map(net => net.save().parameters)
    expect(one).toEqual(plain)
    expect(off(one!, other!)).toBeGreaterThan(0.1)
    for (const net of nets) net.dispose()
  })

  test('inputs, masks and slopes that are not numbers or too few are refused, and nothing changes', async () => {
    const net = await perceptron()
    const [inputs, slopes, out] = [some('inputs', 12), some('slopes', 8), new Float32Array(8)]
    net.forward(inputs, 4, out)
    net.backward(slopes)
    const [state, gradient] = [net.save(), net.gradient()]
    for (const value of [NaN, Infinity, -Infinity]) {
      for (const at of [0, 11]) {
        expect(() => net.forward(changed(inputs, at, value), 4, out)).toThrow(
          `inputs[${at}] is ${value}; a network learns from finite numbers only`,
        )
      }
    }
    expect(() => net.forward(inputs, 5, out)).toThrow('inputs holds 12 numbers; 15 are needed')
    expect(() => net.forward(inputs, 4, out, [new Float32Array(19)])).toThrow('masks[0] holds 19 numbers; 20 are needed')
    expect(() => net.backward(slopes.subarray(1))).toThrow('slopes holds 7 numbers; 8 are needed')
    expect(net.save()).toEqual(state)
    expect(net.gradient()).toEqual(gradient)
    // What the last `forward` left is there still.
    net.backward(slopes)
    expect(
      off(
        net.gradient(),
        gradient.map(slope => 2 * slope),
      ),
    ).toBeLessThan(1e-6)
    // A gradient that is not finite is forgotten by all parts, and no part moves.
    net.backward(changed(slopes, 3, NaN))
    expect(net.gradientSquares()).toBeNaN()
    const other = await perceptron()
    other.forward(inputs, 4, out)
    other.backward(slopes)
    const before = other.save()
    expect(() => stepTogether([other, net], 1, { learningRate: 0.1 })).toThrow('the norm of its gradient NaN; the step was not taken')
    expect(net.save()).toEqual(state)
    expect(other.save()).toEqual(before)
    expect(other.gradientSquares() + net.gradientSquares()).toBe(0)
    // A gradient may be finite where its loss is not.
    other.forward(inputs, 4, out)
    other.backward(slopes)
    expect(() => stepTogether([other], Number.NaN, { learningRate: 0.1 })).toThrow('the loss is NaN')
    expect(other.save()).toEqual(before)
    expect(other.gradientSquares()).toBe(0)
    // It learns on as if nothing had been.
    net.forward(inputs, 4, out)
    net.backward(slopes)
    expect(net.gradient()).toEqual(gradient)
    for (const each of [net, other]) each.dispose()
  })

  test('backward without forward is refused, also after a load', async () => {
    const net = await perceptron()
    expect(() => net.backward(new Float32Array(2))).toThrow('backward needs a forward before it')
    net.forward(new Float32Array(3), 1, new Float32Array(2))
    net.load(net.save())
    expect(() => net.backward(new Float32Array(2))).toThrow('backward needs a forward before it')
    net.dispose()
  })

  test('a saved perceptron goes on as the first would have, on any backend, and another shape is refused', async () => {
    const learn = (net: Perceptron) => {
      net.forward(some('inputs', 18), 6, new Float32Array(12))
      net.backward(some('slopes', 12))
      net.step(1e-2, 1, 1e-8)
    }
    const [first, second] = [await perceptron(), await perceptron(small, { seed: 9 })]
    learn(first)
    second.load(first.save())
    expect(second.save()).toEqual(first.save())
    const plain = plainPerceptron(small, options)
    plain.load(first.save())
    for (const each of [first, second, plain]) learn(each)
    expect(second.save()).toEqual(first.save())
    expect(off(plain.save().parameters, first.save().parameters)).toBeLessThan(2e-6)
    const before = second.save()
    expect(() => second.load({ ...before, parameters: before.parameters.subarray(1) })).toThrow(
      'the saved parameters are 93 numbers, but the perceptron 3-5-9-2 has 94; they belong to another one',
    )
    expect(() => second.load({ ...before, updates: -1 })).toThrow('the saved updates are -1; a count is needed')
    expect(second.save()).toEqual(before)
    for (const each of [first, second]) each.dispose()
  })

  test('the slopes of the first inputs alone are those among all', async () => {
    const rows = 67
    const net = await perceptron({ inputs: 21, hidden: [9], outputs: 2, activation: 'tanh' })
    net.forward(some('inputs', rows * 21), rows, new Float32Array(rows * 2))
    const slopesOf = (columns: number) => {
      const slopes = new Float32Array(rows * columns)
      net.backward(some('slopes', rows * 2), slopes, columns)
      return slopes
    }
    const all = slopesOf(21)
    for (const columns of [1, 8, 13]) {
      expect(slopesOf(columns)).toEqual(
        Float32Array.from({ length: rows * columns }, (_, at) => all[Math.floor(at / columns) * 21 + (at % columns)]!),
      )
    }
    net.dispose()
  })

  test('following approaches the source by tau, of any backend, and tau 1 copies', async () => {
    const [own, like] = [await perceptron(), await perceptron(small, { seed: 4 })]
    const back = (net: Perceptron) => {
      const slopes = new Float32Array(6)
      net.forward(some('inputs', 6), 2, new Float32Array(4))
      net.backward(some('slopes', 4), slopes)
      return slopes
    }
    back(own)
    for (const source of [like, plainPerceptron(small, { ...options, seed: 5 })]) {
      const [before, target] = [own.save().parameters, source.save().parameters]
      own.follow(source, 0.25)
      const expected = before.map((value, at) => 0.25 * target[at]! + 0.75 * value)
      expect(off(own.save().parameters, expected)).toBeLessThan(1e-6)
      // The way back goes through the weights of now, also when it was gone before.
      const plain = plainPerceptron(small, options)
      plain.load(own.save())
      const inputSlopes = [own, plain].map(back)
      expect(off(inputSlopes[0]!, inputSlopes[1]!)).toBeLessThan(2e-6)
      own.follow(source, 1)
      expect(own.save().parameters).toEqual(target)
      // So it does after a state was taken.
      back(own)
      own.load(plain.save())
      expect(off(back(own), inputSlopes[1]!)).toBeLessThan(2e-6)
    }
    const wider = plainPerceptron({ ...small, outputs: 3 }, options)
    expect(() => own.follow(wider, 1)).toThrow('a perceptron 3-5-9-2 cannot follow a perceptron 3-5-9-3')
    expect(() => own.follow(like, 1.5)).toThrow('tau is 1.5; it must be between 0 and 1')
    for (const each of [own, like]) each.dispose()
  })

  test('masks are those of one forward: the next without them drops nothing', async () => {
    const [net, plain] = [await perceptron(), plainPerceptron(small, options)]
    const [out, expected] = [new Float32Array(14), new Float32Array(14)]
    net.forward(some('inputs', 21), 7, out, someMasks(small, 7, 0.4))
    net.forward(some('inputs', 21), 7, out)
    plain.forward(some('inputs', 21), 7, expected)
    expect(off(out, expected)).toBeLessThan(2e-6)
    for (const each of [net, plain]) each.backward(some('slopes', 14))
    expect(off(net.gradient(), plain.gradient())).toBeLessThan(2e-6)
    net.dispose()
  })

  test('values are those of forward without masks, and leave what forward remembers', async () => {
    const net = await perceptron()
    const [out, values, gradients] = [new Float32Array(14), new Float32Array(14), [] as Float32Array[]]
    for (const between of [false, true]) {
      net.forward(some('inputs', 21), 7, out)
      if (between) net.values(some('others', 600), 200, new Float32Array(400))
      net.backward(some('slopes', 14))
      gradients.push(net.gradient())
      net.clearGradient()
    }
    expect(gradients[1]).toEqual(gradients[0])
    net.values(some('inputs', 21), 7, values)
    expect(values).toEqual(out)
    net.dispose()
  })
})

describe.each(simdBackends)('%s', backend => {
  const perceptron = (shape = small) => makePerceptron(shape, { ...options, backend })

  test('outputs, gradients and input slopes are the plain ones, on any shape and more rows than one chunk', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 1, max: 150 }), fc.constantFrom(0, 0.3), async (shape, rows, rate) => {
        const [net, plain] = [await perceptron(shape), plainPerceptron(shape, options)]
        alike(shape, [net, plain])
        const masks = someMasks(shape, rows, rate)
        const results = [net, plain].map(each => {
          const [out, inputSlopes] = [new Float32Array(rows * shape.outputs), new Float32Array(rows * shape.inputs)]
          each.forward(some('inputs', rows * shape.inputs), rows, out, masks)
          each.backward(some('slopes', rows * shape.outputs), inputSlopes)
          return [out, inputSlopes, each.gradient()]
        })
        for (const at of [0, 1, 2]) expect(off(results[0]![at]!, results[1]![at]!)).toBeLessThan(4e-6)
        net.dispose()
      }),
      { seed: 1, numRuns: 40 },
    )
  })

  test('rung 9: the values and input slopes of many rows are bit for bit those of each alone', async () => {
    for (const activation of perceptronActivations) {
      const shape: PerceptronShape = { inputs: 7, hidden: [33, 12], outputs: 5, activation }
      const net = await perceptron(shape)
      for (const rows of [9, 133]) {
        const [inputs, slopes] = [some('inputs', rows * 7), some('slopes', rows * 5)]
        const [out, values, inputSlopes] = [new Float32Array(rows * 5), new Float32Array(rows * 5), new Float32Array(rows * 7)]
        net.values(inputs, rows, values)
        net.forward(inputs, rows, out)
        net.backward(slopes, inputSlopes)
        const [one, ownSlopes] = [new Float32Array(5), new Float32Array(7)]
        for (let row = 0; row < rows; row++) {
          net.values(inputs.subarray(row * 7, row * 7 + 7), 1, one)
          expect(values.subarray(row * 5, row * 5 + 5)).toEqual(one)
          net.forward(inputs.subarray(row * 7, row * 7 + 7), 1, one)
          expect(out.subarray(row * 5, row * 5 + 5)).toEqual(one)
          net.backward(slopes.subarray(row * 5, row * 5 + 5), ownSlopes)
          expect(inputSlopes.subarray(row * 7, row * 7 + 7)).toEqual(ownSlopes)
        }
      }
      net.dispose()
    }
  })

  // Every 64th part of an octave from 2^-40 to 64; beyond 9.1 the tangent of a float is 1.
  test('the hyperbolic tangent is within 6e-7 of its value over the whole range, odd and never beyond 1', async () => {
    const { kernels, arena } = await simdEngine(backend)
    const inputs = Float32Array.from({ length: 46 * 64 }, (_, at) => 2 ** (at / 64 - 40))
    const special = [0, -0, NaN, Infinity, -Infinity, 1e-40, 3e38, -3e38]
    const block = arena.take(4 * (inputs.length + 8))
    const tangents = (sign: number) => {
      block.floats.set([...inputs.map(input => sign * input), ...special])
      kernels.applyActivation(block.address, inputs.length + 8, 1, 0)
      return block.floats.slice(0, inputs.length + 8)
    }
    const [right, left] = [tangents(1), tangents(-1)]
    let worst = 0
    inputs.forEach((input, at) => {
      worst = Math.max(worst, Math.abs(right[at]! / Math.tanh(input) - 1))
      expect(right[at]).toBeLessThanOrEqual(1)
      expect(left[at]).toBe(-right[at]!)
    })
    expect(worst).toBeLessThan(6e-7)
    const [zero, negative, none, most, least, denormal, large, small] = right.subarray(inputs.length)
    expect([zero, negative, none]).toEqual([0, -0, NaN])
    for (const [tangent, expected] of [
      [most, 1],
      [least, -1],
      [large, 1],
      [small, -1],
    ] as const) {
      expect(Math.abs(tangent! - expected)).toBeLessThan(6e-7)
    }
    expect(denormal! / 1e-40).toBeCloseTo(1, 4)
    arena.give(block)
  })

  test('perceptrons that come and go, learn and grow leave the memory as it was, and one disposed of is refused', async () => {
    const { arena, memory } = await simdEngine(backend)
    const live = async () => {
      const [net, target] = [await perceptron(), await perceptron()]
      for (let update = 0; update < 20; update++) {
        const rows = 1 + ((update * 37) % 150)
        net.forward(some('inputs', rows * 3), rows, new Float32Array(rows * 2), someMasks(small, rows, update % 2 ? 0.3 : 0))
        net.backward(some('slopes', rows * 2), new Float32Array(rows * 3))
        net.step(1e-3, 1, 1e-8)
        target.follow(net, 0.1)
        target.values(some('inputs', rows * 3), rows, new Float32Array(rows * 2))
      }
      for (const each of [net, target]) each.dispose()
      return net
    }
    const gone = await live()
    const before = [arena.freeBytes, memory.buffer.byteLength]
    for (let life = 0; life < 20; life++) await live()
    expect([arena.freeBytes, memory.buffer.byteLength]).toEqual(before)
    for (const use of [
      () => gone.values(new Float32Array(3), 1, new Float32Array(2)),
      () => gone.forward(new Float32Array(3), 1, new Float32Array(2)),
      () => gone.backward(new Float32Array(2)),
      () => gone.step(1, 1, 1),
      () => gone.save(),
    ]) {
      expect(use).toThrow('this perceptron was disposed of; make another one')
    }
    gone.dispose()
    expect(arena.freeBytes).toBe(before[0])
  })

  test('a perceptron that meets more and more rows holds no more than one that met the most at once', async () => {
    const { arena } = await simdEngine(backend)
    const held = async (counts: readonly number[]) => {
      const before = arena.freeBytes
      const net = await perceptron()
      for (const rows of counts) {
        net.forward(some('inputs', rows * 3), rows, new Float32Array(rows * 2), someMasks(small, rows, 0.3))
        net.backward(some('slopes', rows * 2), new Float32Array(rows * 3))
      }
      const bytes = before - arena.freeBytes
      net.dispose()
      return bytes
    }
    expect(await held([1, 20, 70, 150])).toBe(await held([150]))
  })

  test('rows that are staged after a block was outgrown come and go through the new one', async () => {
    const { arena, memory } = await simdEngine(backend)
    const blocks = new Blocks(await simdEngine(backend), {})
    const staging = new Staging(blocks)
    const before = staging.bring('numbers', Float32Array.of(1, 2), 2)
    const between = arena.take(64)
    expect(staging.room(1000)).not.toBe(before)
    const address = staging.bring('numbers', Float32Array.of(3, 4, 5), 2)
    expect([...new Float32Array(memory.buffer, address, 3)]).toEqual([3, 4, 0])
    const out = new Float32Array(2)
    staging.fetch(out, 2)
    expect([...out]).toEqual([3, 4])
    arena.give(between)
    blocks.giveAll()
  })

  test('a memory that grows under a perceptron takes nothing from it', async () => {
    const net = await perceptron()
    const large: Perceptron[] = []
    const largePerceptron = () => makePerceptron({ ...small, hidden: [900, 300] }, { initialisation: 'he', seed: 1, backend })
    const out = [new Float32Array(8), new Float32Array(8)]
    net.forward(some('inputs', 12), 4, out[0]!)
    const { memory } = await simdEngine(backend)
    const before = memory.buffer.byteLength
    while (memory.buffer.byteLength === before) large.push(await largePerceptron())
    net.backward(some('slopes', 8))
    const gradient = net.gradient()
    net.clearGradient()
    net.forward(some('inputs', 12), 4, out[1]!)
    net.backward(some('slopes', 8))
    expect(out[1]).toEqual(out[0])
    expect(net.gradient()).toEqual(gradient)
    for (const each of [net, ...large]) each.dispose()
  })
})

test('auto is simd, and another backend is refused', async () => {
  const net = await makePerceptron(small, { ...options, backend: 'auto' })
  expect(net.backend).toBe('simd')
  net.dispose()
  await expect(makePerceptron(small, { ...options, backend: 'cuda' as 'auto' })).rejects.toThrow(
    'backend is cuda; it must be one of auto, simd, simd-relaxed, tfjs',
  )
})

test('updates on TensorFlow.js leave no tensors behind', async () => {
  const { tf } = await tensorflow()
  const start = tf.memory().numTensors
  const net = await makePerceptron(small, { ...options, backend: 'tfjs' })
  const before = tf.memory().numTensors
  for (let update = 0; update < 10; update++) {
    net.forward(some('inputs', 9), 3, new Float32Array(6), someMasks(small, 3, 0.3))
    net.backward(some('slopes', 6), new Float32Array(9))
    net.step(1e-3, 1, 1e-8)
    net.values(some('inputs', 9), 3, new Float32Array(6))
  }
  expect(tf.memory().numTensors).toBe(before)
  net.dispose()
  expect(tf.memory().numTensors).toBe(start)
  expect(parameterCount(small)).toBe(3 * 5 + 5 + 5 * 9 + 9 + 9 * 2 + 2)
})
