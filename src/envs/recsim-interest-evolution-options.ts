/** The options of interest evolution: what may be set, the defaults (those of RecSim), and what is allowed. */
import { checkKeys, checkNumber, checkWhole, checkWord } from '../data/check'

export interface InterestEvolutionOptions {
  /** The defaults below are RecSim's, so there is one preset. */
  readonly preset?: 'default'
  /** Fresh documents in each step, 1 to 1000; 10. */
  readonly candidates?: number
  /** Documents shown, 1 to candidates, at most 256; 2. */
  readonly slate?: number
  /** Clusters of documents, 1 to 1000; 20. */
  readonly clusters?: number
  /** Minutes that a user has, above 0; 200. */
  readonly timeBudget?: number
  /** Minutes that a document lasts, above 0; 4. */
  readonly documentLength?: number
  /** How much a user likes to click nothing, on the scale of interests, -1 (never, as long as something is liked more) to 1000; 1. */
  readonly noClickScore?: number
  /** Minutes lost where nothing is clicked, at least 0; .5. */
  readonly noClickPenalty?: number
  /** Mean quality of the worst and of the best cluster, -100 to 100; -3 and 3. */
  readonly lowestQuality?: number
  readonly highestQuality?: number
  /** Standard deviation of a document's quality in its cluster, 0 to 10; .1. */
  readonly qualityDeviation?: number
  /** Minutes that a minute watched gives back for each unit of quality, 0 to 10; .9 / 3.4. */
  readonly qualityReturn?: number
  /** How far an interest of 0 moves with a document watched, 0 to 1; .3. */
  readonly interestStep?: number
  /** Steps after which an episode is truncated; 5 for each minute of the budget, at least 100: 1000. */
  readonly horizon?: number
}

export type InterestEvolutionSettings = Readonly<Required<InterestEvolutionOptions>>

const allowed = [
  'preset,candidates,slate,clusters,timeBudget,documentLength,noClickScore,noClickPenalty',
  'lowestQuality,highestQuality,qualityDeviation,qualityReturn,interestStep,horizon',
].flatMap(names => names.split(','))

/** @throws RangeError naming the option, its value and what is allowed */
export function interestEvolutionSettings(options: InterestEvolutionOptions): InterestEvolutionSettings {
  checkKeys('recsim-interest-evolution', options, allowed)
  const preset = checkWord('preset', options.preset ?? 'default', ['default'])
  const number = (name: keyof InterestEvolutionOptions, usual: number, low: number, high: number) =>
    checkNumber(name, options[name] ?? usual, low, high)
  const candidates = checkWhole('candidates', options.candidates ?? 10, 1, 1000)
  const most = Math.min(candidates, 256)
  const timeBudget = number('timeBudget', 200, 1e-6, 1e6)
  const usualHorizon = Math.min(1_000_000, Math.max(100, Math.ceil(5 * timeBudget)))
  return {
    preset,
    candidates,
    slate: checkWhole('slate', options.slate ?? Math.min(2, candidates), 1, most),
    clusters: checkWhole('clusters', options.clusters ?? 20, 1, 1000),
    timeBudget,
    documentLength: number('documentLength', 4, 1e-6, 1e6),
    noClickScore: number('noClickScore', 1, -1, 1000),
    noClickPenalty: number('noClickPenalty', 0.5, 0, 1e6),
    lowestQuality: number('lowestQuality', -3, -100, 100),
    highestQuality: number('highestQuality', 3, -100, 100),
    qualityDeviation: number('qualityDeviation', 0.1, 0, 10),
    qualityReturn: number('qualityReturn', 0.9 / 3.4, 0, 10),
    interestStep: number('interestStep', 0.3, 0, 1),
    horizon: checkWhole('horizon', options.horizon ?? usualHorizon, 1, 1_000_000),
  }
}
