/**
 * The marketplace against the formulas of its source: github.com/vougeress/rl_project, src/data_generation.py at
 * bf47f7ff0432b6329fe8a4bd0fcace9238d73378 (outcomes in its opening comment and in calculate_user_actions, products in generate_products,
 * shoppers in generate_users), without the noise that it adds to the probabilities.
 *
 * It prints no results, so what is published are its formulas: their constants, and on paper the means of what they draw.
 */
import { marketplaceCategories } from '../data/marketplace-categories'
import { generateProducts } from '../data/marketplace-products'
import { generateUsers } from '../data/marketplace-users'
import { engagement, fillOutcomes, priceMatch, publishedOutcomes } from '../envs/marketplace-outcomes'
import { estimate, type PublishedFigure, shared } from './published-figure'

const file = 'github.com/vougeress/rl_project at bf47f7f, src/data_generation.py'

/** The seven outcomes of the table: view, like, cart, purchase, share, dislike, spam. */
function tableAt(e: number, match: number, quality: number, popularity: number) {
  const probability = new Float64Array(publishedOutcomes)
  const reward = new Float64Array(publishedOutcomes)
  fillOutcomes(e, match, quality, popularity, probability, reward)
  return { probability: [...probability], reward: [...reward] }
}

/** Up to what is lost in the last digits of a sum. */
const rounding = 1e-12

const exact = (what: string, published: number | readonly number[], within: number, ours: PublishedFigure['ours'], source = file) => ({
  ...{ shop: 'marketplace', what, source, published, within, ours },
})

const catalogue = shared(share => generateProducts(1, Math.ceil(share * 40_000)))
const users = shared(share => generateUsers(1, Math.ceil(share * 20_000)))

/** The mean of something over all products or shoppers. @param digits of the published mean, which is worked out on paper */
function mean(what: string, published: number, digits: number, values: (share: number) => ArrayLike<number>): PublishedFigure {
  return exact(what, published, 0.5 * 10 ** -digits, share => estimate(values(share)), `${file}, worked out on paper`)
}

/** The logarithms of how much dearer products are than their formula; of books, which may come up against the least price, none. */
const dearness = shared(share => {
  const { category, price, quality, popularity } = catalogue(share)
  return Array.from(price.keys())
    .map(product => ({ product, base: marketplaceCategories[category[product]!]!.basePrice }))
    .filter(({ base }) => base >= 20)
    .map(({ product, base }) => Math.log(price[product]! / (base * (0.5 + quality[product]!) * (0.8 + popularity[product]!))))
})

const square = (value: number) => value ** 2

export const marketplaceFigures: readonly PublishedFigure[] = [
  exact('price match at 50 b, 25 b and 100 b, b .5', [1, 0.60653066, 0.13533528], 5e-9, () =>
    [25, 12.5, 50].map(price => priceMatch(price, 0.5)),
  ),
  exact('lowest and highest engagement', [0.15, 0.95], 0, () => [
    engagement(-1, 0, 0, 1, 1, 1, 0, 0, 1),
    engagement(1, 1, 1, 0, 1, 0, 1, 1, 1),
  ]),
  exact('weights of style, category, price, quality and popularity', [0.35, 0.3, 0.2, 0.1, 0.05], rounding, engagementWeights),
  exact(
    'probabilities at e .55, price match .6, quality .4, popularity .5',
    [1, 0.275, 0.16, 0.045, 0.0132, 0.0675, 0.00027],
    rounding,
    () => tableAt(0.55, 0.6, 0.4, 0.5).probability,
  ),
  // Taken out of the range of e, price match and quality where they are not reached inside it.
  exact('caps of like, cart, purchase, share, dislike and spam', [0.6, 0.3, 0.2, 0.1, 0.25, 0.002], 0, () => [
    ...tableAt(1.3, 1, 1, 1).probability.slice(1, 5),
    tableAt(-1, 1, 1, 1).probability[5]!,
    tableAt(-2, 1, 0, 1).probability[6]!,
  ]),
  exact('rewards at e 0', [0.1, 0.8, 2.5, 7, 3.5, -0.4, -1], rounding, () => tableAt(0, 1, 1, 1).reward),
  exact('rewards at e 1', [0.3, 1.2, 3.5, 9, 4.5, -0.2, -1], rounding, () => tableAt(1, 1, 1, 1).reward),
  // .1 · 5/7 + .9 · 2/7. Second moments: Beta(2, 5) 2·3/(7·8), Beta(5, 2) 5·6/(7·8).
  mean('mean quality: .1 Beta(5, 2) + .9 Beta(2, 5)', 0.3285714, 7, share => catalogue(share).quality),
  mean('mean square of quality', 0.15, 9, share => catalogue(share).quality.map(square)),
  // 2/7 + .3 · .3285714; what the clip at 1 takes off is less than the error.
  mean('mean popularity: Beta(2, 5) + .3 quality', 0.3842857, 7, share => catalogue(share).popularity),
  mean('logarithm of price over base (.5 + q)(.8 + pop): mean', 0, 9, dearness),
  mean('the same: mean square, of deviation .3', 0.09, 9, share => dearness(share).map(square)),
  mean('mean age, 18 to 69', 43.5, 9, share => users(share).age),
  // 7 of 52 ages under 25, 30 under 55, 15 above: (7 · .65 + 30 · .2 + 15 · .4) / 52 and (7 · .05 + 30 · .2 + 15 · .4) / 52.
  mean('share of low incomes', 0.3182692, 7, share => Array.from(users(share).income, income => Number(income === 0))),
  mean('share of high incomes', 0.2375, 9, share => Array.from(users(share).income, income => Number(income === 2))),
]

/** What each of the five parts adds when it grows by 1, from an engagement of .2, where nothing is clipped. */
function engagementWeights(): number[] {
  const base = engagement(0, 2 / 3, 0, 1, 0, 1, 0, 1, 1)
  return [
    engagement(1, 2 / 3, 0, 1, 0, 1, 0, 1, 1) - base,
    engagement(0, 5 / 3, 0, 1, 0, 1, 0, 1, 1) - base,
    engagement(0, 2 / 3, 1, 1, 0, 1, 0, 1, 1) - base,
    engagement(0, 2 / 3, 0, 1, 1, 1, 1, 1, 1) - base,
    engagement(0, 2 / 3, 0, 1, 0, 0, 0, 1, 1) - base,
  ]
}
