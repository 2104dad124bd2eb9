/** A study: a search for the best configuration, trial by trial (shaped like Optuna's: ask, tell, enqueue, optimise). */
import { UserError } from '../data/user-error'
import { stream } from '../random/generator'
import { bestComplete } from './better'
import { checkConfiguration, checkDimension, checkSpace, checkValue, describeDimension, sameDimension } from './check-space'
import { gridSize } from './grid-sampler'
import { noPruner, type Pruner } from './pruner'
import type { Sampler } from './sampler'
import type { Choice, Configuration, Dimension, SearchSpace } from './search-space'
import { RunningTrial, type StudyTrial, type TrialHost, TrialPruned } from './study-trial'
import { tpeSampler } from './tpe-sampler'
import type { Direction, TrialRecord } from './trial-record'

export interface StudyOptions {
  /** Proposed as a whole to each trial; what is suggested beyond it is drawn by itself. Left out: everything is suggested. */
  readonly space?: SearchSpace
  /** tpeSampler() when left out. */
  readonly sampler?: Sampler
  /** noPruner() when left out. */
  readonly pruner?: Pruner
  /** 'minimise' when left out, as in Optuna. */
  readonly direction?: Direction
  /** 0 when left out. */
  readonly seed?: number
}

/** How a trial ended. */
export type Outcome =
  | { readonly state: 'complete'; readonly value: number; readonly seeds?: TrialRecord['seeds'] }
  | { readonly state: 'pruned' }
  | { readonly state: 'failed'; readonly error?: string }

export interface Study {
  readonly direction: Direction
  readonly seed: number
  /** The space given, and what was suggested beyond it. */
  readonly space: SearchSpace
  /** By number, running ones too. */
  readonly trials: readonly TrialRecord[]
  /** The best complete trial, the earlier of two equals; undefined while there is none. */
  readonly best: TrialRecord | undefined
  /** The next trial: enqueued ones first. Undefined when the sampler has nothing left (a grid that is through). */
  ask(): StudyTrial | undefined
  /**
   * Ends a trial; a number is the value of a complete one.
   *
   * @param trial  what `ask` gave, or its number
   * @returns the trial as it is kept
   * @throws RangeError for a trial that is not running, or a value that is not finite
   */
  tell(trial: StudyTrial | number, outcome: number | Outcome): TrialRecord
  /** Has a configuration tried next, after those enqueued before; names left out are proposed by the sampler. @throws UserError when it does not fit */
  enqueue(configuration: Configuration): void
  /** Takes over a trial that has ended, under its own number, as when a study is resumed. @throws UserError or RangeError when it does not fit */
  add(record: TrialRecord): void
  /**
   * Tries so many trials one after the other, and waits for each.
   *
   * An objective that throws `TrialPruned` ended early; one that gives NaN or an infinity failed; one that throws failed, and
   * stops the study unless `onError` is 'continue' (or the signal was what made it throw).
   */
  optimise(objective: Objective, options: OptimiseOptions): Promise<void>
}

export type Objective = (trial: StudyTrial) => number | Promise<number>

export interface OptimiseOptions {
  /** How many more to try; fewer are when the sampler has nothing left. */
  readonly trials: number
  /** No further trial is begun once it is aborted; an objective may listen to it too. */
  readonly signal?: AbortSignal
  /** Called after each trial with how it ended. */
  readonly onTrial?: (trial: TrialRecord, study: Study) => void | Promise<void>
  /** What an exception of the objective does: 'stop' (the trial is kept as failed, then optimise throws it) or 'continue'; 'stop'. */
  readonly onError?: 'stop' | 'continue'
}

/**
 * A new study. Trial n draws from a stream of its own, so what random and grid search propose does not depend on which trial
 * ended when; TPE learns from the trials that have ended, and counts those that are running as bad.
 *
 * @throws UserError when the space or another option is not as it must be
 */
