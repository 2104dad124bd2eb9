/**
 * A sum tree: numbers of which each can be changed, and drawn in proportion to its size, in log2(count) steps (Schaul et al. 2016,
 * arXiv 1511.05952, appendix B.2.1).
 *
 * The numbers are the leaves of a binary tree in one array; every other node is the sum of its two children, node i those of 2 i and 2 i + 1.
 * A sum is taken anew whenever a number under it changes, so that nothing drifts, and the same numbers give the same sums to the last bit.
 */
export class SumTree {
  private readonly sums: Float64Array
  /** Where the leaves begin: a power of two. */
  private readonly leaves: number

  /** @param count how many numbers, at least 1; all are 0 */
  constructor(readonly count: number) {
    if (!(Number.isInteger(count) && count >= 1)) throw new RangeError(`count is ${count}; it must be a whole number of at least 1`)
    this.leaves = 1
    while (this.leaves < count) this.leaves *= 2
    this.sums = new Float64Array(2 * this.leaves)
  }

  /** The sum of all. */
  get total(): number {
    return this.sums[1]!
  }

  at(place: number): number {
    return this.sums[this.leaves + place]!
  }

  /** @param value finite, at least 0 */
  set(place: number, value: number): void {
    const { sums } = this
    let node = this.leaves + place
    sums[node] = value
    while ((node >>= 1) >= 1) sums[node] = sums[2 * node]! + sums[2 * node + 1]!
  }

  /**
   * The place whose stretch `mass` falls into, when the numbers are laid end to end; never one whose number is 0.
   *
   * @param mass from 0 to below `total`, which must be above 0
   */
  find(mass: number): number {
    const { sums, leaves } = this
    let node = 1
    while (node < leaves) {
      const left = 2 * node
      const right = left + 1
      // Rounding may bring the mass to the very end, behind which there is nothing.
      if (mass < sums[left]! || sums[right] === 0) node = left
      else {
        mass -= sums[left]!
        node = right
      }
    }
    return node - leaves
  }

  /** The first `size` numbers; a copy. */
  save(size: number): Float64Array {
    return this.sums.slice(this.leaves, this.leaves + size)
  }

  /** Takes numbers for the first places; the others are 0. */
  load(values: Float64Array): void {
    const { sums, leaves } = this
    sums.fill(0)
    sums.set(values, leaves)
    for (let node = leaves - 1; node >= 1; node--) sums[node] = sums[2 * node]! + sums[2 * node + 1]!
  }
}
