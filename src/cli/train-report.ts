/** What `shoplab train` tells of its runs, to people and to machines. */
import { statSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import type { Agent } from '../agents/agent'
import type { Env, Spec } from '../envs/env'
import { references } from '../train/measure-beside'
import type { RunRecord } from '../train/run-record'
import { hasFront, shopFront } from '../train/shop-front'
import type { TrainingPlan } from '../train/training-plan'
import { overSeeds, printByType, printMeasured, type SeedRow } from './measured-table'
import { optionRows, printTable } from './print-table'
import { type AgentRanking, meanRankings, printRanking } from './ranking-table'
import { writeJson } from './write-json'

/** One training of those that were asked for. */
export interface Run {
  readonly agent: TrainingPlan['agents'][number]
  readonly seed: number
  readonly folder: string
}

export interface TrainedRun extends Run {
  readonly record: RunRecord
  /** Whether it stands in its folder. */
  readonly saved: boolean
}

/** What was measured afterwards. */
export interface Outcome {
  readonly rows: SeedRow[]
  /** In a shop with types of shoppers: the same, for each type. */
  readonly byType: SeedRow[]
  /** Where lists are ranked against a log. */
  readonly rankings: AgentRanking[]
}

/** What a person wants to know of the shop: which variant, and where its shoppers and items are from. */
export function describeShop({ name, preset, options }: Spec): string {
  const { tables, dataSeed } = options
  const shop = `${name} (${preset})`
  const sizes = ['users', 'items', 'products']
    .flatMap(what => (options[what] === undefined ? [] : [`${options[what]} ${what}`]))
    .join(' × ')
  if (typeof tables === 'string') {
    const place = relative('', tables) || '.'
    return `${shop}, tables of ${statSync(tables).isDirectory() ? `${place}/` : place}: ${sizes}`
  }
  return dataSeed === undefined ? shop : `${shop}, generated: ${sizes}, seed ${dataSeed}`
}

/** Every option that --set can set, with the value it has now. */
export function listOptions(agent: Agent, { spec }: Env, json: boolean): void {
  if (json) {
    writeJson({ agent: agent.kind, options: agent.options, env: { name: spec.name, options: spec.options } })
    return
  }
  process.stdout.write(`options of ${agent.kind} and, as env.…, of ${spec.name}, with the values that a training would have:\n\n`)
  const ofShop = Object.fromEntries(Object.entries(spec.options).map(([key, value]) => [`env.${key}`, value]))
  printTable(optionRows({ ...agent.options, ...ofShop }, 'value'))
}

/** A line for a run of several, when it is done. */
export function tellRun(run: TrainedRun): void {
  process.stdout.write(`${headOf(run)}${run.saved ? `; saved in ${run.folder}` : ''}\n`)
}

/** A single run: what it took, the table, and what to do next. */
export function tellSingle(run: TrainedRun, outcome: Outcome, shop: Env): void {
  const { record, folder, saved } = run
  const { trainingStepMilliseconds, environmentAndActingShare } = summary(record)
  const lines = [
    headOf(run),
    ...(trainingStepMilliseconds === null
      ? []
      : [`a training step takes ${trainingStepMilliseconds.toFixed(2)} ms${record.backend ? ` on backend ${record.backend}` : ''}`]),
    `${(100 * environmentAndActingShare).toFixed(1)} % of the time went into the shop and choosing, the rest into learning`,
  ]
  process.stdout.write(`${lines.join('\n')}\n\n`)
  tellOutcome([run], outcome, shop)
  if (saved) process.stdout.write(`\nsaved in ${folder}${hint(shop, folder)}\n`)
}

/** Several runs: the table that compares all. */
export function tellSeveral(runs: readonly TrainedRun[], outcome: Outcome, shop: Env): void {
  process.stdout.write('\n')
  tellOutcome(runs, outcome, shop)
  const folder = dirname(runs[0]!.folder)
  process.stdout.write(`\nsaved in ${folder}; try: npx shoplab evaluate ${quoted(folder)}\n`)
}

function tellOutcome(runs: readonly TrainedRun[], { rows, byType, rankings }: Outcome, { spec }: Env): void {
  printMeasured(overSeeds(rows))
  if (byType.length > 0) {
    process.stdout.write('\nreturn by type of shopper:\n\n')
    printByType(overSeeds(byType))
  }
  printRanking(meanRankings(rankings))
  const seeds = new Set(runs.map(({ seed }) => seed)).size
  const beside = references.filter(name => !runs.some(({ agent }) => agent.name === name))
  const served = beside.filter(name => rows.some(({ agent }) => agent === name))
  const notes = [
    ...(served.includes('popularity') ? ['popularity was trained on as many episodes; '] : []),
    ...beside.filter(name => !served.includes(name)).map(name => `${name} cannot serve ${spec.name} and is left out; `),
    seeds === 1
      ? 'one seed is one throw of the dice (notebooks/00-quickstart.ipynb compares over five); the interval is that of the visits'
      : `means over ${seeds} seeds, with the interval over them`,
  ]
  process.stdout.write(`\n${notes.join('')}\n`)
}

function headOf({ agent: { label, name }, record }: TrainedRun): string {
  const { env, seed, episodes, copies, interrupted, timing } = record
  const who = label === name ? name : `${label} (${name})`
  const how = `${copies > 1 ? ` of ${copies} copies` : ''} in ${timing.total.toFixed(1)} s${interrupted ? ', interrupted' : ''}`
  return `${who} in ${env.name} (${env.preset}), seed ${seed}: ${episodes} episodes${how}`
}

/** What to type next, with a shopper that there is. */
function hint(shop: Env, folder: string): string {
  return hasFront(shop) ? `; try: npx shoplab recommend ${quoted(folder)} --user ${shopFront(shop).example}` : ''
}

function quoted(word: string): string {
  return /\s/.test(word) ? `'${word}'` : word
}

/** For machines: of one run its record and rows; of several all records, and the rows by seed. */
export function writeOutcome(runs: readonly TrainedRun[], outcome: Outcome, single: boolean): void {
  const told = runs.map(({ agent, folder, record, saved }) => ({
    out: saved ? folder : null,
    ...(agent.label !== agent.name && { label: agent.label }),
    ...summary(record),
    curves: record.curves,
  }))
  const { byType, rankings } = outcome
  const more = { ...(byType.length > 0 && { byType }), ...(rankings.length > 0 && { rankings }) }
  // The seed of a single run is told once.
  const rows = single ? outcome.rows.map(({ seed: _, ...row }) => row) : outcome.rows
  if (single) writeJson({ ...told[0], evaluation: rows, ...more })
  else writeJson({ runs: told, evaluation: rows, summary: overSeeds(outcome.rows), ...more })
}

function summary({ agent, options, backend, env, copies, seed, episodes, steps, updates, interrupted, timing }: RunRecord) {
  const { environment, acting, learning, total } = timing
  return {
    agent,
    options,
    backend: backend ?? null,
    env: { name: env.name, preset: env.preset, options: env.options },
    copies,
    seed,
    episodes,
    steps,
    updates,
    interrupted,
    /** Mean milliseconds of one update of the agent. */
    trainingStepMilliseconds: updates > 0 ? (1000 * learning) / updates : null,
    /** Share of the training's time in which the agent did not learn. */
    environmentAndActingShare: (environment + acting) / total,
    seconds: timing,
  }
}
