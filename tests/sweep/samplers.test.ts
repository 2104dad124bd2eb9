import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/data/user-error'
import { stream } from '../../src/random/generator'
import { gridSampler, gridSize } from '../../src/sweep/grid-sampler'
import { makeSampler } from '../../src/sweep/make-sampler'
import { randomSampler } from '../../src/sweep/random-sampler'
import type { Sampler, SamplerSpec } from '../../src/sweep/sampler'
import type { Choice, Configuration, Dimension, SearchSpace } from '../../src/sweep/search-space'
import { createStudy } from '../../src/sweep/study'
import { tpeSampler } from '../../src/sweep/tpe-sampler'
import type { TrialRecord } from '../../src/sweep/trial-record'
import { anySpace, smallGrid } from './search-spaces'
import { hartmann6 } from './test-functions'

/** Any function will do that tells configurations apart. */
const someValue = (configuration: Configuration) => stream(1, JSON.stringify(configuration)).next()

function proposals(space: SearchSpace, sampler: Sampler, seed: number, count: number): Configuration[] {
  const study = createStudy({ space, sampler, seed })
  return Array.from({ length: count }, () => {
    const trial = study.ask()!
    study.tell(trial, someValue(trial.configuration))
    return trial.configuration
  })
}

/** Written anew, apart from the code under test. */
function belongs(dimension: Dimension, value: Choice): boolean {
  if (dimension.kind === 'categorical') return dimension.choices.some(choice => JSON.stringify(choice) === JSON.stringify(value))
  if (typeof value !== 'number' || !(value >= dimension.low && value <= dimension.high)) return false
  if (dimension.kind === 'int' && !Number.isInteger(value)) return false
  const steps = dimension.step === undefined ? 0 : (value - dimension.low) / dimension.step
  return Math.abs(steps - Math.round(steps)) < 1e-9
}

const samplers: Record<string, () => Sampler> = {
  random: randomSampler,
  TPE: () => tpeSampler({ startupTrials: 3 }),
  'TPE, each dimension alone': () => tpeSampler({ startupTrials: 3, multivariate: false }),
}

describe.each(Object.keys(samplers))('%s', name => {
  const sampler = samplers[name]!

  test('stays in the range and on the steps of every dimension, and names each', () => {
    fc.assert(
      fc.property(anySpace, fc.integer(), (space, seed) => {
        for (const configuration of proposals(space, sampler(), seed, 12)) {
          expect(Object.keys(configuration)).toEqual(Object.keys(space))
          for (const [key, value] of Object.entries(configuration))
            expect([key, value, belongs(space[key]!, value)]).toEqual([key, value, true])
        }
      }),
      // A step as wide as the range, which rounding makes narrower: .9999999999999999.
      { numRuns: 60, examples: [[{ h0: { kind: 'float', low: -1.9, high: -0.9, step: 1 } }, 0]] },
    )
  })

  test('proposes the same under the same seed, and something else under another', () => {
    fc.assert(
      fc.property(anySpace, fc.integer(), (space, seed) => {
        expect(proposals(space, sampler(), seed, 8)).toEqual(proposals(space, sampler(), seed, 8))
      }),
      { numRuns: 30 },
    )
    expect(proposals(hartmann6.space, sampler(), 1, 12)).not.toEqual(proposals(hartmann6.space, sampler(), 2, 12))
  })

  test('can be made again from its description', () => {
    const { spec } = sampler()
    const again = makeSampler(JSON.parse(JSON.stringify(spec)) as SamplerSpec)
    expect(again.spec).toEqual(spec)
    expect(proposals(hartmann6.space, again, 5, 15)).toEqual(proposals(hartmann6.space, sampler(), 5, 15))
  })
})

