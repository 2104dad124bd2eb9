/**
 * Runs a sweep's trials on all cores, and goes on after whatever happened.
 *
 * What is tried, and what comes out, does not depend on how many workers there are or when they are through: grid and random search know
 * nothing of results, so all their trials are one round. TPE, and any method with a pruner, goes in rounds of `batch`: the trials of a round
 * are proposed, and pruned, by what all rounds before it gave, with those proposed in the same round counted as bad.
 */

import { UserError } from '../data/user-error'
import { checkWorkers } from '../train/run-trials'
import { bestComplete } from './better'
import { checkSweep } from './check-sweep'
import { makeSampler } from './make-sampler'
import type { Configuration } from './search-space'
import { createStudy, type Study } from './study'
import type { StudyTrial } from './study-trial'
import { sweepJournal } from './sweep-journal'
import { SweepLane } from './sweep-lane'
import { describeConfiguration, type SweepPlan } from './sweep-plan'
import type { TrialRecord } from './trial-record'
import { noStore, type TrialStore } from './trial-store'

export interface RunSweepOptions {
  /** Trials at once, each in a process; as many as there are cores. */
  readonly workers?: number
  /** A file that keeps every trial as it ends: called again with it, the sweep goes on where it stood. */
  readonly file?: string
  /** Where trials are kept, if not in a file. */
  readonly store?: TrialStore
  /** When aborted, the trials that run are given up, and those that ended are the result. */
  readonly signal?: AbortSignal
  /** Called as trials begin, go on and end, at most some times a second for each. */
  readonly onProgress?: (progress: SweepProgress) => void
  /** Called when a trial has ended and is kept; in the order in which they end. */
  readonly onTrial?: (trial: TrialRecord) => void
}

/** A trial that is being run. */
export interface RunningSweepTrial {
  readonly number: number
  readonly configuration: Configuration
  /** Of the process it runs in. */
  readonly pid: number | undefined
  /** From 0 to 1. */
  readonly done: number
  /** Its last intermediate value. */
  readonly value?: number
}

export interface SweepProgress {
  readonly running: readonly RunningSweepTrial[]
  /** Trials that have ended, those found in the file too. */
  readonly ended: number
  readonly trials: number
  readonly best: TrialRecord | undefined
  /** Infinity while nothing is known. */
  readonly secondsLeft: number
}

export interface SweepResult {
  readonly plan: SweepPlan
  /** Those that ended, by number. */
  readonly trials: readonly TrialRecord[]
  /** The best complete one, the earlier of two equals. */
  readonly best: TrialRecord | undefined
  /** True when the signal came before the end. */
  readonly interrupted: boolean
}

/**
 * Tries the plan's configurations under its tuning seeds; test seeds are not touched (see `testConfiguration`).
 *
 * @throws UserError when the plan's agent or shop cannot be made, or the file is in use, damaged or another sweep's
 */
export async function runSweep(plan: SweepPlan, options: RunSweepOptions = {}): Promise<SweepResult> {
  const workers = checkWorkers(options.workers)
  await checkSweep(plan)
  const store = options.store ?? (options.file === undefined ? noStore() : sweepJournal(options.file, plan))
  const kept = new Map<number, TrialRecord>()
  try {
    for (const trial of await store.load()) kept.set(trial.number, trial)
    return await new Sweep(plan, options, store, kept).run(workers)
  } finally {
    await store.close()
  }
}

/** The best complete trial, the earlier of two equals. */
export function bestTrial(trials: Iterable<TrialRecord>, { metric }: SweepPlan): TrialRecord | undefined {
  return bestComplete(trials, metric.goal)
}

/**
 * The trials of a round, asked for as workers come free: the study learns nothing before the round is over, so it does not matter when, and a
 * long random search need not be drawn before it begins.
 */
class Round {
  readonly asked: StudyTrial[] = []

  constructor(
    private readonly study: Study,
    private readonly size: number,
  ) {}

  /** The next trial that is wanted; undefined when the round, or the grid, has no more. */
  next(wanted: (trial: StudyTrial) => boolean): StudyTrial | undefined {
    while (this.asked.length < this.size) {
      const trial = this.study.ask()
      if (!trial) return undefined
      this.asked.push(trial)
      if (wanted(trial)) return trial
    }
    return undefined
  }
}

/** One run of a sweep. */
class Sweep {
  private readonly study: Study
  private readonly running = new Map<number, RunningSweepTrial>()
  private readonly started = performance.now()
  /** Trials of this very run, for the time that is left. */
  private endedHere = 0

