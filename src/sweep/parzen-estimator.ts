/**
 * A density over a search space from the configurations seen there: one kernel around each, and a broad one for all that was
 * not tried, the prior (Bergstra et al. 2011, section 4; the kernels' details after Watanabe 2023, arXiv:2304.11127, section 3.3).
 *
 * A kernel is the product of a kernel in each dimension, all in [0, 1] (unit-interval.ts):
 * - continuous: a normal distribution cut to [0, 1];
 * - cells: the mass of that distribution in each cell;
 * - choices: the choice seen, mixed with all choices evenly.
 */
import { categorical, cumulative } from '../random/draws'
import type { Generator } from '../random/generator'
import { cutNormal, massBetween } from './normal-distribution'
import { Bandwidths } from './parzen-bandwidths'
import type { Scale } from './unit-interval'

/** After so many configurations the oldest begin to count less. */
const fullWeight = 25

/** Of the standard normal distribution. */
const highestDensity = 1 / Math.sqrt(2 * Math.PI)

export class ParzenEstimator {
  /** Kernels: one for each row, then the prior. */
  private readonly kernels: number
  private readonly cumulativeWeights: Float64Array
  /** [kernels]: the logarithm of what multiplies each kernel: its weight, and what makes the mass in range 1. */
  private readonly factors: Float64Array
  /** [width, kernels]: a place, or a choice's number */
  private readonly centres: Float64Array
  /** [width, kernels]: 1 / bandwidth, by which it is quicker to multiply; not used for choices */
  private readonly narrowness: Float64Array
  /** By dimension and cell: the logarithm of each kernel's mass there; made when first asked for. */
  private readonly cells: readonly Map<number, Float64Array>[]
  /** [kernels] */
  private readonly exponents: Float64Array

  /**
   * @param scales  the dimensions
   * @param rows    where configurations lie: `Scale.place` by row and dimension, [rows, scales.length]
   * @param chosen  the rows of those that the density is made of, oldest first
   */
  constructor(
    private readonly scales: readonly Scale[],
    rows: Float64Array,
    chosen: readonly number[],
  ) {
    const width = scales.length
    const count = chosen.length
    const kernels = (this.kernels = count + 1)
    this.cells = scales.map(() => new Map())
    this.exponents = new Float64Array(kernels)
    this.factors = kernelWeights(count)
    this.cumulativeWeights = cumulative(this.factors)
    const sum = this.cumulativeWeights[count]!
    for (let kernel = 0; kernel < kernels; kernel++) this.factors[kernel] = Math.log(this.factors[kernel]! / sum)
    const centres = (this.centres = new Float64Array(width * kernels))
    const narrowness = (this.narrowness = new Float64Array(width * kernels))
    const bandwidths = new Bandwidths(count)
    for (let dimension = 0; dimension < width; dimension++) {
      const from = dimension * kernels
      for (let kernel = 0; kernel < count; kernel++) centres[from + kernel] = rows[chosen[kernel]! * width + dimension]!
      centres[from + count] = 0.5
      const { kind } = scales[dimension]!
      if (kind === 'choices') continue
      bandwidths.fit(centres, from)
      for (let kernel = 0; kernel < kernels; kernel++) {
        const centre = centres[from + kernel]!
        const narrow = (narrowness[from + kernel] = 1 / bandwidths.values[kernel]!)
        const mass = massBetween(-centre * narrow, (1 - centre) * narrow)
        this.factors[kernel]! += Math.log(kind === 'cells' ? 1 / mass : (narrow / mass) * highestDensity)
      }
    }
  }

  /** Draws a configuration: coordinates into out[0..width - 1]. */
  sample(generator: Generator, out: Float64Array): void {
    const kernel = categorical(generator, this.cumulativeWeights)
    for (let dimension = 0; dimension < this.scales.length; dimension++) {
      const scale = this.scales[dimension]!
      const at = dimension * this.kernels + kernel
      const centre = this.centres[at]!
      if (scale.kind !== 'choices') {
        out[dimension] = scale.coordinateAt(cutNormal(generator, centre, 1 / this.narrowness[at]!))
      } else {
        const own = kernel === this.kernels - 1 ? 0 : this.shareOfOwnChoice(scale.values)
        const point = generator.next()
        out[dimension] = point < own ? centre : scale.coordinateAt((point - own) / (1 - own))
      }
    }
  }

  /** The logarithm of the density at a configuration, coordinates given; of the probability where all dimensions have cells or choices. */
  logDensity(coordinates: Float64Array): number {
    const { exponents, kernels, centres, narrowness } = this
    exponents.set(this.factors)
    for (let dimension = 0; dimension < this.scales.length; dimension++) {
      const scale = this.scales[dimension]!
      const at = coordinates[dimension]!
      const from = dimension * kernels
      if (scale.kind === 'continuous') {
        for (let kernel = 0; kernel < kernels; kernel++) {
          const distance = (at - centres[from + kernel]!) * narrowness[from + kernel]!
          exponents[kernel]! -= 0.5 * distance * distance
        }
      } else if (scale.kind === 'cells') {
        const masses = this.cellMasses(dimension, at)
        for (let kernel = 0; kernel < kernels; kernel++) exponents[kernel]! += masses[kernel]!
      } else {
        const own = this.shareOfOwnChoice(scale.values)
        const other = Math.log((1 - own) / scale.values)
        const same = Math.log(own + (1 - own) / scale.values)
        for (let kernel = 0; kernel < kernels - 1; kernel++) exponents[kernel]! += centres[from + kernel] === at ? same : other
        exponents[kernels - 1]! -= Math.log(scale.values)
      }
    }
    return logSumExp(exponents)
  }

  /** How much of a kernel is the choice that was seen; the rest is shared by all choices, so that none is ruled out. */
  private shareOfOwnChoice(choices: number): number {
    return this.kernels / (this.kernels + choices)
  }

  private cellMasses(dimension: number, cell: number): Float64Array {
    const known = this.cells[dimension]!.get(cell)
    if (known) return known
    const begin = this.scales[dimension]!.border(cell)
    const end = this.scales[dimension]!.border(cell + 1)
    const masses = new Float64Array(this.kernels)
    for (let kernel = 0; kernel < this.kernels; kernel++) {
      const centre = this.centres[dimension * this.kernels + kernel]!
      const narrow = this.narrowness[dimension * this.kernels + kernel]!
      masses[kernel] = Math.log(massBetween((begin - centre) * narrow, (end - centre) * narrow))
    }
    this.cells[dimension]!.set(cell, masses)
    return masses
  }
}

/** [count + 1]: 1 for the latest 25 and the prior, less for older ones, down to 1 / count for the oldest. */
function kernelWeights(count: number): Float64Array {
  const weights = new Float64Array(count + 1).fill(1)
  const older = count - fullWeight
  for (let row = 0; row < older; row++) weights[row] = (1 + (older > 1 ? ((count - 1) * row) / (older - 1) : 0)) / count
  return weights
}

/** log(sum of exp), without overflow. */
function logSumExp(exponents: Float64Array): number {
  let greatest = -Infinity
  for (let at = 0; at < exponents.length; at++) if (exponents[at]! > greatest) greatest = exponents[at]!
  let sum = 0
  for (let at = 0; at < exponents.length; at++) {
    const below = exponents[at]! - greatest
    if (below > -40) sum += Math.exp(below) // less than that is lost in the sum anyway
  }
  return greatest + Math.log(sum)
}
