/**
 * Cold start: two agents as one. A shopper of whom too little is known is served by a fallback that needs no past (content, popularity, a bandit:
 * the guide, "Cold Start Handling"), everybody else by the main agent.
 *
 * Each learns from the steps that it served, as if the others' shoppers went to another shop. To show a fallback such as popularity what was
 * recommended to known shoppers as well would mislead it: those items were clicked because they were chosen for somebody. Rows are handed over
 * without the other agent's between them. Agents that wait for a copy's next step, such as SARSA, close a step by expectation where the next one
 * begins elsewhere, so they can be parts as well.
 */
import { UserError } from '../data/user-error'
import type { Env, Spec } from '../envs/env'
import { actionWidth } from '../envs/spaces'
import type { Agent, Checkpoint, Report } from './agent'
import { checkAgent } from './checkpoints'
import { someCopies, someRows } from './some-copies'
import { checkObservations, checkStep } from './spaces'

/** Who is new: whose `user` block is all zeros, or whose `history` block is. */
export const newcomerRules = ['no-profile', 'no-history'] as const

export interface ColdStartParts {
  readonly main: Agent
  readonly fallback: Agent
  /**
   * Who is served by the fallback; 'no-profile'. Or a rule of one's own, given one observation row: `row => row[41] < 0.3` is a short history in the
   * candy store. An agent with a rule of its own can be saved, but not made again by name.
   */
  readonly isNew?: (typeof newcomerRules)[number] | ((observation: Float32Array) => boolean)
  /** What `makeAgent` was given, for the record. */
  readonly seed?: number
}

const kind = 'cold-start'

/**
 * An agent of two: `coldStart(shop.spec, { main: await doubleDqn(shop.spec), fallback: contentBased(shop) })`.
 *
 * @throws UserError for a rule that does not exist or that the shop's observations have no block for
 */
export function coldStart(spec: Spec, { main, fallback, isNew = 'no-profile', seed = 0 }: ColdStartParts): Agent {
  return new ColdStart(spec, main, fallback, typeof isNew === 'function' ? isNew : ruleOf(spec, isNew), {
    main: main.kind,
    mainOptions: main.options,
    fallback: fallback.kind,
    fallbackOptions: fallback.options,
    isNew: typeof isNew === 'function' ? 'custom' : isNew,
    seed,
  })
}

type Rule = (observation: Float32Array) => boolean

/** An agent, and the copies whose shoppers it serves. */
interface Served {
  readonly agent: Agent
  readonly rows: readonly number[]
}

function ruleOf({ name, layout }: Spec, rule: (typeof newcomerRules)[number]): Rule {
  if (!newcomerRules.includes(rule)) {
    throw new UserError(`${kind}: isNew is ${JSON.stringify(rule)}; it must be one of ${newcomerRules.join(', ')}, or a function`)
  }
  const wanted = rule === 'no-profile' ? 'user' : 'history'
  const block = layout.find(part => part.name === wanted)
  if (!block) throw new UserError(`${kind}: isNew is '${rule}', but ${name} observes no ${wanted}; choose another rule`)
  const end = block.offset + block.shape.reduce((product, size) => product * size, 1)
  return row => {
    for (let at = block.offset; at < end; at++) if (row[at] !== 0) return false
    return true
  }
}

class ColdStart implements Agent {
  readonly kind = kind
  readonly name: string
  readonly backend?: string

  constructor(
    private readonly spec: Spec,
    private readonly main: Agent,
    private readonly fallback: Agent,
    private readonly isNew: Rule,
    readonly options: Readonly<Record<string, unknown>>,
  ) {
    this.name = `${main.name}, ${fallback.name} for newcomers`
    if (main.backend !== undefined) this.backend = main.backend
  }