describe('random search', () => {
  test('does not care which trial ended when', () => {
    const first = createStudy({ space: hartmann6.space, sampler: randomSampler(), seed: 3 })
    const inTurn = Array.from({ length: 6 }, () => {
      const trial = first.ask()!
      first.tell(trial, 0)
      return trial.configuration
    })
    const second = createStudy({ space: hartmann6.space, sampler: randomSampler(), seed: 3 })
    const atOnce = Array.from({ length: 6 }, () => second.ask()!)
    for (const trial of [...atOnce].reverse()) second.tell(trial, trial.number)
    expect(atOnce.map(trial => trial.configuration)).toEqual(inTurn)
  })

  test('draws every choice, every whole number and every tenth of a logarithm alike', () => {
    const space: SearchSpace = {
      choice: { kind: 'categorical', choices: ['a', 'b', 'c', 'd', 'e'] },
      whole: { kind: 'int', low: 0, high: 8, step: 2 },
      rate: { kind: 'float', low: 1e-5, high: 1, log: true },
    }
    const drawn = proposals(space, randomSampler(), 0, 5000)
    const counts = (groupOf: (one: Configuration) => unknown) => {
      const by = new Map<unknown, number>()
      for (const one of drawn) by.set(groupOf(one), (by.get(groupOf(one)) ?? 0) + 1)
      return [...by.values()]
    }
    // 1,000 each, standard deviation 28.
    for (const group of [counts(one => one.choice), counts(one => one.whole), counts(one => Math.floor(Math.log10(one.rate as number)))]) {
      expect(group).toHaveLength(5)
      for (const count of group) expect(Math.abs(count - 1000)).toBeLessThan(140)
    }
  })
})

describe('the grid', () => {
  test('has every point once, then ends', () => {
    fc.assert(
      fc.property(smallGrid, space => {
        const study = createStudy({ space, sampler: gridSampler() })
        const seen = new Set<string>()
        for (let trial = study.ask(); trial; trial = study.ask()) {
          for (const [name, value] of Object.entries(trial.configuration)) expect(belongs(space[name]!, value)).toBe(true)
          seen.add(JSON.stringify(trial.configuration))
          if (trial.number % 2 === 0) study.tell(trial, 0)
        }
        expect(study.trials).toHaveLength(gridSize(space))
        expect(seen.size).toBe(gridSize(space))
      }),
      { numRuns: 50 },
    )
  })

  test('goes through its last dimension fastest, from low to high, choices as listed', () => {
    const space: SearchSpace = {
      rate: { kind: 'float', low: 0.1, high: 0.3, step: 0.1 },
      size: { kind: 'categorical', choices: [64, 32] },
    }
    const study = createStudy({ space, sampler: gridSampler() })
    const rows = Array.from({ length: 6 }, () => Object.values(study.ask()!.configuration))
    expect(rows).toEqual([
      [0.1, 64],
      [0.1, 32],
      [0.2, 64],
      [0.2, 32],
      [0.3, 64],
      [0.3, 32],
    ])
    expect(study.ask()).toBeUndefined()
  })

  test('does not try again what was enqueued or taken over, and tries what it displaced', () => {
    const space: SearchSpace = { size: { kind: 'int', low: 1, high: 4 } }
    const study = createStudy({ space, sampler: gridSampler() })
    study.add({ number: 0, configuration: { size: 2 }, state: 'failed', intermediate: [] })
    study.enqueue({ size: 3 })
    const rest = [study.ask(), study.ask(), study.ask()].map(trial => trial!.configuration.size)
    expect(rest).toEqual([3, 1, 4])
    expect(study.ask()).toBeUndefined()
  })

  test('needs steps, a space, and no more than a million points', () => {
    const make = (space?: SearchSpace) => () => createStudy({ sampler: gridSampler(), ...(space ? { space } : {}) })
    expect(make({ rate: { kind: 'float', low: 0, high: 1 } })).toThrow('rate is a float without a step')
    expect(make()).toThrow('the grid sampler needs the space')
    expect(make({ a: { kind: 'int', low: 1, high: 2000 }, b: { kind: 'int', low: 1, high: 2000 } })).toThrow('the grid has 4000000 points')
  })
})

