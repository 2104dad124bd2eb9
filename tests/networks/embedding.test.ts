import { describe, expect, test } from 'vitest'
import { adam } from '../../src/networks/adam'
import { Embedding } from '../../src/networks/embedding'
import { makePerceptron } from '../../src/networks/make-perceptron'
import { stepTogether } from '../../src/networks/step-together'
import { tensorflow } from '../../src/networks/tensorflow'

const [count, width] = [7, 3]
const embedding = (seed = 1) => new Embedding(count, width, { seed })
/** Ids 3 and 0 twice and thrice; 2 and 4 not at all. */
const ids = Int32Array.of(3, 0, 5, 0, 6, 3, 1, 0)
const rows = ids.length
const slopes = Float32Array.from({ length: rows * width }, (_, at) => Math.sin(5 * at))

/** The gradient of Σ slope · gathered by the table, from TensorFlow.js. */
async function tensorflowGradient(table: Float32Array): Promise<Float32Array> {
  const { tf, backend } = await tensorflow()
  return tf.tidy(() => {
    const wanted = tf.tensor(slopes, [rows, width])
    // The WebAssembly backend has no gradient of gather; a product with rows that hold a single one is the same.
    const chosen =
      backend === 'tfjs-node'
        ? tf.tensor(ids, [rows])
        : tf.tensor(
            Float32Array.from({ length: rows * count }, (_, at) => (ids[Math.floor(at / count)] === at % count ? 1 : 0)),
            [rows, count],
          )
    const { grads } = tf.valueAndGrads(given =>
      tf.sum(tf.mul(backend === 'tfjs-node' ? tf.gather(given!, chosen) : tf.matMul(chosen, given!), wanted)),
    )([tf.tensor(table, [count, width])])
    return grads[0]!.dataSync().slice()
  })
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-6): void {
  expect(actual.length).toBe(expected.length)
  for (let at = 0; at < expected.length; at++) expect(Math.abs(actual[at]! - expected[at]!)).toBeLessThanOrEqual(tolerance)
}

