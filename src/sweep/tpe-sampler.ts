/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011; how its parts matter: Watanabe 2023, arXiv:2304.11127).
 *
 * The trials are split into the best few and the rest, and each part gets a density over the search space, l and g. Candidates
 * are drawn from l; the one with the greatest l / g is tried next: it looks like what was good and unlike what was not.
 * Split, weights and bandwidths are those of Optuna 5, with which tests/conformance compares.
 */
import { UserError } from '../data/user-error'
import { isBetter } from './better'
import { ParzenEstimator } from './parzen-estimator'
import { randomSampler } from './random-sampler'
import type { ProposalRequest, Sampler, TpeOptions } from './sampler'
import type { Choice, Configuration } from './search-space'
import type { Direction, TrialRecord } from './trial-record'
import { type Scale, scaleOf } from './unit-interval'

/**
 * Learns from complete and pruned trials. A running trial counts as bad, so that those asked for meanwhile go elsewhere (the
 * "constant liar" of Ginsbourger et al. 2010); a failed one does not count. Trials that lack a dimension, or have a value that
 * it does not, are passed over.
 */
export function tpeSampler({ startupTrials = 10, candidates = 24, multivariate = true }: TpeOptions = {}): Sampler {
  atLeast('startupTrials', startupTrials, 0)
  atLeast('candidates', candidates, 1)
  const random = randomSampler()
  const joint = (request: ProposalRequest): Configuration => {
    const seen = observe(request)
    const finished = seen.trials.filter(trial => trial.state !== 'running')
    if (finished.length < Math.max(1, startupTrials)) return random.propose(request)!
    return bestCandidate(seen, splitOff(finished, request.direction), candidates, request)
  }
  return {
    spec: { kind: 'tpe', startupTrials, candidates, multivariate },
    propose(request) {
      if (multivariate) return joint(request)
      const alone = Object.entries(request.space).map(([name, dimension]) => joint({ ...request, space: { [name]: dimension } }))
      return Object.assign({}, ...alone)
    },
  }
}

interface Observed {
  readonly scales: readonly Scale[]
  /** By number. */
  readonly trials: readonly TrialRecord[]
  /** Where each lies, [trials.length or more, scales.length]. */
  readonly rows: Float64Array
}

/** The trials to learn from. */
function observe({ space, trials }: ProposalRequest): Observed {
  const names = Object.keys(space)
  const scales = names.map(name => scaleOf(space[name]!))
  const rows = new Float64Array(trials.length * names.length)
  let end = 0
  const usable = trials.filter(({ state, configuration }) => {
    if (state === 'failed') return false
    for (let dimension = 0; dimension < names.length; dimension++) {
      const value = configuration[names[dimension]!]
      const place = value === undefined ? NaN : scales[dimension]!.place(value)
      if (Number.isNaN(place)) return false
      rows[end + dimension] = place
    }
    end += names.length
    return true
  })
  return { scales, trials: usable, rows }
}

/** The best tenth of the trials, at most 25. */
export function splitOff(finished: readonly TrialRecord[], direction: Direction): ReadonlySet<TrialRecord> {
  const size = Math.min(Math.ceil(0.1 * finished.length), 25)
  const best: TrialRecord[] = []
  for (const trial of finished) {
    let to = best.length
    while (to > 0 && isBetterTrial(trial, best[to - 1]!, direction)) to--
    if (to === size) continue
    best.splice(to, 0, trial)
    if (best.length > size) best.pop()
  }
  return new Set(best)
}

/** Complete trials by value, then pruned ones: those that came farther first, of these by their last report. */
function isBetterTrial(a: TrialRecord, b: TrialRecord, direction: Direction): boolean {
  if (a.state !== b.state) return a.state === 'complete'
  if (a.state === 'complete') return isBetter(a.value!, b.value!, direction)
  const last = a.intermediate[a.intermediate.length - 1] ?? nothing
  const other = b.intermediate[b.intermediate.length - 1] ?? nothing
  return last.step === other.step ? isBetter(last.value, other.value, direction) : last.step > other.step
}

/** What a trial reported that was pruned before it reported anything. */
const nothing = { step: -Infinity, value: 0 }

function bestCandidate(
  { scales, trials, rows }: Observed,
  good: ReadonlySet<TrialRecord>,
  candidates: number,
  { space, generator }: ProposalRequest,
): Configuration {
  const width = scales.length
  const goodRows: number[] = []
  const badRows: number[] = []
  trials.forEach((trial, row) => {
    if (good.has(trial)) goodRows.push(row)
    else badRows.push(row)
  })
  const nearGood = new ParzenEstimator(scales, rows, goodRows)
  const nearBad = new ParzenEstimator(scales, rows, badRows)
  const candidate = new Float64Array(width)
  const best = new Float64Array(width)
  let greatest = -Infinity
  for (let draw = 0; draw < candidates; draw++) {
    nearGood.sample(generator, candidate)
    const ratio = nearGood.logDensity(candidate) - nearBad.logDensity(candidate)
    if (ratio > greatest || draw === 0) {
      greatest = ratio
      best.set(candidate)
    }
  }
  const configuration: Record<string, Choice> = {}
  Object.keys(space).forEach((name, dimension) => {
    configuration[name] = scales[dimension]!.valueOf(best[dimension]!)
  })
  return configuration
}

function atLeast(name: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new UserError(`${name} of the TPE sampler is ${value}; it must be a whole number, at least ${least}`)
  }
}
