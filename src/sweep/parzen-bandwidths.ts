/**
 * How broad the kernels of a density in one dimension are (Watanabe 2023, arXiv:2304.11127, section 3.3.3; as in Optuna 5).
 *
 * Each kernel reaches to the farther of its two neighbours, the outermost to their only one, and one that is alone to the
 * farther end of the range. None is narrower than the range over the number of kernels ("magic clipping"), so that a
 * configuration that was repeated does not become a needle. The prior, which comes last, covers the whole range.
 */
export class Bandwidths {
  /** [count + 1]: what `fit` found last. */
  readonly values: Float64Array
  private readonly order: Int32Array
  private readonly ends: Int32Array

  /** @param count how many kernels there are, without the prior */
  constructor(private readonly count: number) {
    this.values = new Float64Array(count + 1)
    this.order = new Int32Array(count)
    this.ends = new Int32Array(count + 1)
  }

  /** @param centres has the kernels' centres, in [0, 1], from the place `from` on */
  fit(centres: Float64Array, from: number): void {
    const { count, order, values } = this
    this.sort(centres, from)
    const least = 1 / Math.min(100, count + 2)
    for (let at = 0; at < count; at++) {
      const centre = centres[from + order[at]!]!
      const toLower = at > 0 ? centre - centres[from + order[at - 1]!]! : count > 1 ? 0 : centre
      const toUpper = at < count - 1 ? centres[from + order[at + 1]!]! - centre : count > 1 ? 0 : 1 - centre
      values[order[at]!] = Math.min(1, Math.max(least, toLower, toUpper))
    }
    values[count] = 1
  }

  /**
   * Fills `order`: the kernels from the least centre to the greatest, of equals the earlier first.
   *
   * Each is put into one of `count` boxes, then moved past the few before it that are greater. This is TPE's innermost sort, of
   * numbers that lie spread or in a few heaps, and some times as quick as the general one.
   */
  private sort(centres: Float64Array, from: number): void {
    const { count, order, ends } = this
    ends.fill(0)
    for (let kernel = 0; kernel < count; kernel++) ends[boxOf(centres[from + kernel]!, count) + 1]!++
    for (let box = 0; box < count; box++) ends[box + 1]! += ends[box]!
    for (let kernel = 0; kernel < count; kernel++) order[ends[boxOf(centres[from + kernel]!, count)]!++] = kernel
    for (let at = 1; at < count; at++) {
      const moved = order[at]!
      const centre = centres[from + moved]!
      let to = at
      while (to > 0 && centres[from + order[to - 1]!]! > centre) order[to] = order[--to]!
      order[to] = moved
    }
  }
}

function boxOf(place: number, boxes: number): number {
  return Math.min(boxes - 1, Math.floor(place * boxes))
}
