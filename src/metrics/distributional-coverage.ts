import { checkCounts } from './check-counts'

export interface DistributionalCoverage {
  /** 0 where one item has everything, log2(items) where all have the same. */
  readonly bits: number
  /** bits / log2(items), 0 to 1; 1 in a catalogue of one item, which cannot be shown more evenly. */
  readonly normalised: number
}

/**
 * Distributional coverage: Shannon's entropy of what is shown, -sum of share · log2(share) over the catalogue
 * (Shani & Gunawardana 2011, "Evaluating Recommendation Systems", under coverage: sales diversity).
 *
 * Catalogue coverage asks whether an item was shown at all, this how evenly the showing is spread: 2 to the power of the bits is the
 * number of items that, shown equally often, would be as varied. Items never shown add nothing.
 *
 * @param shown [items]: how often each item was shown, 0 or more, not all 0; `countShown` of ranked lists, or `evaluate`'s `shown`
 * @throws RangeError when nothing was shown, or a count is negative or not finite
 */
export function distributionalCoverage(shown: ArrayLike<number>): DistributionalCoverage {
  const all = checkCounts('shown', shown)
  let bits = 0
  for (let item = 0; item < shown.length; item++) {
    const share = shown[item]! / all
    if (share > 0) bits += share * Math.log2(1 / share)
  }
  return { bits, normalised: shown.length === 1 ? 1 : bits / Math.log2(shown.length) }
}
