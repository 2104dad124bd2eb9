/** `shoplab play`: one session of a shop in words. */
import { myopicOracle } from '../agents/myopic-oracle'
import { agentNames, makeAgent } from '../agents/registry'
import { didYouMean } from '../data/nearest-word'
import { UserError } from '../data/user-error'
import { makeEnv } from '../envs/registry'
import { describeSpace } from '../envs/spaces'
import { tellSession } from '../train/tell-session'
import { writeJson } from './write-json'

export interface PlayOptions {
  readonly agent: string
  readonly seed: number
  readonly steps: number
  readonly preset?: string
  readonly set?: Readonly<Record<string, unknown>>
  readonly json?: boolean
}

export async function play(name: string, { agent, seed, steps, preset, set = {}, json = false }: PlayOptions): Promise<void> {
  const env = makeEnv(name, 1, { ...(preset && { preset }), ...set })
  if (agent !== 'oracle' && !agentNames.includes(agent))
    throw new UserError(
      `there is no agent '${agent}'; give oracle or one of ${agentNames.join(', ')}${didYouMean(agent, ['oracle', ...agentNames])}`,
    )
  const made = agent === 'oracle' ? undefined : await makeAgent(agent, env, { seed })
  const told = tellSession(made ?? myopicOracle(env), env, { seed, atMost: steps })
  made?.dispose()
  const { spec } = env
  if (json) writeJson({ env: spec.name, preset: spec.preset, agent, seed, ...told })
  else {
    const [who, ...lines] = told.lines
    const head = `${spec.name} (${spec.preset}), ${describeSpace(spec.actions)}, seed ${seed}, served by ${agent}`
    const width = String(lines.length).length
    const body = lines.map((line, at) => `${String(at + 1).padStart(width)}  ${line}`)
    process.stdout.write(`${head}\n${' '.repeat(width)}  ${who}\n${body.join('\n')}\n${summary(told)}\n`)
  }
}

function summary({ steps, return: sum, end }: ReturnType<typeof tellSession>): string {
  const how = end === 'not over' ? 'it goes on' : `the session was ${end}`
  return `${steps} ${steps === 1 ? 'step' : 'steps'}, return ${sum.toFixed(2)}; ${how}`
}