  get epsilon(): number | undefined {
    return this.main.epsilon
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { width } = this.spec
    const size = actionWidth(this.spec.actions)
    const copies = actions.length / size
    checkObservations(observations, copies, width)
    const parts = this.parts(observations, copies)
    for (const { agent, rows } of parts) {
      if (rows.length === copies) {
        agent.act(observations, explore, actions, propensities)
        return
      }
      const chosen = new Int32Array(rows.length * size)
      const chances = propensities && new Float32Array(rows.length)
      agent.act(someRows(observations, rows, width), explore, chosen, chances)
      rows.forEach((row, place) => {
        for (let part = 0; part < size; part++) actions[row * size + part] = chosen[place * size + part]!
        if (propensities) propensities[row] = chances![place]!
      })
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    const { width } = this.spec
    const size = actionWidth(this.spec.actions)
    checkStep(env, before, actions, this.spec)
    const [first, second] = this.parts(before, env.copies)
    if (!second) {
      first?.agent.observe(env, before, actions)
      return
    }
    const observe = ({ agent, rows }: Served) => {
      const chosen = Int32Array.from(rows.flatMap(row => [...actions.subarray(row * size, (row + 1) * size)]))
      agent.observe(someCopies(env, rows), someRows(before, rows, width), chosen)
    }
    // One of them alone would have learned when the other one refuses its rows. The fallback is the one that goes back, as it has less to keep.
    const kept = this.fallback.save()
    observe(second)
    try {
      observe(first!)
    } catch (error) {
      this.fallback.load(kept)
      throw error
    }
  }

  /** The agents that have somebody to serve, and whom; the main agent first. */
  private parts(observations: Float32Array, copies: number): readonly Served[] {
    const known: number[] = []
    const newcomers: number[] = []
    for (let copy = 0; copy < copies; copy++) {
      const row = observations.subarray(copy * this.spec.width, (copy + 1) * this.spec.width)
      const list = this.isNew(row) ? newcomers : known
      list.push(copy)
    }
    const parts = [
      { agent: this.main, rows: known },
      { agent: this.fallback, rows: newcomers },
    ]
    return parts.filter(({ rows }) => rows.length > 0)
  }

  /** Reports are the main agent's; an update that only the fallback made has an empty one. */
  update(): Report | undefined {
    const beside = this.fallback.update()
    return this.main.update() ?? (beside && {})
  }

  scores(observation: Float32Array, out: Float32Array): void {
    const agent = this.isNew(observation) ? this.fallback : this.main
    agent.scores(observation, out)
  }

  save(policyOnly = false): Checkpoint {
    const parts = { main: this.main.save(policyOnly), fallback: this.fallback.save(policyOnly) }
    return {
      agent: kind,
      options: this.options,
      policyOnly,
      state: { main: parts.main.state, fallback: parts.fallback.state },
      arrays: { ...prefixed('main.', parts.main.arrays), ...prefixed('fallback.', parts.fallback.arrays) },
      shapes: { ...prefixed('main.', parts.main.shapes), ...prefixed('fallback.', parts.fallback.shapes) },
    }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const before = this.main.save()
    this.main.load(partOf(checkpoint, 'main'))
    try {
      this.fallback.load(partOf(checkpoint, 'fallback'))
    } catch (error) {
      this.main.load(before)
      throw error
    }
  }

  dispose(): void {
    this.main.dispose()
    this.fallback.dispose()
  }
}

function prefixed<Value>(prefix: string, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]))
}

/** The checkpoint of one of the two. */
function partOf({ options, policyOnly, state, arrays, shapes }: Checkpoint, part: 'main' | 'fallback'): Checkpoint {
  const own = <Value>(values: Readonly<Record<string, Value>>) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (name.startsWith(`${part}.`) ? [[name.slice(part.length + 1), value]] : [])),
    ) as Record<string, Value>
  return {
    agent: String(options[part]),
    options: (options[`${part}Options`] ?? {}) as Checkpoint['options'],
    policyOnly,
    state: (state[part] ?? {}) as Checkpoint['state'],
    arrays: own(arrays),
    shapes: own(shapes),
  }
}
