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
import { type Generator, type GeneratorState, stream } from '../../random/generator'
import { checkActions, checkCopy, checkLoad, clearOutcome, makeBuffers } from '../buffers'
import type { Env } from '../env'
import { setOracle } from '../oracle'

export interface CartPoleOptions {
  /** Steps after which an episode is cut off; 500. */
  readonly length?: number
}

const name = 'cart-pole'
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
  checkKeys(name, options, ['length'])
  const { length = 500 } = options
  checkWhole('copies', copies, 1, 100_000)
  checkWhole('length', length, 1, 1_000_000)
  const buffers = makeBuffers(copies, width, 0)
  const { observations, finalObservations, rewards, terminated, truncated } = buffers
  // The observations are rounded to 32 bits; the pole itself moves in 64.
  const positions = new Float64Array(copies)
  const velocities = new Float64Array(copies)
  const angles = new Float64Array(copies)
  const angularVelocities = new Float64Array(copies)
  const steps = new Int32Array(copies)
  let generators: Generator[] = []

  function show(into: Float32Array, copy: number): void {
    const row = copy * width
    into[row] = positions[copy]!
    into[row + 1] = velocities[copy]!
    into[row + 2] = angles[copy]!
    into[row + 3] = angularVelocities[copy]!
  }

  /** Takes four uniforms. */
  function begin(copy: number): void {
    const generator = generators[copy]!
    const draw = () => startLimit * (2 * generator.next() - 1)
    positions[copy] = draw()
    velocities[copy] = draw()
    angles[copy] = draw()
    angularVelocities[copy] = draw()
    steps[copy] = 0
    show(observations, copy)
  }

  function requireReset(): void {
    if (generators.length === 0) throw new Error(`${name} has not begun; call reset(seed) first`)
  }

  const env: Env = {
    spec: {
      name,
      preset: 'classic',
      options: { length },
      layout: [{ name: 'context', offset: 0, shape: [width] }],
      width,
      actions: { kind: 'discrete', n: 2 },
      horizon: length,
    },
    copies,
    ...buffers,

    reset(seed, firstCopy = 0) {
      generators = Array.from({ length: copies }, (_, copy) => stream(seed, name, firstCopy + copy))
      for (let copy = 0; copy < copies; copy++) {
        clearOutcome(buffers, copy)
        begin(copy)
      }
    },

    step(actions) {
      requireReset()
      checkActions(actions, copies, 2)
      for (let copy = 0; copy < copies; copy++) {
        const velocity = velocities[copy]!
        const angle = angles[copy]!
        const angularVelocity = angularVelocities[copy]!
        const sine = Math.sin(angle)
        const cosine = Math.cos(angle)
        const push = ((actions[copy] === 1 ? force : -force) + poleMoment * angularVelocity * angularVelocity * sine) / wholeMass
        const angularAcceleration = (gravity * sine - cosine * push) / (halfLength * (4 / 3 - (poleMass * cosine * cosine) / wholeMass))
        const acceleration = push - (poleMoment * angularAcceleration * cosine) / wholeMass

        const position = positions[copy]! + secondsPerStep * velocity
        const nextAngle = angle + secondsPerStep * angularVelocity
        positions[copy] = position
        velocities[copy] = velocity + secondsPerStep * acceleration
        angles[copy] = nextAngle
        angularVelocities[copy] = angularVelocity + secondsPerStep * angularAcceleration

        const fallen = Math.abs(position) > positionLimit || Math.abs(nextAngle) > angleLimit
        const cutOff = ++steps[copy]! >= length && !fallen
        rewards[copy] = 1
        terminated[copy] = fallen ? 1 : 0
        truncated[copy] = cutOff ? 1 : 0
        if (!(fallen || cutOff)) show(observations, copy)
        else {
          show(finalObservations, copy)
          begin(copy)
        }
      }
    },

    save(copy) {
      requireReset()
      checkCopy(copy, copies)
      const state = [positions[copy]!, velocities[copy]!, angles[copy]!, angularVelocities[copy]!]
      return { env: name, state: { state, step: steps[copy]!, generator: generators[copy]!.save() } }
    },

    load(snapshot, into, futureSeed) {
      requireReset()
      checkLoad(name, snapshot.env, into, copies)
      const { state, step, generator } = snapshot.state as { state: number[]; step: number; generator: GeneratorState }
      if (state?.length !== width || !state.every(Number.isFinite)) {
        throw new RangeError(`the snapshot's state is ${JSON.stringify(state)}; it must be ${width} numbers`)
      }
      checkWhole("the snapshot's step", step, 0, length - 1)
      for (const copy of into) {
        ;[positions[copy], velocities[copy], angles[copy], angularVelocities[copy]] = state as [number, number, number, number]
        steps[copy] = step
        if (futureSeed === undefined) generators[copy]!.load(generator)
        else generators[copy] = stream(futureSeed, name, 'future', copy)
        clearOutcome(buffers, copy)
        show(observations, copy)
      }
    },
  }

  setOracle(env, (actions, out) => {
    requireReset()
    checkActions(actions, copies, 2)
    out.fill(1)
  })
  return env
}
