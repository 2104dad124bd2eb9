/**
 * `shoplab train`: agents, one after another, each saved as a run, and measured against random and popularity on the same shoppers. A
 * reference that cannot serve the shop is left out.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { Agent } from '../agents/agent'
import { makeAgent } from '../agents/registry'
import { UserError } from '../data/user-error'
import type { Spec } from '../envs/env'
import type { InteractionLog } from '../envs/interaction-log'
import { makeEnv } from '../envs/registry'
import { hasTypes } from '../train/evaluate-by-type'
import { eachReference, type MeasureOptions, measure } from '../train/measure-beside'
import { checkModelPlace, isModel, saveModel } from '../train/model-file'
import { rankLog } from '../train/rank-log'
import { train } from '../train/train'
import { hasCheckpoint } from '../train/training-checkpoint'
import { checkPlan, type TrainingPlan } from '../train/training-plan'
import { EVALUATION_COPIES } from '../train/trial'
import { progressBar } from './progress-bar'
import { progressLine } from './progress-line'
import { checkpointsOf, freeFolder, resumableFolder } from './run-folder'
import { planOf, type TrainOptions } from './train-options'
import {
  describeShop,
  listOptions,
  type Outcome,
  type Run,
  type TrainedRun,
  tellRun,
  tellSeveral,
  tellSingle,
  writeOutcome,
} from './train-report'
import { untilInterrupted } from './until-interrupted'

const DEFAULT_CHECKPOINT_EVERY = 10_000

export async function trainCommand(options: TrainOptions): Promise<void> {
  const { json = false } = options
  const plan = planOf(options)
  const shop = await checkPlan(plan)
  if (options.listOptions) {
    for (const { name, options: chosen } of plan.agents) {
      const agent = await makeAgent(name, shop, { seed: plan.seeds[0]!, ...chosen })
      listOptions(agent, shop, json)
      agent.dispose()
    }
    return
  }
  const runs = runsOf(plan, shop.spec, options)
  const single = runs.length === 1
  if (!single && options.resume) {
    throw new UserError(`--resume goes on with one training, and here are ${runs.length}; choose one with --agent, --seed and --out`)
  }
  const trained: TrainedRun[] = []
  const outcome: Outcome = { rows: [], byType: [], rankings: [] }
  let unsaved: unknown
  for (const run of runs) {
    const { record, agent, exitCode, error } = await trainOne(run, plan, options, trained.length === 0)
    unsaved ??= error
    trained.push({ ...run, record, saved: error === undefined })
    measureAll(run.seed, shop.spec, plan, outcome)(run.agent.label, agent, agent)
    agent.dispose()
    if (!json && !single) tellRun(trained[trained.length - 1]!)
    process.exitCode = exitCode
    if (record.interrupted) break
  }
  await measureBeside(trained, shop.spec, plan, outcome, json)
  if (json) writeOutcome(trained, outcome, single)
  else if (single) tellSingle(trained[0]!, outcome, shop)
  else tellSeveral(trained, outcome, shop)
  if (unsaved) throw unsaved
}

/** Each agent under each seed, with the folder that it is saved in. */
function runsOf({ agents, seeds }: TrainingPlan, { name, preset }: Spec, { out, config, resume = false }: TrainOptions): Run[] {
  if (agents.length * seeds.length === 1) {
    const [agent, seed] = [agents[0]!, seeds[0]!]
    const usual = join('runs', config ? basename(config, extname(config)) : `${name}-${agent.name}-${preset}-${seed}`)
    return [{ agent, seed, folder: out ?? (resume ? resumableFolder(usual) : freeFolder(usual)) }]
  }
  const folder = out ?? freeFolder(join('runs', basename(config!, extname(config!))))
  if (isModel(folder)) throw new UserError(`${folder} is a run itself, and here are several to be saved inside; choose another folder`)
  return seeds.flatMap(seed =>
    agents.map(agent => {
      const label = agent.label.replace(/[^\w.-]+/g, '-')
      return { agent, seed, folder: join(folder, seeds.length === 1 ? label : `${label}-${seed}`) }
    }),
  )
}

/** Trains and saves; a disk that is full by then costs the model, but not the figures. */
async function trainOne(run: Run, plan: TrainingPlan, { json = false, checkpointEvery, resume = false }: TrainOptions, first: boolean) {
  const { folder, seed } = run
  const { episodes, steps, copies, evaluation } = plan
  const { name, options } = plan.env
  const env = makeEnv(name, copies, options)
  const agent = await makeAgent(run.agent.name, env, { seed, ...run.agent.options })
  const checkpoints = checkpointsOf(folder)
  if (resume && !hasCheckpoint(checkpoints)) throw new UserError(`there is no checkpoint in ${checkpoints} to go on from`)
  const every = checkpointEvery ?? (resume ? DEFAULT_CHECKPOINT_EVERY : undefined)
  const limits = { ...(episodes !== undefined && { episodes }), ...(steps !== undefined && { steps }) }
  const { result: record, exitCode } = await untilInterrupted(signal => {
    checkPlace(folder)
    if (first && !json) process.stdout.write(`shop: ${describeShop(env.spec)}\n`)
    const bar = progressBar(limits, { silent: json })
    return train(agent, env, {
      ...limits,
      ...{ seed, signal, onProgress: bar.show },
      ...(every !== undefined && { checkpoint: { folder: checkpoints, every, resume } }),
      ...(evaluation.every !== undefined && {
        evaluateEveryEpisodes: evaluation.every,
        evaluation: { env: makeEnv(name, Math.min(evaluation.episodes, EVALUATION_COPIES), options), ...evaluation },
      }),
    }).finally(bar.stop)
  }, 'stopping; what was learned is saved (Ctrl-C again ends at once)')
  try {
    saveModel(folder, agent, record)
    if (every !== undefined && !record.interrupted) rmSync(checkpoints, { recursive: true, force: true })
    return { record, agent, exitCode, error: undefined }
  } catch (error) {
    return { record, agent, exitCode, error }
  }
}

/** Refuses a place that the model could not be saved in before time is spent on it. */
function checkPlace(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true })
  checkModelPlace(folder)
}

/** Everything that is measured of somebody, put behind what was measured before. */
function measureAll(seed: number, shop: Spec, { evaluation, ranking }: TrainingPlan, { rows, byType, rankings }: Outcome) {
  return (name: string, actor: Parameters<typeof measure>[1], agent?: Agent) => {
    const measured = (options: MeasureOptions) => measure(name, actor, shop, options).map(row => ({ ...row, seed }))
    rows.push(...measured(evaluation))
    if (hasTypes(shop)) byType.push(...measured({ ...evaluation, byType: true }))
    if (ranking && agent) rankings.push({ agent: name, ...rankLog(agent, makeEnv(shop.name, 1, shop.options) as InteractionLog, ranking) })
  }
}

/** The references under every seed, each as long in training as the first run of that seed. */
async function measureBeside(
  trained: readonly TrainedRun[],
  shop: Spec,
  plan: TrainingPlan,
  outcome: Outcome,
  json: boolean,
): Promise<void> {
  const line = progressLine({ silent: json })
  const without = plan.agents.map(({ name }) => name)
  for (const seed of new Set(trained.map(run => run.seed))) {
    const { record } = trained.find(run => run.seed === seed)!
    const onBegin = (name: string) => line.show(`measuring ${name} …`)
    await eachReference(shop, record, { without, onBegin }, measureAll(seed, shop, plan, outcome))
  }
  line.clear()
}
