/**
 * NumPy's RandomState against NumPy's own tests: github.com/numpy/numpy, commit 1f90bbb55e65e7de68921bc3f1a2d94492fdf689,
 * numpy/random/tests/test_randomstate.py. Real numbers are held to the decimals that NumPy's tests hold them to.
 */
import { type NumpyRandomState, numpyRandomState } from '../random/numpy-random-state'
import type { PublishedFigure } from './published-figure'

const source = 'github.com/numpy/numpy at 1f90bbb, numpy/random/tests/test_randomstate.py'

function figure(what: string, test: string, within: number, published: readonly number[], ours: () => readonly number[]): PublishedFigure {
  return { shop: 'numpy', what: `${what} (${test})`, source, published, within, ours }
}

/** Draws under the seed of the class TestRandomDist, in which all these tests stand but the first. */
function drawn(count: number, draw: (random: NumpyRandomState) => number): number[] {
  const random = numpyRandomState(1234567890)
  return Array.from({ length: count }, () => draw(random))
}

/** Real numbers, as assert_array_almost_equal compares them: below 1.5 units of the last decimal. */
function real(what: string, test: string, decimals: number, draw: (random: NumpyRandomState) => number, published: number[]) {
  return figure(what, test, 1.5 * 10 ** -decimals, published, () => drawn(published.length, draw))
}

function whole(what: string, test: string, draw: (random: NumpyRandomState) => number, published: number[]) {
  return figure(what, test, 0, published, () => drawn(published.length, draw))
}

const seeds = [0, 4294967295, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [0], [4294967295]]

export const numpyFigures: readonly PublishedFigure[] = [
  figure('the first whole number below 1,000 under five seeds', 'TestSeed', 0, [684, 419, 468, 973, 265], () =>
    seeds.map(seed => numpyRandomState(seed).randint(0, 1000)),
  ),
  real(
    'uniform numbers',
    'test_random_sample',
    15,
    r => r.next(),
    [0.61879477158568, 0.5916236277597466, 0.8886835890444966, 0.8916548001156082, 0.4575674820298663, 0.7781880808593471],
  ),
  real(
    'standard normal numbers',
    'test_randn',
    15,
    r => r.gauss(),
    [1.3401634577186312, 1.7375912277193608, 1.498988344300628, -0.2286433324536169, 2.031033998682787, 2.1703249460565526],
  ),
  real(
    'normal numbers',
    'test_normal',
    15,
    r => r.normal(0.123456789, 2),
    [2.8037837044372624, 3.5986392444387216, 3.121433477601256, -0.3338298759072338, 4.185524786365574, 4.464106681113105],
  ),
  real(
    'uniform numbers of an interval',
    'test_uniform',
    15,
    r => r.uniform(1.23, 10.54),
    [6.99097932346268, 6.73801597444324, 9.503644214004263, 9.53130618907631, 5.489953257698055, 8.474931032800521],
  ),
  real(
    'exponential numbers',
    'test_exponential',
    15,
    r => r.exponential(1.1234),
    [1.0834264977501162, 1.0060788992455731, 2.466288300852167, 2.496681068099239, 0.6871743346136344, 1.6917566699357598],
  ),
  real(
    'standard gamma numbers',
    'test_standard_gamma',
    14,
    r => r.gamma(3),
    [5.508415313184551, 6.629534703019031, 5.939884849437792, 2.31044849402134, 7.548386142313171, 8.012756093271868],
  ),
  real(
    'gamma numbers',
    'test_gamma',
    14,
    r => r.gamma(5, 3),
    [24.605091886492872, 28.549935632072106, 26.134761102040642, 12.56988482927716, 31.718632757899606, 33.30143302795922],
  ),
  real(
    'beta numbers',
    'test_beta',
    15,
    r => r.beta(0.1, 0.9),
    [
      0.014534185051374606, 0.0005312976156628681, 0.0000018536661905843232, 0.004192145168001106, 0.0001584051551084981,
      0.00012625289194939765,
    ],
  ),
  real(
    'lognormal numbers',
    'test_lognormal',
    13,
    r => r.lognormal(0.123456789, 2),
    [16.506986316888838, 36.54846706092655, 22.678865999812817, 0.7161756105899577, 65.72798501792724, 86.84341601437161],
  ),
  whole('whole numbers', 'test_randint', r => r.randint(-99, 99), [31, 3, -52, 41, -48, -66]),
  whole('choices', 'test_choice_uniform_replace', r => r.randint(0, 4), [2, 3, 2, 3]),
  whole('weighted choices', 'test_choice_nonuniform_replace', r => r.choice([0.4, 0.4, 0.1, 0.1]), [1, 1, 2, 2]),
  whole('binomial numbers', 'test_binomial', r => r.binomial(100, 0.456), [37, 43, 42, 48, 46, 45]),
  whole('Poisson numbers', 'test_poisson', r => r.poisson(0.123456789), [0, 0, 1, 0, 0, 0]),
  figure('a shuffled list', 'test_shuffle', 0, [0, 1, 9, 6, 2, 4, 5, 8, 7, 3], () =>
    numpyRandomState(1234567890).shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9, 0]),
  ),
  figure('a permutation', 'test_permutation', 0, [9, 0, 8, 5, 1, 3, 4, 7, 6, 2], () => [...numpyRandomState(1234567890).permutation(10)]),
]
