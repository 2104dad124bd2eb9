/**
 * Bernoulli bandit: every arm pays 1 with a chance of its own, else 0, and nothing else ever changes. Source: Sutton & Barto 2018, chapter 2
 * (theirs pays normal rewards; ours pays stars: yes or no).
 *
 * Observation [1]: always 0. Reward: 1 with the arm's chance, else 0. `chosen`: 0 for a reward, -1 for none. Ends: `length` steps, truncated,
 * so that the return of an episode is the rewards of that many tries.
 *
 * Each copy draws one uniform a step whichever arm is pulled: two players under one seed meet the same luck, and the better arm pays whenever
 * the worse one does.
 */
import { checkKeys, checkNumber, checkWhole } from '../../data/check'
import { type Generator, type GeneratorState, stream } from '../../random/generator'
import { checkActions, checkCopy, checkLoad, clearOutcome, makeBuffers } from '../buffers'
import type { Env } from '../env'
import { setOracle } from '../oracle'

export interface BanditOptions {
  /** [arms]: chance of a reward, 0 to 1 each. */
  readonly chances: readonly number[]
  /** Steps in an episode; 10. */
  readonly length?: number
}

const name = 'bandit'

/** @throws RangeError for copies, chances or a length out of range, and for options that do not exist */
export function bandit(copies: number, options: BanditOptions): Env {
  checkKeys(name, options, ['chances', 'length'])
  const { chances, length = 10 } = options
  checkWhole('copies', copies, 1, 100_000)
  checkWhole('length', length, 1, 1_000_000)
  if (!Array.isArray(chances) || chances.length === 0) {
    throw new RangeError(`chances is ${JSON.stringify(chances)}; it must be a list with the chance of a reward for every arm`)
  }
  for (const [arm, chance] of chances.entries()) checkNumber(`chances[${arm}]`, chance, 0, 1)
  const arms = chances.length
  const buffers = makeBuffers(copies, 1, 0)
  const { rewards, truncated, chosen } = buffers
  const steps = new Int32Array(copies)
  let generators: Generator[] = []

  function requireReset(): void {
    if (generators.length === 0) throw new Error(`${name} has not begun; call reset(seed) first`)
  }

  const env: Env = {
    spec: {
      name,
      preset: 'classic',
      options: { chances: [...chances], length },
      layout: [{ name: 'context', offset: 0, shape: [1] }],
      width: 1,
      actions: { kind: 'discrete', n: arms },
      horizon: length,
    },
    copies,
    ...buffers,

    reset(seed, firstCopy = 0) {
      generators = Array.from({ length: copies }, (_, copy) => stream(seed, name, firstCopy + copy))
      steps.fill(0)
      for (let copy = 0; copy < copies; copy++) clearOutcome(buffers, copy)
    },

    step(actions) {
      requireReset()
      checkActions(actions, copies, arms)
      for (let copy = 0; copy < copies; copy++) {
        const paid = generators[copy]!.next() < chances[actions[copy]!]!
        rewards[copy] = paid ? 1 : 0
        chosen[copy] = paid ? 0 : -1
        const over = ++steps[copy]! === length
        truncated[copy] = over ? 1 : 0
        if (over) steps[copy] = 0
      }
    },

    save(copy) {
      requireReset()
      checkCopy(copy, copies)
      return { env: name, state: { step: steps[copy]!, generator: generators[copy]!.save() } }
    },

    load(snapshot, into, futureSeed) {
      requireReset()
      checkLoad(name, snapshot.env, into, copies)
      const { step, generator } = snapshot.state as { step: number; generator: GeneratorState }
      checkWhole("the snapshot's step", step, 0, length - 1)
      for (const copy of into) {
        if (futureSeed === undefined) generators[copy]!.load(generator)
        else generators[copy] = stream(futureSeed, name, 'future', copy)
        steps[copy] = step
        clearOutcome(buffers, copy)
      }
    },
  }

  setOracle(env, (actions, out) => {
    requireReset()
    checkActions(actions, copies, arms)
    for (let copy = 0; copy < copies; copy++) out[copy] = chances[actions[copy]!]!
  })
  return env
}
