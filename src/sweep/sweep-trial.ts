/**
 * One trial of a sweep: a configuration trained under every tuning seed.
 *
 * With evaluations on the way, its trainings go side by side and wait for each other at each of them, so that an intermediate value is the
 * mean over the seeds, as the trial's value is; a training that was stopped early counts with its last one. Else they go one by one.
 */
import { type Measure, measureOf } from '../train/measures'
import { runTrial, type Trial } from '../train/trial'
import { makePruner } from './make-pruner'
import type { Configuration } from './search-space'
import { configured, type SweepPlan } from './sweep-plan'
import type { TrialRecord } from './trial-record'

/** What a trial needs to know: plain data. */
export interface SweepJob {
  readonly plan: SweepPlan
  readonly number: number
  readonly configuration: Configuration
  /** The trials that the pruner compares with. */
  readonly others: readonly TrialRecord[]
}

/** How far a trial is: a share from 0 to 1, and its last intermediate value. */
export interface SweepTrialProgress {
  readonly done: number
  readonly value?: number
}

/** Trains, evaluates, and never throws for what a configuration does: such a trial has failed, and says why. */
export async function runSweepTrial(job: SweepJob, tell: (progress: SweepTrialProgress) => void = () => {}): Promise<TrialRecord> {
  const { plan, number, configuration } = job
  const { metric, seeds } = plan
  const steps = plan.evaluation.every === undefined ? undefined : new Lockstep(job)
  const shares = seeds.map(() => 0)
  const head = { number, configuration }

  async function train(at: number): Promise<number | undefined> {
    const result = await runTrial(tuningTrial(plan, configuration, seeds[at]!), {
      onProgress({ episode, episodes }) {
        shares[at] = episode / episodes
        tell({ done: shares.reduce((sum, share) => sum + share, 0) / seeds.length, ...steps?.last })
      },
      ...(steps && {
        signal: steps.signal,
        onValidation: async evaluation => steps.arrive(at, checked(measureOf(evaluation, metric.name), metric.name)),
      }),
    })
    return result && checked(result.row[metric.name], metric.name)
  }

  try {
    const values = steps ? await steps.run(seeds.map((_, at) => () => train(at))) : await oneByOne(seeds.length, train)
    const intermediate = steps?.intermediate ?? []
    if (steps?.pruned) return { ...head, state: 'pruned', intermediate }
    const bySeed = seeds.map((seed, at) => ({ seed, value: values[at]! }))
    return { ...head, state: 'complete', value: mean(bySeed.map(({ value }) => value)), intermediate, seeds: bySeed }
  } catch (error) {
    const { message } = error as Error
    return { ...head, state: 'failed', intermediate: steps?.intermediate ?? [], error: message }
  }
}

/** A training under a tuning seed, measured on the tuning shoppers. */
export function tuningTrial(plan: SweepPlan, configuration: Configuration, seed: number): Trial {
  const { evaluation, episodes } = plan
  const shoppers = { episodes: evaluation.episodes, seed: evaluation.seed }
  return { ...configured(plan, configuration), label: 'trial', seed, episodes, evaluation: shoppers, ...validationOf(plan) }
}

/** Evaluations on the way, always on the tuning shoppers: they decide when a training ends, so they are a part of it. */
export function validationOf({ evaluation, earlyStopping, metric }: SweepPlan): Pick<Trial, 'validation'> {
  const { episodes, seed, every } = evaluation
  if (every === undefined) return {}
  const stopping = earlyStopping && { stopping: { ...earlyStopping, measure: metric.name, goal: metric.goal } }
  return { validation: { episodes, seed, every, ...stopping } }
}

async function oneByOne(count: number, train: (at: number) => Promise<number | undefined>): Promise<(number | undefined)[]> {
  const values: (number | undefined)[] = []
  for (let at = 0; at < count; at++) values.push(await train(at))
  return values
}

/** Trainings side by side that meet at every evaluation. */
class Lockstep {
  readonly intermediate: { step: number; value: number }[] = []
  pruned = false
  private readonly stop = new AbortController()
  /** The last value of each training; of one that waits here or has ended, it stands. */
  private readonly values: number[]
  private readonly waiting: (() => void)[] = []
  private failed = false
  private running: number

  constructor(private readonly job: SweepJob) {
    const { length } = job.plan.seeds
    this.values = Array(length).fill(Number.NaN)
    this.running = length
  }

  get signal(): AbortSignal {
    return this.stop.signal
  }

  get last(): { readonly value?: number } {
    const last = this.intermediate[this.intermediate.length - 1]
    return last ? { value: last.value } : {}
  }

  /** Runs them all to their ends, or to the next evaluation after one has failed; then throws the error of the first that did. */
  async run(trainings: readonly (() => Promise<number | undefined>)[]): Promise<(number | undefined)[]> {
    const outcomes = await Promise.allSettled(
      trainings.map(async training => {
        try {
          return await training()
        } catch (error) {
          this.failed = true
          throw error
        } finally {
          this.running--
          this.meet()
        }
      }),
    )
    return outcomes.map(outcome => {
      if (outcome.status === 'rejected') throw outcome.reason
      return outcome.value
    })
  }

  /** Waits until all that still run have come this far. */
  arrive(at: number, value: number): Promise<void> {
    this.values[at] = value
    return new Promise(resolve => {
      this.waiting.push(resolve)
      this.meet()
    })
  }

  /** Everybody has come to the next evaluation, failed or ended: what is known now decides, not who was first. */
  private meet(): void {
    if (this.waiting.length === 0 || this.waiting.length < this.running) return
    const { plan, number, others } = this.job
    const step = (this.intermediate.length + 1) * plan.evaluation.every!
    if (!this.failed) {
      this.intermediate.push({ step, value: mean(this.values) })
      const pruner = plan.pruner && step < plan.episodes ? makePruner(plan.pruner) : undefined
      this.pruned = pruner?.prune({ number, intermediate: this.intermediate }, others, plan.metric.goal) ?? false
    }
    if (this.failed || this.pruned) this.stop.abort()
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function checked(value: number, name: Measure): number {
  if (Number.isFinite(value)) return value
  throw new RangeError(`${name} is ${value} in this shop; choose another metric`)
}
