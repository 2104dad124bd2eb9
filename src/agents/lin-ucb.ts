/**
 * LinUCB with a model of its own for every item (Li, Chu, Langford & Schapire 2010, arXiv 1003.0146, algorithm 1).
 *
 * While learning it shows the item whose reward might be highest: the ridge regression's expectation plus alpha times its standard
 * deviation. Acting for real, it shows the item with the highest expectation. Ties go to the lower item. What it regresses on is the
 * observation, and a 1 for the item's own mean. It looks one reward ahead only: the next observation plays no part.
 */
import type { Env, Spec } from '../envs/env'
import type { Agent, Checkpoint, Report } from './agent'
import { arrayOf, checkAgent } from './checkpoints'
import { atLeast, flag, readOptions, seed } from './options'
import { Ridge } from './ridge'
import { checkStep, discreteActions } from './spaces'

export interface LinUcbOptions {
  /** Width of the confidence bound in standard deviations; 1. */
  readonly alpha: number
  /** Penalty on the squared coefficients, above 0; 1. */
  readonly ridge: number
  /** Append a 1 to the observation; true. */
  readonly intercept: boolean
  /** For the form's sake: nothing here is random. */
  readonly seed: number
}

const kind = 'lin-ucb'

const fields = () => ({
  alpha: atLeast(0).default(1),
  ridge: atLeast(0, { excluded: true }).default(1),
  intercept: flag().default(true),
  seed: seed().default(0),
})

/** @throws UserError for options that do not fit or actions that are not discrete */
export function linUcb(spec: Spec, given: Partial<LinUcbOptions> = {}): Agent {
  return new LinUcb(spec.width, discreteActions(kind, spec), readOptions<LinUcbOptions>(kind, fields, given))
}

class LinUcb implements Agent {
  readonly kind = kind
  readonly name = 'LinUCB'
  readonly options: Readonly<Record<string, unknown>>
  private readonly model: Ridge
  private readonly x: Float64Array

  constructor(
    private readonly width: number,
    private readonly count: number,
    private readonly settings: LinUcbOptions,
  ) {
    this.options = { ...settings }
    this.model = new Ridge(count, width + (settings.intercept ? 1 : 0), settings.ridge)
    this.x = new Float64Array(this.model.width).fill(1)
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    if (observations.length !== actions.length * this.width) {
      throw new RangeError(`observations has ${observations.length} numbers; ${actions.length} rows of ${this.width} are needed`)
    }
    const alpha = explore ? this.settings.alpha : 0
    for (let copy = 0; copy < actions.length; copy++) {
      this.read(observations, copy)
      let best = 0
      let highest = -Infinity
      for (let item = 0; item < this.count; item++) {
        const bound = this.model.mean(item, this.x) + (alpha === 0 ? 0 : alpha * this.model.deviation(item, this.x))
        if (bound > highest) [highest, best] = [bound, item]
      }
      actions[copy] = best
    }
    propensities?.fill(1)
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.width, this.count)
    for (let copy = 0; copy < env.copies; copy++) {
      this.read(before, copy)
      this.model.learn(actions[copy]!, this.x, env.rewards[copy]!)
    }
  }

  update(): Report | undefined {
    return undefined
  }

  scores(observation: Float32Array, out: Float32Array): void {
    this.read(observation, 0)
    for (let item = 0; item < this.count; item++) out[item] = this.model.mean(item, this.x)
  }

  save(policyOnly = false): Checkpoint {
    const { inverses, sums, coefficients, width } = this.model
    const arrays = { inverses: inverses.slice(), sums: sums.slice(), coefficients: coefficients.slice() }
    const shapes = { inverses: [this.count, width, width], sums: [this.count, width], coefficients: [this.count, width] }
    return { agent: kind, options: this.options, policyOnly, state: {}, arrays, shapes }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const { inverses, sums, coefficients } = this.model
    const read = {
      inverses: arrayOf(checkpoint, 'inverses', Float64Array, inverses.length),
      sums: arrayOf(checkpoint, 'sums', Float64Array, sums.length),
      coefficients: arrayOf(checkpoint, 'coefficients', Float64Array, coefficients.length),
    }
    inverses.set(read.inverses)
    sums.set(read.sums)
    coefficients.set(read.coefficients)
  }

  dispose(): void {}

  /** Row `copy` of the observations becomes x; the last number stays the 1 of the intercept. */
  private read(observations: Float32Array, copy: number): void {
    for (let at = 0; at < this.width; at++) this.x[at] = observations[copy * this.width + at]!
  }
}
