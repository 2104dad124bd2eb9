/** `shoplab envs`: the shops there are. */
import type { Block } from '../envs/env'
import { type EnvFacts, envFacts, envNames, shopNames } from '../envs/registry'
import { describeSpace } from '../envs/spaces'
import { optionRows, printTable } from './print-table'
import { writeJson } from './write-json'

export interface EnvsOptions {
  readonly all?: boolean
  readonly json?: boolean
}

/** @param names of the shops to tell of, with their options; none: all shops, in short */
export function envs(names: readonly string[], { all = false, json = false }: EnvsOptions): void {
  const facts = (names.length > 0 ? names : all ? envNames : shopNames).map(envFacts)
  if (json) writeJson(facts.map(withEveryOption))
  else if (names.length > 0) facts.forEach(tellWhole)
  else process.stdout.write(`${facts.map(paragraph).join('\n\n')}\n\n${next(facts[0]!)}\n`)
}

/** JSON has no undefined, and an option without a default is an option. */
function withEveryOption(facts: EnvFacts): EnvFacts {
  return { ...facts, options: Object.fromEntries(Object.entries(facts.options).map(([option, value]) => [option, value ?? null])) }
}

function tellWhole(facts: EnvFacts, at: number): void {
  process.stdout.write(`${at > 0 ? '\n' : ''}${paragraph(facts)}\n\n`)
  const rows = optionRows(facts.options, 'default')
  if (rows.length > 0) {
    printTable(rows)
    process.stdout.write('\n')
  }
  process.stdout.write(`${next(facts)}\n`)
}

function next({ name }: EnvFacts): string {
  return `npx shoplab play ${name} shows a session of one.`
}

function paragraph({ name, about, source, presets, width, layout, actions, horizon, oracle }: EnvFacts): string {
  const line = (what: string, text: string) => `  ${what.padEnd(12)} ${text}`
  return [
    `${name}: ${about}`,
    line('observation', `${width} ${width === 1 ? 'number' : 'numbers'}: ${layout.map(blockInWords).join(', ')}`),
    line('action', describeSpace(actions)),
    line('horizon', `${horizon} ${horizon === 1 ? 'step' : 'steps'}`),
    line('presets', presets.map((preset, at) => (at === 0 && presets.length > 1 ? `${preset} (default)` : preset)).join(', ')),
    line('oracle', oracle ? 'knows the expected reward of every action' : 'none'),
    line('source', source),
  ].join('\n')
}

function blockInWords({ name, shape }: Block): string {
  return `${name} ${shape.join(' × ')}`
}
