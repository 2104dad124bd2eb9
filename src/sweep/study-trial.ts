/** One trial as its objective sees it: hyperparameters out, reports in. */
import type { Choice, Configuration, Dimension } from './search-space'
import type { TrialRecord } from './trial-record'

export interface StudyTrial {
  /** 0, 1, 2, …; the lowest that no other trial of the study has. */
  readonly number: number
  /** The values of the study's space, and of what was suggested beyond it so far. */
  readonly configuration: Configuration
  /**
   * A number from `low` to `high` (see `Dimension`); the same as before when the name was suggested in this trial already.
   *
   * @throws UserError when the range is not as it must be, or the name stands for another one in this study
   */
  suggestFloat(name: string, low: number, high: number, options?: RangeOptions): number
  /** A whole number from `low` to `high`, both allowed. */
  suggestInt(name: string, low: number, high: number, options?: RangeOptions): number
  /** One of the choices. */
  suggestCategorical<Value extends Choice>(name: string, choices: readonly Value[]): Value
  /** An intermediate value of the objective. @throws RangeError when it is not finite, or the step not above the last one */
  report(step: number, value: number): void
  /** Whether the study's pruner would end this trial after its latest report. */
  shouldPrune(): boolean
}

export interface RangeOptions {
  readonly log?: boolean
  readonly step?: number
}

/** Thrown by an objective to say that its trial ended early: `if (trial.shouldPrune()) throw new TrialPruned()`. */
export class TrialPruned extends Error {
  override readonly name = 'TrialPruned'
}

/** What a trial needs of its study. */
export interface TrialHost {
  /** Keeps the dimension for its name. @throws UserError when it is wrong, or the name has another one */
  learn(name: string, dimension: Dimension): void
  /** A value for a name that the joint proposal does not have. */
  proposeAlone(trial: StudyTrial, name: string, dimension: Dimension): Choice
  judge(trial: RunningTrial): boolean
}

export class RunningTrial implements StudyTrial {
  readonly intermediate: { step: number; value: number }[] = []
  private readonly values: Record<string, Choice>
  private over = false

  constructor(
    readonly number: number,
    proposed: Configuration,
    private readonly host: TrialHost,
  ) {
    this.values = { ...proposed }
  }

  get configuration(): Configuration {
    return this.values
  }

  suggestFloat(name: string, low: number, high: number, options?: RangeOptions): number {
    return this.suggest(name, range('float', low, high, options)) as number
  }

  suggestInt(name: string, low: number, high: number, options?: RangeOptions): number {
    return this.suggest(name, range('int', low, high, options)) as number
  }

  suggestCategorical<Value extends Choice>(name: string, choices: readonly Value[]): Value {
    return this.suggest(name, { kind: 'categorical', choices }) as Value
  }

  report(step: number, value: number): void {
    this.mustRun('report')
    const last = this.intermediate[this.intermediate.length - 1]
    if (!(Number.isFinite(step) && step > (last?.step ?? -Infinity))) {
      throw new RangeError(
        `step is ${step} in trial ${this.number}; it must be a finite number${last ? ` above the last one, ${last.step}` : ''}`,
      )
    }
    if (!Number.isFinite(value)) {
      throw new RangeError(
        `value is ${value} at step ${step} of trial ${this.number}; reports are finite numbers, and a run that diverged has failed`,
      )
    }
    this.intermediate.push({ step, value })
  }

  shouldPrune(): boolean {
    this.mustRun('ask shouldPrune of')
    return this.host.judge(this)
  }

  /** The trial as it stands: what it reports later is not seen there. */
  record(): TrialRecord {
    return { number: this.number, configuration: { ...this.values }, state: 'running', intermediate: [...this.intermediate] }
  }

  end(): void {
    this.over = true
  }

  private suggest(name: string, dimension: Dimension): Choice {
    this.mustRun('suggest to')
    this.host.learn(name, dimension)
    if (!Object.hasOwn(this.values, name)) this.values[name] = this.host.proposeAlone(this, name, dimension)
    return this.values[name]!
  }

  private mustRun(doing: string): void {
    if (this.over) throw new RangeError(`trial ${this.number} has ended; there is nothing to ${doing} it`)
  }
}

/** Options that were left out are no keys of the dimension, so that it can be compared and written. */
function range(kind: 'float' | 'int', low: number, high: number, { log, step }: RangeOptions = {}): Dimension {
  return { kind, low, high, ...(log !== undefined && { log }), ...(step !== undefined && { step }) }
}
