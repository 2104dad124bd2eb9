/** `shoplab log`: logged feedback of a shop in a file. */
import { existsSync } from 'node:fs'
import { makeAgent } from '../agents/registry'
import { writeFeedback } from '../data/feedback-file'
import type { LoggedFeedback } from '../data/logged-feedback'
import { didYouMean } from '../data/nearest-word'
import { UserError } from '../data/user-error'
import { envNames, makeEnv, shopNames } from '../envs/registry'
import { loadModel } from '../train/model-file'
import { recordFeedback } from '../train/record-feedback'
import { savedRuns } from '../train/saved-runs'
import { progressLine } from './progress-line'
import { writeJson } from './write-json'

export interface LogOptions {
  readonly visits: number
  readonly seed: number
  readonly out: string
  readonly greedy?: boolean
  readonly preset?: string
  readonly set?: Readonly<Record<string, unknown>>
  readonly json?: boolean
}

/** Copies stepped together, at most. */
const together = 256

export async function log(who: string, options: LogOptions): Promise<void> {
  const { visits, seed, out, greedy = false, json = false } = options
  const copies = Math.min(visits, together)
  const { env, agent } = envNames.includes(who) ? await randomIn(who, copies, options) : await savedIn(who, copies, options)
  const line = progressLine({ silent: json })
  line.show(`${agent.name} serves ${visits} visits …`)
  let feedback: LoggedFeedback
  try {
    feedback = recordFeedback(env, agent, { visits, seed, explore: !greedy })
  } finally {
    agent.dispose()
  }
  line.show(`writing ${out} …`)
  writeFeedback(out, feedback)
  line.clear()
  const { rounds, actions, reward } = feedback
  const mean = reward.reduce((sum, value) => sum + value, 0) / rounds
  if (json) writeJson({ env: env.spec.name, agent: agent.kind, explore: !greedy, visits, seed, rounds, actions, reward: mean, file: out })
  else {
    process.stdout.write(
      `${env.spec.name}, served by ${agent.name}${greedy ? ', greedily' : ''}: ${visits} visits, ${rounds} steps, ${actions} actions, reward of a step ${mean.toPrecision(4)}\n  ${out}\n`,
    )
  }
}

async function randomIn(shop: string, copies: number, { preset, set, seed, greedy }: LogOptions) {
  if (greedy) throw new UserError('--greedy is for saved runs; random choice has nothing that it knows best')
  const env = makeEnv(shop, copies, { ...(preset && { preset }), ...set })
  return { env, agent: await makeAgent('random', env, { seed }) }
}

async function savedIn(place: string, copies: number, { preset, set }: LogOptions) {
  if (preset !== undefined || set)
    throw new UserError('--preset and --set are for shops; a saved run is logged in the shop it was trained in')
  if (!existsSync(place)) {
    throw new UserError(
      `${place} is neither a shop nor the folder of a saved run; the shops are ${shopNames.join(', ')}${didYouMean(place, envNames)}`,
    )
  }
  const runs = savedRuns(place)
  if (runs.length > 1) {
    throw new UserError(`${place} holds ${runs.length} runs; name the folder of one: ${runs.map(({ folder }) => folder).join(', ')}`)
  }
  const { folder, policy } = runs[0]!
  const { agent } = await loadModel(folder)
  return { env: makeEnv(policy.env.name, copies, policy.env.options), agent }
}
