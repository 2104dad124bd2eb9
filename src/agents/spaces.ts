/** What an agent can serve, checked when it is made, and what it can learn from, checked before it learns. */
import { UserError } from '../data/user-error'
import type { Env, Spec } from '../envs/env'

/** The number of actions of a shop in which one item is shown at a time. */
export function discreteActions(agent: string, { name, actions }: Spec): number {
  if (actions.kind === 'discrete') return actions.n
  throw new UserError(`${agent} chooses one action of a list, but ${name} has ${actions.kind} actions; choose another agent or shop`)
}

/** Where an observation row says how far its session is, 0 to 1; -1: nowhere. */
export function progressColumn({ layout }: Spec): number {
  const block = layout.find(({ progress }) => progress !== undefined)
  return block ? block.offset + block.progress! : -1
}

/**
 * @param rows [copies, width], the observations acted on
 * @throws RangeError when the arrays do not fit the agent, or a reward or observation is not finite; call it before anything is learned
 */
export function checkStep(env: Env, before: Float32Array, actions: Int32Array, width: number, count: number): void {
  const { copies } = env
  const { name, actions: space } = env.spec
  if (env.spec.width !== width) throw new RangeError(`${name} observes ${env.spec.width} numbers; this agent was made for ${width}`)
  if (space.kind !== 'discrete' || space.n !== count) {
    throw new RangeError(`${name} has ${space.kind === 'discrete' ? space.n : space.kind} actions; this agent was made for ${count}`)
  }
  if (before.length !== copies * width || actions.length !== copies) {
    throw new RangeError(
      `before has ${before.length} numbers and actions ${actions.length}; ${copies} copies of width ${width} need ${copies * width} and ${copies}`,
    )
  }
  for (let copy = 0; copy < copies; copy++) {
    const reward = env.rewards[copy]!
    if (!Number.isFinite(Math.fround(reward)))
      throw new RangeError(`the reward of copy ${copy} is ${reward}; an agent learns from finite numbers only`)
    if (!(actions[copy]! >= 0 && actions[copy]! < count)) {
      throw new RangeError(`the action of copy ${copy} is ${actions[copy]}; it must be between 0 and ${count - 1}`)
    }
    const ended = env.terminated[copy] || env.truncated[copy]
    checkRow('before', before, copy, width)
    checkRow('what follows', ended ? env.finalObservations : env.observations, copy, width)
  }
}

function checkRow(what: string, rows: Float32Array, copy: number, width: number): void {
  for (let at = copy * width; at < (copy + 1) * width; at++) {
    if (!Number.isFinite(rows[at]!))
      throw new RangeError(`${what}: number ${at % width} of copy ${copy} is ${rows[at]}; observations must be finite`)
  }
}