export function createStudy({
  space,
  sampler = tpeSampler(),
  pruner = noPruner(),
  direction = 'minimise',
  seed = 0,
}: StudyOptions = {}): Study {
  if (direction !== 'minimise' && direction !== 'maximise') {
    throw new UserError(`direction is ${JSON.stringify(direction)}; it must be 'minimise' or 'maximise'`)
  }
  if (!Number.isFinite(seed)) throw new UserError(`seed is ${seed}; it must be a finite number`)
  if (space) checkSpace(space)
  if (sampler.spec.kind === 'grid') {
    if (!space) throw new UserError('the grid sampler needs the space: createStudy({ space, sampler: gridSampler() })')
    gridSize(space)
  }
  return new StudyInMemory(space, sampler, pruner, direction, seed)
}

class StudyInMemory implements Study, TrialHost {
  /** By number. */
  private readonly finished: TrialRecord[] = []
  private readonly running = new Map<number, RunningTrial>()
  private readonly taken = new Set<number>()
  /** All numbers below it are taken. */
  private lowest = 0
  private readonly queue: Configuration[] = []
  /** What enqueued trials must find when they suggest names that no space has. */
  private readonly fixed = new WeakMap<StudyTrial, Configuration>()
  private readonly dimensions: Record<string, Dimension>

  constructor(
    private readonly joint: SearchSpace | undefined,
    private readonly sampler: Sampler,
    private readonly pruner: Pruner,
    readonly direction: Direction,
    readonly seed: number,
  ) {
    this.dimensions = { ...joint }
  }

  get space(): SearchSpace {
    return { ...this.dimensions }
  }

  get trials(): readonly TrialRecord[] {
    return [...this.finished, ...[...this.running.values()].map(trial => trial.record())].sort(byNumber)
  }

  get best(): TrialRecord | undefined {
    return bestComplete(this.finished, this.direction)
  }

  ask(): StudyTrial | undefined {
    while (this.taken.has(this.lowest)) this.lowest++
    const number = this.lowest
    const wanted = this.queue[0]
    const proposed = this.proposeJointly(number, wanted)
    if (!proposed) return undefined
    const trial = new RunningTrial(number, proposed, this)
    if (wanted) this.fixed.set(trial, wanted)
    this.queue.shift()
    this.taken.add(number)
    this.running.set(number, trial)
    return trial
  }

  tell(trial: StudyTrial | number, outcome: number | Outcome): TrialRecord {
    const number = typeof trial === 'number' ? trial : trial.number
    const running = this.running.get(number)
    if (!running || (typeof trial !== 'number' && trial !== running)) {
      const state = this.finished.find(record => record.number === number)?.state
      throw new RangeError(
        `trial ${number} ${state ? `is ${state} already` : 'is not of this study'}; a trial that is running can be told, once`,
      )
    }
    const ended = typeof outcome === 'number' ? { state: 'complete' as const, value: outcome } : outcome
    checkOutcome(number, ended)
    const record: TrialRecord = { ...running.record(), ...ended }
    running.end()
    this.running.delete(number)
    this.keep(record)
    return record
  }

  enqueue(configuration: Configuration): void {
    if (this.joint) checkConfiguration(this.space, configuration, false)
    else for (const [name, value] of Object.entries(configuration)) this.checkKnown(name, value)
    this.queue.push({ ...configuration })
  }

  add(record: TrialRecord): void {
    const { number, state, configuration } = record
    if (!(Number.isSafeInteger(number) && number >= 0))
      throw new UserError(`the number of a trial is ${number}; it must be a whole number, at least 0`)
    if (this.taken.has(number)) throw new UserError(`the study has a trial ${number} already; each number is there once`)
    checkOutcome(number, record)
    if (this.joint) {
      for (const name of Object.keys(this.joint)) {
        if (configuration[name] === undefined) throw new UserError(`trial ${number} has no ${name}, which the search space has`)
      }
    }
    for (const [name, value] of Object.entries(configuration)) if (state !== 'failed') this.checkKnown(name, value)
    this.taken.add(number)
    this.keep({ ...record })
  }

  async optimise(objective: Objective, { trials, signal, onTrial, onError = 'stop' }: OptimiseOptions): Promise<void> {
    if (!(Number.isSafeInteger(trials) && trials >= 0)) throw new UserError(`trials is ${trials}; it must be a whole number, at least 0`)
    let rested = performance.now()
    for (let done = 0; done < trials && !signal?.aborted; done++) {
      const trial = this.ask()
      if (!trial) return
      const { record, thrown } = await this.attempt(trial, objective)
      await onTrial?.(record, this)
      if (thrown && onError === 'stop' && !signal?.aborted) throw thrown.error
      // An objective without promises would keep everybody else from running: pictures, and whoever wants to abort.
      if (performance.now() - rested < 50) continue
      await new Promise(resolve => setImmediate(resolve))
      rested = performance.now()
    }
  }

