/**
 * Simshop against the original: github.com/ernestknurov/simshop at 5e9d17a (MIT), its thresholds, what follows from its formulas, and the
 * averages of its notebook.
 *
 * Three shares over the catalogue were published from samples whose size nobody tells; ours are worked out, and the published ones are shown,
 * not tested. The notebook's averages are of one catalogue without a seed, which cannot be drawn again; ours are of many.
 */
import { type SimshopCatalogue, simshopBrands, simshopColours } from '../data/simshop-catalogue'
import { type SimshopType, simshop, simshopTypes } from '../envs/simshop'
import { simshopShoppersOf } from '../envs/simshop-shoppers'
import { cumulativeNormal } from '../random/cumulative-normal'
import { evaluate } from '../train/evaluate-agent'
import { referenceActors } from '../train/play-actors'
import { estimate, type PublishedFigure, shared } from './published-figure'

const repository = 'github.com/ernestknurov/simshop at 5e9d17a'
const config = `${repository}, src/config/config.py`
const users = `${repository}, src/users`
const catalogueSource = `${repository}, src/users on a catalogue of src/scripts/generate_catalog.py`
const typeOf = (name: SimshopType) => simshopTypes.indexOf(name)

interface Columns {
  readonly price?: readonly number[]
  readonly age?: readonly number[]
  readonly brand?: readonly number[]
  readonly colour?: readonly number[]
}

/** A catalogue in which only the columns given differ from item to item. */
export function plainCatalogue(columns: Columns): SimshopCatalogue {
  const count = Object.values(columns)[0]!.length
  const whole = (values: readonly number[] = new Array(count).fill(0)) => Int32Array.from(values)
  return {
    count,
    category: whole(),
    subcategory: whole(),
    brand: whole(columns.brand),
    colour: whole(columns.colour),
    price: Float64Array.from(columns.price ?? new Array(count).fill(1)),
    quality: new Float64Array(count),
    popularity: whole(),
    age: whole(columns.age),
    labels: new Array(count).fill(''),
  }
}

const anything = simshopShoppersOf(plainCatalogue({ price: [1] }))

/** The lowest utility of 0 to 1 for which something holds, to the thousandth. */
const lowestUtility = (holds: (utility: number) => boolean) => Array.from({ length: 1001 }, (_, at) => at / 1000).find(holds)!

/** The highest price, to a ten-thousandth, for which something holds of the cheap seeker's utility. */
function highestPrice(holds: (cheap: number, utility: number) => boolean): number {
  const price = Array.from({ length: 100_000 }, (_, at) => 7 + at / 10_000)
  const shoppers = simshopShoppersOf(plainCatalogue({ price }))
  const cheap = typeOf('cheap_seeker')
  return Math.max(...price.filter((_, item) => holds(cheap, shoppers.utility(cheap, item, 0, 0.3, 0.7))))
}

function oldestClicked(): number {
  const age = Array.from({ length: 731 }, (_, days) => days)
  const shoppers = simshopShoppersOf(plainCatalogue({ age }))
  const fresh = typeOf('freshness_looker')
  return Math.max(...age.filter(item => shoppers.clicks(fresh, shoppers.utility(fresh, item, 0, 0.3, 0.7))))
}

/** A brand lover's mean over all brands and colours, of the chance of a click or of a purchase. */
function overBrandsAndColours(what: 'clickChance' | 'purchaseChance'): number {
  const brand = simshopBrands.flatMap((_, brand) => simshopColours.map(() => brand))
  const colour = simshopBrands.flatMap(() => simshopColours.map((_, colour) => colour))
  const shoppers = simshopShoppersOf(plainCatalogue({ brand, colour }))
  return brand.reduce((sum, _, item) => sum + shoppers[what](typeOf('brand_lover'), item, 0), 0) / brand.length
}

/** The share of the catalogue's prices, LogNormal(3.5, .75), that are at most this. */
const cheaperThan = (price: number) => cumulativeNormal((Math.log(price) - 3.5) / 0.75)

/** A cheap_seeker's clicks over the catalogue, on paper. */
export const cheapShare = () => cheaperThan(highestPrice((type, utility) => anything.clicks(type, utility)))

/** A value_optimizer's: over qualities, evenly spread to three places, the share of prices at which 50 · quality / price is enough. */
export function valueShare(): number {
  const least = lowestUtility(utility => anything.clicks(typeOf('value_optimizer'), utility))
  const quality = Array.from({ length: 1000 }, (_, at) => (at + 0.5) / 1000)
  return quality.reduce((sum, each) => sum + cheaperThan((50 * each * (1 - least)) / least), 0) / quality.length
}

