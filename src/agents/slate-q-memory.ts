/**
 * What SlateQ remembers: a replay of slates, and before it, for SARSA, the last transition of each copy, which waits until the next slate is
 * known. Where the episode ended, or another shopper came in between, there is no next slate and -1 stands for it.
 */
import type { Env } from '../envs/env'
import type { Generator } from '../random/generator'
import type { Checkpoint } from './agent'
import { arrayOf, countOf } from './checkpoints'
import type { CheckpointParts } from './named-perceptrons'
import { makeSlateBatch, type SlateArrays, type SlateBatch, SlateReplay, slateBatchParts, slateBatchWidths } from './slate-q-replay'

/** All of it, read from a checkpoint and found to fit. */
export interface SlateMemoryState {
  readonly size: number
  readonly next: number
  readonly kept: SlateArrays
  readonly copies: number
  readonly waiting: SlateArrays
  readonly isWaiting: Uint8Array
}

export class SlateMemory {
  private readonly replay: SlateReplay
  private waiting: SlateBatch
  private isWaiting = new Uint8Array(0)

  /**
   * @param capacity transitions kept
   * @param width    numbers in one observation
   * @param size     of a slate
   * @param waits    whether a transition is kept only when the next slate is known
   */
  constructor(
    capacity: number,
    private readonly width: number,
    private readonly size: number,
    private readonly waits: boolean,
  ) {
    this.replay = new SlateReplay(capacity, width, size)
    this.waiting = makeSlateBatch(0, width, size)
  }

  /** Transitions that can be drawn. */
  get length(): number {
    return this.replay.length
  }

  /** Takes in one step of every copy, as `Agent.observe` does. */
  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    const { copies } = env
    const { width, size } = this
    if (this.isWaiting.length !== copies) this.makeWaiting(copies)
    const { waiting, isWaiting, replay, waits } = this
    for (let copy = 0; copy < copies; copy++) if (isWaiting[copy] === 1) this.release(copy, before, actions)
    for (let copy = 0; copy < copies; copy++) {
      const ended = env.terminated[copy] === 1 || env.truncated[copy] === 1
      // Where an episode ended, `observations` already shows the next one.
      const following = ended ? env.finalObservations : env.observations
      for (let at = copy * width; at < (copy + 1) * width; at++) {
        waiting.observations[at] = before[at]!
        waiting.following[at] = following[at]!
      }
      for (let at = copy * size; at < (copy + 1) * size; at++) {
        waiting.slates[at] = actions[at]!
        waiting.nextSlates[at] = -1
      }
      waiting.clicked[copy] = env.chosen[copy]!
      waiting.rewards[copy] = env.rewards[copy]!
      waiting.terminated[copy] = env.terminated[copy]!
      if (waits && !ended) isWaiting[copy] = 1
      else replay.add(waiting, copy)
    }
  }

  sample(generator: Generator, batch: SlateBatch): void {
    this.replay.sample(generator, batch)
  }

  clear(): void {
    this.replay.clear()
    this.waiting = makeSlateBatch(0, this.width, this.size)
    this.isWaiting = new Uint8Array(0)
  }

  /** Adds itself to a checkpoint. */
  save({ arrays, shapes, state }: CheckpointParts): void {
    const { size, next, arrays: kept } = this.replay.save()
    const copies = this.isWaiting.length
    for (const part of slateBatchParts) {
      arrays[`replay.${part}`] = kept[part]
      arrays[`waiting.${part}`] = this.waiting[part].slice()
    }
    arrays.isWaiting = this.isWaiting.slice()
    for (const [name, rows] of [['replay', size] as const, ['waiting', copies] as const]) {
      for (const part of ['observations', 'following']) shapes[`${name}.${part}`] = [rows, this.width]
      for (const part of ['slates', 'nextSlates']) shapes[`${name}.${part}`] = [rows, this.size]
    }
    Object.assign(state, { replaySize: size, replayNext: next, waiting: copies })
  }

  /** @throws Error or RangeError when a part is missing or does not fit; nothing is taken over */
  read(checkpoint: Checkpoint): SlateMemoryState {
    const [size, next, copies] = ['replaySize', 'replayNext', 'waiting'].map(name => countOf(checkpoint, name)) as [number, number, number]
    this.replay.check({ size, next })
    const isWaiting = arrayOf(checkpoint, 'isWaiting', Uint8Array, copies)
    return { size, next, kept: this.rows('replay', checkpoint, size), copies, waiting: this.rows('waiting', checkpoint, copies), isWaiting }
  }

  /** Takes what `read` gave. */
  load({ size, next, kept, copies, waiting, isWaiting }: SlateMemoryState): void {
    this.replay.load({ size, next, arrays: kept })
    this.waiting = makeSlateBatch(copies, this.width, this.size)
    for (const part of slateBatchParts) this.waiting[part].set(waiting[part])
    this.isWaiting = isWaiting.slice()
  }

  private rows(name: string, checkpoint: Checkpoint, rows: number): SlateArrays {
    const widths = slateBatchWidths(this.width, this.size)
    const numbers = (part: 'observations' | 'rewards' | 'following') =>
      arrayOf(checkpoint, `${name}.${part}`, Float32Array, rows * widths[part])
    const places = (part: 'slates' | 'clicked' | 'nextSlates') => arrayOf(checkpoint, `${name}.${part}`, Int32Array, rows * widths[part])
    return {
      observations: numbers('observations'),
      slates: places('slates'),
      clicked: places('clicked'),
      rewards: numbers('rewards'),
      following: numbers('following'),
      nextSlates: places('nextSlates'),
      terminated: arrayOf(checkpoint, `${name}.terminated`, Uint8Array, rows),
    }
  }

  /** Keeps the transition that waited for the slate now shown, unless the shopper now seen is another one. */
  private release(copy: number, before: Float32Array, actions: Int32Array): void {
    const { waiting, width, size } = this
    let same = true
    for (let at = copy * width; at < (copy + 1) * width; at++) if (waiting.following[at] !== before[at]) same = false
    for (let at = copy * size; at < (copy + 1) * size; at++) waiting.nextSlates[at] = same ? actions[at]! : -1
    this.replay.add(waiting, copy)
    this.isWaiting[copy] = 0
  }

  /** For another number of shoppers; what waits is kept as it is. */
  private makeWaiting(copies: number): void {
    for (let copy = 0; copy < this.isWaiting.length; copy++) if (this.isWaiting[copy] === 1) this.replay.add(this.waiting, copy)
    this.waiting = makeSlateBatch(copies, this.width, this.size)
    this.isWaiting = new Uint8Array(copies)
  }
}
