/**
 * A rollout: what the present policy has just done in all copies, to be learned from once and then forgotten.
 *
 * Step t of a copy stands at t · copies + copy of every array. The arrays are made once, and made longer only where a copy takes more
 * steps than they hold, as whole episodes may.
 */
import { generalisedAdvantages, type Steps } from './advantages'

/** The arrays of a rollout, each with so many numbers a step as `numbersOf` says. */
interface Kept {
  observations: Float32Array
  actions: Int32Array
  logProbabilities: Float64Array
  values: Float32Array
  rewards: Float64Array
  terminated: Uint8Array
  truncated: Uint8Array
  finalValues: Float32Array
}

const parts = ['observations', 'actions', 'logProbabilities', 'values', 'rewards', 'terminated', 'truncated', 'finalValues'] as const

/** Everything in a rollout; the arrays are as long as the longest copy. */
export interface RolloutState {
  readonly lengths: Int32Array
  readonly lastValues: Float32Array
  readonly arrays: Readonly<Kept>
}

export class Rollout implements Steps {
  /** [steps, copies, width] */
  observations!: Float32Array
  /** [steps, copies, numbers in an action] */
  actions!: Int32Array
  /** [steps, copies]: of the action, when it was taken. */
  logProbabilities!: Float64Array
  /** [steps, copies]: of the observation, when it was acted on. */
  values!: Float32Array
  rewards!: Float64Array
  terminated!: Uint8Array
  truncated!: Uint8Array
  finalValues!: Float32Array
  /** [copies] */
  readonly lengths: Int32Array
  readonly lastValues: Float32Array
  /** [steps, copies], written by `estimate`. */
  advantages!: Float64Array
  returns!: Float64Array
  private capacity = 0

  /**
   * @param steps  of each copy that there is room for at first
   * @param width  numbers in one observation
   * @param action numbers in one action
   */
  constructor(
    steps: number,
    readonly copies: number,
    readonly width: number,
    readonly action: number,
  ) {
    this.lengths = new Int32Array(copies)
    this.lastValues = new Float32Array(copies)
    this.reserve(steps)
  }

  /** Steps in it, over all copies. */
  get size(): number {
    let sum = 0
    for (let copy = 0; copy < this.copies; copy++) sum += this.lengths[copy]!
    return sum
  }

  /**
   * Keeps a copy's next step; observations and actions are row `copy` of the arrays given.
   *
   * @param finalValue of the last observation of its episode, where that is truncated
   */
  add(
    copy: number,
    observations: Float32Array,
    actions: Int32Array,
    logProbability: number,
    value: number,
    reward: number,
    terminated: boolean,
    truncated: boolean,
    finalValue: number,
  ): void {
    const { copies, width, action } = this
    const step = this.lengths[copy]!
    if (step === this.capacity) this.reserve(2 * step)
    const at = step * copies + copy
    for (let place = 0; place < width; place++) this.observations[at * width + place] = observations[copy * width + place]!
    for (let part = 0; part < action; part++) this.actions[at * action + part] = actions[copy * action + part]!
    this.logProbabilities[at] = logProbability
    this.values[at] = value
    this.rewards[at] = reward
    this.terminated[at] = terminated ? 1 : 0
    this.truncated[at] = truncated ? 1 : 0
    this.finalValues[at] = finalValue
    this.lengths[copy] = step + 1
  }

  /** A copy did not go on from where its last step led: that step becomes a truncated one, unless it ended an episode already. */
  cut(copy: number, finalValue: number): void {
    const at = (this.lengths[copy]! - 1) * this.copies + copy
    if (at < 0 || this.terminated[at] || this.truncated[at]) return
    this.truncated[at] = 1
    this.finalValues[at] = finalValue
  }

  /** Advantages and returns of all steps (advantages.ts). */
  estimate(discount: number, lambda: number): void {
    generalisedAdvantages(this, discount, lambda, this.advantages, this.returns)
  }

  /** Forgets everything. */
  clear(): void {
    this.lengths.fill(0)
  }

  save(): RolloutState {
    const { copies, lengths, lastValues } = this
    const steps = longest(lengths)
    const arrays = Object.fromEntries(
      parts.map(part => {
        const numbers = this.numbersOf(part)
        const array = this[part].slice(0, steps * copies * numbers)
        // Behind the end of a shorter copy lies what an earlier rollout left.
        for (let copy = 0; copy < copies; copy++) {
          for (let step = lengths[copy]!; step < steps; step++) {
            const at = (step * copies + copy) * numbers
            array.fill(0, at, at + numbers)
          }
        }
        return [part, array]
      }),
    )
    return { lengths: lengths.slice(), lastValues: lastValues.slice(), arrays: arrays as unknown as Kept }
  }

  /** Takes a state of as many copies and the same widths, or throws and stays as it was. */
  load({ lengths, lastValues, arrays }: RolloutState): void {
    const steps = longest(lengths)
    for (const [name, array] of Object.entries({ lengths, lastValues })) {
      if (array.length !== this.copies)
        throw new RangeError(`the saved rollout's ${name} are ${array.length} numbers; ${this.copies} copies have as many`)
    }
    for (const part of parts) {
      const wanted = steps * this.copies * this.numbersOf(part)
      if (arrays[part].length !== wanted) {
        throw new RangeError(`the saved rollout's ${part} are ${arrays[part].length} numbers; ${steps} steps need ${wanted}`)
      }
    }
    if (steps > this.capacity) this.reserve(steps)
    for (const part of parts) this[part].set(arrays[part] as never)
    this.lengths.set(lengths)
    this.lastValues.set(lastValues)
  }

  private numbersOf(part: (typeof parts)[number]): number {
    return part === 'observations' ? this.width : part === 'actions' ? this.action : 1
  }

  /** Makes room for so many steps of each copy; what is kept stays. */
  private reserve(steps: number): void {
    const rows = steps * this.copies
    const longer = <List extends Float32Array | Float64Array | Int32Array | Uint8Array>(made: List, before: List | undefined): List => {
      if (before) made.set(before)
      return made
    }
    this.observations = longer(new Float32Array(rows * this.width), this.observations)
    this.actions = longer(new Int32Array(rows * this.action), this.actions)
    this.logProbabilities = longer(new Float64Array(rows), this.logProbabilities)
    this.values = longer(new Float32Array(rows), this.values)
    this.rewards = longer(new Float64Array(rows), this.rewards)
    this.terminated = longer(new Uint8Array(rows), this.terminated)
    this.truncated = longer(new Uint8Array(rows), this.truncated)
    this.finalValues = longer(new Float32Array(rows), this.finalValues)
    this.advantages = longer(new Float64Array(rows), this.advantages)
    this.returns = longer(new Float64Array(rows), this.returns)
    this.capacity = steps
  }
}

function longest(lengths: Int32Array): number {
  let most = 0
  for (let copy = 0; copy < lengths.length; copy++) most = Math.max(most, lengths[copy]!)
  return most
}
