/**
 * A shop from its rules: the author says what a copy knows, how a visit begins, what is seen of it and what a step does; the frame adds
 * buffers, streams, checks, autoreset, the horizon, saving and loading, the oracle's door and the line that tells what happened.
 *
 * Every shop of this folder is made so, and so can your own be:
 *
 * ```ts
 * const { env } = defineEnv(16, {
 *   name: 'two-shelves',
 *   layout: [{ name: 'context', offset: 0, shape: [1] }],
 *   actions: { kind: 'discrete', n: 2 },
 *   horizon: 10,
 *   state: { likes: wholes(1, 0, 1) },
 *   begin: (copy, { likes }, generator) => void (likes[copy] = integer(generator, 2)),
 *   observe: (copy, { likes }, row, offset) => void (row[offset] = likes[copy]!),
 *   step(copy, { likes }, actions, at, generator, outcome) {
 *     outcome.rewards[copy] = chance(generator, actions[at] === likes[copy] ? 0.8 : 0.2) ? 1 : 0
 *     return false // nobody leaves early
 *   },
 * })
 * ```
 *
 * One step of a copy: `step` moves the state and writes the outcome; the row is seen again by `observe`; where the episode is over, the row
 * goes to finalObservations, and `begin` and `observe` start the next one. A copy has one stream, named after shop and copy.
 */
import { checkWhole } from '../data/check'
import { type Generator, type GeneratorState, stream } from '../random/generator'
import { type Buffers, checkCopy, checkLoad, clearOutcome, makeBuffers } from './buffers'
import { type Columns, checkState, loadState, makeState, type SavedState, type StateOf, saveState, wholes } from './copy-state'
import { setDescription } from './describe'
import type { Block, Env, Items, Space, Spec } from './env'
import { checkEnvDefinition } from './env-definition'
import { setOracle } from './oracle'
import { actionWidth, checkActions } from './spaces'
import { tellStep } from './tell-step'

/** What a step writes: rewards [copies], bonuses [copies], chosen [copies], and events. They are 0, 0, -1 and none when `step` is called. */
export type StepOutcome = Pick<Buffers, 'rewards' | 'bonuses' | 'chosen' | 'events'>

/** The state that the author declared, and `steps` [copies]: steps of this episode, the present one included. */
export type ShopState<Declared extends Columns> = StateOf<Declared> & { readonly steps: Int32Array }

export interface EnvDefinition<Declared extends Columns> {
  readonly name: string
  /** Which of its modes this is; 'default'. */
  readonly preset?: string
  /** Every option, with the defaults filled in: enough to build the same shop again; none. */
  readonly options?: object
  /** The parts of an observation row, in order and without gaps. */
  readonly layout: readonly Block[]
  readonly actions: Space
  /** Steps after which an episode is truncated, unless `step` has ended it. */
  readonly horizon: number
  /** A fixed catalogue, where there is one. */
  readonly items?: Items
  /** The most events that one copy's step brings; 0. */
  readonly eventsPerStep?: number
  /** What one copy knows; all of it is 0 after a reset, before `begin`. */
  readonly state: Declared
  /** Starts an episode: draws what is new in it. What it does not touch stays from the episode before. */
  begin(copy: number, state: ShopState<Declared>, generator: Generator): void
  /**
   * Writes the copy's observation from row[offset] on. Draws nothing.
   *
   * @param whole false where the row still holds what this copy's last step showed in this episode: what has not changed since may be left
   */
  observe(copy: number, state: ShopState<Declared>, row: Float32Array, offset: number, whole: boolean): void
  /**
   * One step of one copy. Its action is actions[at], or the numbers from actions[at] on. Allocate nothing here.
   *
   * @returns true when the process has ended (terminated); the horizon is seen to by the frame
   */
  step(copy: number, state: ShopState<Declared>, actions: Int32Array, at: number, generator: Generator, outcome: StepOutcome): boolean
  /** The expected reward of that action in the next step, bonuses left out; left out where the shop has no oracle. Moves nothing. */
  expected?(copy: number, state: ShopState<Declared>, actions: Int32Array, at: number): number
  /**
   * What is wrong with a saved state whose numbers are within their bounds but cannot go together, in words that go on after "cannot be
   * loaded: "; undefined where nothing is. Asked by `load` before anything moves, which throws it in a RangeError.
   */
  wrongInState?(saved: SavedState): string | undefined
  /** Who is shopping, in a few words, as they are now: before a step, or after it; "shopper". */
  who?(copy: number, state: ShopState<Declared>): string
  /** What was done, in a few words; left out, the items of the impressions. */
  done?(actions: Int32Array, at: number): string
  /** What an item of an event is called; left out, the catalogue's labels. */
  label?(item: number): string
  /** The stream of a copy; left out, `stream(seed, name, copy)`. For published traces that another generator drew. */
  generator?(seed: number, copy: number): Generator
}

export interface DefinedEnv<Declared extends Columns> {
  readonly env: Env
  /** What no agent may know; for the shop's own further methods. */
  readonly state: ShopState<Declared>
}

/**
 * @param copies shoppers stepped together, 1 to 100,000
 * @throws RangeError naming what of the definition is not allowed
 */
