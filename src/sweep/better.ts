/** Which of two values, and which of many trials, is the better one. */
import type { Direction, TrialRecord } from './trial-record'

/** Whether the first value is better than the second. */
export function isBetter(value: number, other: number, direction: Direction): boolean {
  return direction === 'maximise' ? value > other : value < other
}

/** The best complete trial, the earlier of two equals; undefined where there is none. */
export function bestComplete(trials: Iterable<TrialRecord>, direction: Direction): TrialRecord | undefined {
  let best: TrialRecord | undefined
  for (const trial of trials) {
    if (trial.state !== 'complete') continue
    const equal = best && trial.value === best.value
    if (!best || isBetter(trial.value!, best.value!, direction) || (equal && trial.number < best.number)) best = trial
  }
  return best
}
