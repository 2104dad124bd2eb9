/** What may be typed behind `shoplab train`, and the plan that it makes of it and of a file. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from '../data/data-folder'
import { readTrainingFile, type TrainingFile } from '../train/training-file'
import { type TrainingPlan, trainingPlan } from '../train/training-plan'

export interface TrainOptions {
  readonly config?: string
  readonly env?: string
  readonly preset?: string
  readonly data?: string
  readonly items?: number
  readonly users?: number
  readonly agent?: string
  readonly episodes?: number
  readonly steps?: number
  readonly copies?: number
  readonly seed?: number
  readonly out?: string
  readonly set?: Readonly<Record<string, unknown>>
  readonly evaluation?: number
  readonly json?: boolean
  readonly checkpointEvery?: number
  readonly resume?: boolean
  readonly listOptions?: boolean
}

const noFile: TrainingFile = { agents: [], training: {}, evaluation: {}, split: {} }

export function planOf(options: TrainOptions): TrainingPlan {
  const { config, env: shop, set = {}, preset, data, items, users, agent, episodes, steps, copies, seed, evaluation } = options
  const file = config === undefined ? noFile : readTrainingFile(config)
  const env: Record<string, unknown> = { ...(preset && { preset }), ...(items && { items }), ...(users && { users }) }
  // Whatever describes another shop than the one in the files; those are taken only when nothing does.
  const described = config !== undefined || Object.keys(set).some(key => /^env\.(tables|dataSeed|preset|users|items)$/.test(key))
  const generated = preset === 'published' || items || users || described
  const here = dataFolder()
  if (data !== undefined) env.tables = data
  else if ((shop ?? 'candy-store') === 'candy-store' && !generated && existsSync(join(here, 'users.csv'))) env.tables = here
  const agentOptions: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(set)) {
    if (key.startsWith('env.')) env[key.slice(4)] = value
    else agentOptions[key] = value
  }
  return trainingPlan(file, {
    ...(shop !== undefined && { env: shop }),
    ...(agent !== undefined && { agent }),
    ...{ envOptions: env, agentOptions },
    ...(episodes !== undefined && { episodes }),
    ...(steps !== undefined && { steps }),
    ...(copies !== undefined && { copies }),
    ...(seed !== undefined && { seed }),
    ...(evaluation !== undefined && { evaluation }),
  })
}
