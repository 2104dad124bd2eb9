/**
 * Which hyperparameters matter for being among the best: PED-ANOVA (Watanabe, Bansal & Hutter 2023, arXiv:2304.10255, section 4).
 *
 * For each hyperparameter by itself: how differently the best trials are spread over its range than all trials are, measured by
 * the Pearson divergence of the two densities. One that does not matter is spread alike in both.
 */
import { interquartileRange, sampleStandardDeviation } from 'simple-statistics'
import { UserError } from '../data/user-error'
import { massBetween } from './normal-distribution'
import type { SearchSpace } from './search-space'
import type { Direction, TrialRecord } from './trial-record'
import { type Scale, scaleOf } from './unit-interval'

export interface ImportanceOptions {
  /** `study.space`: the ranges over which the trials were spread. */
  readonly space: SearchSpace
  /** `study.direction`; 'minimise' when left out, as in a study. */
  readonly direction?: Direction
  /** Which share of the complete trials are the best ones, between 0 and 1; .1. */
  readonly bestShare?: number
}

/** A range is looked at in so many pieces at most. */
const pieces = 50

/**
 * The importance of each hyperparameter of the space, 0 to 1, together 1.
 *
 * Uses complete trials only. Below some 100 of them the best tenth is a handful, and the figures are mostly chance. Each
 * hyperparameter is looked at alone: two that matter only together show as unimportant. "The best" are the best of these trials:
 * after a search that has settled somewhere, the figures are about that neighbourhood, and only random trials tell of the whole
 * space. Where nothing tells the best trials from the others, all get the same share.
 *
 * @throws UserError when no trial is complete, or bestShare is not between 0 and 1
 */
export function importance(trials: readonly TrialRecord[], options: ImportanceOptions): Record<string, number> {
  const { space, direction = 'minimise', bestShare = 0.1 } = options
  if (!(bestShare > 0 && bestShare < 1)) throw new UserError(`bestShare is ${bestShare}; it must be between 0 and 1, both left out`)
  const sign = direction === 'minimise' ? 1 : -1
  const complete = trials.filter(({ state }) => state === 'complete')
  if (complete.length === 0) throw new UserError('no trial is complete; importance needs some, better a hundred')
  const values = complete.map(({ value }) => sign * value!).sort((a, b) => a - b)
  const worstOfBest = values[Math.ceil(bestShare * values.length) - 1]!
  const best = complete.filter(({ value }) => sign * value! <= worstOfBest)
  const names = Object.keys(space)
  const divergences = names.map(name => {
    const scale = scaleOf(space[name]!)
    const placesOf = (some: readonly TrialRecord[]) =>
      some.flatMap(({ configuration }) => {
        const place = configuration[name] === undefined ? NaN : scale.place(configuration[name]!)
        return Number.isNaN(place) ? [] : [place]
      })
    return pearsonDivergence(density(placesOf(best), scale), density(placesOf(complete), scale))
  })
  const sum = divergences.reduce((total, one) => total + one, 0)
  return Object.fromEntries(names.map((name, at) => [name, sum > 1e-9 ? divergences[at]! / sum : 1 / names.length]))
}

/** How much p differs from q, where q is: the mean under q of (p / q - 1)². */
function pearsonDivergence(p: Float64Array, q: Float64Array): number {
  return q.reduce((sum, mass, at) => sum + mass * (p[at]! / mass - 1) ** 2, 0)
}

/** The mass of each piece of the range (each choice), smoothed; one further trial, spread over the whole, keeps every mass above 0. */
function density(places: readonly number[], scale: Scale): Float64Array {
  const count = scale.kind === 'choices' ? scale.values : Math.min(pieces, scale.values)
  const masses = new Float64Array(count).fill(1 / count)
  const counts = new Float64Array(count)
  for (const place of places) counts[scale.kind === 'choices' ? place : Math.min(count - 1, Math.floor(place * count))]!++
  const width = scale.kind === 'choices' ? 0 : bandwidth(places, count)
  for (let from = 0; from < count; from++) {
    if (counts[from] === 0) continue
    const centre = (from + 0.5) / count
    const inRange = width > 0 ? massBetween(-centre / width, (1 - centre) / width) : 1
    for (let to = 0; to < count; to++) {
      const share =
        width > 0 ? massBetween((to / count - centre) / width, ((to + 1) / count - centre) / width) / inRange : Number(to === from)
      masses[to]! += counts[from]! * share
    }
  }
  return masses.map(mass => mass / (places.length + 1))
}

/** Scott's rule (1992), at least so wide that 90 % of a kernel lies in its piece: narrower ones would be seen as nothing but that. */
function bandwidth(places: readonly number[], count: number): number {
  const least = 0.5 / 1.64 / count
  if (places.length < 2) return least
  const spread = Math.min(sampleStandardDeviation([...places]), interquartileRange([...places]) / 1.34)
  return Math.max(least, 1.059 * spread * places.length ** -0.2)
}
