/**
 * The six shoppers of simshop: what an item is worth to each, when they click, how likely they buy, and what to expect of that.
 *
 * Utility of an item, clipped to 0..1:
 *   cheap_seeker        40 / (40 + price)
 *   brand_lover         .7 weight of the brand + .3 weight of the colour + U(-.1, .1)
 *   value_optimizer     s / (1 + s), s = 50 quality / price
 *   familiarity_seeker  sigmoid(times seen - 4) + N(0, .05); this time counts
 *   random_chooser      U(0, 1)
 *   freshness_looker    exp(-.005 · days since the release)
 * A shopper clicks where the utility is at least `click`, and buys with probability clip((utility - click) / (buy - click), 0, 1).
 * The weights of the brands and colours are the original's numbers; a catalogue of ours has no other brands (the original gives those .1).
 * Source: simshop, https://github.com/ernestknurov/simshop, commit 5e9d17a, src/users and src/config/config.py (MIT).
 *
 * Expectations (ours): with x the utility before clipping and excess(t) = E[max(0, x - t)], both thresholds being inside 0..1,
 *   P(click) = P(x ≥ click),  E[buys] = (excess(click) - excess(buy)) / (buy - click),  E[utility] = excess(0) - excess(1).
 */
import { sigmoid } from '../data/preference'
import type { SimshopCatalogue } from '../data/simshop-catalogue'
import { cumulativeNormal } from '../random/cumulative-normal'

/** In the order of the one-hot of the observation, which is the original's. */
export const simshopTypes = [
  'cheap_seeker',
  'brand_lover',
  'value_optimizer',
  'familiarity_seeker',
  'random_chooser',
  'freshness_looker',
] as const

export type SimshopType = (typeof simshopTypes)[number]

export const familiaritySeeker = simshopTypes.indexOf('familiarity_seeker')

/** Thresholds by type; `spread` is the half-width of the uniform noise, for the familiarity_seeker the deviation of the normal one. */
const click = Float64Array.of(0.72, 0.3, 0.7, 0.6, 0.85, 0.4)
const buy = Float64Array.of(0.85, 0.5, 0.85, 0.8, 0.97, 0.65)
const spread = Float64Array.of(0, 0.1, 0, 0.05, 0.5, 0)

/** BrandA to BrandO. */
const brandWeights = [
  0.5729550570477008, 0.004980885074884081, 1.516876189441327e-10, 0.260225277118719, 0.0738844694857421, 0.05370536195408048,
  0.02256994679147764, 0.07540303062942973, 0.3251875774469237, 0.001179427675238534, 0.0014212710996049664, 0.10840986357263528,
  0.0013818673721953775, 2.098993484748978e-5, 0.2941492051729788,
]

/** White, black, red, blue, green, yellow. */
const colourWeights = [
  0.09470874002848481, 0.14567775022972448, 0.017433425579196523, 0.37628387578227307, 0.6653733822187077, 0.006109355805172206,
]

/** The shoppers of one catalogue. A type is its place in `simshopTypes`; `seen` is how often the item was seen, this time included. */
export interface SimshopShoppers {
  /** Utility 0..1 of an item, from two uniforms: a normal number takes both, a uniform one the first. */
  utility(type: number, item: number, seen: number, first: number, second: number): number
  clicks(type: number, utility: number): boolean
  /** Probability that they buy. */
  buys(type: number, utility: number): number
  /** Probability of a click, before the noise is drawn. */
  clickChance(type: number, item: number, seen: number): number
  /** Probability of a purchase, before the noise is drawn. */
  purchaseChance(type: number, item: number, seen: number): number
  meanUtility(type: number, item: number, seen: number): number
}

export function simshopShoppersOf(catalogue: SimshopCatalogue): SimshopShoppers {
  const { count } = catalogue
  const centres = Float64Array.from({ length: simshopTypes.length * count }, (_, at) => {
    return centreOf(simshopTypes[Math.floor(at / count)]!, catalogue, at % count)
  })

  function centre(type: number, item: number, seen: number): number {
    return type === familiaritySeeker ? sigmoid(seen - 4) : centres[type * count + item]!
  }

  /** The mean of what the utility, before clipping, lies above a threshold. */
  function excess(type: number, middle: number, threshold: number): number {
    const above = middle - threshold
    const width = spread[type]!
    if (type === familiaritySeeker) return above * cumulativeNormal(above / width) + width * density(above / width)
    if (above >= width) return above
    return above <= -width ? 0 : (above + width) ** 2 / (4 * width)
  }

  return {
    utility(type, item, seen, first, second) {
      const noise = type === familiaritySeeker ? normalOf(first, second) : 2 * first - 1
      return clipped(centre(type, item, seen) + spread[type]! * noise)
    },
    clicks: (type, utility) => utility >= click[type]!,
    buys: (type, utility) => clipped((utility - click[type]!) / (buy[type]! - click[type]!)),
    clickChance(type, item, seen) {
      const above = centre(type, item, seen) - click[type]!
      const width = spread[type]!
      if (type === familiaritySeeker) return cumulativeNormal(above / width)
      return width === 0 ? Number(above >= 0) : clipped((above + width) / (2 * width))
    },
    purchaseChance(type, item, seen) {
      const middle = centre(type, item, seen)
      return (excess(type, middle, click[type]!) - excess(type, middle, buy[type]!)) / (buy[type]! - click[type]!)
    },
    meanUtility(type, item, seen) {
      const middle = centre(type, item, seen)
      return excess(type, middle, 0) - excess(type, middle, 1)
    },
  }
}

/** The utility without its noise; the familiarity_seeker's depends on no item. */
function centreOf(type: SimshopType, { price, quality, brand, colour, age }: SimshopCatalogue, item: number): number {
  if (type === 'cheap_seeker') return 40 / (40 + price[item]!)
  if (type === 'brand_lover') return 0.7 * brandWeights[brand[item]!]! + 0.3 * colourWeights[colour[item]!]!
  if (type === 'value_optimizer') {
    const value = (50 * quality[item]!) / price[item]!
    return value / (1 + value)
  }
  if (type === 'freshness_looker') return Math.exp(-0.005 * age[item]!)
  return 0.5 // the middle of U(0, 1)
}

function clipped(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}

/** A standard normal number of two uniforms (Box & Muller 1958). */
function normalOf(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second)
}
