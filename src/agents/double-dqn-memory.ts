/**
 * What a Double DQN remembers: a replay, uniform or prioritised, behind the queues of n-step returns where there are any; and how all of it
 * stands in a checkpoint.
 */
import { NStep } from '../memory/n-step'
import { importanceAfter, PrioritisedReplay } from '../memory/prioritised-replay'
import { type Batch, makeBatch, Replay } from '../memory/replay'
import type { Generator } from '../random/generator'
import type { Checkpoint } from './agent'
import { arrayOf, countOf } from './checkpoints'
import type { DoubleDqnOptions } from './double-dqn-options'
import type { CheckpointParts } from './named-perceptrons'
import { nameReplay, readReplay } from './replay-checkpoint'

export class DoubleDqnMemory {
  /** The batch last drawn. */
  readonly batch: Batch
  /** Where the priorities are; undefined when all transitions are drawn alike. */
  readonly prioritised: PrioritisedReplay | undefined
  private readonly replay: Replay
  private readonly queues: NStep | undefined

  constructor(
    private readonly options: DoubleDqnOptions,
    private readonly width: number,
  ) {
    const { nSteps, discount, prioritised, priorityExponent, replayCapacity, batchSize } = options
    const counted = nSteps > 1
    this.batch = makeBatch(batchSize, width, counted)
    if (prioritised) this.prioritised = new PrioritisedReplay(replayCapacity, width, batchSize, priorityExponent, counted)
    this.replay = this.prioritised ?? new Replay(replayCapacity, width, counted)
    if (counted) this.queues = new NStep(nSteps, discount, this.replay)
  }

  /** Transitions that can be drawn. */
  get size(): number {
    return this.replay.size
  }

  /** To be called before the steps of so many copies are added. */
  begin(copies: number): void {
    this.queues?.begin(copies)
  }

  /** One step of one copy; observations are row `copy` of the two arrays. */
  add(
    observations: Float32Array,
    following: Float32Array,
    copy: number,
    action: number,
    reward: number,
    terminated: boolean,
    ended: boolean,
  ): void {
    if (this.queues) this.queues.add(observations, following, copy, action, reward, terminated, ended)
    else this.replay.add(observations, following, copy, action, reward, terminated)
  }

  /**
   * Fills `batch`.
   *
   * @param updates that have been made
   * @throws Error when there is nothing to draw
   */
  sample(generator: Generator, updates: number): void {
    const { importanceExponent, importanceSteps } = this.options
    if (this.prioritised) this.prioritised.sample(generator, this.batch, importanceAfter(updates, importanceExponent, importanceSteps))
    else this.replay.sample(generator, this.batch)
  }

  clear(): void {
    this.replay.clear()
    this.queues?.clear()
  }

  /** Adds itself to a checkpoint. */
  save(parts: CheckpointParts): void {
    const { arrays, state } = parts
    nameReplay(this.replay.save(), this.width, parts)
    if (this.prioritised) {
      const { priorities, highest } = this.prioritised.save()
      arrays['replay.priorities'] = priorities
      state.replayHighest = highest
    }
    if (this.queues) {
      const { copies, arrays: waiting } = this.queues.save()
      for (const [name, array] of Object.entries(waiting)) arrays[`nStep.${name}`] = array
      state.nStepCopies = copies
    }
  }

  /**
   * Reads all of it and changes nothing yet.
   *
   * @returns takes over what was read
   * @throws Error when a part is missing, of another size, or of a memory of another kind
   */
  read(checkpoint: Checkpoint): () => void {
    const { replay, prioritised, queues } = this
    this.checkKind(checkpoint, 'replay.steps', 'nSteps above 1', queues !== undefined)
    this.checkKind(checkpoint, 'replay.priorities', 'prioritised', prioritised !== undefined)
    const read = readReplay(checkpoint, this.width, queues !== undefined)
    const kept = {
      ...read,
      ...(prioritised && {
        priorities: arrayOf(checkpoint, 'replay.priorities', Float64Array, read.size),
        highest: Number(checkpoint.state.replayHighest),
      }),
    }
    replay.check(kept)
    const waiting = queues && this.readQueues(checkpoint)
    if (waiting) queues.check(waiting)
    return () => {
      replay.load(kept)
      if (waiting) queues.load(waiting)
    }
  }

  private readQueues(checkpoint: Checkpoint) {
    const copies = countOf(checkpoint, 'nStepCopies')
    const { nSteps } = this.options
    const { width } = this
    const arrays = {
      observations: arrayOf(checkpoint, 'nStep.observations', Float32Array, copies * nSteps * width),
      actions: arrayOf(checkpoint, 'nStep.actions', Int32Array, copies * nSteps),
      rewards: arrayOf(checkpoint, 'nStep.rewards', Float32Array, copies * nSteps),
      first: arrayOf(checkpoint, 'nStep.first', Int32Array, copies),
      waiting: arrayOf(checkpoint, 'nStep.waiting', Int32Array, copies),
      last: arrayOf(checkpoint, 'nStep.last', Float32Array, copies * width),
    }
    return { copies, arrays }
  }

  /** What was kept in one way cannot be gone on with in another. */
  private checkKind({ arrays }: Checkpoint, part: string, option: string, wanted: boolean): void {
    if (part in arrays === wanted) return
    const [there, here] = wanted ? ['without', 'with'] : ['with', 'without']
    throw new Error(`the checkpoint is of an agent ${there} ${option}; this one is ${here}`)
  }
}
