/**
 * Sweep files: a plan in YAML, with the keys of Weights & Biases' sweep files (method, metric, parameters, run_cap, early_terminate) and
 * some of ours (env, agent, seeds, test_seeds, episodes, evaluation, batch, early_stopping, search_seed).
 *
 * The options of agents and shops have the names they have everywhere here: learningRate, not learning_rate.
 */
import { UserError } from '../data/user-error'
import { parseYaml, readTextFile, type YamlFile } from '../data/yaml-file'
import { isObject, PlanProblem, shown } from './plan-problem'
import type { Choice, Dimension } from './search-space'
import { planFrom, type SweepPlan } from './sweep-plan'

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
  return parseSweep(readTextFile(path, example), path)
}

const example = 'sweeps/guide.yaml is an example of a sweep file'

/** @param path how messages call the file */
export function parseSweep(text: string, path: string): SweepPlan {
  const file = parseYaml(text, path)
  try {
    return planFrom(translated(file.content))
  } catch (error) {
    if (!(error instanceof PlanProblem)) throw error
    throw located(error, file, path)
  }
}

/** A problem of a plan that was found later, with the line of the file that the plan was read from. */
export function withLine(problem: PlanProblem, path: string): UserError {
  return located(problem, parseYaml(readTextFile(path, example), path), path)
}

function located(problem: PlanProblem, file: YamlFile, path: string): UserError {
  const ours = problem instanceof FileProblem
  const at = ours ? problem.path : filePath(problem.path)
  const text = ours ? problem.problem : inTheFilesWords(problem.problem)
  return new UserError(`${path}:${file.lineOf(at)}: ${at || 'the file'} ${text}`)
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
