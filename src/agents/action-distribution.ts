/**
 * What a policy's logits say: a distribution over actions, to draw from, to measure and to move.
 *
 * An action of every kind is a sequence of choices, and each choice takes option i with probability exp(logit_i) / Σ exp(logit) over the
 * options there are. The three kinds differ in which options those are:
 *
 *   Discrete       one choice among all logits (categorical)
 *   MultiDiscrete  one choice for each part, among logits of its own
 *   Slate          one choice for each place, among the same logits, without those chosen before (Plackett 1975; Luce 1959)
 *
 * The log-probability of an action is the sum of those of its choices; for a slate Σ_j [logit_j - log Σ exp(logit) over those left].
 *
 * The entropy is the sum of the entropies of the choices. For a slate they are those of the choices that were met on the way to the slate
 * measured; their mean over the slates drawn is the entropy of the distribution over slates (chain rule), which has too many to be added up.
 * The slope of the entropy is likewise that of this sum, the slate held fixed.
 *
 *   ∂ log p(chosen) / ∂logit_i = [i is chosen] - p_i          ∂ entropy / ∂logit_i = -p_i · (log p_i + entropy)      for each choice
 *
 * By hand, logits 0, log 2, log 3 and the slate 2, 0: probabilities 3/6 and then 1/3, so log p = log(1/6) = -1.792. The entropies are 1.011
 * (of 1/6, 2/6, 3/6) and .637 (of 1/3, 2/3), together 1.648. Slopes of log p: (-1/6 + 1 - 1/3, -2/6 - 2/3, 1 - 3/6) = (.5, -1, .5).
 */
import type { Space } from '../envs/env'
import { logSoftmax } from '../networks/softmax'
import type { Generator } from '../random/generator'

type Numbers = Float32Array | Float64Array

export interface ActionDistribution {
  /** Numbers in a row of logits. */
  readonly logits: number
  /** Numbers in an action. */
  readonly size: number
  /** Draws the action of row `row` into row `row` of `actions`; takes `size` uniforms. */
  sample(logits: Numbers, row: number, generator: Generator, actions: Int32Array): void
  /** The action whose every choice is the most likely one, the first of several; of a slate, the highest logits in order. */
  mode(logits: Numbers, row: number, actions: Int32Array): void
  /**
   * Measures row `actionRow` of `actions` under row `row` of `logits`, for the three below.
   *
   * @throws RangeError for a slate that shows a candidate twice
   */
  measure(logits: Numbers, row: number, actions: Int32Array, actionRow: number): void
  /** Of the action measured last. */
  readonly logProbability: number
  readonly entropy: number
  /** Overwrites row `row` of `slopes` with ∂loss / ∂logits, of the action measured last, from the slopes of the loss by the two above. */
  slopes(byLogProbability: number, byEntropy: number, slopes: Numbers, row: number): void
  /** Overwrites `out` [logits] with the log-probability of each option: of each part's, and of being first in a slate. */
  logProbabilities(logits: Numbers, row: number, out: Numbers): void
}

/** The distribution over a shop's actions. */
export function actionDistribution(space: Space): ActionDistribution {
  if (space.kind === 'discrete') return new Choices([space.n], false)
  if (space.kind === 'multi-discrete') return new Choices(space.sizes, false)
  return new Choices(Array<number>(space.size).fill(space.candidates), true)
}

class Choices implements ActionDistribution {
  readonly logits: number
  readonly size: number
  logProbability = 0
  entropy = 0
  /** [size]: how many options each choice has, and where their logits begin. */
  private readonly counts: Int32Array
  private readonly starts: Int32Array
  /** Of the row last looked at, [size, most options]: 0 for those chosen before. */
  private readonly most: number
  private readonly probabilities: Float64Array
  private readonly logs: Float64Array
  /** [size] */
  private readonly chosen: Int32Array
  private readonly entropies: Float64Array
  /** [most options]: 1 for those chosen before. */
  private readonly taken: Uint8Array

  /** @param withoutReplacement whether all choices are among the same options, without those chosen before */
  constructor(
    counts: readonly number[],
    private readonly withoutReplacement: boolean,
  ) {
    this.size = counts.length
    this.counts = Int32Array.from(counts)
    this.starts = new Int32Array(this.size)
    if (!withoutReplacement)
      for (let choice = 1; choice < this.size; choice++) this.starts[choice] = this.starts[choice - 1]! + counts[choice - 1]!
    this.logits = this.starts[this.size - 1]! + counts[this.size - 1]!
    this.most = Math.max(...counts)
    this.probabilities = new Float64Array(this.size * this.most)
    this.logs = new Float64Array(this.size * this.most)
    this.chosen = new Int32Array(this.size)
    this.entropies = new Float64Array(this.size)
    this.taken = new Uint8Array(this.most)
  }

