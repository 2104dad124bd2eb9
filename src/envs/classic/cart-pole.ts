/**
 * CartPole: push a cart left or right so that the pole hinged on it stays up. For comparison with other libraries.
 * Sources: Barto, Sutton & Anderson 1983 (doi 10.1109/TSMC.1983.6313077) for the dynamics, Gymnasium's CartPole-v1 for the constants.
 *
 * Observation [4]: position of the cart (m), its velocity, angle of the pole (radians, 0 upright), its angular velocity. Actions: 0 pushes
 * left, 1 right. Reward: 1 a step, the last one included. Start: each of the four uniform in [-.05, .05]. Ends: cart beyond ±2.4 m or pole
 * beyond ±12° (terminated), else after `length` steps (truncated).
 *
 *   push   = (±10 N + pole mass · half-length · angular velocity² · sin angle) / whole mass
 *   angle'' = (g sin angle - push cos angle) / (half-length · (4/3 - pole mass · cos² angle / whole mass))
 *   cart''  = push - pole mass · half-length · angle'' · cos angle / whole mass
 *
 * integrated by Euler's method: all four move with the derivatives before the step.
 */
import { checkKeys, checkWhole } from '../../data/check'
import { numbers } from '../copy-state'
import { defineEnv } from '../define-env'
import type { Env } from '../env'

export interface CartPoleOptions {
  /** Steps after which an episode is cut off; 500. */
  readonly length?: number
}

const width = 4
const gravity = 9.8
const poleMass = 0.1
const wholeMass = poleMass + 1
/** Half the pole's length: its centre of mass. */
const halfLength = 0.5
const poleMoment = poleMass * halfLength
const force = 10
const secondsPerStep = 0.02
const angleLimit = (12 * 2 * Math.PI) / 360
const positionLimit = 2.4
const startLimit = 0.05

/** @throws RangeError for copies or a length below 1, and for options that do not exist */
export function cartPole(copies: number, options: CartPoleOptions = {}): Env {
  checkKeys('cart-pole', options, ['length'])
  const { length = 500 } = options
  checkWhole('length', length, 1, 1_000_000)
  return defineEnv(copies, {
    name: 'cart-pole',
    preset: 'classic',
    options: { length },
    layout: [{ name: 'context', offset: 0, shape: [width] }],
    actions: { kind: 'discrete', n: 2 },
    horizon: length,
    // The observations are rounded to 32 bits; the pole itself moves in 64.
    state: { position: numbers(1), velocity: numbers(1), angle: numbers(1), angularVelocity: numbers(1) },

    /** Takes four uniforms. */
    begin(copy, state, generator) {
      state.position[copy] = startLimit * (2 * generator.next() - 1)
      state.velocity[copy] = startLimit * (2 * generator.next() - 1)
      state.angle[copy] = startLimit * (2 * generator.next() - 1)
      state.angularVelocity[copy] = startLimit * (2 * generator.next() - 1)
    },

    observe(copy, state, row, offset) {
      row[offset] = state.position[copy]!
      row[offset + 1] = state.velocity[copy]!
      row[offset + 2] = state.angle[copy]!
      row[offset + 3] = state.angularVelocity[copy]!
    },

    step(copy, state, actions, at, _generator, { rewards }) {
      const velocity = state.velocity[copy]!
      const angle = state.angle[copy]!
      const angularVelocity = state.angularVelocity[copy]!
      const sine = Math.sin(angle)
      const cosine = Math.cos(angle)
      const push = ((actions[at] === 1 ? force : -force) + poleMoment * angularVelocity * angularVelocity * sine) / wholeMass
      const angularAcceleration = (gravity * sine - cosine * push) / (halfLength * (4 / 3 - (poleMass * cosine * cosine) / wholeMass))
      const acceleration = push - (poleMoment * angularAcceleration * cosine) / wholeMass

      const position = state.position[copy]! + secondsPerStep * velocity
      const nextAngle = angle + secondsPerStep * angularVelocity
      state.position[copy] = position
      state.velocity[copy] = velocity + secondsPerStep * acceleration
      state.angle[copy] = nextAngle
      state.angularVelocity[copy] = angularVelocity + secondsPerStep * angularAcceleration
      rewards[copy] = 1
      return Math.abs(position) > positionLimit || Math.abs(nextAngle) > angleLimit
    },

    expected: () => 1,
  }).env
}
