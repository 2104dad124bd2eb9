/** `shoplab evaluate`: saved runs beside random, popularity and the myopic oracle, on the same shoppers with the same luck. */
import type { Agent } from '../agents/agent'
import { UserError } from '../data/user-error'
import type { InteractionLog } from '../envs/interaction-log'
import { hasOracle } from '../envs/oracle'
import { makeEnv } from '../envs/registry'
import { typesOf } from '../train/evaluate-by-type'
import { eachReference, type MeasuredAgent, measure, oracleName, references } from '../train/measure-beside'
import { loadModel } from '../train/model-file'
import { rankLog } from '../train/rank-log'
import { type SavedRun, savedRuns } from '../train/saved-runs'
import { EVALUATION_SEED } from '../train/training-plan'
import { printByType, printMeasured } from './measured-table'
import { progressLine } from './progress-line'
import { type AgentRanking, printRanking } from './ranking-table'
import { describeShop } from './train-report'
import { writeJson } from './write-json'

export interface EvaluateCommandOptions {
  readonly episodes: number
  readonly seed?: number
  readonly byType?: boolean
  readonly k?: number
  readonly json?: boolean
}

export async function evaluateCommand(place: string, options: EvaluateCommandOptions): Promise<void> {
  const { episodes, seed = EVALUATION_SEED, byType = false, k, json = false } = options
  const runs = savedRuns(place)
  const shop = runs[0]!.policy.env
  if (byType) typesOf(shop)
  if (k !== undefined && shop.name !== 'interaction-log') {
    throw new UserError(`--k ranks lists against the log of interaction-log; ${place} is of ${shop.name}`)
  }
  const line = progressLine({ silent: json })
  const rows: MeasuredAgent[] = []
  const rankings: AgentRanking[] = []
  const handle = (name: string, actor: Parameters<typeof measure>[1], agent?: Agent) => {
    rows.push(...measure(name, actor, shop, { episodes, seed, byType }))
    if (k !== undefined && agent) {
      rankings.push({ agent: name, ...rankLog(agent, makeEnv(shop.name, 1, shop.options) as InteractionLog, { k }) })
    }
  }
  for (const { label, folder } of runs) {
    line.show(`measuring ${label} …`)
    const { agent } = await loadModel(folder)
    handle(label, agent, agent)
    agent.dispose()
  }
  const without = runs.map(({ policy }) => policy.agent)
  const { run } = runs[0]!.policy
  await eachReference(shop, run, { without, oracle: true, onBegin: name => line.show(`measuring ${name} …`) }, handle)
  line.clear()
  const ranking = rankings.length > 0 && { rankings }
  if (json)
    writeJson({
      run: place,
      env: { name: shop.name, preset: shop.preset, options: shop.options },
      episodes,
      seed,
      evaluation: rows,
      ...ranking,
    })
  else {
    process.stdout.write(`shop: ${describeShop(shop)}\n\n`)
    printMeasured(rows)
    if (byType) {
      process.stdout.write('\nreturn by type of shopper:\n\n')
      printByType(rows)
    }
    printRanking(rankings)
    process.stdout.write(`\n${notes(runs, rows, options)}\n`)
  }
}

function notes(runs: readonly SavedRun[], rows: readonly MeasuredAgent[], { episodes }: EvaluateCommandOptions): string {
  const { env, run } = runs[0]!.policy
  const measured = rows.map(({ agent }) => agent)
  const absent = references.filter(name => !measured.includes(name) && !runs.some(({ policy }) => policy.agent === name))
  return [
    `${episodes} sessions of the same shoppers for all`,
    ...(measured.includes('popularity') && runs.every(({ policy }) => policy.agent !== 'popularity')
      ? [`popularity was trained on ${run.episodes} sessions, as ${runs[0]!.label} was`]
      : []),
    ...absent.map(name => `${name} cannot serve ${env.name} and is left out`),
    ...(hasOracle(makeEnv(env.name, 1, env.options)) ? [`the ${oracleName} knows what no agent may know, and does not look ahead`] : []),
  ].join('; ')
}
