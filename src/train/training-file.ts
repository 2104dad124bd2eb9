/**
 * Training files: what `npx shoplab train --config FILE` is told in YAML. configs/README.md explains every key.
 *
 *   env: marketplace                     or { name, options }
 *   agent: { name, options }             one agent, or
 *   models: [{ name, type, params }]     several, trained one after another: a label, the agent's name, its options
 *   data: { tables, test, validation }
 *   training: { episodes, steps, copies, seed, seeds }
 *   evaluation: { episodes, seed, every, k }
 *
 * In models an agent's name may have underscores for hyphens, and its options the names of other projects: learning_rate is learningRate,
 * discount_factor is discount, wherever the agent has no option that is called as the file has it.
 */
import { between, othersOptions, shown, text, whole, wholes } from '../agents/options'
import { agentFactsOf, agentNames } from '../agents/registry'
import { UserError } from '../data/user-error'
import { parseYaml, readTextFile } from '../data/yaml-file'
import { envNames, makeEnv } from '../envs/registry'
import { FileParts, isObject, type Place, type Values } from './file-parts'
import type { NamedShop } from './trial'

/** An agent of a file, by the name that people know it by. */
export interface NamedAgent {
  readonly label: string
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
}

export interface TrainingFile {
  readonly env?: Required<NamedShop>
  /** One from `agent`, any number from `models`; none where the file has neither. */
  readonly agents: readonly NamedAgent[]
  readonly training: {
    readonly episodes?: number
    readonly steps?: number
    readonly copies?: number
    readonly seeds?: readonly number[]
  }
  readonly evaluation: {
    readonly episodes?: number
    readonly seed?: number
    /** Episodes of training between two evaluations on the way. */
    readonly every?: number
    /** Places of a list that are ranked against the log, in interaction-log. */
    readonly k?: number
  }
  /** Shares of the log that is ranked against. */
  readonly split: { readonly test?: number; readonly validation?: number }
}

const known = ['description', 'env', 'agent', 'models', 'data', 'training', 'evaluation']

const mostCopies = 100_000

/** What other projects call an option, by that name; the first of ours that the agent has. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  discountFactor: ['discount'],
  gamma: ['discount'],
  minEpsilon: ['epsilonEnd'],
  epsilon: ['epsilonStart'],
  bufferSize: ['replayCapacity'],
  targetUpdateFreq: ['targetEvery'],
}

/**
 * What a file says, every agent's options checked by the agent's own fields.
 *
 * @throws UserError with a line for everything that is wrong: the file, the line, the path, the value and what is allowed
 */
export function readTrainingFile(path: string): TrainingFile {
  return parseTrainingFile(readTextFile(path, 'configs/default.yaml is an example of a training file'), path)
}

/** @param path how messages call the file */
export function parseTrainingFile(content: string, path: string): TrainingFile {
  const file = parseYaml(content, path)
  const parts = new FileParts()
  const read = readFile(parts, file.content)
  if (parts.complaints.length === 0) return read
  const lines = parts.complaints.map(({ place, problem }) => ({ line: file.lineOf(place.join('.')), problem }))
  lines.sort((one, other) => one.line - other.line)
  throw new UserError(lines.map(({ line, problem }) => `${path}:${line}: ${problem}`).join('\n'))
}

function readFile(parts: FileParts, content: unknown): TrainingFile {
  if (!isObject(content)) {
    parts.complain([], 'is no list of keys and values; it begins with lines like env: candy-store')
    return { agents: [], training: {}, evaluation: {}, split: {} }
  }
  for (const key of Object.keys(content)) if (!known.includes(key)) parts.unknown([key], known)
  const { agent, models, env } = content
  if (agent !== undefined && models !== undefined) parts.complain(['models'], 'stands beside agent; keep one of them')
  const { tables, ...split } = readData(parts, content.data)
  if (tables !== undefined && env === undefined) parts.complain(['data', 'tables'], 'needs env beside it, the shop whose tables they are')
  const shop = env === undefined ? undefined : readEnv(parts, env, tables)
  const evaluation: TrainingFile['evaluation'] = parts.read(['evaluation'], content.evaluation ?? {}, {
    ...{ episodes: whole(1).optional(), seed: whole(0).optional() },
    ...{ every: whole(1).optional(), k: whole(1).optional() },
  })
  if (evaluation.k !== undefined && shop?.name !== 'interaction-log') {
    parts.complain(['evaluation', 'k'], 'ranks lists against the log of interaction-log; leave it out in other shops')
  }
  return {
    ...(shop && { env: shop }),
    agents: models !== undefined ? readModels(parts, models) : agent === undefined ? [] : [readAgent(parts, agent)],
    training: readTraining(parts, content.training),
    evaluation,
    split,
  }
}