describe('TPE', () => {
  const space: SearchSpace = { x: { kind: 'float', low: 0, high: 1 } }
  const trial = (number: number, x: number, rest: Partial<TrialRecord>): TrialRecord => ({
    number,
    configuration: { x },
    state: 'complete',
    intermediate: [],
    ...rest,
  })
  /** Twenty trials, of which those near .8 are good, and 200 proposals of what comes next. */
  const next = (trials: readonly TrialRecord[], sampler = tpeSampler(), direction: 'minimise' | 'maximise' = 'minimise') =>
    Array.from({ length: 200 }, (_, seed) => sampler.propose({ space, trials, direction, generator: stream(seed, 'next') })!.x as number)
  const spread = Array.from({ length: 20 }, (_, at) => (at + 0.5) / 20)
  const near = (xs: readonly number[], centre: number) => xs.filter(x => Math.abs(x - centre) < 0.1).length

  test('looks where trials were good, whichever way is good', () => {
    const trials = spread.map((x, number) => trial(number, x, { value: Math.abs(x - 0.8) }))
    expect(near(next(trials), 0.8)).toBeGreaterThan(150)
    const turned = trials.map(one => ({ ...one, value: -one.value! }))
    expect(next(turned, tpeSampler(), 'maximise')).toEqual(next(trials))
    expect(near(next(trials, tpeSampler(), 'maximise'), 0.8)).toBeLessThan(20)
  })

  test('draws at random, evenly, before it has its start-up trials; failed and running ones are none', () => {
    const nine = spread.slice(0, 9).map((x, number) => trial(number, x, { value: Math.abs(x - 0.4) }))
    const others = spread.slice(9).map((x, at) => trial(9 + at, x, { state: at % 2 ? 'failed' : 'running' }))
    const random = Array.from({ length: 200 }, (_, seed) => stream(seed, 'next').next())
    expect(next([...nine, ...others])).toEqual(random)
    expect(next([...nine, ...others], tpeSampler({ startupTrials: 9 }))).not.toEqual(random)
  })

  test('takes running trials for bad, and does not count them when it splits', () => {
    const trials = spread.map((x, number) => trial(number, x, { value: Math.abs(x - 0.8) }))
    const running = Array.from({ length: 12 }, (_, at) => trial(20 + at, 0.8 + (at - 6) / 200, { state: 'running' }))
    expect(near(next([...trials, ...running]), 0.8)).toBeLessThan(near(next(trials), 0.8) - 50)
  })

  test('puts pruned trials behind complete ones: those that came farther first, then by their last value', () => {
    // The two best of twenty make the good part.
    const pruned = (reports: readonly [step: number, value: number]) => ({
      state: 'pruned' as const,
      intermediate: [{ step: reports[0], value: reports[1] }],
    })
    const early = spread.map((x, number) => trial(number, x, pruned([1, 0])))
    const far = early.map(one => (Math.abs((one.configuration.x as number) - 0.3) < 0.05 ? { ...one, ...pruned([9, 100]) } : one))
    expect(near(next(far), 0.3)).toBeGreaterThan(120)
    const better = far.map(one => (Math.abs((one.configuration.x as number) - 0.7) < 0.05 ? { ...one, ...pruned([9, 1]) } : one))
    expect(near(next(better), 0.7)).toBeGreaterThan(120)
    const complete = better.map(one =>
      Math.abs((one.configuration.x as number) - 0.1) < 0.05 ? { ...one, state: 'complete' as const, value: 1e9 } : one,
    )
    expect(near(next(complete), 0.1)).toBeGreaterThan(120)
  })

  test('passes over trials of another space, and failed ones', () => {
    const trials = spread.map((x, number) => trial(number, x, { value: Math.abs(x - 0.8) }))
    const strangers: TrialRecord[] = [
      { number: 20, configuration: { y: 0.5 }, state: 'complete', value: -9, intermediate: [] },
      { number: 21, configuration: { x: 7 }, state: 'complete', value: -9, intermediate: [] },
      { number: 22, configuration: { x: 'wide' }, state: 'complete', value: -9, intermediate: [] },
      { number: 23, configuration: { x: 0.1 }, state: 'failed', intermediate: [] },
    ]
    expect(next([...trials, ...strangers])).toEqual(next(trials))
  })

  test('prefers the choice, the whole number and the order of magnitude that were good', () => {
    const mixed: SearchSpace = {
      kind: { kind: 'categorical', choices: ['a', 'b', 'c'] },
      size: { kind: 'int', low: 1, high: 9 },
      rate: { kind: 'float', low: 1e-6, high: 1, log: true },
    }
    const study = createStudy({ space: mixed, seed: 2 })
    for (let at = 0; at < 120; at++) {
      const one = study.ask()!
      const { kind, size, rate } = one.configuration
      study.tell(one, (kind === 'b' ? 0 : 3) + Math.abs((size as number) - 7) + Math.abs(Math.log10(rate as number) + 4))
    }
    // Of 60, chance would give 20, 20 and 20.
    const late = study.trials.slice(60).map(one => one.configuration)
    expect(late.filter(one => one.kind === 'b').length).toBeGreaterThan(33)
    expect(late.filter(one => Math.abs((one.size as number) - 7) <= 1).length).toBeGreaterThan(40)
    expect(late.filter(one => Math.abs(Math.log10(one.rate as number) + 4) < 1).length).toBeGreaterThan(40)
  })

  test('all dimensions together find a valley that runs across them; each alone sees less of it', () => {
    const square: SearchSpace = { x: { kind: 'float', low: -1, high: 1 }, y: { kind: 'float', low: -1, high: 1 } }
    const medianOf = (sampler: Sampler) => {
      const found = Array.from({ length: 40 }, (_, seed) => {
        const study = createStudy({ space: square, sampler, seed })
        for (let at = 0; at < 80; at++) {
          const one = study.ask()!
          const { x, y } = one.configuration as { x: number; y: number }
          study.tell(one, (x + y) ** 2 + 0.01 * (x - 0.5) ** 2)
        }
        return study.best!.value!
      }).sort((a, b) => a - b)
      return found[20]!
    }
    expect(medianOf(tpeSampler())).toBeLessThan(medianOf(tpeSampler({ multivariate: false })))
  })

  test('learns from the trials told so far, in whichever order they were told', () => {
    const told = (order: (numbers: number[]) => number[]) => {
      const study = createStudy({ space: hartmann6.space, seed: 8 })
      const round = Array.from({ length: 15 }, () => study.ask()!)
      for (const number of order(round.map(one => one.number))) study.tell(number, someValue(round[number]!.configuration))
      return study.ask()!.configuration
    }
    expect(told(numbers => numbers.reverse())).toEqual(told(numbers => numbers))
  })

  test('proposes different configurations to a round that is asked for at once', () => {
    const study = createStudy({ space: hartmann6.space, seed: 8 })
    for (let at = 0; at < 20; at++) {
      const one = study.ask()!
      study.tell(one, hartmann6.of(one.configuration))
    }
    const round = Array.from({ length: 8 }, () => JSON.stringify(study.ask()!.configuration))
    expect(new Set(round).size).toBe(8)
  })

  test('refuses options that make no sense, in words', () => {
    expect(() => tpeSampler({ candidates: 0 })).toThrow(UserError)
    expect(() => tpeSampler({ candidates: 0 })).toThrow('candidates of the TPE sampler is 0; it must be a whole number, at least 1')
    expect(() => makeSampler({ kind: 'tpe', gamma: 3 } as unknown as SamplerSpec)).toThrow("has no option 'gamma'; it has startupTrials")
    expect(() => makeSampler({ kind: 'cma' } as unknown as SamplerSpec)).toThrow(
      "there is no sampler 'cma'; the samplers are 'grid', 'random' and 'tpe'",
    )
  })
})
