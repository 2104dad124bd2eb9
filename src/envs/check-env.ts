/**
 * The test kit for shops of your own: plays one for a while and says what is wrong with it, in the spirit of Gymnasium's env_checker.
 *
 * ```ts
 * checkEnv(copies => myShop(copies))   // throws with the reason, or gives the list of what was looked at
 * ```
 */
import { UserError } from '../data/user-error'
import { stream } from '../random/generator'
import { wrongInOracle } from './check-env-oracle'
import { wrongInSnapshots } from './check-env-snapshots'
import type { Env } from './env'
import { checkSpace, widthOf } from './env-definition'
import { hasOracle } from './oracle'
import { actionWidth, randomActions } from './spaces'
import { firstDifference, recordOf, type StepRecord, steps as stepsInWords, wrongInStep } from './step-record'

export interface CheckEnvOptions {
  /** Seed of everything; 1. */
  readonly seed?: number
  /** Steps of each run, at least 20; 200, more for a shop with longer episodes. */
  readonly steps?: number
}

/** Copies stepped together where one would not show the difference. */
const copies = 4
const first = 3

/**
 * Checks the buffers, the space, determinism, autoreset, the horizon, events, many copies against one, saving and loading, and bad actions.
 *
 * @param make makes the shop anew with so many copies, the same each time
 * @returns what was checked, in order
 * @throws UserError at the first thing that is wrong: what it is, and what would be right
 */
export function checkEnv(make: (copies: number) => Env, { seed = 1, steps = 200 }: CheckEnvOptions = {}): string[] {
  const many = make(copies)
  const { name } = many.spec
  const done: string[] = []
  const check = (what: string, run: () => string | undefined) => {
    const wrong = run()
    if (wrong !== undefined) throw new UserError(`${name}, ${what}: ${wrong}`)
    done.push(what)
  }
  const actions = actionsOf(many, seed, steps)
  const records: StepRecord[][] = []

  check('spec', () => wrongInSpec(many))
  check('buffers', () => wrongInBuffers(many, copies) ?? wrongInBuffers(make(1), 1))
  check('steps', () => {
    const buffers = [many.observations, many.finalObservations, many.rewards, many.terminated, many.truncated, many.chosen]
    many.reset(seed, first)
    records.push(recordsOf(many))
    const length = new Int32Array(copies)
    for (const action of actions) {
      const given = action.slice()
      many.step(action)
      if (action.some((number, at) => number !== given[at])) return 'step changes the actions given to it; it may only read them'
      for (let copy = 0; copy < copies; copy++) {
        const wrong = wrongInStep(many, copy, ++length[copy]!)
        if (wrong) return `after ${stepsInWords(records.length)} under seed ${seed}, copy ${copy}: ${wrong}`
        if (many.terminated[copy] || many.truncated[copy]) length[copy] = 0
      }
      records.push(recordsOf(many))
    }
    const after = [many.observations, many.finalObservations, many.rewards, many.terminated, many.truncated, many.chosen]
    if (after.some((buffer, at) => buffer !== buffers[at]))
      return 'a buffer was replaced by another array; reset and step must write into those made at first'
    return undefined
  })
  check('reset', () => {
    many.reset(seed, first)
    const again = differs(records[0]!, recordsOf(many), 'at first and after another reset with the same seed')
    return again && `${again}; reset must forget all that came before and draw from streams of its seed alone`
  })
  check('determinism', () => {
    for (const [at, action] of actions.entries()) {
      many.step(action)
      const wrong = differs(records[at + 1]!, recordsOf(many), `in two runs with seed ${seed}, after ${stepsInWords(at + 1)}`)
      if (wrong) return `${wrong}; draw from streams of the seed given to reset alone`
    }
    return undefined
  })
  check('many copies are single ones', () => {
    for (const row of [0, copies - 1]) {
      const alone = make(1)
      alone.reset(seed, first + row)
      for (let at = 0; at <= actions.length; at++) {
        if (at > 0) alone.step(actionOf(many, actions[at - 1]!, row))
        const wrong = firstDifference(records[at]![row]!, recordOf(alone, 0))
        if (wrong) {
          return `copy ${row} of ${copies} begun by reset(${seed}, ${first}) and the same shopper alone, begun by reset(${seed}, ${first + row}), differ after ${stepsInWords(at)}: ${wrong}; give every copy a stream named after its number, and share nothing`
        }
      }
    }
    return undefined
  })
  check('save and load', () => wrongInSnapshots(make, many, actions, seed))
  check('bad actions', () => wrongWithBadActions(many, actions[0]!))
  if (hasOracle(many)) check('oracle', () => wrongInOracle(make, many, actions, seed))
  return done
}

