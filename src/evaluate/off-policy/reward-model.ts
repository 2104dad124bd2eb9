/**
 * A reward model: what each action would have earned in each round of a log, learned from the log itself. The direct method and the doubly
 * robust estimators need one.
 *
 * Features are the context and a 1 for the action, without products of the two. Rewards of 0 and 1 are learned by logistic regression,
 * others by ridge regression (penalised-regression.ts); 'mean' leaves the context out and takes the mean reward of each action.
 *
 * Each round is judged by a model that never saw it (cross-fitting: Chernozhukov et al. 2018; Narita, Yasui & Yata 2020): rounds are put
 * into random order by a stream of the seed and dealt to the folds in turn; what is said of a fold was learned from the others.
 */
import { checkKeys, checkWhole, checkWord } from '../../data/check'
import { checkFeedback, type LoggedFeedback } from '../../data/logged-feedback'
import { permutation } from '../../random/draws'
import { stream } from '../../random/generator'
import { type FeatureRows, type Link, linked, penalisedRegression } from './penalised-regression'

const models = ['logistic', 'ridge', 'mean'] as const

export interface RewardModelOptions {
  /** 'logistic' where all rewards are 0 or 1, otherwise 'ridge', unless told. */
  readonly model?: (typeof models)[number]
  /** At most as many as rounds; 3, in a log of fewer rounds as many as those. With 1 a single model learns from all rounds, also from the one it judges. */
  readonly folds?: number
  /** On the squared coefficients, above 0; 1. scikit-learn's C is 1 / penalty. */
  readonly penalty?: number
  /** Of the folds; 0. */
  readonly seed?: number
}

/**
 * The reward expected of each action in each round.
 *
 * Where all rewards that a model learns from are the same, it expects that one. An action that it has never seen is expected to earn what
 * the context alone says; by 'mean', what all actions earn together.
 *
 * @returns [rounds, actions]
 * @throws RangeError for bad feedback, rewards other than 0 and 1 with 'logistic', or an option out of range
 */
export function rewardModel(feedback: LoggedFeedback, options: RewardModelOptions = {}): Float64Array {
  checkFeedback(feedback)
  checkKeys('rewardModel', options, ['model', 'folds', 'penalty', 'seed'])
  const { rounds, actions, reward } = feedback
  const { folds = Math.min(3, rounds), penalty = 1, seed = 0 } = options
  const clicks = reward.every(value => value === 0 || value === 1)
  const model = checkWord('model', options.model ?? (clicks ? 'logistic' : 'ridge'), models)
  if (model === 'logistic' && !clicks) throw new RangeError("model is 'logistic', which learns rewards of 0 and 1; for others take 'ridge'")
  checkWhole('folds', folds, 1, rounds)
  const foldOf = new Int32Array(rounds)
  permutation(stream(seed, 'reward model'), rounds).forEach((round, at) => {
    foldOf[round] = at % folds
  })
  const expected = new Float64Array(rounds * actions)
  const all = Int32Array.from({ length: rounds }, (_, round) => round)
  for (let fold = 0; fold < folds; fold++) {
    const judged = all.filter(round => foldOf[round] === fold)
    const known = folds === 1 ? all : all.filter(round => foldOf[round] !== fold)
    const first = reward[known[0]!]!
    if (known.every(round => reward[round] === first)) {
      for (const round of judged) expected.fill(first, round * actions, (round + 1) * actions)
    } else if (model === 'mean') expectMeans(feedback, known, judged, expected)
    else expectRegressions(feedback, known, judged, model === 'logistic' ? 'logistic' : 'linear', penalty, expected)
  }
  return expected
}

function expectMeans({ actions, action, reward }: LoggedFeedback, known: Int32Array, judged: Int32Array, expected: Float64Array): void {
  const sums = new Float64Array(actions)
  const counts = new Float64Array(actions)
  let total = 0
  for (const round of known) {
    sums[action[round]!]! += reward[round]!
    counts[action[round]!]!++
    total += reward[round]!
  }
  const means = sums.map((sum, each) => (counts[each]! > 0 ? sum / counts[each]! : total / known.length))
  for (const round of judged) expected.set(means, round * actions)
}

function expectRegressions(
  feedback: LoggedFeedback,
  known: Int32Array,
  judged: Int32Array,
  link: Link,
  penalty: number,
  expected: Float64Array,
): void {
  const { actions, width, contexts, reward } = feedback
  const outcome = Float64Array.from(known, round => reward[round]!)
  const coefficients = penalisedRegression(featureRows(feedback, known), outcome, link, { penalty })
  for (const round of judged) {
    let context = coefficients[width + actions]!
    for (let place = 0; place < width; place++) context += coefficients[place]! * contexts[round * width + place]!
    for (let each = 0; each < actions; each++) expected[round * actions + each] = linked(context + coefficients[width + each]!, link)
  }
}

/** The context of a round, then a 1 at the place of its action. */
function featureRows({ actions, action, width, contexts }: LoggedFeedback, known: Int32Array): FeatureRows {
  return {
    count: known.length,
    width: width + actions,
    fill(row, places, values) {
      const round = known[row]!
      let some = 0
      for (let place = 0; place < width; place++) {
        const value = contexts[round * width + place]!
        if (value === 0) continue
        places[some] = place
        values[some++] = value
      }
      places[some] = width + action[round]!
      values[some++] = 1
      return some
    },
  }
}
