import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/data/user-error'
import { importance } from '../../src/sweep/importance'
import { randomSampler } from '../../src/sweep/random-sampler'
import type { Configuration, SearchSpace } from '../../src/sweep/search-space'
import { createStudy } from '../../src/sweep/study'

const space: SearchSpace = {
  x: { kind: 'float', low: 0, high: 1 },
  y: { kind: 'float', low: 1e-4, high: 1, log: true },
  kind: { kind: 'categorical', choices: ['a', 'b', 'c', 'd', 'e'] },
  idle: { kind: 'int', low: 1, high: 9 },
}

/** Where y lies on its logarithmic range, 0 to 1. */
const placeOf = (y: unknown) => 1 + Math.log10(y as number) / 4

function trialsOf(objective: (configuration: Configuration) => number, count: number, seed = 0) {
  const study = createStudy({ space, sampler: randomSampler(), seed })
  for (let at = 0; at < count; at++) {
    const trial = study.ask()!
    study.tell(trial, objective(trial.configuration))
  }
  return study.trials
}

describe('importance', () => {
  // The best tenth are those with x below 1/2 and y below 1/5. Spread evenly over a share s of its range, a hyperparameter
  // has the divergence 1/s - 1: here 1 and 4, so 1/5 and 4/5.
  const box = ({ x, y }: Configuration) => Math.max((x as number) / 0.5, placeOf(y) / 0.2)

  test('is 1/5 and 4/5 where theory says so, and next to nothing for what does not matter', () => {
    const shares = importance(trialsOf(box, 4000), { space })
    expect(Math.abs(shares.x! - 0.2)).toBeLessThan(0.04)
    expect(Math.abs(shares.y! - 0.8)).toBeLessThan(0.04)
    expect(shares.kind!).toBeLessThan(0.01)
    expect(shares.idle!).toBeLessThan(0.01)
  })

  test('of a choice too: one good of five beside a half of x is 4 to 1', () => {
    const objective = ({ x, kind }: Configuration) => (kind === 'b' ? (x as number) : 2)
    const shares = importance(trialsOf(objective, 4000), { space })
    expect(Math.abs(shares.kind! - 0.8)).toBeLessThan(0.05)
    expect(Math.abs(shares.x! - 0.2)).toBeLessThan(0.05)
  })

  test('sums to 1, and is the same for a function and its negative with the other direction', () => {
    const trials = trialsOf(box, 100)
    const shares = importance(trials, { space })
    expect(Object.values(shares).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
    const turned = trials.map(trial => ({ ...trial, value: -trial.value! }))
    expect(importance(turned, { space, direction: 'maximise' })).toEqual(shares)
    expect(importance(turned, { space })).not.toEqual(shares)
  })

  test('cannot see what matters only together: x and y must agree, and have no more than their share of chance', () => {
    // Half of all trials are good, and among them x is spread as evenly as among all.
    const agree = ({ x, y }: Configuration) => ((x as number) > 0.5 === placeOf(y) > 0.5 ? 0 : 1)
    const means = { x: 0, y: 0, kind: 0, idle: 0 }
    for (let seed = 0; seed < 10; seed++) {
      const shares = importance(trialsOf(agree, 500, seed), { space, bestShare: 0.3 })
      for (const name of ['x', 'y', 'kind', 'idle'] as const) means[name] += shares[name]! / 10
    }
    // Seen together they would have all of it; of four that are pure chance two have half.
    expect(means.x + means.y).toBeLessThan(0.6)
    for (const mean of Object.values(means)) expect(mean).toBeLessThan(0.5)
  })

  test('is shared evenly where nothing tells the best from the others', () => {
    expect(
      importance(
        trialsOf(() => 1, 50),
        { space },
      ),
    ).toEqual({ x: 0.25, y: 0.25, kind: 0.25, idle: 0.25 })
  })

  test('works with very few trials, but needs one that is complete', () => {
    for (const count of [1, 2, 5]) {
      const shares = Object.values(importance(trialsOf(box, count), { space }))
      expect(shares.every(share => share >= 0 && share <= 1)).toBe(true)
    }
    expect(() => importance([], { space })).toThrow(UserError)
    expect(() => importance([], { space })).toThrow('no trial is complete; importance needs some, better a hundred')
    expect(() => importance([], { space, bestShare: 1 })).toThrow('bestShare is 1; it must be between 0 and 1')
  })
})
