/**
 * How much a shopper wants an item, and how that becomes engagement. The tables' interactions and the candy store share it, so that
 * what one finds in the data is what drives the simulator.
 *
 * A shopper u and an item v are embeddings in one space. Their affinity is u·v (matrix factorisation, as the guide has it). A shopper
 * engages with probability sigmoid(scale · u·v + shift + N(0, noise)). Scale and shift are ours, chosen by lab/calibrate/guide-preference.ts
 * over generated shops of 500 users and 100 items: with .3 and -1.8 a random item is engaged with 3 times in 10 (.293 in the shop of seed
 * 42, .314 on average over 20 others) and a shopper's best item 9 times in 10 (.92 and .91).
 */

/** What the tables' interactions and the preset `guide` use. */
export const guidePreference = { scale: 0.3, shift: -1.8, noise: 0.1 } as const

/** Of the engagements, how many become a purchase. */
export const purchaseShare = 0.25

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** The inner product of row `i` of `a` and row `j` of `b`, both [rows, width]. */
export function affinity(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, width: number): number {
  let sum = 0
  for (let at = 0, left = i * width, right = j * width; at < width; at++) sum += a[left + at]! * b[right + at]!
  return sum
}

/** The length of every row of [rows, width]. */
export function rowLengths(rows: ArrayLike<number>, count: number, width: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => Math.sqrt(affinity(rows, row, rows, row, width)))
}
