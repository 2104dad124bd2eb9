/** What the probes and identity share: one number as state, a fixed number of steps, a reward that a formula gives. */
import { checkWhole } from '../../data/check'
import { type Generator, type GeneratorState, stream } from '../../random/generator'
import { checkActions, checkCopy, checkLoad, clearOutcome, makeBuffers } from '../buffers'
import type { Env } from '../env'
import { setOracle } from '../oracle'

export interface Rules {
  readonly actions: number
  /** Steps in an episode. */
  readonly length: number
  /** The last step truncates instead of terminating. */
  readonly truncates?: boolean
  /** The state is shown as one of this many, one-hot; left out, as the number itself. */
  readonly oneHot?: number
  readonly options?: Readonly<Record<string, unknown>>
  begin(generator: Generator): number
  /** The state after a step that was not the last; left out, it stays. */
  next?(generator: Generator, state: number): number
  reward(state: number, action: number): number
}

export function tinyEnv(name: string, copies: number, rules: Rules): Env {
  checkWhole('copies', copies, 1, 100_000)
  const width = rules.oneHot ?? 1
  const buffers = makeBuffers(copies, width, 0)
  const { observations, finalObservations, rewards, terminated, truncated } = buffers
  const states = new Float64Array(copies)
  const steps = new Int32Array(copies)
  let generators: Generator[] = []

  function show(into: Float32Array, copy: number): void {
    if (!rules.oneHot) {
      into[copy] = states[copy]!
      return
    }
    for (let at = 0; at < width; at++) into[copy * width + at] = at === states[copy] ? 1 : 0
  }

  function begin(copy: number): void {
    states[copy] = rules.begin(generators[copy]!)
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
      options: rules.options ?? {},
      layout: [{ name: 'context', offset: 0, shape: [width] }],
      width,
      actions: { kind: 'discrete', n: rules.actions },
      horizon: rules.length,
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
      checkActions(actions, copies, rules.actions)
      for (let copy = 0; copy < copies; copy++) {
        rewards[copy] = rules.reward(states[copy]!, actions[copy]!)
        const over = ++steps[copy]! === rules.length
        terminated[copy] = over && !rules.truncates ? 1 : 0
        truncated[copy] = over && rules.truncates ? 1 : 0
        if (rules.next) states[copy] = rules.next(generators[copy]!, states[copy]!)
        if (!over) show(observations, copy)
        else {
          show(finalObservations, copy)
          begin(copy)
        }
      }
    },

    save(copy) {
      requireReset()
      checkCopy(copy, copies)
      return { env: name, state: { state: states[copy]!, step: steps[copy]!, generator: generators[copy]!.save() } }
    },

    load(snapshot, into, futureSeed) {
      requireReset()
      checkLoad(name, snapshot.env, into, copies)
      const { state, step, generator } = snapshot.state as { state: number; step: number; generator: GeneratorState }
      if (!Number.isFinite(state)) throw new RangeError(`the snapshot's state is ${state}; it must be a number`)
      checkWhole("the snapshot's step", step, 0, rules.length - 1)
      for (const copy of into) {
        states[copy] = state
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
    checkActions(actions, copies, rules.actions)
    for (let copy = 0; copy < copies; copy++) out[copy] = rules.reward(states[copy]!, actions[copy]!)
  })
  return env
}
