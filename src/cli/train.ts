/**
 * `shoplab train`: one agent, one seed; saved as a run, and measured against random and popularity on the same shoppers. A reference that
 * cannot serve the shop is left out.
 */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Agent } from '../agents/agent'
import { makeAgent } from '../agents/registry'
import { dataFolder } from '../data/data-folder'
import { UserError } from '../data/user-error'
import type { Env, Spec } from '../envs/env'
import { knowsShoppers } from '../envs/knows-shoppers'
import { makeEnv } from '../envs/registry'
import { evaluate } from '../train/evaluate-agent'
import { checkModelPlace, saveModel } from '../train/model-file'
import type { RunRecord } from '../train/run-record'
import { train } from '../train/train'
import { hasCheckpoint } from '../train/training-checkpoint'
import { optionRows, printTable } from './print-table'
import { progressBar } from './progress-bar'
import { checkpointsOf, freeFolder, resumableFolder } from './run-folder'
import { untilInterrupted } from './until-interrupted'
import { writeJson } from './write-json'

export interface TrainOptions {
  readonly env: string
  readonly preset?: string
  readonly data?: string
  readonly items?: number
  readonly users?: number
  readonly agent: string
  readonly episodes: number
  readonly seed: number
  readonly out?: string
  readonly set?: Readonly<Record<string, unknown>>
  readonly evaluation: number
  readonly json?: boolean
  readonly checkpointEvery?: number
  readonly resume?: boolean
  readonly listOptions?: boolean
}

/** Shoppers that no training meets: its seeds are typed by people, who count from 0. */
const EVALUATION_SEED = 1_000_000
const EVALUATION_COPIES = 64
const DEFAULT_CHECKPOINT_EVERY = 10_000

export async function trainCommand(options: TrainOptions): Promise<void> {
  const { episodes, seed, json = false, checkpointEvery, resume = false } = options
  const settings = settingsOf(options)
  const env = makeEnv(options.env, 1, settings.env)
  const agent = await makeAgent(options.agent, env, { seed, ...settings.agent })
  if (options.listOptions) {
    listOptions(agent, env, json)
    agent.dispose()
    return
  }
  const usual = join('runs', `${env.spec.name}-${agent.kind}-${env.spec.preset}-${seed}`)
  const folder = options.out ?? (resume ? resumableFolder(usual) : freeFolder(usual))
  const checkpoints = checkpointsOf(folder)
  if (resume && !hasCheckpoint(checkpoints)) throw new UserError(`there is no checkpoint in ${checkpoints} to go on from`)
  const every = checkpointEvery ?? (resume ? DEFAULT_CHECKPOINT_EVERY : undefined)
  const checkpoint = every === undefined ? {} : { checkpoint: { folder: checkpoints, every, resume } }

  const { result: record, exitCode } = await untilInterrupted(signal => {
    checkPlace(folder)
    if (!json) process.stdout.write(`shop: ${describeShop(env.spec)}\n`)
    const bar = progressBar(episodes, { silent: json })
    return train(agent, env, { episodes, seed, signal, onProgress: bar.show, ...checkpoint }).finally(bar.stop)
  }, 'stopping; what was learned is saved (Ctrl-C again ends at once)')

  // A disk that is full by now costs the model, but not the figures.
  let unsaved: unknown
  try {
    saveModel(folder, agent, record)
    if (every !== undefined && !record.interrupted) rmSync(checkpoints, { recursive: true, force: true })
  } catch (error) {
    unsaved = error
  }
  const evaluation = await measure(agent, env, record, options)
  if (json) writeJson({ out: unsaved ? null : folder, ...summary(record), evaluation, curves: record.curves })
  else {
    report(record, evaluation)
    if (!unsaved) process.stdout.write(`\nsaved in ${folder}${hint(env, folder)}\n`)
  }
  if (unsaved) throw unsaved
  process.exitCode = exitCode
}

/** What was typed behind --set, sorted by whom it is for. */
function settingsOf({ env: shop, set = {}, preset, data, items, users }: TrainOptions) {
  const env: Record<string, unknown> = { ...(preset && { preset }), ...(items && { items }), ...(users && { users }) }
  // Whatever describes another shop than the one in the files; those are taken only when nothing does.
  const described = Object.keys(set).some(key => /^env\.(tables|dataSeed|preset|users|items)$/.test(key))
  const generated = preset === 'published' || items || users || described
  const here = dataFolder()
  if (data !== undefined) env.tables = data
  else if (shop === 'candy-store' && !generated && existsSync(join(here, 'users.csv'))) env.tables = here
  const agent: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(set)) {
    if (key.startsWith('env.')) env[key.slice(4)] = value
    else agent[key] = value
  }
  return { env, agent }
}

