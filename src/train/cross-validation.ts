/**
 * Cross-validation over shoppers: an agent is trained on the visits of all folds but one and meets the shoppers of that one afterwards.
 *
 * The shop is the same throughout: every item, every shopper's taste. Only who walks in differs (`onlyUsers`). The distance between the two
 * returns is what the agent knows about its own shoppers and cannot carry over to strangers.
 */
import { checkWhole } from '../data/check'
import { userFolds } from '../data/user-folds'
import { knowsShoppers } from '../envs/knows-shoppers'
import { makeEnv } from '../envs/registry'
import { type RunTrialsOptions, runTrials } from './run-trials'
import type { NamedShop, Trial } from './trial'

export interface CrossValidationOptions extends Pick<RunTrialsOptions, 'workers' | 'signal'> {
  /** A shop that knows its shoppers: the candy-store; its `onlyUsers`, where given, are dealt into the folds. */
  readonly env: NamedShop
  readonly agent: Trial['agent']
  /** 5. */
  readonly folds?: number
  /** Of who is in which fold; 0. */
  readonly foldSeed?: number
  /** Trainings of each fold. */
  readonly seeds: readonly number[]
  /** Episodes of each training. */
  readonly episodes: number
  /** 200 episodes, seed 1,000,000, of seen shoppers, and as many of those held out. */
  readonly evaluation?: Partial<Trial['evaluation']>
  /** Called when a training is done. */
  readonly onRow?: (row: CrossValidationRow, done: number, of: number) => void
}

export interface CrossValidationRow {
  /** 0, 1, …: the fold held out. */
  readonly fold: number
  readonly seed: number
  /** Mean greedy return on the shoppers trained on. */
  readonly seen: number
  /** Mean greedy return on the shoppers held out. */
  readonly heldOut: number
}

/** Trains under every seed without each fold; one row each, fold by fold. When the signal is aborted, the rows so far. */
export async function crossValidate(options: CrossValidationOptions): Promise<CrossValidationRow[]> {
  const { env, agent, folds = 5, foldSeed = 0, seeds, episodes, evaluation, workers, signal, onRow } = options
  checkWhole('episodes', episodes, 1, Number.MAX_SAFE_INTEGER)
  const members = foldsOf(env, folds, foldSeed)
  const shopOf = (onlyUsers: readonly (string | number)[]): NamedShop => ({ name: env.name, options: { ...env.options, onlyUsers } })
  const runs = members.flatMap((heldOut, fold) =>
    seeds.map(seed => ({
      fold,
      trial: {
        env: shopOf(members.filter((_, other) => other !== fold).flat()),
        elsewhere: shopOf(heldOut),
        ...{ agent, label: agent.name, seed, episodes },
        evaluation: { episodes: 200, seed: 1_000_000, ...evaluation },
      } satisfies Trial,
    })),
  )
  let done = 0
  const rows: CrossValidationRow[] = []
  const results = await runTrials(
    runs.map(({ trial }) => trial),
    {
      ...(workers === undefined ? {} : { workers }),
      ...(signal && { signal }),
      ...(onRow && { onResult: (_, run, { row, elsewhere }) => onRow(rowOf(run, row.return, elsewhere!.return), ++done, runs.length) }),
    },
  )
  results.forEach((result, run) => {
    if (result) rows.push(rowOf(run, result.row.return, result.elsewhere!.return))
  })
  return rows

  function rowOf(run: number, seen: number, heldOut: number): CrossValidationRow {
    const { fold, trial } = runs[run]!
    return { fold, seed: trial.seed, seen, heldOut }
  }
}

/** Who is in which fold. */
function foldsOf({ name, options }: NamedShop, folds: number, seed: number): (string | number)[][] {
  const shop = makeEnv(name, 1, options)
  if (!knowsShoppers(shop)) throw new RangeError(`env is ${name}, which does not know its shoppers; cross-validation needs the candy-store`)
  const everybody = (options?.onlyUsers as readonly (string | number)[] | undefined) ?? Array.from(shop.shopperIds.keys())
  return userFolds(everybody.length, folds, seed).map(fold => Array.from(fold, at => everybody[at]!))
}
