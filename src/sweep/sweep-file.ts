/**
 * Sweep files: a plan in YAML, with the keys of Weights & Biases' sweep files (method, metric, parameters, run_cap, early_terminate) and
 * some of ours (env, agent, seeds, test_seeds, episodes, evaluation, batch, early_stopping, search_seed).
 *
 * The options of agents and shops have the names they have everywhere here: learningRate, not learning_rate.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UserError } from '../data/user-error'
import { isObject, PlanProblem, shown } from './plan-problem'
import type { Choice, Dimension } from './search-space'
import { planFrom, type SweepPlan } from './sweep-plan'

/** What we use of the library `yaml`, which is loaded with the first file. */
interface Yaml {
  LineCounter: new () => Lines
  parseDocument(text: string, options: object): YamlDocument
}

interface Lines {
  linePos(offset: number): { readonly line: number }
}

interface YamlDocument {
  readonly errors: readonly { readonly message: string; readonly pos: readonly number[] }[]
  readonly contents: unknown
  toJS(): unknown
}

interface YamlNode {
  readonly range?: readonly number[] | null
  readonly items?: readonly (YamlNode & { readonly key?: YamlNode & { readonly value?: unknown }; readonly value?: YamlNode | null })[]
}

/** A problem whose path is in the file's words already. */
class FileProblem extends PlanProblem {}

/** The plan's names by those in the file, the longest first; what is not here has one name. */
const planNames: Readonly<Record<string, string>> = {
  'evaluation.test_seed': 'evaluation.testSeed',
  'early_stopping.minimum_gain': 'earlyStopping.minimumGain',
  run_cap: 'trials',
  test_seeds: 'testSeeds',
  early_terminate: 'pruner',
  early_stopping: 'earlyStopping',
  search_seed: 'seed',
}

const known = [
  ...['name', 'description', 'env', 'agent', 'method', 'metric', 'parameters', 'run_cap', 'seeds', 'test_seeds', 'episodes'],
  ...['evaluation', 'batch', 'early_terminate', 'early_stopping', 'search_seed'],
]

/** By distribution: the keys beside it. */
const distributions: Readonly<Record<string, readonly string[]>> = {
  uniform: ['min', 'max'],
  log_uniform_values: ['min', 'max'],
  int_uniform: ['min', 'max'],
  int_log_uniform_values: ['min', 'max'],
  q_uniform: ['min', 'max', 'q'],
}

/**
 * The plan in a file.
 *
 * @throws UserError naming the file, the line, the key, its value and what is allowed
 */
export function readSweepFile(path: string): SweepPlan {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UserError(
      code === 'ENOENT' ? `${path} does not exist; sweeps/guide.yaml is an example of a sweep file` : `${path}: ${message}`,
    )
  }
  return parseSweep(text, path)
}

/** @param path how messages call the file */
export function parseSweep(text: string, path: string): SweepPlan {
  const { LineCounter, parseDocument } = yaml()
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  const broken = document.errors[0]
  if (broken) throw new UserError(`${path}:${lineCounter.linePos(broken.pos[0]!).line}: ${broken.message}`)
  try {
    return planFrom(translated(document.toJS()))
  } catch (error) {
    if (!(error instanceof PlanProblem)) throw error
    throw located(error, document, lineCounter, path)
  }
}

/** A problem of a plan that was found later, with the line of the file that the plan was read from. */
export function withLine(problem: PlanProblem, path: string): UserError {
  const { LineCounter, parseDocument } = yaml()
  const lineCounter = new LineCounter()
  return located(problem, parseDocument(readFileSync(path, 'utf8'), { lineCounter, prettyErrors: false }), lineCounter, path)
}

function located(problem: PlanProblem, document: YamlDocument, lines: Lines, path: string): UserError {
  const ours = problem instanceof FileProblem
  const at = ours ? problem.path : filePath(problem.path)
  const text = ours ? problem.problem : inTheFilesWords(problem.problem)
  return new UserError(`${path}:${lineOf(document, lines, at)}: ${at || 'the file'} ${text}`)
}

let loaded: Yaml | undefined

function yaml(): Yaml {
  const specifier = 'yaml'
  loaded ??= createRequire(typeof __filename === 'string' ? __filename : join(process.cwd(), 'package.json'))(specifier) as Yaml
  return loaded
}

/** The file's content with the plan's names. */
function translated(content: unknown): Record<string, unknown> {
  if (!isObject(content)) throw new FileProblem('', 'is no list of keys and values; it begins with lines like method: grid')
  const { description: _, ...rest } = content
  const options: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(rest)) {
    if (!known.includes(key)) throw new FileProblem(key, `is not known; here may stand ${known.join(', ')}`)
    options[planNames[key] ?? key] = value ?? undefined
  }
  if (options.method === 'bayes') options.method = 'tpe'
  options.metric = renamed(options.metric, 'metric', { name: 'name', goal: 'goal' }, { maximize: 'maximise', minimize: 'minimise' })
  options.evaluation = renamed(options.evaluation, 'evaluation', {
    ...{ episodes: 'episodes', seed: 'seed', test_seed: 'testSeed', every: 'every' },
  })
  options.earlyStopping = renamed(options.earlyStopping, 'early_stopping', { patience: 'patience', minimum_gain: 'minimumGain' })
  options.pruner = prunerOf(options.pruner)
  if (isObject(options.parameters)) splitParameters(options, options.parameters)
  return options
}

