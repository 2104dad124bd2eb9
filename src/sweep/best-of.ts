/**
 * The winner's curse, seen in the trials of a search: the best of many noisy measurements is too high, the more the more there are.
 *
 * Each tuning seed is left out in turn: the best of `count` trials is chosen by the other seeds, and valued by the one left out, which did
 * not choose it. How often each trial would be the best of `count` drawn at random is computed, not drawn.
 */
import { UserError } from '../data/user-error'
import { bootstrapInterval, type Interval } from '../evaluate/bootstrap-interval'
import type { Direction, TrialRecord } from './trial-record'

export interface BestOf {
  /** How many trials the best was chosen from. */
  readonly count: number
  /** Its mean value under the seeds that chose it. */
  readonly chosenBy: number
  /** Its mean value under a seed that did not. */
  readonly leftOut: number
  /** chosenBy - leftOut, with a bootstrap interval over trials. */
  readonly difference: Interval
}

/**
 * @param trials complete ones, all valued under the same seeds, of which there are at least two
 * @throws UserError when there are no such trials
 */
export function bestOf(trials: readonly TrialRecord[], counts: readonly number[], direction: Direction): BestOf[] {
  const values = trials.flatMap(({ state, seeds }) => (state === 'complete' && seeds ? [seeds.map(({ value }) => value)] : []))
  const width = values[0]?.length ?? 0
  if (width < 2 || values.some(({ length }) => length !== width)) {
    throw new UserError('bestOf leaves one seed out and chooses by the others; it needs complete trials under the same two seeds or more')
  }
  const sign = direction === 'maximise' ? 1 : -1
  return counts.map(count => {
    const of = (rows: readonly (readonly number[])[]) => expectedBest(rows, count, sign)
    const all = of(values)
    const difference = bootstrapInterval([values.map((_, at) => at)], {
      resamples: 500,
      statistic: drawn => {
        const { chosenBy, leftOut } = of(drawn.map(at => values[at]!))
        return chosenBy - leftOut
      },
    })
    return { count, ...all, difference }
  })
}

/** The mean over the seeds left out. */
function expectedBest(rows: readonly (readonly number[])[], count: number, sign: number): { chosenBy: number; leftOut: number } {
  const seeds = rows[0]!.length
  let [chosenBy, leftOut] = [0, 0]
  for (let out = 0; out < seeds; out++) {
    const scored = rows.map(row => {
      const others = row.reduce((sum, value) => sum + value, 0) - row[out]!
      return { chosenBy: others / (seeds - 1), leftOut: row[out]! }
    })
    scored.sort((a, b) => sign * (a.chosenBy - b.chosenBy))
    scored.forEach((one, rank) => {
      // The best of `count` draws with replacement is this one or a worse one, but not a worse one each time.
      const probability = ((rank + 1) / scored.length) ** count - (rank / scored.length) ** count
      chosenBy += (probability * one.chosenBy) / seeds
      leftOut += (probability * one.leftOut) / seeds
    })
  }
  return { chosenBy, leftOut }
}
