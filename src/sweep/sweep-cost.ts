/** What a sweep costs before it is run: configurations, trainings, updates, and hours where the price of an update is known. */
import { type DoubleDqnOptions, readDoubleDqnOptions } from '../agents/double-dqn-options'
import { makeAgent } from '../agents/registry'
import { makeEnv } from '../envs/registry'
import { train } from '../train/train'
import { configurationAt } from './grid-sampler'
import { makeSampler } from './make-sampler'
import type { Configuration } from './search-space'
import { createStudy } from './study'
import { configured, type SweepPlan } from './sweep-plan'

export interface SweepCost {
  readonly configurations: number
  /** Configurations × tuning seeds. */
  readonly trainings: number
  /** Steps in the shop, all trainings together. */
  readonly transitions: number
  /** Updates of networks (of agents without networks: the transitions). */
  readonly updates: number
  /** Greedy episodes of evaluation. */
  readonly evaluationEpisodes: number
  /** On one core. */
  readonly hours: number
}

export interface CostOptions {
  /** One update with everything around it; for all configurations, or for each. */
  readonly millisecondsPerUpdate: number | ((configuration: Configuration) => number)
  /** One greedy episode; 0 unless told: beside the updates it counts for little. */
  readonly millisecondsPerEvaluationEpisode?: number
}

/**
 * Counts what the plan asks for, every configuration by itself: nothing pruned, nothing stopped early, episodes of full length. With TPE the
 * configurations of a random search stand in for those that it would propose.
 */
export function sweepCost(plan: SweepPlan, { millisecondsPerUpdate, millisecondsPerEvaluationEpisode = 0 }: CostOptions): SweepCost {
  const { seeds, episodes, evaluation } = plan
  const horizons = new Map<string, number>()
  const pacesByKey: Paces = new Map()
  const evaluationsOfOne = 1 + (evaluation.every === undefined ? 0 : Math.floor(episodes / evaluation.every))
  let [configurations, transitions, updates, milliseconds] = [0, 0, 0, 0]
  for (const configuration of configurationsOf(plan)) {
    const { env, agent } = configured(plan, configuration)
    const shop = JSON.stringify(env)
    if (!horizons.has(shop)) horizons.set(shop, makeEnv(env.name, 1, env.options).spec.horizon)
    const steps = seeds.length * episodes * horizons.get(shop)!
    const learned = seeds.length * updatesIn(steps / seeds.length, agent, pacesByKey)
    configurations++
    transitions += steps
    updates += learned
    milliseconds += learned * (typeof millisecondsPerUpdate === 'number' ? millisecondsPerUpdate : millisecondsPerUpdate(configuration))
  }
  const trainings = configurations * seeds.length
  const evaluationEpisodes = trainings * evaluationsOfOne * evaluation.episodes
  milliseconds += evaluationEpisodes * millisecondsPerEvaluationEpisode
  return { configurations, trainings, transitions, updates, evaluationEpisodes, hours: milliseconds / 3_600_000 }
}

/** One row for each size of network and batch: what an update takes on this machine. */
export interface MeasuredCost {
  readonly hiddenUnits: string
  readonly batchSize: number
  readonly millisecondsPerUpdate: number
}

/**
 * Measures an update, with the step in the shop before it, for each combination of the plan's batch sizes and hidden units.
 *
 * @param updates to measure over, each
 * @returns what `sweepCost` asks for, and the rows behind it
 */
export async function measureCost(
  plan: SweepPlan,
  { updates = 150 } = {},
): Promise<{ readonly rows: readonly MeasuredCost[]; readonly millisecondsPerUpdate: (configuration: Configuration) => number }> {
  const rows: MeasuredCost[] = []
  const measured = new Map<string, number>()
  for (const configuration of configurationsOf(plan)) {
    const key = keyOf(configuration)
    if (measured.has(key)) continue
    const { env, agent: kind } = configured(plan, configuration)
    const shop = makeEnv(env.name, 1, env.options)
    const agent = await makeAgent(kind.name, shop, { ...kind.options, seed: 0 })
    const { hiddenUnits = [], ...rest } = agent.options
    const { batchSize = 0, warmUp = 0, trainEvery = 1, gradientSteps = 1 } = rest as Readonly<Record<string, number | undefined>>
    const steps = Math.ceil((updates * trainEvery) / gradientSteps)
    try {
      // Once for the code to become fast and the replay to be large enough, then for the clock.
      await train(agent, shop, { steps: warmUp + Math.ceil(steps / 3), seed: 0 })
      const { timing, updates: made, steps: taken } = await train(agent, shop, { steps, seed: 0 })
      const milliseconds = (1000 * timing.total) / (made || taken)
      measured.set(key, milliseconds)
      rows.push({ hiddenUnits: JSON.stringify(hiddenUnits), batchSize, millisecondsPerUpdate: milliseconds })
    } finally {
      agent.dispose()
    }
  }
  return { rows, millisecondsPerUpdate: configuration => measured.get(keyOf(configuration))! }
}

/** Dropout and the like hardly change an update's time, sizes do. */
function keyOf({ batchSize, hiddenUnits }: Configuration): string {
  return JSON.stringify([batchSize, hiddenUnits])
}

/** What decides how many updates there are, by the options that it is read from: reading them takes a while, and a grid has few of them. */
type Paces = Map<string, Pick<DoubleDqnOptions, (typeof paceOptions)[number]>>

const paceOptions = ['warmUp', 'trainEvery', 'gradientSteps', 'batchSize', 'replayCapacity'] as const

/** Updates of one training. */
function updatesIn(transitions: number, { name, options }: SweepPlan['agent'], paces: Paces): number {
  if (name !== 'double-dqn') return transitions
  const given = Object.fromEntries(paceOptions.filter(key => options[key] !== undefined).map(key => [key, options[key]]))
  const key = JSON.stringify(given)
  if (!paces.has(key)) paces.set(key, readDoubleDqnOptions(given))
  const { warmUp, trainEvery, gradientSteps } = paces.get(key)!
  return Math.floor(Math.max(0, transitions - warmUp + 1) / trainEvery) * gradientSteps
}

/** What the plan tries, as far as that is known beforehand. */
function* configurationsOf({ method, parameters, trials, seed }: SweepPlan): Generator<Configuration> {
  if (method === 'grid') {
    for (let point = 0; point < trials; point++) yield configurationAt(parameters, point)
    return
  }
  const study = createStudy({ space: parameters, sampler: makeSampler({ kind: 'random' }), seed })
  for (let trial = 0; trial < trials; trial++) yield study.ask()!.configuration
}
