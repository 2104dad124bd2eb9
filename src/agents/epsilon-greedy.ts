/**
 * Epsilon-greedy with action values (Sutton & Barto 2018, section 2.2 to 2.5): the simplest learner there is.
 *
 * It keeps one number for every item, the mean of the rewards that showing it has brought, and ignores the observation. While learning it
 * shows a random item with probability epsilon, else the item with the highest value; of several highest, one at random. Acting for real,
 * it shows the highest, the lowest-numbered of several.
 *
 *   value ← value + step · (reward - value), where step is 1 / times shown (the mean), or constant, which forgets what was long ago
 */
import type { Env, Spec } from '../envs/env'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import { arrayOf, checkAgent, streamOf } from './checkpoints'
import { between, readOptions, seed } from './options'
import { checkStep, discreteActions } from './spaces'

export interface EpsilonGreedyOptions {
  /** Chance of a random item while learning; .1. */
  readonly epsilon: number
  /** Value of an item never shown; 0. Higher than any reward, and every item is tried early (section 2.6). */
  readonly initialValue: number
  /** Constant step, 0 to 1, so that recent rewards count more; left out, the plain mean. */
  readonly stepSize?: number
  readonly seed: number
}

const kind = 'epsilon-greedy'

const fields = () => ({
  epsilon: between(0, 1).default(0.1),
  initialValue: between(-1e6, 1e6).default(0),
  stepSize: between(0, 1).optional(),
  seed: seed().default(0),
})

/** @throws UserError for options that do not fit or actions that are not discrete */
export function epsilonGreedy(spec: Spec, given: Partial<EpsilonGreedyOptions> = {}): Agent {
  return new EpsilonGreedy(spec.width, discreteActions(kind, spec), readOptions<EpsilonGreedyOptions>(kind, fields, given))
}

class EpsilonGreedy implements Agent {
  readonly kind = kind
  readonly name = 'epsilon-greedy'
  readonly options: Readonly<Record<string, unknown>>
  readonly epsilon: number
  private readonly values: Float64Array
  private readonly counts: Float64Array
  /** The items of the highest value, the first `bestCount` of them. */
  private readonly best: Int32Array
  private bestCount = 0
  private readonly policy: Generator

  constructor(
    private readonly width: number,
    private readonly count: number,
    private readonly settings: EpsilonGreedyOptions,
  ) {
    this.options = { ...settings }
    this.epsilon = settings.epsilon
    this.values = new Float64Array(count).fill(settings.initialValue)
    this.counts = new Float64Array(count)
    this.best = new Int32Array(count)
    this.policy = stream(settings.seed, 'policy')
  }

  act(_observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    this.findBest()
    const { count, best, bestCount, values } = this
    const epsilon = explore ? this.epsilon : 0
    for (let copy = 0; copy < actions.length; copy++) {
      let action = best[0]!
      if (explore) {
        // Two uniforms whatever happens, so that runs which differ in what they learned still meet the same dice.
        const exploring = this.policy.next() < epsilon
        const draw = this.policy.next()
        action = exploring ? Math.floor(draw * count) : best[Math.floor(draw * bestCount)]!
      }
      actions[copy] = action
      if (!propensities) continue
      const greedy = explore ? (values[action] === values[best[0]!] ? 1 / bestCount : 0) : 1
      propensities[copy] = epsilon / count + (1 - epsilon) * greedy
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.width, this.count)
    for (let copy = 0; copy < env.copies; copy++) {
      const item = actions[copy]!
      const shown = ++this.counts[item]!
      const step = this.settings.stepSize ?? 1 / shown
      this.values[item]! += step * (env.rewards[copy]! - this.values[item]!)
    }
  }

  update(): Report | undefined {
    return undefined
  }

  scores(_observation: Float32Array, out: Float32Array): void {
    out.set(this.values)
  }

  save(policyOnly = false): Checkpoint {
    const arrays = { values: this.values.slice(), counts: this.counts.slice() }
    return { agent: kind, options: this.options, policyOnly, state: { policy: this.policy.save() }, arrays, shapes: {} }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const values = arrayOf(checkpoint, 'values', Float64Array, this.count)
    const counts = arrayOf(checkpoint, 'counts', Float64Array, this.count)
    this.policy.load(streamOf(checkpoint, 'policy'))
    this.values.set(values)
    this.counts.set(counts)
  }

  dispose(): void {}

  private findBest(): void {
    const { values, best } = this
    let highest = -Infinity
    for (let item = 0; item < this.count; item++) {
      if (values[item]! < highest) continue
      if (values[item]! > highest) this.bestCount = 0
      highest = values[item]!
      best[this.bestCount++] = item
    }
  }
}