function renamed(
  value: unknown,
  path: string,
  names: Readonly<Record<string, string>>,
  words: Readonly<Record<string, string>> = {},
): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => {
      if (!Object.hasOwn(names, key)) {
        throw new FileProblem(`${path}.${key}`, `is not known; here may stand ${Object.keys(names).join(', ')}`)
      }
      return [names[key]!, typeof inside === 'string' ? (words[inside] ?? inside) : inside]
    }),
  )
}

/** early_terminate: { type: median | asha, … } */
function prunerOf(value: unknown): unknown {
  if (!isObject(value)) return value
  const { type } = value
  const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    none: {},
    median: { startup_trials: 'startupTrials', min_iter: 'warmUpSteps' },
    asha: { min_iter: 'minimumResource', eta: 'reductionFactor', s: 'minimumEarlyStoppingRate' },
  }
  if (typeof type !== 'string' || !Object.hasOwn(names, type)) {
    throw new FileProblem('early_terminate.type', `is ${shown(type)}; it must be one of ${Object.keys(names).join(', ')}`)
  }
  const { type: kind, ...rest } = renamed(value, 'early_terminate', { type: 'type', ...names[type] }) as Record<string, unknown>
  return { kind, ...rest }
}

/** What has a single value goes to the agent's own options, or the shop's; the rest is searched. */
function splitParameters(options: Record<string, unknown>, parameters: Readonly<Record<string, unknown>>): void {
  const space: Record<string, Dimension> = {}
  for (const [name, given] of Object.entries(parameters)) {
    const path = `parameters.${name}`
    if (!isObject(given)) throw new FileProblem(path, `is ${shown(given)}; it must have values, value, or min and max`)
    if (Object.hasOwn(given, 'value')) {
      onlyKeys(path, given, ['value', 'distribution'])
      const [owner, option] = name.startsWith('env.') ? ['env', name.slice(4)] : ['agent', name]
      const named = options[owner!]
      const before = isObject(named) ? named : { name: named }
      options[owner!] = { ...before, options: { ...(before.options as object), [option!]: given.value } }
    } else space[name] = dimensionOf(path, given)
  }
  options.parameters = space
}

function dimensionOf(path: string, given: Readonly<Record<string, unknown>>): Dimension {
  if (Object.hasOwn(given, 'values')) {
    onlyKeys(path, given, ['values', 'distribution'])
    if (!Array.isArray(given.values)) throw new FileProblem(`${path}.values`, `is ${shown(given.values)}; it must be a list`)
    return { kind: 'categorical', choices: given.values as readonly Choice[] }
  }
  const { min, max, q = 1 } = given as Record<string, number>
  if (min === undefined && max === undefined)
    throw new FileProblem(path, `has ${Object.keys(given).join(', ') || 'nothing'}; it must have values, value, or min and max`)
  const usual = Number.isInteger(min) && Number.isInteger(max) ? 'int_uniform' : 'uniform'
  const distribution = given.distribution ?? usual
  if (typeof distribution !== 'string' || !Object.hasOwn(distributions, distribution)) {
    throw new FileProblem(`${path}.distribution`, `is ${shown(distribution)}; it must be one of ${Object.keys(distributions).join(', ')}`)
  }
  onlyKeys(path, given, ['distribution', ...distributions[distribution]!])
  return {
    kind: distribution.startsWith('int') ? 'int' : 'float',
    ...{ low: min!, high: max! },
    ...(distribution.includes('log') ? { log: true } : {}),
    ...(distribution === 'q_uniform' ? { step: q } : {}),
  }
}

function onlyKeys(path: string, given: object, allowed: readonly string[]): void {
  const unknown = Object.keys(given).find(key => !allowed.includes(key))
  if (unknown !== undefined) throw new FileProblem(`${path}.${unknown}`, `is not known; here may stand ${allowed.join(', ')}`)
}

/** The names of ranges and keys as the file has them. */
function inTheFilesWords(problem: string): string {
  const words: Readonly<Record<string, string>> = {
    low: 'min',
    high: 'max',
    choices: 'values',
    testSeeds: 'test_seeds',
    earlyStopping: 'early_stopping',
    pruner: 'early_terminate',
  }
  return problem.replace(/\b(low|high|choices|testSeeds|earlyStopping|pruner)\b/g, word => words[word]!)
}

/** A path of the plan in the file's words. */
function filePath(path: string): string {
  const pair = Object.entries(planNames).find(([, ours]) => path === ours || path.startsWith(`${ours}.`))
  return pair ? pair[0] + path.slice(pair[1].length) : path
}

/** The line of a path, or of the innermost part of it that the file has. */
function lineOf(document: YamlDocument, lines: Lines, path: string): number {
  let node = document.contents as YamlNode | null | undefined
  let line = 1
  let left = path
  while (left !== '' && node?.items) {
    // Names may have a point in them (env.noise): the longest key that the rest begins with.
    const pair = node.items.find(item => item.key && (left === String(item.key.value) || left.startsWith(`${String(item.key.value)}.`)))
    if (pair?.key) {
      line = lines.linePos(pair.key.range![0]!).line
      left = left.slice(String(pair.key.value).length + 1)
      node = pair.value
      continue
    }
    const item = node.items[Number(left.split('.')[0])]
    if (!item || item.key || !item.range) break
    line = lines.linePos(item.range[0]!).line
    left = left.split('.').slice(1).join('.')
    node = item
  }
  return line
}