  learn(name: string, dimension: Dimension): void {
    if (!Object.hasOwn(this.dimensions, name)) {
      checkDimension(name, dimension)
      this.dimensions[name] = dimension
    } else if (!sameDimension(this.dimensions[name]!, dimension)) {
      const [asked, known] = [dimension, this.dimensions[name]!].map(describeDimension)
      throw new UserError(`${name} is suggested as ${asked}, but is ${known} in this study; a name stands for one range`)
    }
  }

  proposeAlone(trial: StudyTrial, name: string, dimension: Dimension): Choice {
    const wanted = this.fixed.get(trial)?.[name]
    if (wanted !== undefined) {
      checkValue(name, dimension, wanted)
      return wanted
    }
    if (this.sampler.spec.kind === 'grid')
      throw new UserError(`${name} is not in the space that the grid sampler goes through; add it there`)
    return this.propose(trial.number, { [name]: dimension }, name)![name]!
  }

  judge(trial: RunningTrial): boolean {
    return this.pruner.prune(trial, this.othersThan(trial.number), this.direction)
  }

  /** The values that the space needs, and those that were enqueued in their place; undefined when nothing is left. */
  private proposeJointly(number: number, wanted: Configuration = {}): Configuration | undefined {
    if (!this.joint) return {}
    const names = Object.keys(this.joint)
    const whole = names.every(name => wanted[name] !== undefined)
    const proposed = whole ? wanted : this.propose(number, this.joint)
    return proposed && Object.fromEntries(names.map(name => [name, wanted[name] ?? proposed[name]!]))
  }

  private propose(number: number, space: SearchSpace, ...names: string[]): Configuration | undefined {
    const generator = stream(this.seed, 'sweep', 'trial', number, ...names)
    return this.sampler.propose({ space, trials: this.othersThan(number), direction: this.direction, generator })
  }

  private othersThan(number: number): readonly TrialRecord[] {
    const running = [...this.running.values()].filter(trial => trial.number !== number)
    return running.length === 0 ? this.finished : [...this.finished, ...running.map(trial => trial.record())].sort(byNumber)
  }

  private keep(record: TrialRecord): void {
    const last = this.finished[this.finished.length - 1]
    this.finished.push(record)
    if (last && last.number > record.number) this.finished.sort(byNumber)
  }

  private checkKnown(name: string, value: Choice): void {
    if (Object.hasOwn(this.dimensions, name)) checkValue(name, this.dimensions[name]!, value)
  }

  private async attempt(trial: StudyTrial, objective: Objective): Promise<{ record: TrialRecord; thrown?: { error: unknown } }> {
    let value: number
    try {
      value = await objective(trial)
    } catch (error) {
      if (error instanceof TrialPruned) return { record: this.tell(trial, { state: 'pruned' }) }
      const message = error instanceof Error ? error.message : String(error)
      return { record: this.tell(trial, { state: 'failed', error: message }), thrown: { error } }
    }
    if (Number.isFinite(value)) return { record: this.tell(trial, value) }
    return { record: this.tell(trial, { state: 'failed', error: `the objective gave ${value}, which is not a finite number` }) }
  }
}

function byNumber(a: TrialRecord, b: TrialRecord): number {
  return a.number - b.number
}

function checkOutcome(number: number, { state, value }: { readonly state: string; readonly value?: number }): void {
  if (!['complete', 'pruned', 'failed'].includes(state)) {
    throw new RangeError(`the state of trial ${number} is ${JSON.stringify(state)}; one that has ended is 'complete', 'pruned' or 'failed'`)
  }
  if (state === 'complete' && !Number.isFinite(value)) {
    throw new RangeError(
      `the value of trial ${number} is ${value}; it must be a finite number (tell { state: 'failed' } of a run that diverged)`,
    )
  }
}
