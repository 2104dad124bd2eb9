/**
 * How far weights should be tamed, chosen from a few candidates by the log itself. A small cap, threshold or lambda makes an estimate
 * steady and wrong, a large one right on average and unsteady.
 *
 * 'bound' takes the least variance + bias² (Wang, Agarwal & Dudík 2017, section 4; Su, Dimakopoulou, Krishnamurthy & Dudík 2020, section 5):
 *
 *     variance = variance of the rounds / n
 *     bias     = |mean of (w - tamed w) · residual| + range · (√(2 · mean of w² · doubt / n) + 2 · largest w · doubt / (3 n))
 *
 * by Bernstein's inequality at 95 %, doubt = log(2 / .05), with the range of the residuals. So zr-obp reckons it for rewards of 0 and 1. The
 * bias is bounded so cautiously that the largest candidate is nearly always taken, even with weights in the thousands.
 *
 * 'slope' is SLOPE (Su, Srinath & Krishnamurthy 2020; in the form of Tucker & Lee 2021): it goes from the widest Student interval to the
 * narrowest, as long as each estimate differs from every one before by at most its own reach + (√6 - 1) · the reach of that one. Intervals
 * are of 95 % to one side, as in zr-obp up to version 0.5.4; from 0.5.5 on its default is 90 %.
 */
import { mean, variance } from 'simple-statistics'
import { studentQuantile } from '../mean-interval'

export interface TamedWeights {
  /** Importance weights, [rounds]. */
  readonly weights: Float64Array
  /** What is multiplied by the weight: the reward, or its distance from the reward model, [rounds]. */
  readonly residuals: Float64Array
  /** What is there without the log's rewards, [rounds]; 0 when left out. */
  readonly base: Float64Array | undefined
  /** A weight after taming. */
  readonly tame: (weight: number, parameter: number) => number
}

/** What each round adds to the estimate, [rounds]: base + tamed weight · residual. */
export function roundValues({ weights, residuals, base, tame }: TamedWeights, parameter: number): Float64Array {
  return weights.map((weight, round) => (base ? base[round]! : 0) + tame(weight, parameter) * residuals[round]!)
}

/** With this chance at most the bias is larger than its bound, and an estimate further off than its reach. */
const doubt = 0.05

/** @param range how far residuals lie apart at most: the largest reward less the smallest, or their largest distance from 0 without a model */
export function bestByBound(problem: TamedWeights, candidates: readonly number[], range: number): number {
  const { weights, residuals, tame } = problem
  const rounds = weights.length
  const squares = mean(Array.from(weights, weight => weight * weight))
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0)
  const unknown = Math.log(2 / doubt) / rounds
  const beyond = range * (Math.sqrt(2 * squares * unknown) + (2 * largest * unknown) / 3)
  let [best, least] = [candidates[0]!, Infinity]
  for (const candidate of candidates) {
    const bias = Math.abs(mean(Array.from(weights, (weight, round) => (weight - tame(weight, candidate)) * residuals[round]!))) + beyond
    const error = variance(Array.from(roundValues(problem, candidate))) / rounds + bias * bias
    if (error < least) [best, least] = [candidate, error]
  }
  return best
}

/** @throws RangeError when there is a single round */
export function bestBySlope(problem: TamedWeights, candidates: readonly number[]): number {
  const rounds = problem.weights.length
  if (rounds < 2) throw new RangeError("a log of 1 round has no spread for 'slope'; give a number")
  const quantile = studentQuantile(1 - doubt, rounds - 1)
  const steps = candidates.map((candidate, place) => {
    const values = Array.from(roundValues(problem, candidate))
    return { candidate, place, estimate: mean(values), reach: quantile * Math.sqrt(variance(values) / (rounds - 1)) }
  })
  // Of equal ones the later candidate comes first, so that the first, which tames most, is chosen.
  steps.sort((one, other) => other.reach - one.reach || other.place - one.place)
  const ends = steps.findIndex(({ estimate, reach }, at) =>
    steps.slice(0, at).some(before => Math.abs(before.estimate - estimate) > reach + (Math.sqrt(6) - 1) * before.reach),
  )
  return steps[ends < 0 ? steps.length - 1 : ends - 1]!.candidate
}
