/** How long curves become drawings: which points, and how much smoothing. */

/** An averaging window that suits a curve of this length: a twentieth of it, from 1 to 100. */
export function windowFor(length: number): number {
  return Math.max(1, Math.min(100, Math.round(length / 20)))
}

/** Places to draw so that a curve of `length` points has at most `most` (at least 2), its first and last among them. */
export function thin(length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, at) => at)
  return Array.from({ length: most }, (_, at) => Math.round((at * (length - 1)) / (most - 1)))
}
