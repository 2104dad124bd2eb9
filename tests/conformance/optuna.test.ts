/**
 * Our TPE and random search against Optuna 5.0.0's raw results on four functions (half a minute).
 *
 * Optuna has 300 seeds. Ours has 600: with 300 on both sides, two equal searches differ by up to .046 from one half, one time in
 * twenty; with 600, by up to .040. What each function came to is printed, with its 95 % interval, and also for 300 seeds of ours alone:
 * there Hartmann6 is .448, below the .45 that is asked of 600.
 */
import { expect, test } from 'vitest'
import { randomSampler } from '../../src/sweep/random-sampler'
import { tpeSampler } from '../../src/sweep/tpe-sampler'
import { after, column, functions, optunaBest, ourBest, sentence, superiority } from './optuna-comparison'

const seeds = 600

const atEnd = after.length - 1

test.each(Object.keys(functions))('%s: TPE ends as low as that of Optuna, and lower than random search', { timeout: 300_000 }, name => {
  const tpe = ourBest(functions[name]!, tpeSampler(), seeds)
  const random = ourBest(functions[name]!, randomSampler(), seeds)
  const besideOptuna = after.map((_, at) => superiority(column(tpe, at), column(optunaBest(name, 'tpe'), at)))
  const randoms = after.map((_, at) => superiority(column(random, at), column(optunaBest(name, 'random'), at)))
  const besideRandom = superiority(column(tpe, atEnd), column(random, atEnd))
  console.log(
    [
      `${name}, P(ours lower) after ${after.join(', ')} trials, ${seeds} seeds of ours:`,
      `  TPE beside Optuna's TPE        ${besideOptuna.map(sentence).join('  ')}`,
      `  the same, 300 seeds of ours    ${after.map((_, at) => sentence(superiority(column(tpe.slice(0, 300), at), column(optunaBest(name, 'tpe'), at)))).join('  ')}`,
      `  random beside Optuna's random  ${randoms.map(sentence).join('  ')}`,
      `  TPE beside our random, at the end  ${sentence(besideRandom)}`,
    ].join('\n'),
  )
  expect(besideOptuna[atEnd]!.probability).toBeGreaterThanOrEqual(0.45)
  expect(besideRandom.low).toBeGreaterThan(0.5)
  // Random search has one right answer, so ours may be neither worse nor better.
  expect(Math.abs(randoms[atEnd]!.probability - 0.5)).toBeLessThan(0.07)
})

test('the comparison knows a shift when it sees one', () => {
  const grid = Array.from({ length: 100 }, (_, at) => at)
  expect(superiority(grid, grid).probability).toBe(0.5)
  const better = superiority(
    grid.map(x => x - 30),
    grid,
  )
  // 100 × 100 pairs, of which 70 × 71 / 2 are won by the others and 70 are ties: 1 - (2415 + 35) / 10000.
  expect(better.probability).toBeCloseTo(0.755, 10)
  expect(better.low).toBeGreaterThan(0.65)
})
