/** Where a sweep keeps its finished trials, so that it can go on after whatever happens. */
import type { TrialRecord } from './trial-record'

export interface TrialStore {
  /**
   * Takes hold of the store, so that nobody else writes to it.
   *
   * @returns the finished trials of this sweep so far, in any order
   * @throws UserError when another process has it, or it holds another sweep
   */
  load(): readonly TrialRecord[] | Promise<readonly TrialRecord[]>
  /** Keeps a finished trial; when it returns, the trial is not lost with the process. */
  append(trial: TrialRecord): void | Promise<void>
  /** The sweep is complete: these are all its trials, by number. */
  finish(trials: readonly TrialRecord[]): void | Promise<void>
  /** Lets go of the store. */
  close(): void | Promise<void>
}

/** Keeps nothing. */
export function noStore(): TrialStore {
  return { load: () => [], append() {}, finish() {}, close() {} }
}
