/**
 * zr-obp's Thompson sampling with the production prior, drawn again with NumPy's RandomState: how often each item comes first, second and
 * third of 100,000 times. github.com/st-tech/zr-obp at 8cbd5fa, examples/quickstart/obd.ipynb, the output after `compute_batch_action_dist`
 * (line 304 of the file): the first and the last three items, seed 12345.
 */
import { numpyRandomState } from '../random/numpy-random-state'
import { type PublishedFigure, shared } from './published-figure'

// obp/policy/conf/prior_bts.yaml, "all": the beta priors of the 80 items.
const alpha = [
  47, 8, 62, 142, 3, 14, 7, 857, 12, 15, 6, 100, 48, 23, 71, 61, 13, 16, 518, 30, 7, 4, 23, 8, 10, 11, 11, 18, 121, 11, 11, 10, 14, 9, 204,
  58, 3, 19, 42, 1013, 2, 328, 15, 31, 14, 138, 45, 55, 23, 38, 10, 401, 52, 6, 3, 6, 5, 32, 35, 133, 52, 820, 43, 195, 8, 42, 40, 4, 32,
  30, 9, 22, 6, 23, 5, 54, 8, 22, 65, 246,
]
const beta = [
  12198, 3566, 15993, 35522, 2367, 4609, 3171, 181745, 4372, 4951, 3100, 24665, 13210, 7061, 18061, 17449, 5644, 6787, 111326, 8776, 3334,
  2271, 7389, 2659, 3665, 4724, 3561, 5085, 27407, 4601, 4756, 4120, 4736, 3788, 45292, 14719, 2189, 5589, 11995, 222255, 2308, 70034, 4801,
  8274, 5421, 31912, 12213, 13576, 6230, 10382, 4141, 85731, 12811, 2707, 2250, 2668, 2886, 9581, 9465, 28336, 12062, 162793, 12107, 41240,
  3162, 11604, 10818, 2923, 8897, 8654, 4000, 6580, 3174, 6766, 2602, 14506, 3968, 7523, 16532, 51964,
]

/** [items, places]: the share of times that an item came first, second and third. */
const frequencies = shared(() => {
  const simulations = 100_000
  const random = numpyRandomState(12345)
  const counts = alpha.map(() => [0, 0, 0])
  const drawn = new Float64Array(alpha.length)
  for (let simulation = 0; simulation < simulations; simulation++) {
    for (let item = 0; item < drawn.length; item++) drawn[item] = random.beta(alpha[item]!, beta[item]!)
    for (let place = 0; place < 3; place++) {
      let best = 0
      for (let item = 1; item < drawn.length; item++) if (drawn[item]! > drawn[best]!) best = item
      counts[best]![place]!++
      drawn[best] = -1
    }
  }
  return counts.map(places => places.map(count => count / simulations))
})

const ofItem = (item: number, published: readonly number[]): PublishedFigure => ({
  shop: 'numpy',
  what: `zr-obp, Thompson sampling, item ${item}: first, second, third`,
  source: 'github.com/st-tech/zr-obp at 8cbd5fa, examples/quickstart/obd.ipynb and obp/policy/conf/prior_bts.yaml',
  published,
  within: 0,
  // Always all 100,000 times: the published shares are of these.
  ours: () => frequencies()[item]!,
})

export const thompsonPriorFigures: readonly PublishedFigure[] = [
  ofItem(0, [0.01078, 0.00931, 0.00917]),
  ofItem(1, [0.00167, 0.00077, 0.00076]),
  ofItem(2, [0.0058, 0.00614, 0.00631]),
  ofItem(77, [0.0008, 0.00087, 0.00071]),
  ofItem(78, [0.00689, 0.00724, 0.00755]),
  ofItem(79, [0.0582, 0.07603, 0.07998]),
]
