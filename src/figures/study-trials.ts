/** Trials as figures need them: which have a value, which is the best, and their words. */
import type { Choice } from '../sweep/search-space'
import type { Direction, TrialRecord } from '../sweep/trial-record'
import { readable } from './theme'

/** A study by its name; two of one name are repetitions of it, under other seeds of the search. */
export interface StudyTrials {
  readonly name: string
  readonly trials: readonly TrialRecord[]
}

export type CompleteTrial = TrialRecord & { readonly value: number }

/** The trials that have a value, in the order of their numbers. */
export function completeTrials(trials: readonly TrialRecord[]): CompleteTrial[] {
  const complete = trials.filter((trial): trial is CompleteTrial => trial.state === 'complete' && Number.isFinite(trial.value))
  return complete.sort((a, b) => a.number - b.number)
}

/**
 * The same, for figures that are empty without one.
 *
 * @param figure who asks: 'slices'
 * @throws RangeError when no trial has a value; it says what became of them
 */
export function needComplete(trials: readonly TrialRecord[], figure: string): CompleteTrial[] {
  const complete = completeTrials(trials)
  if (complete.length > 0) return complete
  if (trials.length === 0) throw new RangeError(`${figure} got no trials; give it those of a study that has run`)
  const why = trials.find(trial => trial.error)?.error
  throw new RangeError(
    `${figure} draws complete trials with a finite value, and of ${trials.length} there is none (${stateCounts(trials)})${why ? `; one failed with '${why}'` : ''}`,
  )
}

/** The best first; of equal ones the earlier trial. */
export function bestFirst(trials: readonly CompleteTrial[], direction: Direction): CompleteTrial[] {
  const sign = direction === 'maximise' ? -1 : 1
  return [...trials].sort((a, b) => sign * (a.value - b.value) || a.number - b.number)
}

/** '16 trials (12 complete, 3 pruned, 1 failed)' */
export function trialsText(trials: readonly TrialRecord[]): string {
  return `${trials.length === 1 ? 'one trial' : `${readable(trials.length)} trials`} (${stateCounts(trials)})`
}

/** '12 complete, 3 pruned, 1 failed'; states that no trial is in are left out. */
export function stateCounts(trials: readonly TrialRecord[]): string {
  const states = ['complete', 'pruned', 'failed', 'running'] as const
  const counts = states.map(state => ({ state, count: trials.filter(trial => trial.state === state).length }))
  return counts
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${readable(count)} ${state}`)
    .join(', ')
}

/** A value of a hyperparameter as text: 0.001, true, relu, [256, 256, 128]. */
export function choiceText(choice: Choice): string {
  if (Array.isArray(choice)) return `[${choice.join(', ')}]`
  const exact = String(choice)
  // Chosen numbers are short, and 0.9995 is not 1; those drawn from a range have more digits than anybody reads.
  return typeof choice === 'number' && exact.length > 8 ? String(Number(choice.toPrecision(4))) : exact
}

/** All of a configuration, in the order given: 'learningRate 0.001, hiddenUnits [256, 256, 128]'. */
export function configurationText({ configuration }: TrialRecord, names: readonly string[]): string {
  const set = names.filter(name => configuration[name] !== undefined)
  return set.map(name => `${name} ${choiceText(configuration[name]!)}`).join(', ')
}
