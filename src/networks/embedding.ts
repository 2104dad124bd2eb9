/**
 * A table of embeddings: one row of numbers for each id, looked up where a network begins and learned like its weights.
 *
 *   gather   out[row] = table[ids[row]]
 *   scatter  gradient[ids[row]] += slopes[row], the slope of the loss by what was gathered
 *
 * The gradient is zero but for the ids of a batch, and only their rows are gone through to sum its squares, to clip it and to forget it. The
 * step itself is that of Adam over the whole table: an id that did not occur has the gradient 0, its moments fade, and it moves on a little by
 * what they still hold, as in any library whose gradients are dense. A step that leaves such rows alone is another optimiser, which moves
 * rare ids by moments of long ago; and a step over 1,000 × 16 numbers takes some 75 µs.
 *
 * A table starts with normal numbers of deviation .01 (He et al. 2017, arXiv 1708.05031, section 4.1): ids begin nearly alike, so that what a
 * network says at first does not depend on which id it is told, and yet apart, so that they can part.
 */
import { normal } from '../random/draws'
import { stream } from '../random/generator'
import { adam } from './adam'
import { checkLearned, checkLength } from './check'
import type { PerceptronState, Trainable } from './perceptron'

export interface EmbeddingOptions {
  /** Standard deviation of the numbers at the start, 0 or more; .01. */
  readonly deviation?: number
  readonly seed: number
  /** The stream that they come from; 'embedding'. */
  readonly stream?: string
}

export class Embedding implements Trainable {
  private readonly table: Float32Array
  /** Zero but for the rows touched. */
  private readonly slopes: Float32Array
  private readonly firstMoments: Float32Array
  private readonly secondMoments: Float32Array
  private updates = 0
  /** The ids scattered to since the last step, each once, and for each id whether it is among them. */
  private readonly touched: Int32Array
  private readonly isTouched: Uint8Array
  private touchedCount = 0

  /**
   * @param count how many ids: 0 to count - 1
   * @param width numbers of each
   * @throws RangeError when one is not a whole number of at least 1, or the deviation is not 0 or more
   */
  constructor(
    readonly count: number,
    readonly width: number,
    readonly options: EmbeddingOptions,
  ) {
    const { deviation = 0.01, seed, stream: name = 'embedding' } = options
    for (const [what, value] of [
      ['count', count],
      ['width', width],
    ] as const) {
      if (!Number.isInteger(value) || value < 1) throw new RangeError(`${what} is ${value}; it must be a whole number of at least 1`)
    }
    if (!(deviation >= 0 && deviation < Infinity)) throw new RangeError(`deviation is ${deviation}; it must be 0 or more`)
    const generator = stream(seed, name)
    this.table = Float32Array.from({ length: count * width }, () => deviation * normal(generator))
    this.slopes = new Float32Array(count * width)
    this.firstMoments = new Float32Array(count * width)
    this.secondMoments = new Float32Array(count * width)
    this.touched = new Int32Array(count)
    this.isTouched = new Uint8Array(count)
  }

  /**
   * Looks up rows: out [rows, width].
   *
   * @param ids [rows], which may repeat
   * @throws RangeError for an id that is not in the table, or arrays too short
   */
  gather(ids: Int32Array, rows: number, out: Float32Array): void {
    const { table, width } = this
    this.check(ids, rows, 'out', out)
    for (let row = 0; row < rows; row++) {
      const from = ids[row]! * width
      const to = row * width
      for (let at = 0; at < width; at++) out[to + at] = table[from + at]!
    }
  }

  /**
   * Adds to the gradient; an id that occurs twice gets both.
   *
   * @param slopes [rows, width]: ∂loss / ∂ what was gathered
   * @throws RangeError as `gather`; the gradient is unchanged then
   */
  scatterAdd(ids: Int32Array, rows: number, slopes: Float32Array): void {
    const { slopes: gradient, width, touched, isTouched } = this
    this.check(ids, rows, 'slopes', slopes)
    for (let row = 0; row < rows; row++) {
      const id = ids[row]!
      if (isTouched[id] === 0) {
        isTouched[id] = 1
        touched[this.touchedCount++] = id
      }
      const to = id * width
      const from = row * width
      for (let at = 0; at < width; at++) gradient[to + at]! += slopes[from + at]!
    }
  }

  gradientSquares(): number {
    const { slopes, width, touched } = this
    let squares = 0
    for (let place = 0; place < this.touchedCount; place++) {
      const from = touched[place]! * width
      for (let at = from; at < from + width; at++) squares += slopes[at]! * slopes[at]!
    }
    return squares
  }

  step(learningRate: number, scale: number, epsilon: number, limit = Infinity): void {
    const { slopes, width, touched } = this
    for (let place = 0; place < this.touchedCount; place++) {
      const from = touched[place]! * width
      for (let at = from; at < from + width; at++) slopes[at] = Math.min(limit, Math.max(-limit, scale * slopes[at]!))
    }
    adam(this.table, slopes, this.firstMoments, this.secondMoments, ++this.updates, learningRate, epsilon)
    this.clearGradient()
  }

  clearGradient(): void {
    const { slopes, width, touched, isTouched } = this
    for (let place = 0; place < this.touchedCount; place++) {
      const id = touched[place]!
      isTouched[id] = 0
      const from = id * width
      for (let at = from; at < from + width; at++) slopes[at] = 0
    }
    this.touchedCount = 0
  }

  /** The gradient gathered so far, [count, width]; a copy, for tests and pictures. */
  gradient(): Float32Array {
    return this.slopes.slice()
  }

  /**
   * table ← tau · source's + (1 - tau) · own; tau 1 copies.
   *
   * @throws RangeError when the tables differ in size, or tau is out of range
   */
  follow(source: Embedding, tau: number): void {
    if (source.count !== this.count || source.width !== this.width) {
      throw new RangeError(`a table of ${this.count} × ${this.width} cannot follow one of ${source.count} × ${source.width}`)
    }
    if (!(tau >= 0 && tau <= 1)) throw new RangeError(`tau is ${tau}; it must be between 0 and 1`)
    const { table } = this
    const { table: other } = source
    for (let at = 0; at < table.length; at++) table[at] = tau * other[at]! + (1 - tau) * table[at]!
  }

  save(): PerceptronState {
    const { table, firstMoments, secondMoments, updates } = this
    return { parameters: table.slice(), firstMoments: firstMoments.slice(), secondMoments: secondMoments.slice(), updates }
  }

  /** Takes a state of a table of the same size, or throws and stays as it was. */
  load(state: PerceptronState): void {
    checkLearned(state, this.table.length, `the table of ${this.count} × ${this.width}`)
    this.table.set(state.parameters)
    this.firstMoments.set(state.firstMoments)
    this.secondMoments.set(state.secondMoments)
    this.updates = state.updates
    this.clearGradient()
  }

  private check(ids: Int32Array, rows: number, what: string, numbers: Float32Array): void {
    const { count } = this
    checkLength('ids', ids, rows)
    checkLength(what, numbers, rows * this.width)
    for (let row = 0; row < rows; row++) {
      const id = ids[row]!
      if (!(id >= 0 && id < count)) throw new RangeError(`ids[${row}] is ${id}; the table has ids 0 to ${count - 1}`)
    }
  }
}
