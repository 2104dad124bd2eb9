/** What a training books as it goes: the curves, the episodes still open, and the losses since an episode last ended. */
import type { Env } from '../envs/env'
import type { EvaluationPoint } from './run-record'

/** Everything booked, as flat arrays by name, for checkpoints. */
export type BookArrays = Readonly<Record<string, Float64Array>>

const curveNames = ['returns', 'lengths', 'losses', 'epsilons'] as const

export class Bookkeeping {
  readonly returns: number[] = []
  readonly lengths: number[] = []
  readonly losses: number[] = []
  readonly epsilons: number[] = []
  readonly evaluations: EvaluationPoint[] = []
  /** Transitions, over all copies. */
  step = 0
  updates = 0
  /** Loss of the last update. */
  loss = Number.NaN
  private lossSum = 0
  private lossCount = 0
  /** [copies], of the open episodes */
  private readonly returnSoFar: Float64Array
  private readonly lengthSoFar: Float64Array
  /** Return and length of each episode that ended in the step whose updates are not all made: return, length, return, length, … */
  private ended: number[] = []

  constructor(private readonly copies: number) {
    this.returnSoFar = new Float64Array(copies)
    this.lengthSoFar = new Float64Array(copies)
  }

  /** One step of every copy has been taken. */
  bookStep(env: Env): void {
    this.step += this.copies
    for (let copy = 0; copy < this.copies; copy++) {
      this.returnSoFar[copy]! += env.rewards[copy]! - env.bonuses[copy]!
      this.lengthSoFar[copy]!++
      if (!env.terminated[copy] && !env.truncated[copy]) continue
      this.ended.push(this.returnSoFar[copy]!, this.lengthSoFar[copy]!)
      this.returnSoFar[copy] = 0
      this.lengthSoFar[copy] = 0
    }
  }

  bookUpdate(loss: number | undefined): void {
    this.updates++
    if (loss === undefined) return
    this.loss = loss
    this.lossSum += loss
    this.lossCount++
  }

  /** The step's updates have been made: the episodes that ended in it go onto the curves. */
  closeStep(epsilon: number): void {
    if (this.ended.length === 0) return
    const meanLoss = this.lossSum / this.lossCount
    for (let at = 0; at < this.ended.length; at += 2) {
      this.returns.push(this.ended[at]!)
      this.lengths.push(this.ended[at + 1]!)
      this.losses.push(meanLoss)
      this.epsilons.push(epsilon)
    }
    this.ended = []
    this.lossSum = 0
    this.lossCount = 0
  }

  save(): BookArrays {
    return {
      ...Object.fromEntries(curveNames.map(name => [name, Float64Array.from(this[name])])),
      evaluations: Float64Array.from(this.evaluations.flatMap(({ step, mean }) => [step, mean])),
      counters: Float64Array.of(this.step, this.updates, this.loss, this.lossSum, this.lossCount),
      returnSoFar: this.returnSoFar.slice(),
      lengthSoFar: this.lengthSoFar.slice(),
      ended: Float64Array.from(this.ended),
    }
  }

  /** Takes what `save` gave, of as many copies, into empty books. */
  load(saved: BookArrays): void {
    // One by one: a long curve has more numbers than a call may have arguments.
    for (const name of curveNames) for (const value of saved[name]!) this[name].push(value)
    const { evaluations, counters, returnSoFar, lengthSoFar, ended } = saved
    for (let at = 0; at < evaluations!.length; at += 2) this.evaluations.push({ step: evaluations![at]!, mean: evaluations![at + 1]! })
    ;[this.step, this.updates, this.loss, this.lossSum, this.lossCount] = Array.from(counters!) as [number, number, number, number, number]
    this.returnSoFar.set(returnSoFar!)
    this.lengthSoFar.set(lengthSoFar!)
    this.ended = Array.from(ended!)
  }
}
