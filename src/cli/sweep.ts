/** `shoplab sweep`: a search for hyperparameters, from its file to the best five; priced, run, gone on with, tested. */
import { join } from 'node:path'
import { UserError } from '../data/user-error'
import { summarise } from '../evaluate/summarise'
import { PlanProblem } from '../sweep/plan-problem'
import { runSweep, type SweepResult } from '../sweep/run-sweep'
import { measureCost, sweepCost } from '../sweep/sweep-cost'
import { readSweepFile, withLine } from '../sweep/sweep-file'
import { describeConfiguration, type SweepPlan, sweepPlan } from '../sweep/sweep-plan'
import { testConfiguration } from '../sweep/test-configuration'
import type { ComparisonRow } from '../train/trial'
import { printTable } from './print-table'
import { sweepTable } from './sweep-table'
import { untilInterrupted } from './until-interrupted'
import { writeJson } from './write-json'

export interface SweepCommandOptions {
  readonly workers?: number
  readonly out?: string
  readonly trials?: number
  readonly price?: boolean
  readonly testBest?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

export async function sweepCommand(file: string, options: SweepCommandOptions): Promise<void> {
  const read = readSweepFile(file)
  const plan = options.trials === undefined ? read : sweepPlan({ ...read, trials: options.trials })
  try {
    await (options.price ? price(plan, options) : run(file, plan, options))
  } catch (error) {
    // What the agent or the shop refuses stands in the file too.
    throw error instanceof PlanProblem ? withLine(error, file) : error
  }
}

async function run(file: string, plan: SweepPlan, options: SweepCommandOptions): Promise<void> {
  const { json = false, quiet = false } = options
  const out = options.out ?? join('runs', `sweep-${plan.name.replace(/[^\w.-]+/g, '-')}.jsonl`)
  const words = [
    `npx shoplab sweep ${quoted(file)}`,
    ...(options.out ? [`--out ${quoted(out)}`] : []),
    ...(options.trials ? [`--trials ${options.trials}`] : []),
  ]
  const again = words.join(' ')
  const workers = options.workers === undefined ? {} : { workers: options.workers }
  const { result, exitCode } = await untilInterrupted(async signal => {
    const table = sweepTable(plan, { silent: json || quiet })
    const { onProgress, onTrial } = table
    const swept = await runSweep(plan, { ...workers, file: out, signal, onProgress, onTrial }).finally(table.stop)
    const best = options.testBest && !swept.interrupted ? swept.best : undefined
    return { swept, tested: best ? await testBest(plan, best.configuration, { ...workers, signal }) : [] }
  }, 'stopping; trials that ended are kept (Ctrl-C again ends at once)')
  const { swept, tested } = result
  if (json) writeJson({ out, interrupted: swept.interrupted, best: swept.best ?? null, trials: swept.trials, tested })
  else report(swept, tested, { out, again, asked: options.testBest ?? false })
  if (!swept.interrupted && !swept.best) throw new UserError(`no trial of ${out} is complete; the first says: ${swept.trials[0]?.error}`)
  process.exitCode = exitCode
}

/** The best configuration and the plan's agent without it, under the same seeds and before the same shoppers. */
async function testBest(
  plan: SweepPlan,
  configuration: Parameters<typeof testConfiguration>[1],
  options: object,
): Promise<ComparisonRow[]> {
  const best = await testConfiguration(plan, configuration, { ...options, label: 'best configuration' })
  return [...best, ...(await testConfiguration(plan, {}, { ...options, label: `${plan.agent.name} without it` }))]
}

function report(
  { plan, trials, interrupted }: SweepResult,
  tested: readonly ComparisonRow[],
  { out, again, asked }: { out: string; again: string; asked: boolean },
): void {
  const { name, goal } = plan.metric
  const count = (state: string) => trials.filter(trial => trial.state === state).length
  const states = ['complete', 'pruned', 'failed'].filter(state => count(state) > 0).map(state => `${count(state)} ${state}`)
  const sign = goal === 'maximise' ? -1 : 1
  const best = trials
    .filter(({ state }) => state === 'complete')
    .sort((one, other) => sign * (one.value! - other.value!) || one.number - other.number)
  const say = (text: string) => process.stdout.write(`${text}\n`)
  say(`${plan.name}: ${trials.length} of ${plan.trials} trials${states.length > 0 ? ` (${states.join(', ')})` : ''}, kept in ${out}`)
  if (best.length > 0) {
    say(`\nthe best ${Math.min(5, best.length)}, by ${name} over ${plan.seeds.length} tuning seeds:\n`)
    printTable(
      best.slice(0, 5).map(({ number, value, configuration }) => ({
        trial: number,
        [name]: value!.toFixed(4),
        configuration: describeConfiguration(configuration),
      })),
    )
  }
  const failed = trials.find(({ state }) => state === 'failed')
  if (failed) say(`\ntrial ${failed.number} failed: ${failed.error}`)
  if (interrupted) say(`\nto go on: ${again}`)
  else if (tested.length > 0) reportTest(plan, tested)
  else if (best.length > 0 && !asked)
    say(`\nthe best of many is flattered by luck; to test it on fresh seeds and shoppers: ${again} --test-best`)
}

function reportTest(plan: SweepPlan, rows: readonly ComparisonRow[]): void {
  const { name } = plan.metric
  process.stdout.write(
    `\n${name} under ${plan.testSeeds.length} test seeds before other shoppers, interquartile mean with its 95 % interval:\n\n`,
  )
  printTable(
    summarise(rows, { measure: name }).map(({ agent, interquartileMean, low, high }) => ({
      agent,
      [name]: interquartileMean.toFixed(4),
      low: low.toFixed(4),
      high: high.toFixed(4),
    })),
  )
}

/** What the sweep would cost here. */
async function price(plan: SweepPlan, { json = false }: SweepCommandOptions): Promise<void> {
  const { rows, millisecondsPerUpdate } = await measureCost(plan)
  const cost = sweepCost(plan, { millisecondsPerUpdate })
  if (json) {
    writeJson({ ...cost, measured: rows })
    return
  }
  const { configurations, trainings, updates, hours } = cost
  const number = (value: number) => value.toLocaleString('en-GB')
  process.stdout.write('an update, with the step in the shop before it, takes here:\n\n')
  printTable(
    rows.map(row => ({ 'hidden units': row.hiddenUnits, 'batch size': row.batchSize, milliseconds: row.millisecondsPerUpdate.toFixed(2) })),
  )
  process.stdout.write(
    `\n${number(configurations)} configurations × ${plan.seeds.length} seeds = ${number(trainings)} trainings, ${number(updates)} updates: ${time(hours)} on one core\n` +
      'without evaluations, pruning and early stopping\n',
  )
}

function time(hours: number): string {
  if (hours < 1) return `${(60 * hours).toFixed(1)} minutes`
  return hours < 72 ? `${hours.toFixed(1)} hours` : `${hours.toFixed(0)} hours (${(hours / 24).toFixed(1)} days)`
}

function quoted(word: string): string {
  return /\s/.test(word) ? `'${word}'` : word
}
