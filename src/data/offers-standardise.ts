/** Standardised features: each column minus its mean, divided by its standard deviation (of the shoppers there are, so by n). */
export interface Standardised {
  /** [rows, width] */
  readonly table: Float64Array
  /** [width] */
  readonly means: Float64Array
  /** [width]; 1 where all rows are equal, which makes the column 0. */
  readonly deviations: Float64Array
}

/** @param table [rows, width], at least one row */
export function standardise(table: Float64Array, width: number): Standardised {
  const rows = table.length / width
  const means = new Float64Array(width)
  const deviations = new Float64Array(width)
  table.forEach((value, at) => {
    means[at % width]! += value / rows
  })
  table.forEach((value, at) => {
    deviations[at % width]! += (value - means[at % width]!) ** 2 / rows
  })
  // What is left of equal numbers is rounding, not a spread.
  for (let at = 0; at < width; at++) {
    const spread = Math.sqrt(deviations[at]!)
    deviations[at] = spread > 1e-9 * Math.max(1, Math.abs(means[at]!)) ? spread : 1
  }
  const scaled = table.map((value, at) => (value - means[at % width]!) / deviations[at % width]!)
  return { table: scaled, means, deviations }
}
