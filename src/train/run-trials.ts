/** Runs trials on all cores. Each is alone with its seed, so the results do not depend on how many workers there are. */
import os from 'node:os'
import type { Progress } from './run-record'
import { runTrial, type Trial, type TrialResult } from './trial'
import { TrialLane } from './trial-lane'

export interface RunTrialsOptions {
  /** Trainings at once; as many as there are cores. 1: in this very thread, which a debugger and a profiler like. */
  readonly workers?: number
  readonly signal?: AbortSignal
  /** Called as a training goes: which one, and where it stands. */
  readonly onProgress?: (trial: Trial, run: number, progress: Progress) => void
  /** Called when a trial is done; with several workers in the order in which they end. */
  readonly onResult?: (trial: Trial, run: number, result: TrialResult) => void
}

/** @returns a result for each trial, in their order; undefined for those that the signal came before */
export async function runTrials(trials: readonly Trial[], options: RunTrialsOptions): Promise<(TrialResult | undefined)[]> {
  const { signal, onProgress, onResult } = options
  const workers = checkWorkers(options.workers)
  const results: (TrialResult | undefined)[] = trials.map(() => undefined)
  const watch = signal ? { signal } : {}
  const here = {
    run: (trial: Trial, tell?: (progress: Progress) => void) => runTrial(trial, { ...watch, ...(tell && { onProgress: tell }) }),
    end() {},
  }
  const count = Math.min(workers, trials.length)
  const lanes = count > 1 ? Array.from({ length: count }, () => new TrialLane()) : [here]
  let next = 0

  async function work(lane: TrialLane | typeof here): Promise<void> {
    while (next < trials.length && !signal?.aborted) {
      const run = next++
      const trial = trials[run]!
      const result = await lane.run(trial, onProgress && (progress => onProgress(trial, run, progress)))
      if (!result) return
      results[run] = result
      onResult?.(trial, run, result)
    }
  }

  const stop = new AbortController()
  const aborted = new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve(), { once: true, signal: stop.signal }))
  try {
    const all = Promise.all(lanes.map(work))
    // In this thread a training ends by itself, at its next pause; a worker is ended in the midst of it.
    await (lanes[0] === here ? all : Promise.race([all, aborted]))
  } finally {
    stop.abort()
    for (const lane of lanes) lane.end()
  }
  return results
}

/** As many as there are cores unless told. */
export function checkWorkers(workers = os.availableParallelism()): number {
  if (!(Number.isInteger(workers) && workers >= 1)) throw new RangeError(`workers is ${workers}; it must be a whole number of at least 1`)
  return workers
}
