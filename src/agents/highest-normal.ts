/**
 * How likely the draw of one of several independent normal numbers is to be the highest: the propensity of Thompson sampling with normal
 * beliefs. The integral of highest-probability.ts runs over this one's distance from its mean, in its own standard deviations: then it is
 * right whatever the units are, and a narrow number far from 0 keeps the digits that tell it from its neighbours.
 */
import { cumulativeNormal } from '../random/cumulative-normal'
import { type Draws, probabilityOfHighest } from './highest-probability'

/** Beyond so many standard deviations lies less than 1e-14. */
const reach = 8

export class NormalDraws implements Draws {
  readonly count: number
  /** Mean and deviation of the one asked about. */
  private centre = 0
  private scale = 0

  /** Both [count], looked at anew whenever a probability is asked for. */
  constructor(
    private readonly means: Float64Array,
    private readonly deviations: Float64Array,
  ) {
    this.count = means.length
  }

  /** @param which one that was drawn: where nothing is left to chance, its probability is 1 */
  probability(which: number): number {
    this.centre = this.means[which]!
    this.scale = this.deviations[which]!
    return this.scale === 0 ? 1 : probabilityOfHighest(this, which, -reach, reach)
  }

  density(_which: number, x: number): number {
    return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  }

  cumulative(which: number, x: number): number {
    const deviation = this.deviations[which]!
    const distance = this.centre - this.means[which]! + this.scale * x
    if (deviation === 0) return distance > 0 ? 1 : 0
    return cumulativeNormal(distance / deviation)
  }
}
