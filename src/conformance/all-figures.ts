/** Every published figure that the shops are held against, by shop. */
import { checkKeys, checkNumber, checkWord } from '../data/check'
import { candyStoreFigures } from './candy-store'
import { interactionLogFigures } from './interaction-log'
import { marketplaceFigures } from './marketplace'
import { numpyFigures } from './numpy'
import { syntheticLogFigures } from './numpy-synthetic-log'
import { thompsonPriorFigures } from './numpy-thompson-prior'
import { offersFigures } from './offers'
import { type ConformanceRow, compareFigure, type PublishedFigure } from './published-figure'
import { recogymFigures } from './recogym'
import { interestEvolutionFigures } from './recsim-interest-evolution'
import { longTermSatisfactionFigures } from './recsim-long-term-satisfaction'
import { recsimModelFigures } from './recsim-models'
import { simshopFigures } from './simshop'

export const allFigures: readonly PublishedFigure[] = [
  ...candyStoreFigures,
  ...marketplaceFigures,
  ...simshopFigures,
  ...interactionLogFigures,
  ...offersFigures,
  ...interestEvolutionFigures,
  ...longTermSatisfactionFigures,
  ...recogymFigures,
  ...recsimModelFigures,
  ...numpyFigures,
  ...syntheticLogFigures,
  ...thompsonPriorFigures,
]

/** The shops that have figures, and what else does: RecSim's models, and NumPy's generator. */
export const conformanceShops: readonly string[] = Array.from(new Set(allFigures.map(({ shop }) => shop)))

export interface ConformanceOptions {
  /** One of `conformanceShops`; all. */
  readonly shop?: string
  /** Share of the tries of a full count, above 0 and at most 1: with less it is sooner done, and the standard errors grow; 1. */
  readonly share?: number
}

/**
 * Computes the figures, and holds each against the published one.
 *
 * @throws RangeError naming the option, its value and what is allowed
 */
export function conformance(options: ConformanceOptions = {}): ConformanceRow[] {
  checkKeys('conformance', options, ['shop', 'share'])
  const { shop, share = 1 } = options
  if (shop !== undefined) checkWord('shop', shop, conformanceShops)
  // Fewer than a hundredth of the tries would leave some figures a single one, which has no error.
  checkNumber('share', share, 0.01, 1)
  return allFigures.filter(figure => shop === undefined || figure.shop === shop).map(figure => compareFigure(figure, share))
}
