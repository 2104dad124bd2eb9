/**
 * What a shopper may do with the product shown: the marketplace's table of outcomes, as published.
 *
 * Each outcome happens or not by a chance of its own, so several can happen in one step, and their rewards add up.
 * Source: github.com/vougeress/rl_project, src/data_generation.py at bf47f7f, which adds normal noise to the probabilities of each
 * step (standard deviations .0005 to .02); here they are as in its table.
 */

/** The outcomes in the order of their codes; the last two exist in the preset `corrected` alone. Each is also a kind of event. */
export const outcomes = ['view', 'like', 'cart', 'purchase', 'share', 'dislike', 'spam', 'report', 'remove'] as const

export type Outcome = (typeof outcomes)[number]

export const outcomeCode = Object.fromEntries(outcomes.map((outcome, code) => [outcome, code])) as Readonly<Record<Outcome, number>>

/** How many of them the preset `published` has. */
export const publishedOutcomes = 7

/**
 * How well a price suits, 0 to 1: exp(-(price - 50 b)² / (2 (25 b)²)).
 *
 * @param budget the shopper's budget multiplier b: .5, 1 or 2
 */
export function priceMatch(price: number, budget: number): number {
  return Math.exp(-((price - 50 * budget) ** 2) / (2 * (25 * budget) ** 2))
}

/**
 * The engagement e, .15 to .95.
 *
 * @param style    inner product of the shopper's style and the product's
 * @param category the shopper's preference for the product's category
 * @param match    how well the price suits
 * @param keenness what all of it is multiplied with before it is clipped; 1 as published
 */
export function engagement(
  style: number,
  category: number,
  match: number,
  priceSensitivity: number,
  qualitySensitivity: number,
  exploration: number,
  quality: number,
  popularity: number,
  keenness: number,
): number {
  const affordable = 1 - priceSensitivity * (1 - match)
  const e =
    keenness *
    (0.35 * (style > 0 ? style : 0) +
      0.3 * category +
      0.2 * (affordable > 0 ? affordable : 0) +
      0.1 * qualitySensitivity * quality +
      0.05 * (1 - exploration) * popularity)
  return e < 0.15 ? 0.15 : e > 0.95 ? 0.95 : e
}

/**
 * The published rows of the table, at an engagement e.
 *
 * @param probability [outcomes], the first seven overwritten
 * @param reward      [outcomes], the first seven overwritten
 */
export function fillOutcomes(
  e: number,
  match: number,
  quality: number,
  popularity: number,
  probability: Float64Array,
  reward: Float64Array,
): void {
  probability[0] = 1
  reward[0] = 0.1 + 0.2 * e
  probability[1] = between(0.5 * e, 0.6)
  reward[1] = 0.8 + 0.4 * e
  probability[2] = between(0.4 * (e - 0.15), 0.3)
  reward[2] = 2.5 + e
  probability[3] = between(0.25 * (e - 0.25) * match, 0.2)
  reward[3] = 7 + 2 * e
  probability[4] = between(0.12 * quality * popularity * e, 0.1)
  reward[4] = 3.5 + e
  probability[5] = between(0.15 * (1 - e), 0.25)
  reward[5] = -0.2 - 0.2 * (1 - e)
  probability[6] = between(0.001 * (1 - e) * (1 - quality), 0.002)
  reward[6] = -1
}

/** At least 0, at most the cap. */
export function between(probability: number, cap: number): number {
  return probability < 0 ? 0 : probability > cap ? cap : probability
}

// Sets of outcomes are whole numbers with a bit for each code.
const { like, cart, purchase, share, dislike, spam, report } = outcomeCode
export const likedOrBetter = (1 << like) | (1 << cart) | (1 << purchase) | (1 << share)
export const complaints = (1 << spam) | (1 << report)

/** How a step shows in the observation: nothing yet, looked at, liked, shared, put into the cart, bought, disliked, complained. */
export const outcomeRatings = [0, 0.1, 0.25, 0.5, 0.75, 1, -0.5, -1] as const

/**
 * The best of what happened, else the worst.
 *
 * @param happened set of outcomes
 * @returns place in `outcomeRatings`
 */
export function ratingOf(happened: number): number {
  if (happened & (1 << purchase)) return 5
  if (happened & (1 << cart)) return 4
  if (happened & (1 << share)) return 3
  if (happened & (1 << like)) return 2
  if (happened & complaints) return 7
  return happened & (1 << dislike) ? 6 : 1
}