describe('a table of embeddings', () => {
  test('gathers the rows of its ids', () => {
    const table = embedding()
    const { parameters } = table.save()
    const out = new Float32Array(rows * width)
    table.gather(ids, rows, out)
    ids.forEach((id, row) => {
      expect(out.subarray(row * width, row * width + width)).toEqual(parameters.subarray(id * width, id * width + width))
    })
  })

  test('starts with normal numbers of the deviation asked for, the same for a seed and others for another', () => {
    for (const deviation of [0.01, 0.5]) {
      const { parameters } = new Embedding(500, 20, { seed: 1, deviation: deviation === 0.01 ? undefined : deviation }).save()
      const mean = parameters.reduce((sum, value) => sum + value, 0) / 10_000
      const squares = parameters.reduce((sum, value) => sum + value ** 2, 0) / 10_000
      expect(Math.abs(mean)).toBeLessThan((4 * deviation) / 100) // four standard errors
      expect(Math.abs(squares / deviation ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / 10_000))
    }
    expect(embedding().save()).toEqual(embedding().save())
    expect(embedding(2).save().parameters).not.toEqual(embedding().save().parameters)
  })

  test('rung 2: its gradient is that of TensorFlow.js, ids that occur twice added up', async () => {
    const table = embedding()
    const expected = await tensorflowGradient(table.save().parameters)
    table.scatterAdd(ids, rows, slopes)
    expectNear(table.gradient(), expected)
    expect(table.gradientSquares()).toBeCloseTo(
      expected.reduce((sum, slope) => sum + slope * slope, 0),
      5,
    )
    table.scatterAdd(ids, rows, slopes)
    expectNear(
      table.gradient(),
      expected.map(slope => 2 * slope),
    )
    table.clearGradient()
    expect(table.gradient().every(slope => slope === 0)).toBe(true)
    expect(table.gradientSquares()).toBe(0)
  })

  // Updates 2 and 3 touch other ids, so that those of update 1 move by their moments alone.
  test('takes the steps of Adam over the whole table, scaled and held within the limit', async () => {
    const table = embedding()
    const state = table.save()
    const gradients = [await tensorflowGradient(state.parameters), new Float32Array(count * width), new Float32Array(count * width)]
    gradients[1]!.fill(0.5, 2 * width, 3 * width)
    gradients[2]!.fill(-1, 4 * width, 5 * width)
    const before = state.parameters.slice()
    for (const [update, gradient] of gradients.entries()) {
      if (update === 0) table.scatterAdd(ids, rows, slopes)
      else table.scatterAdd(Int32Array.of(2 * update), 1, gradient.slice(2 * update * width))
      table.step(0.1, 0.5, 1e-5, 0.4)
      const clipped = gradient.map(slope => Math.min(0.4, Math.max(-0.4, 0.5 * slope)))
      adam(state.parameters, clipped, state.firstMoments, state.secondMoments, update + 1, 0.1, 1e-5)
      const now = table.save()
      expectNear(now.parameters, state.parameters)
      expectNear(now.firstMoments, state.firstMoments)
      expectNear(now.secondMoments, state.secondMoments)
      expect(now.updates).toBe(update + 1)
      expect(table.gradient().every(slope => slope === 0)).toBe(true)
      // Id 4 has no moments before update 3.
      if (update < 2) expect(now.parameters.subarray(12, 15)).toEqual(before.subarray(12, 15))
    }
  })

  test('learns under a perceptron: the slopes by its inputs go back into the table, one norm over both', async () => {
    const table = embedding()
    const net = await makePerceptron(
      { inputs: width, hidden: [8], outputs: 1, activation: 'tanh' },
      { initialisation: 'orthogonal', seed: 1, backend: 'auto' },
    )
    const targets = Float32Array.from(ids, id => id / 3 - 1)
    const [inputs, out, outSlopes, inputSlopes] = [rows * width, rows, rows, rows * width].map(length => new Float32Array(length))
    let loss = Infinity
    for (let update = 0; update < 300; update++) {
      table.gather(ids, rows, inputs!)
      net.forward(inputs!, rows, out!)
      loss = 0
      for (let row = 0; row < rows; row++) {
        const error = out![row]! - targets[row]!
        loss += error ** 2 / rows
        outSlopes![row] = (2 * error) / rows
      }
      net.backward(outSlopes!, inputSlopes)
      table.scatterAdd(ids, rows, inputSlopes!)
      stepTogether([net, table], loss, { learningRate: 0.01, clipNorm: 1 })
    }
    expect(loss).toBeLessThan(1e-3)
    net.dispose()
  })

  test('a gradient that is not finite is told', () => {
    const table = embedding()
    table.scatterAdd(ids, 1, Float32Array.of(0, NaN, 0))
    const before = table.save()
    expect(() => stepTogether([table], 0, { learningRate: 0.1 })).toThrow('the step was not taken')
    expect(table.save()).toEqual(before)
    expect(table.gradientSquares()).toBe(0)
  })

  test('ids that are not in the table and arrays too short are refused, and nothing changes', () => {
    const table = embedding()
    const out = new Float32Array(2 * width)
    for (const id of [-1, 7]) {
      expect(() => table.gather(Int32Array.of(0, id), 2, out)).toThrow(`ids[1] is ${id}; the table has ids 0 to 6`)
      expect(() => table.scatterAdd(Int32Array.of(0, id), 2, slopes)).toThrow(`ids[1] is ${id}; the table has ids 0 to 6`)
    }
    expect(() => table.gather(ids, 3, out)).toThrow('out holds 6 numbers; 9 are needed')
    expect(() => table.scatterAdd(ids, 9, slopes)).toThrow('ids holds 8 numbers; 9 are needed')
    expect(out.every(value => value === 0)).toBe(true)
    expect(table.gradientSquares()).toBe(0)
    expect(() => new Embedding(0, 3, { seed: 1 })).toThrow('count is 0; it must be a whole number of at least 1')
    expect(() => new Embedding(3, 1.5, { seed: 1 })).toThrow('width is 1.5; it must be a whole number of at least 1')
    expect(() => new Embedding(3, 1, { seed: 1, deviation: -1 })).toThrow('deviation is -1; it must be 0 or more')
  })

  test('a saved table goes on as the first would have, and follows another by tau', () => {
    const learn = (table: Embedding) => {
      table.scatterAdd(ids, rows, slopes)
      table.step(0.1, 1, 1e-8)
    }
    const [first, second] = [embedding(), embedding(2)]
    learn(first)
    // What was gathered before a load is forgotten.
    second.scatterAdd(ids, rows, slopes)
    second.load(first.save())
    for (const table of [first, second]) learn(table)
    expect(second.save()).toEqual(first.save())
    const other = embedding(3)
    const [own, target] = [second.save().parameters, other.save().parameters]
    second.follow(other, 0.25)
    expectNear(
      second.save().parameters,
      own.map((value, at) => 0.25 * target[at]! + 0.75 * value),
    )
    second.follow(other, 1)
    expect(second.save().parameters).toEqual(target)
    const before = second.save()
    expect(() => second.load({ ...before, firstMoments: new Float32Array(2) })).toThrow(
      'the saved firstMoments are 2 numbers, but the table of 7 × 3 has 21; they belong to another one',
    )
    expect(() => second.follow(new Embedding(8, 3, { seed: 1 }), 1)).toThrow('a table of 7 × 3 cannot follow one of 8 × 3')
    expect(() => second.follow(other, -1)).toThrow('tau is -1; it must be between 0 and 1')
    expect(second.save()).toEqual(before)
  })
})
