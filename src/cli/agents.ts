/** `shoplab agents`: the agents there are. */
import type { AgentFacts } from '../agents/agent-facts'
import { describeFields, type FieldFacts } from '../agents/options'
import { agentFactsOf, agentNames, makeAgent } from '../agents/registry'
import { UserError } from '../data/user-error'
import type { Env } from '../envs/env'
import { makeEnv, shopNames } from '../envs/registry'
import { printTable } from './print-table'
import { writeJson } from './write-json'

export interface AgentsOptions {
  readonly all?: boolean
  readonly json?: boolean
}

/** A way to open a shop in which an agent is tried. */
interface Opened {
  /** As it is typed behind --env. */
  readonly words: string
  readonly env: Env
}

/** @param names of the agents to tell of, with options and shops; none: all agents, in short */
export async function agents(names: readonly string[], { all = false, json = false }: AgentsOptions): Promise<void> {
  const facts = (names.length > 0 ? names : agentNames).map(agentFactsOf)
  if (json) {
    const shops = openShops()
    const told: object[] = []
    for (const one of facts) told.push(await forMachines(one, shops))
    writeJson(told)
  } else if (names.length > 0 || all) {
    const shops = openShops()
    for (const [at, one] of facts.entries()) await tellWhole(one, shops, at > 0 ? '\n' : '')
  } else {
    const next = `npx shoplab agents ${agentNames[0]} lists the options of one, and the shops it serves.`
    process.stdout.write(`${facts.map(paragraph).join('\n\n')}\n\n${next}\n`)
  }
}

/** Every shop with its defaults; one that can be served by more agents with an option set is there twice. */
function openShops(): Opened[] {
  const flatOffers = { words: 'offers with --set env.actions=flat', env: makeEnv('offers', 1, { actions: 'flat' }) }
  return [...shopNames.map(name => ({ words: name, env: makeEnv(name, 1) })), flatOffers]
}

async function forMachines({ kind, fields, ...facts }: AgentFacts, shops: readonly Opened[]): Promise<object> {
  // JSON has no undefined, and an option without a default is an option.
  const options = Object.entries(describeFields(fields)).map(([name, field]) => [name, { ...field, default: field.default ?? null }])
  return { name: kind, ...facts, options: Object.fromEntries(options), shops: await served(kind, shops) }
}

async function tellWhole(facts: AgentFacts, shops: readonly Opened[], before: string): Promise<void> {
  const words = await served(facts.kind, shops)
  process.stdout.write(`${before}${paragraph(facts)}\n${line('shops', words.join(', ') || 'none as they are')}\n\n`)
  printTable(Object.entries(describeFields(facts.fields)).map(([name, field]) => row(name, field)))
  process.stdout.write(`\nnpx shoplab train --agent ${facts.kind} --set option=value trains one.\n`)
}

function row(option: string, field: FieldFacts): Record<string, string> {
  return { option, default: JSON.stringify(field.default) ?? '–', allowed: field.allowed }
}

function paragraph({ kind, about, source, spaces, needs }: AgentFacts): string {
  const lines = [`${kind}: ${about}`, line('actions', spaces.join(', ')), ...(needs ? [line('needs', needs)] : []), line('source', source)]
  return lines.join('\n')
}

function line(what: string, text: string): string {
  return `  ${what.padEnd(8)} ${text}`
}

/** The shops that the agent, with its own defaults, can be made for. */
async function served(kind: string, shops: readonly Opened[]): Promise<string[]> {
  const words: string[] = []
  for (const shop of shops) {
    try {
      const agent = await makeAgent(kind, shop.env)
      agent.dispose()
      words.push(shop.words)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  }
  // What is said of the shop as it is need not be said of it with an option.
  return words.filter(one => !words.some(other => one.startsWith(`${other} with `)))
}