function actionsOf(env: Env, seed: number, steps: number): Int32Array[] {
  if (!(Number.isInteger(steps) && steps >= 20)) throw new RangeError(`steps is ${steps}; it must be a whole number of at least 20`)
  checkSpace(env.spec.actions)
  const generator = stream(seed, 'check-env', 'actions')
  return Array.from({ length: steps }, () => {
    const actions = new Int32Array(copies * actionWidth(env.spec.actions))
    randomActions(env.spec.actions, generator, actions)
    return actions
  })
}

function actionOf(env: Env, actions: Int32Array, row: number): Int32Array {
  const width = actionWidth(env.spec.actions)
  return actions.slice(row * width, (row + 1) * width)
}

function recordsOf(env: Env): StepRecord[] {
  return Array.from({ length: env.copies }, (_, copy) => recordOf(env, copy))
}

function differs(before: readonly StepRecord[], after: readonly StepRecord[], when: string): string | undefined {
  for (const [copy, record] of before.entries()) {
    const difference = firstDifference(record, after[copy]!)
    if (difference) return `copy ${copy} differs ${when}: ${difference}`
  }
  return undefined
}

function wrongInSpec({ spec, items }: Env): string | undefined {
  const width = widthOf(spec.layout)
  if (width !== spec.width) return `the layout has ${width} numbers, but width is ${spec.width}; they must be the same`
  if (!(Number.isInteger(spec.horizon) && spec.horizon >= 1)) return `horizon is ${spec.horizon}; it must be a whole number of at least 1`
  if (items && items.features.length !== items.labels.length * items.width)
    return `items.features has ${items.features.length} numbers; ${items.labels.length} items of width ${items.width} need ${items.labels.length * items.width}`
  return undefined
}

function wrongInBuffers(env: Env, expected: number): string | undefined {
  if (env.copies !== expected) return `made with ${expected} copies it says it has ${env.copies}`
  const width = env.spec.width
  const sizes = { observations: width, finalObservations: width, rewards: 1, bonuses: 1, terminated: 1, truncated: 1, chosen: 1 } as const
  for (const [name, each] of Object.entries(sizes)) {
    const length = env[name as keyof typeof sizes]?.length
    if (length !== expected * each) return `${name} has ${length} numbers; ${expected} copies need ${expected * each}`
  }
  return undefined
}

function wrongWithBadActions(env: Env, good: Int32Array): string | undefined {
  const space = env.spec.actions
  const over = space.kind === 'discrete' ? space.n : space.kind === 'slate' ? space.candidates : space.sizes[0]!
  const with_ = (at: number, value: number) => good.map((number, place) => (place === at ? value : number))
  const bad: [string, Int32Array][] = [
    ['an action too high', with_(0, over)],
    ['a negative action', with_(good.length - actionWidth(space), -1)],
    ['too few actions', good.slice(1)],
  ]
  if (space.kind === 'slate' && space.size > 1) bad.push(['a slate with the same candidate twice', with_(1, good[0]!)])
  env.reset(1)
  env.step(good)
  const saved = JSON.stringify(env.save(copies - 1))
  for (const [what, actions] of bad) {
    const before = recordsOf(env)
    let error: unknown
    try {
      env.step(actions)
    } catch (thrown) {
      error = thrown
    }
    if (!(error instanceof RangeError))
      return `${what} ${error ? `throws ${String(error)}` : 'is taken'}; it must throw a RangeError that names it`
    const moved = differs(before, recordsOf(env), `after ${what} was refused`)
    if (moved || JSON.stringify(env.save(copies - 1)) !== saved)
      return `${moved ?? `the state has moved after ${what} was refused`}; check all actions before anything moves`
  }
  return undefined
}
