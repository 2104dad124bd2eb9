/**
 * zr-obp's synthetic bandit log, drawn again (src/data/synthetic-bandit.ts): examples/quickstart/synthetic.ipynb at 8cbd5fa, the output of
 * cell 6 (lines 148 to 237 of the file): seed 12345, 100,000 rounds, 10 actions, 5 features, behaviour softmax(beta q) with beta 1, to all
 * digits shown.
 *
 * Its z is (z - mean) / std over all rounds and actions, as version 0.5.4 has it (obp/dataset/synthetic.py, _base_reward_function, at its
 * tag): commit 8cbd5fa, where the output stands, lacks the brackets.
 */
import { syntheticBandit } from '../data/synthetic-bandit'
import { type PublishedFigure, shared } from './published-figure'

const rounds = 100_000
const actions = 10
const features = 5

const syntheticLog = shared(() => syntheticBandit({ actions, features, beta: 1, seed: 12345, standardise: 'published' }).draw(rounds))

type Column = 'contexts' | 'expected' | 'policy'
/** The notebook prints the ends of a row of ten. */
const ends = [0, 1, 2, 7, 8, 9]

function row(what: string, column: Column, round: number, published: readonly number[]): PublishedFigure {
  const width = column === 'contexts' ? features : actions
  const places = column === 'contexts' ? [0, 1, 2, 3, 4] : ends
  return { ...common, what, within: 5e-9, published, ours: () => places.map(at => syntheticLog()[column][round * width + at]!) }
}

function firstAndLast(what: string, column: 'action' | 'reward', published: readonly number[]): PublishedFigure {
  const threeEach = (values: ArrayLike<number>) => [0, 1, 2, rounds - 3, rounds - 2, rounds - 1].map(at => values[at]!)
  return { ...common, what, within: 0, published, ours: () => threeEach(syntheticLog()[column]) }
}

const common = { shop: 'numpy', source: 'github.com/st-tech/zr-obp at 8cbd5fa, examples/quickstart/synthetic.ipynb, cell 6' }

export const syntheticLogFigures: readonly PublishedFigure[] = [
  row('zr-obp, context of the first round', 'contexts', 0, [-0.20470766, 0.47894334, -0.51943872, -0.5557303, 1.96578057]),
  row('zr-obp, context of the second round', 'contexts', 1, [1.39340583, 0.09290788, 0.28174615, 0.76902257, 1.24643474]),
  row('zr-obp, context of the last round', 'contexts', rounds - 1, [-1.25579833, -1.42455203, -0.26361242, 0.27928604, 1.21015571]),
  row('zr-obp, rewards of the first round', 'expected', 0, [0.816903, 0.62620894, 0.38626891, 0.62562239, 0.58656774, 0.38586634]),
  row('zr-obp, rewards of the second round', 'expected', 1, [0.52901931, 0.30223176, 0.47256314, 0.6776292, 0.5559511, 0.60500302]),
  row('zr-obp, rewards of the last round', 'expected', rounds - 1, [0.69925393, 0.6911979, 0.15701101, 0.55612729, 0.70225288, 0.47162585]),
  row('zr-obp, policy of the first round', 'policy', 0, [0.13293841, 0.10985836, 0.08642283, 0.10979394, 0.10558863, 0.08638804]),
  row('zr-obp, policy of the last round', 'policy', rounds - 1, [0.11408153, 0.11316618, 0.06633187, 0.09886811, 0.11442417, 0.09085686]),
  firstAndLast('zr-obp, actions of the first three rounds and the last', 'action', [9, 3, 2, 9, 1, 6]),
  firstAndLast('zr-obp, clicks of the first three rounds and the last', 'reward', [1, 1, 0, 1, 0, 1]),
]
