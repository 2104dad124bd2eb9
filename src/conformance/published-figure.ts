/** A number that somebody published, and what our implementation gives for it: computed when asked, never copied. */

/** The mean of many tries, with its standard error. */
export interface Estimate {
  readonly mean: number
  readonly error: number
}

export interface PublishedFigure {
  /** The environment it belongs to. */
  readonly shop: string
  readonly what: string
  /** Where it stands: project, commit, file; or paper and table. */
  readonly source: string
  /** One number, or several that belong together, such as the first draws of a generator. */
  readonly published: number | readonly number[]
  /**
   * How far ours may be from it, each number of several. A number where it is known to so many digits: half of the last one. { error }
   * where it is an average with this standard error. Three standard errors, of both together, come on top where there are any.
   * Left out where nobody said how exact it is: the figure is shown, not tested.
   */
  readonly within?: number | { readonly error: number }
  /** What a reader should know of it: why it is not tested, why ours is another. */
  readonly note?: string
  /** @param share of the tries of a full count, above 0, at most 1: with less it is sooner done, and its standard error larger */
  readonly ours: (share: number) => number | readonly number[] | Estimate
}

/** A figure as a table shows it. */
export interface ConformanceRow {
  readonly shop: string
  readonly what: string
  readonly source: string
  readonly note: string
  readonly published: readonly number[]
  readonly ours: readonly number[]
  /** Standard error of ours; 0 for what has none. */
  readonly error: number
  /** Ours less the published number; of several the one furthest off. */
  readonly difference: number
  /** The largest difference allowed; undefined for a figure that is shown, not tested. */
  readonly allowed: number | undefined
  /** Undefined for a figure that is shown, not tested. */
  readonly agrees: boolean | undefined
}

/**
 * Computes a figure and holds it against the published one.
 *
 * @param share of the tries of a full count, above 0, at most 1
 */
export function compareFigure(figure: PublishedFigure, share = 1): ConformanceRow {
  const { shop, what, source, note = '', within } = figure
  const published = listOf(figure.published)
  const computed = figure.ours(share)
  const [ours, error] = isEstimate(computed) ? [[computed.mean], computed.error] : [listOf(computed), 0]
  const difference = furthest(ours, published)
  const allowed = within === undefined ? undefined : allowedDifference(within, error)
  // NaN agrees with nothing.
  const agrees = allowed === undefined ? undefined : Math.abs(difference) <= allowed
  return { shop, what, source, note, published, ours, error, difference, allowed, agrees }
}

function allowedDifference(within: NonNullable<PublishedFigure['within']>, ourError: number): number {
  return typeof within === 'number' ? within + 3 * ourError : 3 * Math.hypot(within.error, ourError)
}

function furthest(ours: readonly number[], published: readonly number[]): number {
  if (ours.length !== published.length) return Number.NaN
  let furthest = 0
  for (const [at, number] of published.entries()) {
    const difference = ours[at]! - number
    if (Number.isNaN(difference)) return difference
    if (Math.abs(difference) > Math.abs(furthest)) furthest = difference
  }
  return furthest
}

function listOf(numbers: number | readonly number[]): readonly number[] {
  return typeof numbers === 'number' ? [numbers] : numbers
}

function isEstimate(computed: number | readonly number[] | Estimate): computed is Estimate {
  return typeof computed === 'object' && 'mean' in computed
}

/** The mean of independent tries, at least two of them. */
export function estimate(values: ArrayLike<number>): Estimate {
  const count = values.length
  let sum = 0
  for (let at = 0; at < count; at++) sum += values[at]!
  const mean = sum / count
  let squares = 0
  for (let at = 0; at < count; at++) squares += (values[at]! - mean) ** 2
  return { mean, error: Math.sqrt(squares / (count - 1) / count) }
}

/** What several figures have in common, computed for the first of them that asks: once for each share of the tries. */
export function shared<Result>(compute: (share: number) => Result): (share?: number) => Result {
  const results = new Map<number, Result>()
  return (share = 1) => {
    if (!results.has(share)) results.set(share, compute(share))
    return results.get(share)!
  }
}
