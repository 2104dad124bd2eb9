/** What an agent can serve, checked when it is made, and what it can learn from, checked before it learns. */
import { UserError } from '../data/user-error'
import type { Env, Space, Spec } from '../envs/env'
import { actionWidth, describeSpace } from '../envs/spaces'

export type SpaceKind = Space['kind']

/** @throws UserError unless the shop's actions are of one of the kinds */
export function requireSpace(agent: string, spec: Spec, kinds: readonly SpaceKind[]): void {
  const { name, actions } = spec
  if (kinds.includes(actions.kind)) return
  throw new UserError(`${agent} serves ${kinds.join(' or ')} actions, but ${name} has ${actions.kind} actions; ${wayOut(spec, kinds)}`)
}

/** The number of actions of a shop in which one item is shown at a time. */
export function discreteActions(agent: string, spec: Spec): number {
  const { name, actions } = spec
  if (actions.kind === 'discrete') return actions.n
  throw new UserError(`${agent} chooses one action of a list, but ${name} has ${actions.kind} actions; ${wayOut(spec, ['discrete'])}`)
}

/** What to do about actions that an agent does not serve: a shop with an option `actions` can make one list of its parts. */
function wayOut({ actions, options }: Spec, kinds: readonly SpaceKind[]): string {
  const other = 'choose another agent or shop'
  const listed = actions.kind === 'multi-discrete' && kinds.includes('discrete') && 'actions' in options
  return listed ? `give the shop the option actions: 'flat' (--set env.actions=flat), or ${other}` : other
}

/** Where the candidates of a slate stand in an observation row, and what else the row holds. */
export interface SlateCandidates {
  /** How many there are, and how many of them are shown. */
  readonly candidates: number
  readonly size: number
  /** The first number of the first candidate, and the numbers of each. */
  readonly offset: number
  readonly width: number
  /** For each of a candidate's columns: how many ids there are, 0 for a plain number. */
  readonly categories: readonly number[]
  /** The columns of the row that are of no candidate: shopper, history, context. */
  readonly others: Int32Array
}

/** @throws UserError unless the shop shows slates, of candidates that the observation holds */
export function slateCandidates(agent: string, { name, actions, layout, width }: Spec): SlateCandidates {
  if (actions.kind !== 'slate') {
    throw new UserError(`${agent} shows slates, but ${name} has ${actions.kind} actions; choose another agent or shop`)
  }
  const block = layout.find(({ name: part }) => part === 'candidates')
  const [count, columns] = block?.shape ?? []
  if (!block || count !== actions.candidates || columns === undefined) {
    throw new UserError(`${agent} scores the candidates of a slate, but ${name} does not show their features; choose another agent or shop`)
  }
  const end = block.offset + count * columns
  const others = Int32Array.from(Array.from({ length: width }, (_, at) => at).filter(at => at < block.offset || at >= end))
  return {
    candidates: count,
    size: actions.size,
    offset: block.offset,
    width: columns,
    categories: block.categories ?? Array<number>(columns).fill(0),
    others,
  }
}

/** Where an observation row says how far its session is, 0 to 1; -1: nowhere. */
export function progressColumn({ layout }: Spec): number {
  const block = layout.find(({ progress }) => progress !== undefined)
  return block ? block.offset + block.progress! : -1
}

/**
 * @param observations [rows, width], to be acted on
 * @throws RangeError when the rows are not all there, or a number is not finite
 */
export function checkObservations(observations: Float32Array, rows: number, width: number): void {
  if (observations.length !== rows * width) {
    throw new RangeError(`observations has ${observations.length} numbers; ${rows} rows of ${width} are needed`)
  }
  // A number that is not finite makes the sum so; it is looked for only then.
  let sum = 0
  for (let at = 0; at < observations.length; at++) sum += observations[at]! * 0
  if (sum === 0) return
  for (let row = 0; row < rows; row++) checkRow('observations', observations, row, width)
}

/**
 * @param before [copies, width], the observations acted on
 * @param spec   of the shop that the agent was made for
 * @throws RangeError when the arrays do not fit the agent, or a reward or observation is not finite; call it before anything is learned
 */
export function checkStep(env: Env, before: Float32Array, actions: Int32Array, spec: Spec): void {
  const { copies } = env
  const { name, width, actions: space } = env.spec
  if (width !== spec.width) throw new RangeError(`${name} observes ${width} numbers; this agent was made for ${spec.width}`)
  if (!sameSpace(space, spec.actions)) {
    throw new RangeError(`${name} has the actions ${describeSpace(space)}; this agent was made for ${describeSpace(spec.actions)}`)
  }
  const parts = actionWidth(space)
  if (before.length !== copies * width || actions.length !== copies * parts) {
    throw new RangeError(
      `before has ${before.length} numbers and actions ${actions.length}; ${copies} copies of width ${width} need ${copies * width} and ${copies * parts}`,
    )
  }
  for (let copy = 0; copy < copies; copy++) {
    const reward = env.rewards[copy]!
    if (!Number.isFinite(Math.fround(reward)))
      throw new RangeError(`the reward of copy ${copy} is ${reward}; an agent learns from finite numbers only`)
    for (let part = 0; part < parts; part++) {
      const action = actions[copy * parts + part]!
      const count = choicesOf(space, part)
      if (!(action >= 0 && action < count))
        throw new RangeError(`the action of copy ${copy} is ${action}; it must be between 0 and ${count - 1}`)
    }
    const ended = env.terminated[copy] || env.truncated[copy]
    checkRow('before', before, copy, width)
    checkRow('what follows', ended ? env.finalObservations : env.observations, copy, width)
  }
}

/** How many choices a part of an action has. */
function choicesOf(space: Space, part: number): number {
  return space.kind === 'discrete' ? space.n : space.kind === 'slate' ? space.candidates : space.sizes[part]!
}

function sameSpace(one: Space, other: Space): boolean {
  if (one.kind === 'discrete') return other.kind === 'discrete' && one.n === other.n
  if (one.kind === 'slate') return other.kind === 'slate' && one.candidates === other.candidates && one.size === other.size
  return other.kind === 'multi-discrete' && one.sizes.join() === other.sizes.join()
}

function checkRow(what: string, rows: Float32Array, copy: number, width: number): void {
  for (let at = copy * width; at < (copy + 1) * width; at++) {
    if (!Number.isFinite(rows[at]!))
      throw new RangeError(`${what}: number ${at % width} of copy ${copy} is ${rows[at]}; observations must be finite`)
  }
}
