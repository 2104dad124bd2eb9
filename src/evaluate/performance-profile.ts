import { stream } from '../random/generator'
import { type BootstrapOptions, type Interval, percentileInterval } from './bootstrap-interval'
import { finiteScores, finiteStrata } from './scores'

/** The share of runs above a score. */
export interface ProfilePoint extends Interval {
  readonly score: number
}

/**
 * Performance profile: for each score, the share of runs that lie above it (Dolan & Moré 2002; as run-score distributions in Agarwal et al.
 * 2021, rliable).
 *
 * The share is taken in each stratum (task, shop), and the mean over strata is plotted; where one agent's profile lies above another's
 * everywhere, it is better at every score. Each point's interval is the stratified percentile bootstrap, the same draws for all points.
 *
 * @param strata  [strata][runs]; for one task `[scores]`
 * @param at      the scores looked at; all different ones that occur, when left out
 * @throws RangeError when a stratum or `at` is empty, a score is not finite, or an option lies outside its range
 */
export function performanceProfile(
  strata: readonly ArrayLike<number>[],
  at?: ArrayLike<number>,
  { resamples = 2000, level = 0.95, seed = 0 }: Omit<BootstrapOptions, 'statistic'> = {},
): ProfilePoint[] {
  const all = finiteStrata('strata', strata)
  const places = at ? finiteScores(at, 'at') : Array.from(new Set(all.flat()))
  const share = (scores: readonly number[][], place: number) =>
    scores.reduce((sum, runs) => sum + runs.reduce((above, score) => above + Number(score > place), 0) / runs.length, 0) / scores.length
  const drawn = all.map(scores => scores.slice())
  return places
    .sort((one, other) => one - other)
    .map(score => {
      const chance = stream(seed, 'bootstrap')
      const interval = percentileInterval(share(all, score), { resamples, level }, () => {
        for (const [stratum, runs] of drawn.entries()) {
          for (let run = 0; run < runs.length; run++) runs[run] = all[stratum]![Math.floor(chance.next() * runs.length)]!
        }
        return share(drawn, score)
      })
      return { score, ...interval }
    })
}
