/**
 * zr-obp's synthetic bandit log, drawn again with NumPy's RandomState: examples/quickstart/synthetic.ipynb at 8cbd5fa, the output of cell 6
 * (lines 148 to 237 of the file): seed 12345, 100,000 rounds, 10 actions, 5 features, to all digits shown.
 *
 * Logistic rewards, behaviour softmax(beta q) with beta 1, and one-hot actions. Contexts and rewards come from one RandomState of the
 * seed; the coefficients from a second, the actions from a third.
 * z = x·c + a·t + xᵀM a, with a 1 put before x and before a, and c, t, M uniform in [-1, 1); then (z - mean) / std over all rounds and actions.
 * So version 0.5.4 has it (obp/dataset/synthetic.py, _base_reward_function, at its tag); at commit 8cbd5fa brackets went missing: z - mean / std.
 */
import { numpyRandomState } from '../random/numpy-random-state'
import { type PublishedFigure, shared } from './published-figure'

const seed = 12345
const rounds = 100_000
const actions = 10
const features = 5

const syntheticLog = shared(() => {
  const random = numpyRandomState(seed)
  const contexts = Float64Array.from({ length: rounds * features }, () => random.gauss())
  const chances = rewardChances(contexts)
  const policy = chances.map(Math.exp)
  const taken = chooseActions(policy)
  const clicks = taken.map((action, round) => random.binomial(1, chances[round * actions + action]!))
  return { contexts, chances, policy, taken, clicks }
})

/** The chance of a reward of each action [rounds, actions]. */
function rewardChances(contexts: Float64Array): Float64Array {
  const random = numpyRandomState(seed)
  const some = (count: number) => Array.from({ length: count }, () => random.uniform(-1, 1))
  const ofContext = some(features + 1)
  const ofAction = some(actions + 1)
  const ofBoth = Array.from({ length: features + 1 }, () => some(actions + 1))
  const chances = new Float64Array(rounds * actions)
  for (let round = 0; round < rounds; round++) {
    for (let action = 0; action < actions; action++) {
      let z = ofAction[0]! + ofAction[action + 1]!
      for (let feature = 0; feature <= features; feature++) {
        const x = feature === 0 ? 1 : contexts[round * features + feature - 1]!
        z += x * (ofContext[feature]! + ofBoth[feature]![0]! + ofBoth[feature]![action + 1]!)
      }
      chances[round * actions + action] = z
    }
  }
  const mean = chances.reduce((sum, z) => sum + z, 0) / chances.length
  const deviation = Math.sqrt(chances.reduce((sum, z) => sum + (z - mean) ** 2, 0) / chances.length)
  return chances.map(z => 1 / (1 + Math.exp(-(z - mean) / deviation)))
}

/** An action for each round. @param policy [rounds, actions], weights that become probabilities */
function chooseActions(policy: Float64Array): Int32Array {
  const random = numpyRandomState(seed)
  const taken = new Int32Array(rounds)
  for (let round = 0; round < rounds; round++) {
    const row = policy.subarray(round * actions, (round + 1) * actions)
    const total = row.reduce((sum, weight) => sum + weight, 0)
    const uniform = random.next()
    let below = 0
    for (let action = 0; action < actions; action++) {
      row[action]! /= total
      below += row[action]!
      if (below <= uniform) taken[round] = action + 1
    }
  }
  return taken
}

type Column = 'contexts' | 'chances' | 'policy'
/** The notebook prints the ends of a row of ten. */
const ends = [0, 1, 2, 7, 8, 9]

function row(what: string, column: Column, round: number, published: readonly number[]): PublishedFigure {
  const width = column === 'contexts' ? features : actions
  const places = column === 'contexts' ? [0, 1, 2, 3, 4] : ends
  return { ...common, what, within: 5e-9, published, ours: () => places.map(at => syntheticLog()[column][round * width + at]!) }
}

function firstAndLast(what: string, column: 'taken' | 'clicks', published: readonly number[]): PublishedFigure {
  const threeEach = (values: Int32Array) => [...values.subarray(0, 3), ...values.subarray(-3)]
  return { ...common, what, within: 0, published, ours: () => threeEach(syntheticLog()[column]) }
}

const common = { shop: 'numpy', source: 'github.com/st-tech/zr-obp at 8cbd5fa, examples/quickstart/synthetic.ipynb, cell 6' }

export const syntheticLogFigures: readonly PublishedFigure[] = [
  row('zr-obp, context of the first round', 'contexts', 0, [-0.20470766, 0.47894334, -0.51943872, -0.5557303, 1.96578057]),
  row('zr-obp, context of the second round', 'contexts', 1, [1.39340583, 0.09290788, 0.28174615, 0.76902257, 1.24643474]),
  row('zr-obp, context of the last round', 'contexts', rounds - 1, [-1.25579833, -1.42455203, -0.26361242, 0.27928604, 1.21015571]),
  row('zr-obp, rewards of the first round', 'chances', 0, [0.816903, 0.62620894, 0.38626891, 0.62562239, 0.58656774, 0.38586634]),
  row('zr-obp, rewards of the second round', 'chances', 1, [0.52901931, 0.30223176, 0.47256314, 0.6776292, 0.5559511, 0.60500302]),
  row('zr-obp, rewards of the last round', 'chances', rounds - 1, [0.69925393, 0.6911979, 0.15701101, 0.55612729, 0.70225288, 0.47162585]),
  row('zr-obp, policy of the first round', 'policy', 0, [0.13293841, 0.10985836, 0.08642283, 0.10979394, 0.10558863, 0.08638804]),
  row('zr-obp, policy of the last round', 'policy', rounds - 1, [0.11408153, 0.11316618, 0.06633187, 0.09886811, 0.11442417, 0.09085686]),
  firstAndLast('zr-obp, actions of the first three rounds and the last', 'taken', [9, 3, 2, 9, 1, 6]),
  firstAndLast('zr-obp, clicks of the first three rounds and the last', 'clicks', [1, 1, 0, 1, 0, 1]),
]
