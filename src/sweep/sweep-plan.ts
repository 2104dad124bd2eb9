/** A sweep's plan: which agent is tried in which shop, over which hyperparameters, how often and under which seeds. Plain data. */
import { agentNames } from '../agents/registry'
import { envNames } from '../envs/registry'
import type { EarlyStoppingRule } from '../train/early-stopping'
import { type Measure, measureNames } from '../train/measures'
import { checkDimension } from './check-space'
import { gridSize } from './grid-sampler'
import { makePruner } from './make-pruner'
import { isObject, Place, PlanProblem } from './plan-problem'
import type { PrunerSpec } from './pruner'
import type { Choice, Configuration, Dimension, SearchSpace } from './search-space'
import type { Direction } from './trial-record'
import { valueCount } from './unit-interval'

export interface SweepPlan {
  readonly name: string
  readonly env: { readonly name: string; readonly options: Readonly<Record<string, unknown>> }
  /** Its options are those that no trial changes. */
  readonly agent: { readonly name: string; readonly options: Readonly<Record<string, unknown>> }
  readonly method: SweepMethod
  /** What a configuration is judged by: the mean over its seeds of this measure, greedy, where the training ended. */
  readonly metric: { readonly name: Measure; readonly goal: Direction }
  /** Options of the agent; `env.noise` and the like are options of the shop. */
  readonly parameters: SearchSpace
  /** How many are tried, at most. */
  readonly trials: number
  /** Tuning seeds: each configuration is trained under each of them. */
  readonly seeds: readonly number[]
  /** Test seeds: for the configuration that was chosen, and no other use. */
  readonly testSeeds: readonly number[]
  /** Episodes of a training. */
  readonly episodes: number
  readonly evaluation: SweepEvaluation
  /** Trials that TPE, and any method with a pruner, begins in one round, knowing all rounds before. */
  readonly batch: number
  readonly pruner?: PrunerSpec
  readonly earlyStopping?: EarlyStoppingRule
  /** Of the search. */
  readonly seed: number
}

export interface SweepEvaluation {
  readonly episodes: number
  /** Of the shoppers that configurations are judged by. */
  readonly seed: number
  /** Of other shoppers, for the test. */
  readonly testSeed: number
  /** Episodes of training between two evaluations on the way; left out: none. */
  readonly every?: number
}

export const sweepMethods = ['grid', 'random', 'tpe'] as const
export type SweepMethod = (typeof sweepMethods)[number]

/** A plan as people write it: what is left out has its usual value. */
export interface SweepOptions {
  /** 'sweep'. */
  readonly name?: string
  readonly env: string | { readonly name: string; readonly options?: Readonly<Record<string, unknown>> }
  readonly agent: string | { readonly name: string; readonly options?: object }
  readonly method: SweepMethod
  /** The return, maximised. */
  readonly metric?: { readonly name: Measure; readonly goal?: Direction }
  readonly parameters: SearchSpace
  /** The whole grid; 50 with the other methods. */
  readonly trials?: number
  /** [1, 2, 3]. */
  readonly seeds?: readonly number[]
  /** [101, 102, 103, 104, 105]. */
  readonly testSeeds?: readonly number[]
  readonly episodes: number
  /** 200 episodes, seed 1,000,000, test seed 2,000,000. */
  readonly evaluation?: Partial<SweepEvaluation>
  /** 4. */
  readonly batch?: number
  readonly pruner?: PrunerSpec
  readonly earlyStopping?: EarlyStoppingRule
  /** 0. */
  readonly seed?: number
}

const keys: readonly (keyof SweepPlan)[] = [
  ...(['name', 'env', 'agent', 'method', 'metric', 'parameters', 'trials', 'seeds', 'testSeeds', 'episodes'] as const),
  ...(['evaluation', 'batch', 'pruner', 'earlyStopping', 'seed'] as const),
]

/**
 * The whole plan.
 *
 * @throws UserError naming the path, its value and what is allowed; also where tuning and test are not kept apart
 */
export function sweepPlan(given: SweepOptions): SweepPlan {
  return planFrom(given)
}

/** The plan of something that may be anything, such as what a file holds. @throws UserError as `sweepPlan` */
export function planFrom(given: unknown): SweepPlan {
  const plan = new Place('', given)
  plan.object(keys)
  const method = plan.at('method').word(sweepMethods)
  const agent = named(plan.at('agent'), agentNames)
  const parameters = parametersOf(plan.at('parameters'), method, agent.options)
  const grid = method === 'grid' ? sizeOf(parameters) : Infinity
  const trials = plan
    .at('trials')
    .or(method === 'grid' ? grid : 50)
    .whole(1)
  const metric = plan.at('metric').or({ name: 'return' })
  metric.object(['name', 'goal'])
  const episodes = plan.at('episodes').whole(1)
  const evaluation = evaluationOf(plan.at('evaluation').or({}), episodes)
  const pruner = prunerOf(plan.at('pruner'))
  const stopping = stoppingOf(plan.at('earlyStopping'))
  const made: SweepPlan = {
    name: plan.at('name').or('sweep').text('a name'),
    env: named(plan.at('env'), envNames),
    agent,
    method,
    metric: { name: metric.at('name').word(measureNames), goal: metric.at('goal').or('maximise').word(['maximise', 'minimise']) },
    parameters,
    trials: Math.min(trials, grid),
    seeds: plan.at('seeds').or([1, 2, 3]).seeds(),
    testSeeds: plan.at('testSeeds').or([101, 102, 103, 104, 105]).seeds(),
    episodes,
    evaluation,
    batch: plan.at('batch').or(4).whole(1),
    ...(pruner && { pruner }),
    ...(stopping && { earlyStopping: stopping }),
    seed: plan.at('seed').or(0).whole(0),
  }
  for (const name of ['pruner', 'earlyStopping'] as const) {
    if (made[name] && evaluation.every === undefined) {
      throw new PlanProblem('evaluation.every', `is missing; ${name} needs it: the episodes between two evaluations on the way`)
    }
  }
  keepApart(made)
  return made
}

