/**
 * Models of which candidate of a slate a shopper chooses: weights v(s, i) and v(s, none), so that P(i | s, A) = v(s, i) / (v(s, none) + sum of
 * v(s, j) over the slate A), a conditional choice model (Ie et al. 2019, arXiv 1905.12767).
 *
 *   learned   a multinomial logit: v = exp(score), the score of a candidate and of none from one perceptron, fitted to the clicks on the slates
 *             shown by their cross-entropy. A page on which several items are clicked counts as a choice of the first.
 *   interest  the model that recsim-interest-evolution is made of, known beforehand as in the paper: v = interest in the candidate's cluster + 1
 *             and v(none) = noClickScore + 1.
 */
import { UserError } from '../data/user-error'
import type { NetworkBackend } from '../networks/make-network'
import { makePerceptron } from '../networks/make-perceptron'
import type { Perceptron } from '../networks/perceptron'
import { stepTogether } from '../networks/step-together'
import type { SlateRows } from './slate-q-rows'
import { slateCandidates } from './spaces'

export const choiceModelNames = ['learned', 'interest'] as const
export type ChoiceModelName = (typeof choiceModelNames)[number]

export interface ChoiceModel {
  /** The perceptron of one that learns. */
  readonly scorer?: Perceptron
  /**
   * The weights of all candidates, and of none last.
   *
   * @param observations [rows, width]
   * @param inputs       [rows, candidates + 1, width of a row], what SlateRows makes of them
   * @param out          [rows, candidates + 1], overwritten; the largest of a row is 1 where the model is learned
   */
  weigh(observations: Float32Array, inputs: Float32Array, rows: number, out: Float64Array): void
  /**
   * One step towards what was chosen.
   *
   * @param inputs  [rows, size + 1, width of a row], the slates shown and none
   * @param clicked [rows], the place clicked, -1 for none
   * @returns the mean cross-entropy before the step; 0 for a model that does not learn
   */
  fit(inputs: Float32Array, clicked: Int32Array, rows: number): number
}

export interface LearnedChoiceOptions {
  readonly hiddenUnits: readonly number[]
  readonly learningRate: number
  readonly clipNorm: number
  readonly backend: NetworkBackend
  readonly seed: number
}

/** @param rows the most observations that are weighed or fitted at once */
export async function learnedChoice(slateRows: SlateRows, rows: number, options: LearnedChoiceOptions): Promise<ChoiceModel> {
  const { hiddenUnits: hidden, backend, seed } = options
  const scorer = await makePerceptron(
    { inputs: slateRows.width, hidden, outputs: 1, activation: 'relu' },
    { initialisation: 'he', seed, stream: 'choice initialisation', backend },
  )
  return new LearnedChoice(scorer, slateRows, rows, options)
}

class LearnedChoice implements ChoiceModel {
  private readonly parts: readonly Perceptron[]
  private readonly places: number
  private readonly shown: number
  private readonly scores: Float32Array
  private readonly shownScores: Float32Array
  private readonly slopes: Float32Array

  constructor(
    readonly scorer: Perceptron,
    { features: { candidates, size } }: SlateRows,
    rows: number,
    private readonly options: LearnedChoiceOptions,
  ) {
    this.parts = [scorer]
    this.places = candidates + 1
    this.shown = size + 1
    this.scores = new Float32Array(rows * this.places)
    this.shownScores = new Float32Array(rows * this.shown)
    this.slopes = new Float32Array(rows * this.shown)
  }

  weigh(_observations: Float32Array, inputs: Float32Array, rows: number, out: Float64Array): void {
    const { places, scores } = this
    this.scorer.values(inputs, rows * places, scores)
    for (let from = 0; from < rows * places; from += places) {
      const highest = highestOf(scores, from, places)
      for (let at = from; at < from + places; at++) out[at] = Math.exp(scores[at]! - highest)
    }
  }

  fit(inputs: Float32Array, clicked: Int32Array, rows: number): number {
    const { shown, shownScores, slopes, scorer, options } = this
    scorer.forward(inputs, rows * shown, shownScores)
    let loss = 0
    for (let row = 0; row < rows; row++) {
      const from = row * shown
      const highest = highestOf(shownScores, from, shown)
      let sum = 0
      for (let at = from; at < from + shown; at++) sum += Math.exp(shownScores[at]! - highest)
      const chosen = from + (clicked[row]! < 0 ? shown - 1 : clicked[row]!)
      loss += Math.log(sum) - (shownScores[chosen]! - highest)
      // The slope of the cross-entropy of a softmax: the probability, less 1 where it was chosen.
      for (let at = from; at < from + shown; at++) {
        slopes[at] = (Math.exp(shownScores[at]! - highest) / sum - (at === chosen ? 1 : 0)) / rows
      }
    }
    loss /= rows
    scorer.backward(slopes)
    stepTogether(this.parts, loss, options)
    return loss
  }
}

/**
 * The choice model of recsim-interest-evolution, known.
 *
 * @throws UserError for another shop, whose model nobody told us
 */
export function interestChoice({ spec }: SlateRows): ChoiceModel {
  const { candidates, offset, width } = slateCandidates('slate-q', spec)
  const user = spec.layout.find(({ name }) => name === 'user')
  if (spec.name !== 'recsim-interest-evolution' || user?.shape[0] !== width) {
    throw new UserError(
      `choiceModel is 'interest', which is how recsim-interest-evolution chooses; for ${spec.name} take choiceModel 'learned'`,
    )
  }
  const noneWeight = (spec.options.noClickScore as number) + 1
  return {
    weigh(observations, _inputs, rows, out) {
      for (let row = 0, to = 0; row < rows; row++) {
        const from = row * spec.width
        for (let candidate = 0; candidate < candidates; candidate++) {
          let interest = 0
          const features = from + offset + candidate * width
          for (let at = 0; at < width; at++) interest += observations[from + user.offset + at]! * observations[features + at]!
          out[to++] = Math.max(0, interest + 1)
        }
        out[to++] = noneWeight
      }
    },
    fit: () => 0,
  }
}

function highestOf(scores: Float32Array, from: number, count: number): number {
  let highest = scores[from]!
  for (let at = from + 1; at < from + count; at++) if (scores[at]! > highest) highest = scores[at]!
  return highest
}
