/**
 * An environment that is only a shape, so that a training's time is the agent's: standard normal numbers in, 10 steps; action a of n is
 * rewarded with probability a / n. The guide's shape, 42 numbers and 500 actions, is the twin of peers/sb3_envs.py.
 */
import { clearOutcome, makeBuffers } from '../../src/envs/buffers'
import type { Env, Items, Space } from '../../src/envs/env'
import { checkActions } from '../../src/envs/spaces'
import { chance, normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

const length = 10

export interface Shape {
  /** Numbers observed, and actions. */
  readonly width: number
  readonly actions: number
  readonly items?: Items
}

/** One copy. It cannot be saved: nobody asks a benchmark to. */
export function shapeOnly({ width, actions: actionCount, items }: Shape = { width: 42, actions: 500 }): Env {
  const space: Space = { kind: 'discrete', n: actionCount }
  const buffers = makeBuffers(1, width, 0)
  const { observations, finalObservations, rewards, terminated } = buffers
  let generator = stream(0, 'shape-only')
  let clock = 0
  const draw = (into: Float32Array) => {
    for (let at = 0; at < width; at++) into[at] = normal(generator)
  }
  const unsaved = () => {
    throw new Error('shape-only cannot be saved or loaded')
  }
  return {
    spec: {
      name: 'shape-only',
      preset: 'bench',
      options: {},
      layout: [{ name: 'context', offset: 0, shape: [width] }],
      width,
      actions: space,
      horizon: length,
    },
    ...(items && { items }),
    copies: 1,
    ...buffers,
    reset(seed) {
      generator = stream(seed, 'shape-only')
      clearOutcome(buffers, 0)
      clock = 0
      draw(observations)
    },
    step(actions) {
      checkActions(space, actions, 1)
      rewards[0] = chance(generator, actions[0]! / actionCount) ? 1 : 0
      terminated[0] = ++clock === length ? 1 : 0
      if (terminated[0]) {
        draw(finalObservations)
        clock = 0
      }
      draw(observations)
    },
    save: unsaved,
    load: unsaved,
  }
}