/** What a person wants to know of the shop: which variant, and where its shoppers and items are from. */
function describeShop({ name, preset, options }: Spec): string {
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

/** What to type next, with a shopper that there is. */
function hint(env: Env, folder: string): string {
  if (!knowsShoppers(env)) return ''
  return `; try: npx shoplab recommend ${/\s/.test(folder) ? `'${folder}'` : folder} --user ${Math.min(42, env.shopperIds.length - 1)}`
}

/** Every option that --set can set, with the value it has now. */
function listOptions(agent: Agent, { spec }: Env, json: boolean): void {
  if (json) {
    writeJson({ agent: agent.kind, options: agent.options, env: { name: spec.name, options: spec.options } })
    return
  }
  process.stdout.write(`options of ${agent.kind} and, as env.…, of ${spec.name}, with the values that a training would have:\n\n`)
  const ofShop = Object.fromEntries(Object.entries(spec.options).map(([key, value]) => [`env.${key}`, value]))
  printTable(optionRows({ ...agent.options, ...ofShop }, 'value'))
}

/** Refuses a place that the model could not be saved in before time is spent on it. */
function checkPlace(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true })
  checkModelPlace(folder)
}

interface Measured {
  readonly agent: string
  /** Mean greedy return. */
  readonly return: number
  /** null where the shop shows nothing that could be clicked. */
  readonly clickThroughRate: number | null
}

/** What an agent is measured against. */
const references = ['random', 'popularity']

/** The agent beside the references that can serve the shop; popularity has watched as many sessions as the agent has. */
async function measure(agent: Agent, env: Env, { episodes, seed }: RunRecord, { evaluation }: TrainOptions): Promise<Measured[]> {
  const shop = makeEnv(env.spec.name, Math.min(evaluation, EVALUATION_COPIES), env.spec.options)
  const rows: Measured[] = []
  for (const name of [agent.kind, ...references.filter(other => other !== agent.kind)]) {
    const one = name === agent.kind ? agent : await reference(name, env, seed)
    if (!one) continue
    if (one !== agent && name === 'popularity') await train(one, env, { episodes, seed })
    const { mean, clickThroughRate, counts } = evaluate(one, shop, { episodes: evaluation, seed: EVALUATION_SEED })
    one.dispose()
    rows.push({ agent: name, return: mean, clickThroughRate: counts.impression > 0 ? clickThroughRate : null })
  }
  return rows
}

/** undefined where it cannot serve the shop */
async function reference(name: string, env: Env, seed: number): Promise<Agent | undefined> {
  try {
    return await makeAgent(name, env, { seed })
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function summary({ agent, options, backend, env, seed, episodes, steps, updates, interrupted, timing }: RunRecord) {
  const { environment, acting, learning, total } = timing
  return {
    agent,
    options,
    backend: backend ?? null,
    env: { name: env.name, preset: env.preset, options: env.options },
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

function report(record: RunRecord, evaluation: readonly Measured[]): void {
  const { agent, env, seed, episodes, interrupted, timing } = record
  const { trainingStepMilliseconds, environmentAndActingShare } = summary(record)
  const lines = [
    `${agent} in ${env.name} (${env.preset}), seed ${seed}: ${episodes} episodes in ${timing.total.toFixed(1)} s${interrupted ? ', interrupted' : ''}`,
    ...(trainingStepMilliseconds === null
      ? []
      : [`a training step takes ${trainingStepMilliseconds.toFixed(2)} ms${record.backend ? ` on backend ${record.backend}` : ''}`]),
    `${(100 * environmentAndActingShare).toFixed(1)} % of the time went into the shop and choosing, the rest into learning`,
  ]
  process.stdout.write(`${lines.join('\n')}\n\n`)
  printTable(
    evaluation.map(row => ({
      agent: row.agent,
      return: row.return.toFixed(2),
      'click-through rate': row.clickThroughRate === null ? '–' : `${(100 * row.clickThroughRate).toFixed(1)} %`,
    })),
  )
  const measured = evaluation.map(row => row.agent)
  const notes = [
    ...(agent !== 'popularity' && measured.includes('popularity') ? ['popularity was trained on as many episodes; '] : []),
    ...references.filter(name => !measured.includes(name)).map(name => `${name} cannot serve ${env.name} and is left out; `),
  ]
  process.stdout.write(`\n${notes.join('')}one seed is one throw of the dice (notebooks/00-quickstart.ipynb compares over five)\n`)
}
