/** The part of the test kit that saves and loads: what is restored, what is continued, and what is drawn anew. */
import type { Env, Snapshot } from './env'
import { actionWidth } from './spaces'
import { firstDifference, recordOf, steps } from './step-record'

/**
 * @param make    makes the shop with so many copies
 * @param env     the same, with four copies
 * @param actions for four copies, step after step
 * @returns what is wrong, in words
 */
export function wrongInSnapshots(
  make: (copies: number) => Env,
  env: Env,
  actions: readonly Int32Array[],
  seed: number,
): string | undefined {
  const half = actions.length >> 1
  const row = 1
  const into = 2
  env.reset(seed)
  for (const action of actions.slice(0, half)) env.step(action)
  const snapshot = JSON.parse(JSON.stringify(env.save(row)))
  const seen = recordOf(env, row).observation
  const other = make(env.copies)
  other.reset(seed + 1)
  other.step(actions[0]!)
  const refused = refusal(other, snapshot, into)
  if (refused) return `after ${steps(half)} copy ${row} ${refused}`
  const shown = recordOf(other, into).observation
  for (const [at, number] of seen.entries())
    if (!Object.is(number, shown[at]))
      return `number ${at} of the observation is ${shown[at]} after loading; it was ${number} when saved. load must restore what is seen`
  const width = actionWidth(env.spec.actions)
  for (const [at, action] of actions.slice(half).entries()) {
    const same = action.slice()
    same.copyWithin(into * width, row * width, (row + 1) * width)
    env.step(action)
    other.step(same)
    const wrong = firstDifference(recordOf(env, row), recordOf(other, into))
    if (wrong)
      return `${steps(at + 1)} after loading, the copy saved and the copy loaded differ: ${wrong}; a snapshot must hold all of the state, the stream too`
  }
  return wrongInFutures(env, other, snapshot, actions, seed) ?? wrongInReloads(env, other, actions, seed)
}

function refusal(env: Env, snapshot: Snapshot, copy: number): string | undefined {
  try {
    env.load(snapshot, [copy])
    return undefined
  } catch (error) {
    return `cannot be loaded as it was saved: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** With a future seed the same seed gives the same future, and it is not the one that the snapshot would have had. */
function wrongInFutures(env: Env, other: Env, snapshot: Snapshot, actions: readonly Int32Array[], seed: number): string | undefined {
  const futureOf = (futureSeed?: number) => {
    other.load(snapshot, [0], futureSeed)
    return actions.map(action => {
      other.step(action)
      return recordOf(other, 0)
    })
  }
  const [drawn, again, saved] = [futureOf(7), futureOf(7), futureOf()]
  for (const [at, record] of drawn.entries()) {
    const difference = firstDifference(record, again[at]!)
    if (difference) return `loaded twice with the same futureSeed, ${steps(at + 1)} later: ${difference}`
  }
  const firstSteps = (seedOfRun: number) => {
    env.reset(seedOfRun)
    return JSON.stringify(
      actions.map(action => {
        env.step(action)
        return recordOf(env, 0)
      }),
    )
  }
  if (JSON.stringify(drawn) === JSON.stringify(saved) && firstSteps(seed) !== firstSteps(seed + 1))
    return 'a snapshot loaded with a futureSeed has the same future as without; whoever plans with it would foresee'
  return undefined
}

/** Saved and loaded on the spot after every step: nothing else may change by it, and no number may lie outside what the state declares. */
function wrongInReloads(env: Env, other: Env, actions: readonly Int32Array[], seed: number): string | undefined {
  env.reset(seed)
  other.reset(seed)
  for (const [at, action] of actions.slice(0, 40).entries()) {
    env.step(action)
    other.step(action)
    for (let copy = 0; copy < env.copies; copy++) {
      const refused = refusal(other, JSON.parse(JSON.stringify(other.save(copy))), copy)
      if (refused) return `after ${steps(at + 1)} copy ${copy} ${refused}`
      for (let row = 0; row < env.copies; row++) {
        const [before, after] = [recordOf(env, row).observation, recordOf(other, row).observation]
        const place = before.findIndex((number, column) => !Object.is(number, after[column]))
        if (place < 0) continue
        const whose = row === copy ? 'its own observation' : `the observation of copy ${row}`
        return `loading copy ${copy} after ${steps(at + 1)} changes number ${place} of ${whose} from ${before[place]} to ${after[place]}; observe writes one row, from the state alone`
      }
    }
  }
  return undefined
}
