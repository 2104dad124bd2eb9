/**
 * RecoGym's products: what views of them and clicks on them depend on, drawn as the original does it, since published figures depend on it.
 *
 * By NumPy's RandomState(worldSeed): factors of views N(0, 1) [products, factors] (Gamma in the paper), then shifts of views
 * N(0, popularityDeviation) [products] (mu). Factors and shifts of clicks (beta, and mu again) are the same numbers, unless products
 * are flipped.
 *
 * A flip: the two products whose factors have the largest inner product exchange their factors and shifts of clicks; then the next two,
 * each product in one pair at most, as long as the inner product is above 0. A user who views one of them then clicks on the other.
 */
import { NumpyRandomState } from '../random/numpy-random-state'
import type { RecogymSettings } from './recogym-options'

export interface RecogymWorld {
  /** [products, factors] */
  readonly viewFactors: Float64Array
  /** [products] */
  readonly viewShifts: Float64Array
  /** [products, factors] */
  readonly clickFactors: Float64Array
  /** [products] */
  readonly clickShifts: Float64Array
}

type WorldSettings = Pick<RecogymSettings, 'products' | 'factors' | 'worldSeed' | 'popularityDeviation' | 'flips' | 'unitClickFactors'>

export function recogymWorld(settings: WorldSettings): RecogymWorld {
  const { products, factors, worldSeed, popularityDeviation, flips, unitClickFactors } = settings
  const random = new NumpyRandomState(worldSeed)
  const viewFactors = Float64Array.from({ length: products * factors }, () => random.gauss())
  const viewShifts = Float64Array.from({ length: products }, () => random.normal(0, popularityDeviation))
  const source = flipped(viewFactors, products, factors, flips)
  const clickFactors = new Float64Array(products * factors)
  for (let product = 0; product < products; product++) {
    const row = viewFactors.subarray(source[product]! * factors, (source[product]! + 1) * factors)
    const length = unitClickFactors ? Math.hypot(...row) : 1
    for (let factor = 0; factor < factors; factor++) clickFactors[product * factors + factor] = row[factor]! / length
  }
  return { viewFactors, viewShifts, clickFactors, clickShifts: Float64Array.from(source, product => viewShifts[product]!) }
}

/** For each product, whose numbers its clicks depend on: the likest pairs first. Products without a partner keep their own. */
function flipped(rows: Float64Array, products: number, factors: number, flips: number): Int32Array {
  const source = Int32Array.from({ length: products }, (_, product) => product)
  if (flips === 0) return source
  const partner = new Int32Array(products).fill(-1)
  const likeness = new Float64Array(products).fill(-Infinity)
  const used = new Uint8Array(products)

  function findPartner(product: number): void {
    likeness[product] = -Infinity
    for (let other = 0; other < products; other++) {
      if (other === product || used[other]) continue
      let sum = 0
      for (let factor = 0; factor < factors; factor++) sum += rows[product * factors + factor]! * rows[other * factors + factor]!
      if (sum <= likeness[product]!) continue
      likeness[product] = sum
      partner[product] = other
    }
  }

  for (let product = 0; product < products; product++) findPartner(product)
  for (let flip = 0; flip < flips; flip++) {
    let one = -1
    for (let product = 0; product < products; product++) {
      if (!used[product] && (one < 0 || likeness[product]! > likeness[one]!)) one = product
    }
    if (one < 0 || !(likeness[one]! > 0)) break
    const other = partner[one]!
    source[one] = other
    source[other] = one
    used[one] = used[other] = 1
    // Only those who lost their partner look for another one.
    for (let product = 0; product < products; product++) {
      if (!used[product] && (partner[product] === one || partner[product] === other)) findPartner(product)
    }
  }
  return source
}
