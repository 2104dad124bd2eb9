/**
 * Action values: for every arm how often it was pulled and the mean of the rewards that this has brought (Sutton & Barto 2018, section
 * 2.4), and forgetting, for shoppers whose taste drifts.
 *
 *   value ← value + (reward - value) / count
 *
 * With forgetting every count is multiplied by a number just below 1 before each reward is added, so that a reward seen n rewards ago
 * weighs forgetting^n: the discounted counts and means of discounted UCB (Garivier & Moulines 2011, section 3.1). A step here is one step
 * of one shopper. What is remembered amounts to 1 / (1 - forgetting) rewards at the most.
 *
 * Nothing is multiplied in truth: what is new weighs 1 / forgetting more than what came before, and counts are read in units of the newest.
 */
import type { Checkpoint } from './agent'
import { arrayOf, countOf } from './checkpoints'
import { between, type Field } from './options'

export interface ForgettingOptions {
  /** What an old reward weighs after each new one, .01 to 1; 1: nothing is forgotten. .99 remembers the last hundred or so. */
  readonly forgetting: number
}

/** The reader of the option. */
export const forgettingField = (): Field => between(0.01, 1).default(1)

/** Weights are brought back to 1 before they grow beyond this. */
const heaviest = 2 ** 300

export class ActionValues {
  /** [arms]: the mean reward, discounted; `initialValue` where an arm was never pulled. */
  readonly means: Float64Array
  /** Rewards seen, all arms together, discounted by nothing. */
  steps = 0
  /** [arms]: sums of the weights of their rewards. */
  private readonly weights: Float64Array
  /** The weight of the newest reward. */
  private newest = 1

  /** @param stepSize constant, 0 to 1, instead of 1 / count; left out, the mean */
  constructor(
    readonly arms: number,
    private readonly forgetting: number,
    initialValue = 0,
    private readonly stepSize?: number,
  ) {
    this.means = new Float64Array(arms).fill(initialValue)
    this.weights = new Float64Array(arms)
  }

  /** How often an arm was pulled, discounted; 0: never, or so long ago that it is forgotten. */
  count(arm: number): number {
    return this.weights[arm]! / this.newest
  }

  learn(arm: number, reward: number): void {
    this.steps++
    if (this.forgetting < 1) this.age()
    const weight = (this.weights[arm]! += this.newest)
    const step = this.stepSize ?? this.newest / weight
    this.means[arm]! += step * (reward - this.means[arm]!)
  }

  private age(): void {
    this.newest /= this.forgetting
    if (this.newest < heaviest) return
    for (let arm = 0; arm < this.arms; arm++) this.weights[arm]! /= this.newest
    this.newest = 1
  }

  save(): Pick<Checkpoint, 'arrays' | 'state'> {
    const { steps, newest } = this
    return { arrays: { values: this.means.slice(), counts: this.weights.slice() }, state: { steps, newest } }
  }

  /** Reads and checks a checkpoint; what it returns takes it over. */
  read(checkpoint: Checkpoint): () => void {
    const values = arrayOf(checkpoint, 'values', Float64Array, this.arms)
    const counts = arrayOf(checkpoint, 'counts', Float64Array, this.arms)
    const steps = countOf(checkpoint, 'steps')
    const newest = checkpoint.state.newest
    if (!(typeof newest === 'number' && newest >= 1 && newest < heaviest)) {
      throw new Error(`newest is ${JSON.stringify(newest)} in the checkpoint; the weight of the newest reward is needed, at least 1`)
    }
    return () => {
      this.means.set(values)
      this.weights.set(counts)
      this.steps = steps
      this.newest = newest
    }
  }
}