function readData(parts: FileParts, given: unknown): TrainingFile['split'] & { readonly tables?: string } {
  const fields = {
    tables: text('a folder, or a workbook').optional(),
    test: between(0, 1).optional(),
    validation: between(0, 1).optional(),
  }
  const data: TrainingFile['split'] & { readonly tables?: string } = parts.read(['data'], given ?? {}, fields)
  const { test = 0.2, validation = 0.1 } = data
  // Rounded, since .9 and .1 are together more than 1 in binary.
  if (Number((test + validation).toFixed(12)) > 1)
    parts.complain(['data'], `has test ${test} and validation ${validation}; together they are at most 1`)
  return data
}

function readTraining(parts: FileParts, given: unknown): TrainingFile['training'] {
  const place = ['training', 'seeds']
  const fields = {
    ...{ episodes: whole(1).optional(), steps: whole(1).optional(), copies: whole(1, mostCopies).optional() },
    ...{ seed: whole(0).optional(), seeds: wholes(0, Number.MAX_SAFE_INTEGER).optional() },
  }
  const { seed, ...training } = parts.read(['training'], given ?? {}, fields) as TrainingFile['training'] & { readonly seed?: number }
  const { seeds } = training
  if (seed !== undefined && seeds !== undefined) parts.complain(place, 'stands beside seed; keep one of them')
  if (seeds?.length === 0) parts.complain(place, 'is an empty list; name at least one')
  const twice = seeds?.find((one, at) => seeds.indexOf(one) !== at)
  if (twice !== undefined) parts.complain(place, `has ${twice} twice; each seed is one training`)
  return seed === undefined ? training : { ...training, seeds: [seed] }
}

function readEnv(parts: FileParts, given: unknown, tables: string | undefined): Required<NamedShop> {
  const { name, options } = readNamed(parts, ['env'], given, envNames)
  const all = { ...options, ...(tables !== undefined && { tables }) }
  if (!envNames.includes(name)) return { name, options: all }
  try {
    makeEnv(name, 1, all)
  } catch (error) {
    // A shop tells the first thing that is wrong.
    parts.complain(['env'], `does not fit: ${(error as Error).message}`)
  }
  return { name, options: all }
}

function readAgent(parts: FileParts, given: unknown): NamedAgent {
  const { name, options } = readNamed(parts, ['agent'], given, agentNames)
  return { label: name, name, options: readAgentOptions(parts, ['agent', 'options'], name, options) }
}

function readModels(parts: FileParts, given: unknown): NamedAgent[] {
  if (!Array.isArray(given) || given.length === 0) {
    parts.mustBe(['models'], given, 'a list of { name, type, params }, at least one')
    return []
  }
  const labels: string[] = []
  return given.map((model: unknown, at) => {
    const place = ['models', at]
    const fields = { name: text('a label').optional(), type: text(oneOfAgents), params: othersOptions().default({}) }
    const { name: label, type = '', params = {} } = parts.read(place, model, fields) as { name?: string; type?: string; params?: Values }
    const name = type.replace(/_/g, '-')
    if (type !== '') parts.word([...place, 'type'], type, agentNames, name)
    const called = label ?? type
    if (called !== '' && labels.includes(called)) {
      parts.complain([...place, 'name'], `is ${shown(called)}, as one before is called; each needs a name of its own`)
    }
    labels.push(called)
    return { label: called, name, options: readAgentOptions(parts, [...place, 'params'], name, params) }
  })
}

/** `name`, or `{ name, options }`. */
function readNamed(
  parts: FileParts,
  place: Place,
  given: unknown,
  names: readonly string[],
): { readonly name: string; readonly options: Values } {
  const alone = typeof given === 'string'
  const fields = { name: text(`one of ${names.join(', ')}`), options: othersOptions().default({}) }
  const { name = '', options = {} } = parts.read(place, alone ? { name: given } : given, fields) as { name?: string; options?: Values }
  if (name !== '') parts.word(alone ? place : [...place, 'name'], name, names)
  return { name, options }
}

/** The options under our names, checked by the agent's own fields. */
function readAgentOptions(parts: FileParts, place: Place, agent: string, given: Values): Values {
  if (!agentNames.includes(agent)) return {}
  const fields = agentFactsOf(agent).fields()
  const inFile = new Map(Object.keys(given).map(key => [ownName(key, Object.keys(fields)), key]))
  const options = Object.fromEntries(Array.from(inFile, ([own, key]) => [own, given[key]]))
  parts.read(place, options, fields, own => inFile.get(own) ?? own)
  // Without the defaults: what is not in the file is still the agent's to choose.
  return options
}

const oneOfAgents = `one of ${agentNames.join(', ')}`

/** learning_rate → learningRate; discount_factor → discount where the agent has that; as it is where the agent has neither. */
function ownName(key: string, ours: readonly string[]): string {
  if (ours.includes(key)) return key
  const camel = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return ours.includes(camel) ? camel : (otherNames[camel]?.find(name => ours.includes(name)) ?? key)
}