/** A configuration's agent and shop: the plan's own options, and the configuration's over them. */
export function configured(
  { env, agent }: Pick<SweepPlan, 'env' | 'agent'>,
  configuration: Configuration,
): Pick<SweepPlan, 'env' | 'agent'> {
  const ofShop: Record<string, Choice> = {}
  const ofAgent: Record<string, Choice> = {}
  for (const [name, value] of Object.entries(configuration)) {
    if (name.startsWith('env.')) ofShop[name.slice(4)] = value
    else ofAgent[name] = value
  }
  return {
    env: { name: env.name, options: { ...env.options, ...ofShop } },
    agent: { name: agent.name, options: { ...agent.options, ...ofAgent } },
  }
}

/** 'learningRate=0.001 hiddenUnits=[256,256,128]' */
export function describeConfiguration(configuration: Configuration): string {
  return Object.entries(configuration)
    .map(
      ([name, value]) =>
        `${name}=${typeof value === 'number' ? Number(value.toPrecision(4)) : typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(' ')
}

function named(place: Place, names: readonly string[]): SweepPlan['agent'] {
  if (typeof place.value === 'string') return { name: place.word(names), options: {} }
  if (!place.given) throw place.is(`one of ${names.join(', ')}, or { name, options }`)
  place.object(['name', 'options'])
  const options = place.at('options').or({})
  options.object()
  return { name: place.at('name').word(names), options: options.plain() as SweepPlan['agent']['options'] }
}

function parametersOf(place: Place, method: SweepMethod, fixed: Readonly<Record<string, unknown>>): SearchSpace {
  const given = place.object()
  if (Object.keys(given).length === 0) throw new PlanProblem('parameters', 'is empty; it needs at least one hyperparameter')
  for (const [name, dimension] of Object.entries(given)) {
    const path = `parameters.${name}`
    if (name === 'seed') throw new PlanProblem(path, 'is set by each training; put the seeds to tune with into seeds')
    if (Object.hasOwn(fixed, name))
      throw new PlanProblem(path, `is an option of the agent as well, with the value ${JSON.stringify(fixed[name])}; keep one of them`)
    try {
      checkDimension(path, dimension as Dimension)
    } catch (error) {
      throw new PlanProblem(path, (error as Error).message.replace(`${path} `, ''))
    }
    if (method === 'grid' && valueCount(dimension as Dimension) === Infinity) {
      throw new PlanProblem(
        path,
        'is continuous, which a grid cannot be; give a list of values or a step, or choose random or tpe as method',
      )
    }
  }
  return place.plain() as SearchSpace
}

function sizeOf(space: SearchSpace): number {
  try {
    return gridSize(space)
  } catch (error) {
    throw new PlanProblem('parameters', `cannot be a grid: ${(error as Error).message}`)
  }
}

function evaluationOf(place: Place, episodes: number): SweepEvaluation {
  place.object(['episodes', 'seed', 'testSeed', 'every'])
  const every = place.at('every')
  if (every.given && every.whole(1) > episodes) throw every.is(`at most the episodes of a training, ${episodes}`)
  return {
    episodes: place.at('episodes').or(200).whole(1),
    seed: place.at('seed').or(1_000_000).whole(0),
    testSeed: place.at('testSeed').or(2_000_000).whole(0),
    ...(every.given ? { every: every.whole(1) } : {}),
  }
}

function prunerOf(place: Place): PrunerSpec | undefined {
  if (!place.given || (isObject(place.value) && place.value.kind === 'none')) return undefined
  place.object()
  place.at('kind').word(['none', 'median', 'asha'])
  const spec = place.plain() as PrunerSpec
  try {
    makePruner(spec)
  } catch (error) {
    throw new PlanProblem('pruner', `cannot be made: ${(error as Error).message}`)
  }
  return spec
}

function stoppingOf(place: Place): EarlyStoppingRule | undefined {
  if (!place.given) return undefined
  place.object(['patience', 'minimumGain'])
  return { patience: place.at('patience').whole(1), minimumGain: place.at('minimumGain').or(0).number(0) }
}

/** Nothing that a configuration is chosen by may be what it is tested on, or the test flatters it. */
function keepApart({ seeds, testSeeds, evaluation }: SweepPlan): void {
  testSeeds.forEach((seed, at) => {
    if (seeds.includes(seed)) {
      throw new PlanProblem(`testSeeds.${at}`, `is ${seed}, which is one of seeds as well; the test needs seeds that nothing was chosen by`)
    }
  })
  if (evaluation.testSeed === evaluation.seed) {
    throw new PlanProblem('evaluation.testSeed', `is ${evaluation.testSeed}, as is evaluation.seed; the test needs other shoppers`)
  }
  for (const name of ['seed', 'testSeed'] as const) {
    const used = [...seeds, ...testSeeds].includes(evaluation[name])
    if (used)
      throw new PlanProblem(
        `evaluation.${name}`,
        `is ${evaluation[name]}, a seed of training as well; agents are measured on shoppers of another seed`,
      )
  }
}
