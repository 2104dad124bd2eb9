/**
 * Arms: the actions of a shop under one number each, for agents that know nothing but arms. One action of a list is its own number; of
 * MultiDiscrete actions every combination is an arm, the last part counted fastest: ((a · sizes[1] + b) · sizes[2] + c) ...
 */
import { UserError } from '../data/user-error'
import type { Spec } from '../envs/env'
import { actionCount } from '../envs/spaces'
import type { SpaceKind } from './spaces'
import { requireSpace } from './spaces'

/** More combinations than this can hardly be tried once each. */
export const mostArms = 10_000

export const armSpaces: readonly SpaceKind[] = ['discrete', 'multi-discrete']

export class Arms {
  readonly count: number
  /** Numbers in one copy's action. */
  readonly parts: number
  private readonly sizes: readonly number[]

  /** @throws UserError for slates, and for more than 10,000 combinations */
  constructor(agent: string, spec: Spec) {
    requireSpace(agent, spec, armSpaces)
    const space = spec.actions
    this.count = actionCount(space)
    this.sizes = space.kind === 'multi-discrete' ? space.sizes : [this.count]
    this.parts = this.sizes.length
    if (space.kind === 'multi-discrete' && this.count > mostArms) {
      throw new UserError(`${agent} tries every combination, at most ${mostArms}, but ${spec.name} has ${this.count}; choose another agent`)
    }
  }

  /** The arm that a copy's action in `actions` [copies, parts] is. */
  of(actions: Int32Array, copy: number): number {
    const { parts, sizes } = this
    if (parts === 1) return actions[copy]!
    let arm = 0
    for (let part = 0; part < parts; part++) arm = arm * sizes[part]! + actions[copy * parts + part]!
    return arm
  }

  /** Writes the action that an arm is. */
  write(arm: number, actions: Int32Array, copy: number): void {
    const { parts, sizes } = this
    if (parts === 1) {
      actions[copy] = arm
      return
    }
    for (let part = parts - 1, rest = arm; part >= 0; part--) {
      const size = sizes[part]!
      actions[copy * parts + part] = rest % size
      rest = (rest - (rest % size)) / size
    }
  }
}