export function defineEnv<Declared extends Columns>(copies: number, definition: EnvDefinition<Declared>): DefinedEnv<Declared> {
  checkWhole('copies', copies, 1, 100_000)
  const width = checkEnvDefinition(definition)
  const { name, actions: space, horizon, items } = definition
  const spec: Spec = {
    name,
    preset: definition.preset ?? 'default',
    options: { ...definition.options },
    layout: definition.layout,
    width,
    actions: space,
    horizon,
  }
  const numbersInAction = actionWidth(space)
  const columns = { ...definition.state, steps: wholes(1, 0, horizon - 1) }
  const state = makeState(columns, copies) as ShopState<Declared>
  // The state at the end of the last episode, for `describe` alone: by then the next one has begun.
  const ended = makeState(columns, copies) as ShopState<Declared>
  const buffers = makeBuffers(copies, width, definition.eventsPerStep ?? 0)
  const { observations, finalObservations, rewards, bonuses, terminated, truncated, chosen, events } = buffers
  const lastActions = new Int32Array(copies * numbersInAction)
  const stepped = new Uint8Array(copies)
  const streamOf = definition.generator ?? ((seed: number, copy: number) => stream(seed, name, copy))
  let generators: Generator[] = []
  const names = Object.keys(columns)

  function requireReset(): void {
    if (generators.length === 0) throw new Error(`${name} has not begun; call reset(seed) first`)
  }

  function begin(copy: number): void {
    state.steps[copy] = 0
    definition.begin(copy, state, generators[copy]!)
    definition.observe(copy, state, observations, copy * width, true)
  }

  const kept = names.map(column => ({ from: state[column]!, to: ended[column]!, count: columns[column]!.count }))

  function keepEnded(copy: number): void {
    for (let column = 0; column < kept.length; column++) {
      const { from, to, count } = kept[column]!
      for (let number = copy * count; number < (copy + 1) * count; number++) to[number] = from[number]!
    }
  }

  const env: Env = {
    spec,
    ...(items ? { items } : {}),
    copies,
    ...buffers,

    reset(seed, firstCopy = 0) {
      checkWhole('firstCopy', firstCopy, 0, Number.MAX_SAFE_INTEGER)
      generators = Array.from({ length: copies }, (_, copy) => streamOf(seed, firstCopy + copy))
      for (const column of names) state[column]!.fill(0)
      events.clear()
      stepped.fill(0)
      for (let copy = 0; copy < copies; copy++) {
        clearOutcome(buffers, copy)
        begin(copy)
      }
    },

    step(actions) {
      requireReset()
      checkActions(space, actions, copies)
      events.clear()
      lastActions.set(actions)
      for (let copy = 0; copy < copies; copy++) {
        rewards[copy] = 0
        bonuses[copy] = 0
        chosen[copy] = -1
        state.steps[copy]!++
        const over = definition.step(copy, state, actions, copy * numbersInAction, generators[copy]!, buffers)
        if (over !== true && over !== false)
          throw new TypeError(`${name}: step gave ${over}; it must give true where the visit is over, else false`)
        const cut = !over && state.steps[copy]! >= horizon
        terminated[copy] = over ? 1 : 0
        truncated[copy] = cut ? 1 : 0
        if (over || cut) {
          definition.observe(copy, state, finalObservations, copy * width, true)
          keepEnded(copy)
          begin(copy)
        } else definition.observe(copy, state, observations, copy * width, false)
      }
      stepped.fill(1)
    },

    save(copy) {
      requireReset()
      checkCopy(copy, copies)
      return { env: name, state: { ...saveState(columns, state, copy), generator: generators[copy]!.save() } }
    },

    load(snapshot, into, futureSeed) {
      requireReset()
      checkLoad(name, snapshot.env, into, copies)
      const saved: SavedState = checkState(columns, snapshot.state)
      const wrong = definition.wrongInState?.(saved)
      if (wrong !== undefined) throw new RangeError(`the snapshot cannot be loaded: ${wrong}`)
      const loaded = into.map(copy => {
        if (futureSeed !== undefined) return stream(futureSeed, name, 'future', copy)
        const generator = streamOf(0, copy)
        generator.load(snapshot.state.generator as GeneratorState)
        return generator
      })
      events.clear()
      for (const [at, copy] of into.entries()) {
        generators[copy] = loaded[at]!
        loadState(columns, saved, state, copy)
        clearOutcome(buffers, copy)
        stepped[copy] = 0
        definition.observe(copy, state, observations, copy * width, true)
      }
    },
  }

  if (definition.expected) {
    setOracle(env, (actions, out) => {
      requireReset()
      checkActions(space, actions, copies)
      if (out.length !== copies) throw new RangeError(`out has ${out.length} numbers; it must have one for each of the ${copies} copies`)
      for (let copy = 0; copy < copies; copy++) out[copy] = definition.expected!(copy, state, actions, copy * numbersInAction)
    })
  }

  /** Where no event tells what was shown. */
  function actionInWords(copy: number): string {
    return `action ${lastActions.subarray(copy * numbersInAction, (copy + 1) * numbersInAction).join(', ')}`
  }

  setDescription(env, copy => {
    checkCopy(copy, copies)
    requireReset()
    const over = terminated[copy] === 1 || truncated[copy] === 1
    const who = definition.who?.(copy, over ? ended : state) ?? 'shopper'
    if (!stepped[copy]) return `${who}: has come in`
    const done = definition.done?.(lastActions, copy * numbersInAction) ?? (definition.eventsPerStep ? undefined : actionInWords(copy))
    const label = definition.label ?? ((item: number) => items?.labels[item] ?? `item ${item}`)
    return `${who}: ${tellStep(env, copy, label, done)}`
  })

  return { env, state }
}
