/** What the tests of contextual bandits share: shops with contexts, exact ridge algebra by a dense solve, and regret. */
import type { Agent } from '../../src/agents/agent'
import { wholes } from '../../src/envs/copy-state'
import { defineEnv } from '../../src/envs/define-env'
import type { Env, Spec } from '../../src/envs/env'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'
import { lower } from './bandit-support'

export interface ContextualOptions {
  readonly arms: number
  readonly width: number
  /** Of the arms' hidden coefficients. */
  readonly seed?: number
  readonly copies?: number
  /** Steps after which each arm takes over the coefficients of the next one; never. */
  readonly changeEvery?: number
  /** Standard deviation of the reward's noise; .5. */
  readonly noise?: number
  /** The arms are the combinations of parts of these sizes; one of a list. */
  readonly sizes?: readonly number[]
}

/**
 * A shop whose best arm depends on what is seen: observation uniform with variance 1, reward N(xᵀ θ(arm) + worth(arm), noise²), where
 * θ ~ N(0, 1 / width) each, and worth ~ N(0, 1 / 4), so that some arms are better than others on average too.
 * `expected` tells what an arm brings on average at a row of observations.
 */
export function contextualShop({ arms, width, seed = 0, copies = 1, changeEvery = 0, noise = 0.5, sizes }: ContextualOptions) {
  const hidden = stream(seed, 'coefficients')
  const coefficients = Float64Array.from({ length: arms * width }, () => normal(hidden) / Math.sqrt(width))
  const worths = Float64Array.from({ length: arms }, () => normal(hidden) / 2)
  let now: Float32Array = new Float32Array(0)
  let moved = 0
  const expected = (arm: number, from = 0) => {
    const own = (arm + moved) % arms
    let sum = worths[own]!
    for (let at = 0; at < width; at++) sum += coefficients[own * width + at]! * now[from + at]!
    return sum
  }
  const { env } = defineEnv(copies, {
    name: 'contexts',
    layout: [{ name: 'context', offset: 0, shape: [width] }],
    actions: sizes ? { kind: 'multi-discrete', sizes } : { kind: 'discrete', n: arms },
    horizon: 1_000_000,
    // The context is drawn by `begin` and `step`, in 24 bits so that it can be saved as a whole number.
    state: { context: wholes(width, 0, 2 ** 24 - 1) },
    begin(copy, { context }, generator) {
      for (let at = copy * width; at < (copy + 1) * width; at++) context[at] = Math.floor(generator.next() * 2 ** 24)
    },
    observe(copy, { context }, row, offset) {
      // Uniform numbers of variance 1.
      for (let at = 0; at < width; at++) row[offset + at] = (context[copy * width + at]! / 2 ** 24 - 0.5) * Math.sqrt(12)
    },
    step(copy, { context, steps }, actions, at, generator, { rewards }) {
      if (changeEvery > 0) moved = Math.floor((steps[copy]! - 1) / changeEvery)
      now = env.observations
      // The last part is counted fastest.
      const arm = sizes ? sizes.reduce((sum, size, part) => sum * size + actions[at + part]!, 0) : actions[at]!
      rewards[copy] = expected(arm, copy * width) + noise * normal(generator)
      for (let place = copy * width; place < (copy + 1) * width; place++) context[place] = Math.floor(generator.next() * 2 ** 24)
      return false
    },
  })
  const best = (observations: Float32Array, step: number) => {
    now = observations
    moved = changeEvery === 0 ? 0 : Math.floor(step / changeEvery)
    return Array.from({ length: arms }, (_, arm) => expected(arm))
  }
  return { env: env as Env, best }
}

/** The regret of an agent over so many steps of a shop of its own: what the best arm would have brought more, in all. */
export async function regret(
  make: (spec: Spec, seed: number) => Agent | Promise<Agent>,
  seed: number,
  steps: number,
  options: Omit<ContextualOptions, 'seed'>,
): Promise<number> {
  const { env, best } = contextualShop({ ...options, seed })
  env.reset(seed)
  const agent = await make(env.spec, seed)
  const [before, actions] = [new Float32Array(options.width), new Int32Array(1)]
  let missed = 0
  for (let step = 0; step < steps; step++) {
    before.set(env.observations)
    agent.act(before, true, actions)
    const expected = best(before, step)
    missed += Math.max(...expected) - expected[actions[0]!]!
    env.step(actions)
    agent.observe(env, before, actions)
    while (agent.update()) {}
  }
  agent.dispose()
  return missed
}

/** By how many standard errors the first is lower, problem by problem. */
export function lowerBy(one: readonly number[], other: readonly number[]): number {
  const { mean, error } = lower(one, other)
  return mean / error
}

/** The regret of one agent over problems 1 to 5. */
export async function regrets(make: Parameters<typeof regret>[0], steps: number, options: Parameters<typeof regret>[3]): Promise<number[]> {
  const found: number[] = []
  for (let seed = 1; seed <= 5; seed++) found.push(await regret(make, seed, steps, options))
  return found
}

/** What a regression has seen: x and the reward, in order. */
export type Seen = readonly (readonly [x: ArrayLike<number>, reward: number])[]

/**
 * A = diag(penalties) + Σ forgetting^age · x xᵀ and b = Σ forgetting^age · reward · x, added up plainly; θ and A⁻¹ by Gauss & Jordan.
 *
 * @param penalties [width]
 */
export function exactRidge(seen: Seen, penalties: readonly number[], forgetting = 1) {
  const width = penalties.length
  const a = penalties.map((penalty, row) => penalties.map((_, column) => (row === column ? penalty : 0)))
  const b = penalties.map(() => 0)
  seen.forEach(([x, reward], at) => {
    const weight = forgetting ** (seen.length - 1 - at)
    for (let row = 0; row < width; row++) {
      b[row]! += weight * reward * x[row]!
      for (let column = 0; column < width; column++) a[row]![column]! += weight * x[row]! * x[column]!
    }
  })
  const inverse = inverted(a)
  return { a, inverse, coefficients: inverse.map(row => dot(row, b)) }
}

export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!
  return sum
}

/** xᵀ M x */
export function quadratic(matrix: readonly (readonly number[])[], x: ArrayLike<number>): number {
  return dot(
    matrix.map(row => dot(row, x)),
    x,
  )
}

function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const width = matrix.length
  const work = matrix.map((row, at) => [...row, ...row.map((_, column) => (column === at ? 1 : 0))])
  for (let column = 0; column < width; column++) {
    let pivot = column
    for (let row = column + 1; row < width; row++) if (Math.abs(work[row]![column]!) > Math.abs(work[pivot]![column]!)) pivot = row
    const kept = work[column]!
    work[column] = work[pivot]!
    work[pivot] = kept
    const scale = work[column]![column]!
    work[column] = work[column]!.map(value => value / scale)
    for (let row = 0; row < width; row++) {
      if (row === column) continue
      const factor = work[row]![column]!
      if (factor !== 0) work[row] = work[row]!.map((value, at) => value - factor * work[column]![at]!)
    }
  }
  return work.map(row => row.slice(width))
}