  sample(logits: Numbers, row: number, generator: Generator, actions: Int32Array): void {
    const { size, counts, most, probabilities } = this
    for (let choice = 0; choice < size; choice++) {
      this.look(logits, row, choice)
      let left = generator.next()
      let option = -1
      // The last option that is left takes what rounding leaves over.
      for (let other = 0; other < counts[choice]! && left >= 0; other++) {
        const probability = probabilities[choice * most + other]!
        if (probability === 0) continue
        option = other
        left -= probability
      }
      actions[row * size + choice] = this.choose(choice, option)
    }
    this.putBack()
  }

  mode(logits: Numbers, row: number, actions: Int32Array): void {
    const { size, counts, starts, taken } = this
    for (let choice = 0; choice < size; choice++) {
      const from = row * this.logits + starts[choice]!
      let best = -1
      for (let option = 0; option < counts[choice]!; option++) {
        if (!taken[option] && (best < 0 || logits[from + option]! > logits[from + best]!)) best = option
      }
      actions[row * size + choice] = this.choose(choice, best)
    }
    this.putBack()
  }

  measure(logits: Numbers, row: number, actions: Int32Array, actionRow: number): void {
    const { size, most, logs, entropies } = this
    let logProbability = 0
    let entropy = 0
    for (let choice = 0; choice < size; choice++) {
      const option = actions[actionRow * size + choice]!
      if (this.taken[option]) {
        this.putBack()
        throw new RangeError(`a slate has candidate ${option} twice; each may be shown once`)
      }
      this.look(logits, row, choice)
      logProbability += logs[choice * most + option]!
      entropy += entropies[choice]!
      this.choose(choice, option)
    }
    this.putBack()
    this.logProbability = logProbability
    this.entropy = entropy
  }

  slopes(byLogProbability: number, byEntropy: number, slopes: Numbers, row: number): void {
    const { size, counts, starts, most, probabilities, logs, entropies, chosen } = this
    const begin = row * this.logits
    for (let at = begin; at < begin + this.logits; at++) slopes[at] = 0
    for (let choice = 0; choice < size; choice++) {
      const from = begin + starts[choice]!
      const entropy = entropies[choice]!
      for (let option = 0; option < counts[choice]!; option++) {
        const at = choice * most + option
        slopes[from + option]! -= probabilities[at]! * (byLogProbability + byEntropy * (logs[at]! + entropy))
      }
      slopes[from + chosen[choice]!]! += byLogProbability
    }
  }

  logProbabilities(logits: Numbers, row: number, out: Numbers): void {
    const { counts, starts, most, logs } = this
    for (let choice = 0; choice < (this.withoutReplacement ? 1 : this.size); choice++) {
      this.look(logits, row, choice)
      for (let option = 0; option < counts[choice]!; option++) out[starts[choice]! + option] = logs[choice * most + option]!
    }
  }

  /** Probabilities, their logarithms and the entropy of one choice, among the options that are left. */
  private look(logits: Numbers, row: number, choice: number): void {
    const { most, probabilities, logs, taken } = this
    const count = this.counts[choice]!
    const from = row * this.logits + this.starts[choice]!
    const to = choice * most
    for (let option = 0; option < count; option++) logs[to + option] = taken[option] ? -Infinity : logits[from + option]!
    logSoftmax(logs, to, count)
    let entropy = 0
    for (let option = 0; option < count; option++) {
      const probability = taken[option] ? 0 : Math.exp(logs[to + option]!)
      probabilities[to + option] = probability
      // 0 · log 0 counts 0.
      if (taken[option]) logs[to + option] = 0
      entropy -= probability * logs[to + option]!
    }
    this.entropies[choice] = entropy
  }

  private choose(choice: number, option: number): number {
    this.chosen[choice] = option
    if (this.withoutReplacement) this.taken[option] = 1
    return option
  }

  /** Nothing is taken any more. */
  private putBack(): void {
    if (!this.withoutReplacement) return
    for (let choice = 0; choice < this.size; choice++) this.taken[this.chosen[choice]!] = 0
  }
}
