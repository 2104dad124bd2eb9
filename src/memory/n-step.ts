/**
 * n-step returns (Sutton 1988; in Rainbow, Hessel et al. 2018, arXiv 1710.02298, section "Multi-step learning"): transitions that span up to
 * n steps, so that a reward is carried back n steps at once.
 *
 *   (s_t, a_t, Σ discount^i · r_(t+i) over i < m, s_(t+m), terminated),  m = n, or fewer where the episode ended before
 *
 * Each copy has a short queue of the steps whose future is not known far enough yet. When an episode ends the queue is emptied: what
 * terminated has no future, what was truncated has that of its last observation. The actions in between are those that were taken, random
 * ones too, and no correction is made for that (as in Rainbow).
 */
import { copyRow, type Replay } from './replay'

/** The queues of all copies, [copies, n] or [copies]. */
export interface NStepState {
  readonly copies: number
  readonly arrays: {
    readonly observations: Float32Array
    readonly actions: Int32Array
    readonly rewards: Float32Array
    /** The slot of the oldest step that waits, and how many wait. */
    readonly first: Int32Array
    readonly waiting: Int32Array
    /** What followed the newest. */
    readonly last: Float32Array
  }
}

export class NStep {
  private copies = 0
  private queues = makeQueues(0, 1, 1)
  /** The oldest observation of each copy, where the replay takes it from. */
  private oldest = new Float32Array(0)

  /**
   * @param steps    n, 1 to 255
   * @param discount what a reward one step later is worth
   * @param replay   takes the transitions; it must count steps
   */
  constructor(
    private readonly steps: number,
    private readonly discount: number,
    private readonly replay: Replay,
  ) {}

  /** To be called before the steps of `copies` copies; with another number of them than before, what waits is over. */
  begin(copies: number): void {
    if (copies === this.copies) return
    for (let copy = 0; copy < this.copies; copy++) this.release(copy, this.queues.last, false)
    this.resize(copies)
  }

  /** Takes one step of one copy; observations are row `copy` of the two arrays. What is whole by now goes into the replay. */
  add(
    observations: Float32Array,
    following: Float32Array,
    copy: number,
    action: number,
    reward: number,
    terminated: boolean,
    ended: boolean,
  ): void {
    const { steps, queues } = this
    const { width } = this.replay
    // The shop was reset from outside: our patience ended there.
    if (queues.waiting[copy]! > 0 && !isSameRow(observations, queues.last, copy, width)) this.release(copy, queues.last, false)
    const slot = copy * steps + ((queues.first[copy]! + queues.waiting[copy]!) % steps)
    copyRow(observations, copy, queues.observations, slot, width)
    queues.actions[slot] = action
    queues.rewards[slot] = reward
    queues.waiting[copy]!++
    if (ended) this.release(copy, following, terminated)
    else if (queues.waiting[copy] === steps) this.keepOldest(copy, following, false)
    copyRow(following, copy, queues.last, copy, width)
  }

  /** Forgets what waits. */
  clear(): void {
    this.resize(0)
  }

  save(): NStepState {
    const { observations, actions, rewards, first, waiting, last } = this.queues
    const arrays = {
      observations: observations.slice(),
      actions: actions.slice(),
      rewards: rewards.slice(),
      first: first.slice(),
      waiting: waiting.slice(),
      last: last.slice(),
    }
    return { copies: this.copies, arrays }
  }

  /** Takes a state of the same n and width, or throws and stays as it was. */
  load({ copies, arrays }: NStepState): void {
    this.check({ copies, arrays })
    this.resize(copies)
    for (const part of parts) this.queues[part].set(arrays[part])
  }

  /** @throws RangeError when a state does not fit */
  check({ copies, arrays }: NStepState): void {
    const empty = makeQueues(copies, this.steps, this.replay.width)
    for (const part of parts) {
      if (arrays[part].length === empty[part].length) continue
      throw new RangeError(
        `the saved n-step ${part} are ${arrays[part].length} numbers; ${copies} copies and ${this.steps} steps have ${empty[part].length}`,
      )
    }
    for (const part of ['first', 'waiting'] as const) {
      const wrong = arrays[part].find(value => !(value >= 0 && value < this.steps))
      if (wrong !== undefined) throw new RangeError(`the saved n-step ${part} has ${wrong}; it must be between 0 and ${this.steps - 1}`)
    }
  }

  private resize(copies: number): void {
    this.copies = copies
    this.queues = makeQueues(copies, this.steps, this.replay.width)
    this.oldest = new Float32Array(copies * this.replay.width)
  }

  /** Keeps every step that waits. */
  private release(copy: number, following: Float32Array, terminated: boolean): void {
    while (this.queues.waiting[copy]! > 0) this.keepOldest(copy, following, terminated)
  }

  private keepOldest(copy: number, following: Float32Array, terminated: boolean): void {
    const { steps, discount, queues, oldest, replay } = this
    const first = queues.first[copy]!
    const count = queues.waiting[copy]!
    let reward = 0
    for (let step = count - 1; step >= 0; step--) reward = queues.rewards[copy * steps + ((first + step) % steps)]! + discount * reward
    const slot = copy * steps + first
    copyRow(queues.observations, slot, oldest, copy, replay.width)
    replay.add(oldest, following, copy, queues.actions[slot]!, reward, terminated, count)
    queues.first[copy] = (first + 1) % steps
    queues.waiting[copy] = count - 1
  }
}

const parts = ['observations', 'actions', 'rewards', 'first', 'waiting', 'last'] as const

function makeQueues(copies: number, steps: number, width: number): NStepState['arrays'] {
  return {
    observations: new Float32Array(copies * steps * width),
    actions: new Int32Array(copies * steps),
    rewards: new Float32Array(copies * steps),
    first: new Int32Array(copies),
    waiting: new Int32Array(copies),
    last: new Float32Array(copies * width),
  }
}

function isSameRow(one: Float32Array, other: Float32Array, row: number, width: number): boolean {
  for (let at = row * width; at < (row + 1) * width; at++) if (one[at] !== other[at]) return false
  return true
}