  constructor(
    private readonly plan: SweepPlan,
    private readonly options: RunSweepOptions,
    private readonly store: TrialStore,
    /** Trials that have ended, by number. */
    private readonly ended: Map<number, TrialRecord>,
  ) {
    const { parameters: space, method, metric, seed } = plan
    this.study = createStudy({ space, sampler: makeSampler({ kind: method }), direction: metric.goal, seed })
  }

  async run(workers: number): Promise<SweepResult> {
    const { plan, ended } = this
    const { signal } = this.options
    const size = plan.method === 'tpe' || plan.pruner ? plan.batch : plan.trials
    const lanes = Array.from({ length: Math.min(workers, size, Math.max(1, plan.trials - ended.size)) }, () => new SweepLane())
    const stop = new AbortController()
    const aborted = new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve(), { once: true, signal: stop.signal }))
    this.tell()
    try {
      for (let first = 0; first < plan.trials && !signal?.aborted; first += size) {
        const known = [...this.study.trials]
        const round = new Round(this.study, Math.min(size, plan.trials - first))
        await Promise.race([this.runRound(round, lanes, known), aborted])
        if (!signal?.aborted) this.tellStudy(round.asked)
      }
    } finally {
      stop.abort()
      for (const lane of lanes) lane.end()
    }
    const trials = Array.from(ended.values()).sort((one, other) => one.number - other.number)
    const interrupted = signal?.aborted ?? false
    if (!interrupted) await this.store.finish(trials)
    return { plan, trials, best: bestTrial(trials, plan), interrupted }
  }

  /** Runs what the store does not have yet. */
  private async runRound(round: Round, lanes: readonly SweepLane[], known: readonly TrialRecord[]): Promise<void> {
    const { plan, options } = this
    // What a pruner looks at, and no more: this goes to another process.
    const others = plan.pruner ? known.map(({ seeds: _, ...rest }) => rest) : []
    await Promise.all(
      lanes.map(async lane => {
        while (!options.signal?.aborted) {
          const trial = round.next(asked => !this.has(asked))
          if (!trial) return
          const { number, configuration } = trial
          const twin = this.twinOf(configuration)
          const record = twin
            ? { ...twin, number }
            : await lane.run(
                { plan, number, configuration, others },
                {
                  onStart: pid => this.show({ number, configuration, pid, done: 0 }),
                  onProgress: progress => this.show({ ...this.running.get(number)!, ...progress }),
                },
              )
          if (options.signal?.aborted) return
          await this.store.append(record)
          this.running.delete(number)
          this.ended.set(number, record)
          this.endedHere++
          options.onTrial?.(record)
          this.tell()
        }
      }),
    )
  }

  /** A trial of the same configuration that is complete: under the same seeds it would come out the same, so it need not be run again. */
  private twinOf(configuration: Configuration): TrialRecord | undefined {
    if (this.plan.pruner) return undefined // which might end this one, by what others have reported since
    const written = JSON.stringify(configuration)
    for (const trial of this.ended.values()) {
      if (trial.state === 'complete' && JSON.stringify(trial.configuration) === written) return trial
    }
    return undefined
  }

  /** Whether the trial has ended already, in a run before this one. */
  private has({ number, configuration }: StudyTrial): boolean {
    const kept = this.ended.get(number)
    if (!kept) return false
    const [theirs, ours] = [kept.configuration, configuration].map(describeConfiguration)
    if (theirs === ours) return true
    throw new UserError(`trial ${number} was ${theirs} when it was kept and would be ${ours} now; begin the sweep anew, under another name`)
  }

  /** The study learns of a round in the order of its trials, whichever ended first. */
  private tellStudy(round: readonly StudyTrial[]): void {
    for (const trial of round) {
      const { state, value, intermediate, error } = this.ended.get(trial.number)!
      for (const report of intermediate) trial.report(report.step, report.value)
      if (state === 'complete') this.study.tell(trial, { state, value: value! })
      else if (state === 'pruned') this.study.tell(trial, { state })
      else this.study.tell(trial, { state: 'failed', ...(error === undefined ? {} : { error }) })
    }
  }

  private show(trial: RunningSweepTrial): void {
    if (this.options.signal?.aborted) return
    this.running.set(trial.number, trial)
    this.tell()
  }

  private tell(): void {
    const { plan, running, ended, options } = this
    if (!options.onProgress) return
    const now = Array.from(running.values()).sort((one, other) => one.number - other.number)
    const begun = now.reduce((sum, { done }) => sum + done, this.endedHere)
    const left = plan.trials - ended.size - (begun - this.endedHere)
    const seconds = (performance.now() - this.started) / 1000
    const secondsLeft = left <= 0 ? 0 : begun > 0 ? (seconds / begun) * left : Infinity
    options.onProgress({ running: now, ended: ended.size, trials: plan.trials, best: bestTrial(ended.values(), plan), secondsLeft })
  }
}