/** The share that a random_chooser buys, whose utility is evenly spread. */
export function randomPurchases(): number {
  const utility = Array.from({ length: 100_000 }, (_, at) => (at + 0.5) / 100_000)
  const type = typeOf('random_chooser')
  return utility.reduce((sum, each) => sum + (anything.clicks(type, each) ? anything.buys(type, each) : 0), 0) / utility.length
}

/** What random pages bring a brand lover in each of so many catalogues of 50 items, as in the notebook, whose first 50 alone are shown. */
// Its cell exchanges every 100 visits, not every 20 as the training does.
const randomPages = (exchangedPairs: number, exchangeEvery: number) =>
  shared(share =>
    Array.from({ length: Math.ceil(share * 40) }, (_, dataSeed) => {
      const env = simshop(50, { preset: 'published', userTypes: 'brand_lover', items: 50, exchangedPairs, exchangeEvery, dataSeed })
      const { mean, clicks, purchases, lengths } = evaluate(referenceActors.random!(env, 1), env, { episodes: 100, seed: 1 })
      // Means over visits of the means over their pages, as the notebook counts.
      const share = (counts: Int32Array) => counts.reduce((sum, count, visit) => sum + count / (5 * lengths[visit]!), 0) / counts.length
      const pages = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
      return { reward: mean, clicks: share(clicks), purchases: share(purchases), pages }
    }),
  )
const nearStatic = randomPages(2, 100)
const shuffled = randomPages(25, 1)

function average(
  what: string,
  published: number,
  of: 'reward' | 'clicks' | 'purchases' | 'pages',
  pages: typeof nearStatic,
): PublishedFigure {
  return {
    shop: 'simshop',
    what: `random, ${what}`,
    source: `${repository}, notebooks/exploration.ipynb: brand_lover, 100 visits`,
    note: 'one catalogue without a seed, no error',
    published,
    ours: share => estimate(pages(share).map(means => means[of])),
  }
}

const exact = (what: string, source: string, published: PublishedFigure['published'], within: number, ours: PublishedFigure['ours']) => ({
  ...{ shop: 'simshop', what, source, published, within, ours },
})

const sampled = (what: string, published: number, ours: () => number): PublishedFigure => ({
  ...{ shop: 'simshop', what, source: catalogueSource, note: 'a sample of unknown size; ours is exact', published, ours },
})

export const simshopFigures: readonly PublishedFigure[] = [
  exact('thresholds of a click, by type', config, [0.72, 0.3, 0.7, 0.6, 0.85, 0.4], 0, () =>
    simshopTypes.map((_, type) => lowestUtility(utility => anything.clicks(type, utility))),
  ),
  exact('thresholds of a certain purchase, by type', config, [0.85, 0.5, 0.85, 0.8, 0.97, 0.65], 0, () =>
    simshopTypes.map((_, type) => lowestUtility(utility => anything.buys(type, utility) === 1)),
  ),
  exact('highest price that a cheap_seeker clicks', users, 15.56, 0.005, () =>
    highestPrice((type, utility) => anything.clicks(type, utility)),
  ),
  exact('highest price that a cheap_seeker is certain to buy at', users, 7.06, 0.005, () =>
    highestPrice((type, utility) => anything.buys(type, utility) === 1),
  ),
  exact('utility for a familiarity_seeker who has seen an item 1 to 6 times', users, [0.047, 0.119, 0.269, 0.5, 0.731, 0.881], 5e-4, () =>
    // A quarter of a turn: the normal number is 0.
    [1, 2, 3, 4, 5, 6].map(seen => anything.utility(typeOf('familiarity_seeker'), 0, seen, 0.5, 0.25)),
  ),
  exact('oldest item that a freshness_looker clicks, in days', users, 183, 0, oldestClicked),
  exact('a brand_lover clicks, over all brands and colours', users, 0.15, 5e-4, () => overBrandsAndColours('clickChance')),
  exact('a brand_lover buys, over all brands and colours', users, 0.0748, 5e-5, () => overBrandsAndColours('purchaseChance')),
  sampled('a cheap_seeker clicks, over the catalogue', 0.1565, cheapShare),
  sampled('a value_optimizer clicks, over the catalogue', 0.0927, valueShare),
  sampled('a random_chooser buys, over the catalogue', 0.0902, randomPurchases),
  average('near-static candidates: reward', 6.3, 'reward', nearStatic),
  average('near-static candidates: click-through rate', 0.2, 'clicks', nearStatic),
  average('near-static candidates: buy-through rate', 0.09, 'purchases', nearStatic),
  average('near-static candidates: pages', 8.29, 'pages', nearStatic),
  average('shuffled candidates: reward', 6.11, 'reward', shuffled),
  average('shuffled candidates: click-through rate', 0.2, 'clicks', shuffled),
  average('shuffled candidates: buy-through rate', 0.08, 'purchases', shuffled),
  average('shuffled candidates: pages', 7.91, 'pages', shuffled),
]
