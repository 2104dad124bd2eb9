/**
 * When looking ahead pays in RecSim's long-term satisfaction: what three rankings earn over the sensitivity of the user.
 *
 * At RecSim's sensitivity of .01 the most clickbait wins; the least wins once a spoilt mood costs more than clickbait brings, near .1.
 */
import { rankByClickbait, rankByLeastClickbait } from '../agents/recsim-rankings'
import { checkKeys, checkWhole } from '../data/check'
import { type LongTermSatisfactionOptions, longTermSatisfaction } from '../envs/recsim-long-term-satisfaction'
import { type ActorMaker, type ActorRow, playActors, referenceActors } from './play-actors'

export interface SensitivitySweepOptions {
  /** Sensitivities to try; 0, .01, .03, .1, .3, 1. */
  readonly sensitivities?: readonly number[]
  /** Seeds of the users and of the random ranking, the same at every sensitivity; 1 to 5. */
  readonly seeds?: readonly number[]
  /** Sessions of each ranking, seed and sensitivity; 200. */
  readonly episodes?: number
  /** The shop's other options. */
  readonly shop?: Omit<LongTermSatisfactionOptions, 'sensitivity'>
}

/** A tidy row: `agent` is the ranking. */
export interface SensitivityRow extends ActorRow {
  readonly sensitivity: number
}

export const sweptRankings: Readonly<Record<'random' | 'most clickbait' | 'least clickbait', ActorMaker>> = {
  random: referenceActors.random!,
  'most clickbait': rankByClickbait,
  'least clickbait': rankByLeastClickbait,
}

/**
 * @returns a row for each sensitivity, seed and ranking
 * @throws RangeError naming the option, its value and what is allowed
 */
export function sensitivitySweep(options: SensitivitySweepOptions = {}): SensitivityRow[] {
  checkKeys('the sensitivity sweep', options, ['sensitivities', 'seeds', 'episodes', 'shop'])
  const { sensitivities = [0, 0.01, 0.03, 0.1, 0.3, 1], seeds = [1, 2, 3, 4, 5], episodes = 200, shop = {} } = options
  checkWhole('episodes', episodes, 1, 1_000_000)
  return sensitivities.flatMap(sensitivity => {
    const make = (copies: number) => longTermSatisfaction(copies, { ...shop, sensitivity })
    return playActors(make, sweptRankings, { seeds, episodes }).map(row => ({ sensitivity, ...row }))
  })
}
