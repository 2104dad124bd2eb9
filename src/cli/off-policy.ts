/** `shoplab off-policy`: policies judged by a log, without playing. */
import { readFeedback } from '../data/feedback-file'
import type { LoggedFeedback } from '../data/logged-feedback'
import { UserError } from '../data/user-error'
import { makeEnv } from '../envs/registry'
import { bootstrapFeedback } from '../evaluate/off-policy/bootstrap-feedback'
import { severalEstimates } from '../evaluate/off-policy/off-policy-estimates'
import { perDecisionImportanceSampling } from '../evaluate/off-policy/per-decision-importance-sampling'
import { weightedImportanceSampling } from '../evaluate/off-policy/weighted-importance-sampling'
import { loadModel } from '../train/model-file'
import { policyProbabilities } from '../train/policy-probabilities'
import { savedRuns } from '../train/saved-runs'
import { printTable } from './print-table'
import { progressLine } from './progress-line'
import { writeJson } from './write-json'

export interface OffPolicyCommandOptions {
  readonly explore?: boolean
  readonly resamples: number
  readonly seed: number
  readonly json?: boolean
}

/** One policy, judged by one estimator. */
interface JudgedRow {
  readonly policy: string
  /** What is estimated: the mean reward of a step, or of a visit. */
  readonly of: 'step' | 'visit'
  readonly estimator: string
  readonly estimate: number
  readonly low: number
  readonly high: number
  readonly effectiveSampleSize: number
  readonly warnings: readonly string[]
}

export async function offPolicy(file: string, places: readonly string[], options: OffPolicyCommandOptions): Promise<void> {
  const { json = false, explore = false } = options
  const line = progressLine({ silent: json })
  line.show(`reading ${file} …`)
  const feedback = readFeedback(file)
  const judged: JudgedRow[] = []
  line.show('judging uniform choice …')
  const numbers = isLarge(feedback) ? feedback.rounds : feedback.rounds * feedback.actions
  judged.push(...judge('uniform', feedback, new Float64Array(numbers).fill(1 / feedback.actions), options))
  for (const run of places.flatMap(savedRuns)) {
    line.show(`judging ${run.folder} …`)
    judged.push(...judge(run.folder, feedback, await probabilitiesOf(run, feedback, file, explore), options))
  }
  line.clear()
  const { rounds, actions, reward, episode } = feedback
  const { resamples, seed } = options
  // Drawn as the estimates are: whole visits again.
  const own = bootstrapFeedback(feedback, reward, undefined, { resamples, seed })
  const visits = episode ? episode[rounds - 1]! + 1 : undefined
  if (json) writeJson({ log: { file, rounds, actions, ...(visits && { visits }), reward: own }, explore, estimates: judged })
  else print({ file, rounds, actions, visits, own, large: isLarge(feedback) }, judged)
}

function judge(policy: string, feedback: LoggedFeedback, chances: Float64Array, { resamples, seed }: OffPolicyCommandOptions): JudgedRow[] {
  const steps = severalEstimates(feedback, chances, { resamples, seed }).map(estimate => ({ ...estimate, of: 'step' as const }))
  const several = feedback.episode && feedback.episode[feedback.rounds - 1]! + 1 < feedback.rounds
  const visits = several
    ? [perDecisionImportanceSampling, weightedImportanceSampling].map(estimate => ({
        ...estimate(feedback, chances, { resamples, seed }),
        of: 'visit' as const,
      }))
    : []
  return [...steps, ...visits].map(({ of, estimator, estimate, low, high, effectiveSampleSize, warnings }) => ({
    ...{ policy, of, estimator, estimate, low, high, effectiveSampleSize, warnings },
  }))
}

/** @throws UserError when the run's agent does not see, or cannot do, what stands in the log */
async function probabilitiesOf(
  { folder, policy }: ReturnType<typeof savedRuns>[number],
  feedback: LoggedFeedback,
  file: string,
  explore: boolean,
): Promise<Float64Array> {
  const { spec } = makeEnv(policy.env.name, 1, policy.env.options)
  if (spec.width !== feedback.width) {
    throw new UserError(
      `${folder} sees ${spec.width} numbers (${spec.name}), but the contexts of ${file} have ${feedback.width}; judge it by a log of the shop it was trained in`,
    )
  }
  const { agent } = await loadModel(folder)
  try {
    return policyProbabilities(agent, feedback, { explore, space: spec.actions, of: isLarge(feedback) ? 'logged' : 'all' }).probabilities
  } finally {
    agent.dispose()
  }
}

/** Beyond it a probability for every action is too much to ask. */
const mostWithModel = 1000
const mostNumbers = 1e8

/** Whether there are so many actions, such as slates, that only the probability of what was done is asked for: then no reward model is learned. */
function isLarge({ rounds, actions }: LoggedFeedback): boolean {
  return actions > mostWithModel || rounds * actions > mostNumbers
}

interface LogFacts {
  readonly file: string
  readonly rounds: number
  readonly actions: number
  readonly visits: number | undefined
  readonly own: { readonly estimate: number; readonly low: number; readonly high: number }
  /** isLarge */
  readonly large: boolean
}

function print({ file, rounds, actions, visits, own, large }: LogFacts, judged: readonly JudgedRow[]): void {
  const digits = (value: number) => value.toPrecision(4)
  process.stdout.write(
    `${file}: ${rounds} steps${visits ? ` in ${visits} visits` : ''}, ${actions} actions; who wrote it earned ${digits(own.estimate)} a step (${digits(own.low)} to ${digits(own.high)})\n\n`,
  )
  printTable(
    judged.map(({ policy, of, estimator, estimate, low, high, effectiveSampleSize, warnings }) => ({
      policy,
      estimator,
      of: `a ${of}`,
      reward: digits(estimate),
      '95 % interval': `${digits(low)} to ${digits(high)}`,
      'effective sample size': effectiveSampleSize.toFixed(0),
      warning: warnings.length > 0 ? 'see below' : '',
    })),
  )
  if (large) {
    process.stdout.write(
      `\nestimators with a reward model are left out: ${actions} actions in each of ${rounds} steps are too many; there may be ${mostWithModel} actions, and ${mostNumbers} of both multiplied\n`,
    )
  }
  const said = new Map<string, Set<string>>()
  for (const { policy, of, warnings } of judged) {
    for (const warning of warnings) said.set(warning, (said.get(warning) ?? new Set()).add(`${policy}, a ${of}`))
  }
  for (const [warning, where] of said) process.stdout.write(`\nwarning (${Array.from(where).join('; ')}): ${warning}\n`)
}
