/**
 * An A/B test that may be looked at after every visit and stopped at any time: the mixture sequential probability ratio test, mSPRT (Robbins
 * 1970; Johari, Pekelis & Walsh 2015, arXiv 1512.04922, "Always valid inference").
 *
 * A test of fixed length that is looked at again and again, and stopped when it looks well, finds differences that are not there far more
 * often than one time in twenty. Here the p-value holds at every moment together: the chance that it ever falls below .05, where there is no
 * difference, is at most .05. The price is length: where the difference is as planned, it takes more visits than a fixed test of the same
 * power on its last day, and where it is larger, fewer.
 *
 * With n visits of each group, their mean difference d and the variance of one visit's outcome v of each group, d is about normal with
 * variance V = v_1 / n_1 + v_2 / n_2. Mixed over differences that are themselves normal around 0 with variance m²:
 *
 *   ratio = √(V / (V + m²)) · exp(m² d² / (2 V (V + m²)))
 *   p = the smallest 1 / ratio so far, at most 1
 *   interval: d ± √(V (V + m²) / m² · (log((V + m²) / V) - 2 log(1 - level)))        its intersection so far
 *
 * By hand: V = .01, m = .1, d = .3: ratio √.5 · exp(.01 · .09 / (2 · .01 · .02)) = .7071 · exp(2.25) = 6.709, p = .1491.
 */
import { checkKeys, checkNumber, checkWhole } from '../data/check'
import type { RunningDifference } from './running-difference'

/** Of each group, before anything is said, unless told otherwise. */
export const fewestVisits = 100

export interface SequentialTestOptions {
  /** The size of differences that are expected, in the unit of the outcomes, above 0: the test is shortest for those of about this size. */
  readonly expected: number
  /** The share of such intervals that hold the truth at every moment, above 0 and below 1; .95. */
  readonly level?: number
  /** Visits of each group before anything is said: until then their means are not normal; 100. */
  readonly fewest?: number
}

export interface SequentialState {
  readonly visits: readonly [number, number]
  readonly means: readonly [number, number]
  /**
   * Treatment minus control, and what holds the truth at every moment; everything until there are enough visits. Where the ends have crossed,
   * low above high, the difference did not stay the same.
   */
  readonly estimate: number
  readonly low: number
  readonly high: number
  /** Never rises; 1 until there are enough visits. */
  readonly pValue: number
  /** Whether the p-value has fallen below 1 - level: the test may be stopped. */
  readonly decided: boolean
}

export interface SequentialTest {
  /** One visit: which group it was in, and what it brought. */
  add(treated: boolean, outcome: number): void
  state(): SequentialState
}

/** @throws RangeError for an option out of range, and `add` for an outcome that is not finite */
export function sequentialTest(options: SequentialTestOptions): SequentialTest {
  checkKeys('sequentialTest', options, ['expected', 'level', 'fewest'])
  const { expected, level = 0.95, fewest = fewestVisits } = options
  checkNumber('expected', expected, Number.MIN_VALUE, Number.MAX_VALUE)
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it lies between 0 and 1, like .95`)
  checkNumber('fewest', fewest, 2, Number.MAX_VALUE)
  const [control, treatment] = [new RunningMoments(), new RunningMoments()]
  const mixture = expected ** 2
  let [pValue, low, high] = [1, -Infinity, Infinity]
  const look = () => {
    const variance = control.variance / control.count + treatment.variance / treatment.count
    if (!(variance > 0)) return
    const difference = treatment.mean - control.mean
    const both = variance + mixture
    pValue = Math.min(pValue, 1 / mixtureRatio(difference, variance, mixture))
    const reach = Math.sqrt(((variance * both) / mixture) * (Math.log(both / variance) - 2 * Math.log(1 - level)))
    low = Math.max(low, difference - reach)
    high = Math.min(high, difference + reach)
  }
  return {
    add(treated, outcome) {
      if (!Number.isFinite(outcome)) throw new RangeError(`outcome is ${outcome}; it must be a finite number`)
      ;(treated ? treatment : control).add(outcome)
      if (control.count >= fewest && treatment.count >= fewest) look()
    },
    state: () => ({
      visits: [control.count, treatment.count],
      means: [control.mean, treatment.mean],
      estimate: treatment.mean - control.mean,
      ...{ low, high, pValue },
      decided: pValue < 1 - level,
    }),
  }
}

/**
 * How much better than no difference a mixture of differences explains what was seen: the ratio of the opening comment.
 *
 * @param difference of the means
 * @param variance   of that difference, above 0
 * @param mixture    variance of the differences that are expected, above 0
 */
export function mixtureRatio(difference: number, variance: number, mixture: number): number {
  const both = variance + mixture
  return Math.sqrt(variance / both) * Math.exp((mixture * difference ** 2) / (2 * variance * both))
}

/** What the test said at one moment. */
export interface SequentialLook extends RunningDifference {
  readonly pValue: number
  readonly decided: boolean
}

/**
 * A test that is over, looked at again as it went on.
 *
 * @param test  what `abTest` gives: who served each visit (1 = the treatment), and what it brought
 * @param every visits from one look to the next, at least 1
 * @returns a look for each; those at which a group had fewer than `fewest` visits are left out
 * @throws RangeError when `every` or an option is out of range, or the lists are not of the same visits
 */
export function sequentialLooks(
  { assigned, outcomes }: { readonly assigned: ArrayLike<number>; readonly outcomes: ArrayLike<number> },
  every: number,
  options: SequentialTestOptions,
): SequentialLook[] {
  checkWhole('every', every, 1, Number.MAX_SAFE_INTEGER)
  if (assigned.length !== outcomes.length) {
    throw new RangeError(`assigned has ${assigned.length} visits and outcomes ${outcomes.length}; they must be the same ones`)
  }
  const test = sequentialTest(options)
  const looks: SequentialLook[] = []
  for (let visit = 0; visit < assigned.length; visit++) {
    test.add(assigned[visit] === 1, outcomes[visit]!)
    if ((visit + 1) % every !== 0) continue
    const { estimate, low, high, pValue, decided } = test.state()
    if (Number.isFinite(low)) looks.push({ visits: visit + 1, estimate, low, high, pValue, decided })
  }
  return looks
}

/** Mean and sample variance as numbers pass (Welford 1962). */
class RunningMoments {
  count = 0
  mean = 0
  private squares = 0

  add(value: number): void {
    this.count++
    const before = value - this.mean
    this.mean += before / this.count
    this.squares += before * (value - this.mean)
  }

  get variance(): number {
    return this.squares / (this.count - 1)
  }
}
