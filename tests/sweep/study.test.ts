import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/data/user-error'
import { makePruner } from '../../src/sweep/make-pruner'
import { medianPruner } from '../../src/sweep/median-pruner'
import { randomSampler } from '../../src/sweep/random-sampler'
import type { SearchSpace } from '../../src/sweep/search-space'
import { createStudy } from '../../src/sweep/study'
import { type StudyTrial, TrialPruned } from '../../src/sweep/study-trial'
import type { TrialRecord } from '../../src/sweep/trial-record'

const space: SearchSpace = {
  rate: { kind: 'float', low: 1e-5, high: 1e-1, log: true },
  layers: { kind: 'categorical', choices: [[64], [256, 128]] },
}
const configuration = { rate: 1e-3, layers: [256, 128] }

describe('asking and telling', () => {
  test('a trial has a value for everything in the space, and its number', () => {
    const study = createStudy({ space })
    const [first, second] = [study.ask()!, study.ask()!]
    expect([first.number, second.number]).toEqual([0, 1])
    expect(Object.keys(second.configuration)).toEqual(['rate', 'layers'])
    expect(study.trials.map(({ state }) => state)).toEqual(['running', 'running'])
  })

  test('what was told is kept, by number, with its reports and seeds', () => {
    const study = createStudy({ space })
    const [first, second, third] = [study.ask()!, study.ask()!, study.ask()!]
    first.report(10, 0.5)
    first.report(20, 0.25)
    study.tell(third.number, { state: 'failed', error: 'out of memory' })
    study.tell(second, { state: 'pruned' })
    const seeds = [
      { seed: 1, value: 0.1 },
      { seed: 2, value: 0.3 },
    ]
    const told = study.tell(first, { state: 'complete', value: 0.2, seeds })
    const intermediate = [
      { step: 10, value: 0.5 },
      { step: 20, value: 0.25 },
    ]
    expect(told).toEqual({ number: 0, configuration: first.configuration, state: 'complete', value: 0.2, seeds, intermediate })
    expect(study.trials.map(({ number, state }) => [number, state])).toEqual([
      [0, 'complete'],
      [1, 'pruned'],
      [2, 'failed'],
    ])
    expect(study.trials[2]!.error).toBe('out of memory')
  })

  test('the best is the least value, or the greatest; of equals the first; pruned and failed trials do not count', () => {
    const bestOf = (direction: 'minimise' | 'maximise' | undefined) => {
      const study = createStudy({ space, ...(direction ? { direction } : {}) })
      expect(study.best).toBeUndefined()
      for (const value of [3, 1, 4, 1, 4]) study.tell(study.ask()!, value)
      study.tell(study.ask()!, { state: 'pruned' })
      return study.best!.number
    }
    expect([bestOf('minimise'), bestOf('maximise'), bestOf(undefined)]).toEqual([1, 2, 1])
  })

  test('a trial can be told once, by its own study, with a finite number', () => {
    const study = createStudy({ space })
    const trial = study.ask()!
    expect(() => study.tell(trial, NaN)).toThrow('the value of trial 0 is NaN; it must be a finite number')
    expect(() => study.tell(trial, { state: 'done' } as unknown as number)).toThrow('the state of trial 0 is "done"')
    const stranger = createStudy({ space }).ask()!
    expect(() => study.tell(stranger, 1)).toThrow(RangeError)
    study.tell(trial, 1)
    expect(() => study.tell(trial, 1)).toThrow('trial 0 is complete already; a trial that is running can be told, once')
    expect(() => study.tell(7, 1)).toThrow('trial 7 is not of this study')
    expect(() => trial.report(1, 1)).toThrow('trial 0 has ended')
    expect(() => trial.suggestFloat('rate', 1e-5, 1e-1, { log: true })).toThrow('trial 0 has ended')
  })

  test('reports are finite, their steps grow', () => {
    const trial = createStudy({ space }).ask()!
    trial.report(5, 1)
    expect(() => trial.report(5, 1)).toThrow('step is 5 in trial 0; it must be a finite number above the last one, 5')
    expect(() => trial.report(6, Number.POSITIVE_INFINITY)).toThrow('value is Infinity at step 6 of trial 0')
  })

  test('options that make no sense are refused in words', () => {
    expect(() => createStudy({ direction: 'up' as 'maximise' })).toThrow(`direction is "up"; it must be 'minimise' or 'maximise'`)
    expect(() => createStudy({ seed: NaN })).toThrow('seed is NaN')
    expect(() => createStudy({ space: {} })).toThrow(UserError)
  })
})

describe('suggesting', () => {
  test('gives the value of the space where it has the name, and refuses another range for it', () => {
    const trial = createStudy({ space }).ask()!
    expect(trial.suggestFloat('rate', 1e-5, 1e-1, { log: true })).toBe(trial.configuration.rate)
    expect(trial.suggestCategorical('layers', [[64], [256, 128]])).toEqual(trial.configuration.layers)
    expect(() => trial.suggestFloat('rate', 1e-5, 1e-2, { log: true })).toThrow(
      'rate is suggested as a number from 0.00001 to 0.01 (logarithmic), but is a number from 0.00001 to 0.1 (logarithmic) in this study',
    )
    expect(() => trial.suggestFloat('rate', 1e-5, 1e-1)).toThrow(UserError)
    expect(() => trial.suggestCategorical('layers', [[256, 128], [64]])).toThrow('layers is suggested as one of')
  })

  test('draws what the space does not have, once a trial, and adds it to the configuration and the space', () => {
    const study = createStudy({ space, seed: 4 })
    const trial = study.ask()!
    const steps = trial.suggestInt('steps', 1, 5)
    expect(trial.suggestInt('steps', 1, 5)).toBe(steps)
    expect(trial.configuration.steps).toBe(steps)
    expect(study.space.steps).toEqual({ kind: 'int', low: 1, high: 5 })
    expect(study.tell(trial, 0).configuration.steps).toBe(steps)
    expect(() => study.ask()!.suggestInt('steps', 1, 6)).toThrow('a name stands for one range')
    expect(() => study.ask()!.suggestFloat('depth', 3, 1)).toThrow('depth has low 3 and high 1; low must be below high')
  })

  test('works without any space, learns, and gives the same under the same seed', async () => {
    const objective = (trial: StudyTrial) => {
      const x = trial.suggestFloat('x', -5, 5)
      const bent = trial.suggestCategorical('bent', [true, false])
      return bent ? (x - 2) ** 2 : 10 + trial.suggestFloat('lift', 0, 1)
    }
    const run = async () => {
      const study = createStudy({ seed: 1 })
      await study.optimise(objective, { trials: 60 })
      return study
    }
    const study = await run()
    expect(study.trials.filter(({ configuration: { bent } }) => bent).length).toBeGreaterThan(35)
    expect(study.best!.value).toBeLessThan(0.1)
    expect((await run()).trials).toEqual(study.trials)
  })
})

describe('enqueueing', () => {
  test('has configurations tried first, in their order; what they leave open is proposed', () => {
    const study = createStudy({ space })
    study.enqueue(configuration)
    study.enqueue({ rate: 1e-2 })
    expect(study.ask()!.configuration).toEqual(configuration)
    const second = study.ask()!.configuration
    expect(second.rate).toBe(1e-2)
    expect(second.layers).toBeDefined()
    expect(study.ask()!.configuration.rate).not.toBe(1e-2)
  })

  test('does not change what the other trials get', () => {
    const plain = createStudy({ space, sampler: randomSampler() })
    const enqueued = createStudy({ space, sampler: randomSampler() })
    enqueued.enqueue(configuration)
    const [, second] = [plain.ask(), plain.ask()]
    enqueued.ask()
    expect(enqueued.ask()!.configuration).toEqual(second!.configuration)
  })

  test('refuses names and values that the space does not have', () => {
    const study = createStudy({ space })
    expect(() => study.enqueue({ speed: 1 })).toThrow(
      "the configuration has 'speed', which is not in the search space; it has rate, layers",
    )
    expect(() => study.enqueue({ rate: 1 })).toThrow('rate is 1; it must be a number from 0.00001 to 0.1 (logarithmic)')
    expect(() => study.enqueue({ layers: [128] })).toThrow('layers is [128]; it must be one of [64], [256,128]')
  })

  test('holds for names that are only suggested, and refuses there what does not fit', () => {
    const study = createStudy()
    study.enqueue({ steps: 3 })
    study.enqueue({ steps: 99 })
    expect(study.ask()!.suggestInt('steps', 1, 5)).toBe(3)
    expect(() => study.ask()!.suggestInt('steps', 1, 5)).toThrow('steps is 99; it must be a whole number from 1 to 5')
  })
})

describe('resuming', () => {
  test('a study that takes over what was done goes on as the one that was not interrupted', () => {
    const value = (trial: StudyTrial) => Math.log10(trial.configuration.rate as number)
    const whole = createStudy({ space, seed: 6 })
    for (let at = 0; at < 25; at++) {
      const trial = whole.ask()!
      whole.tell(trial, value(trial))
    }
    const resumed = createStudy({ space, seed: 6 })
    for (const record of JSON.parse(JSON.stringify(whole.trials.slice(0, 15))) as TrialRecord[]) resumed.add(record)
    for (let at = 15; at < 25; at++) {
      const trial = resumed.ask()!
      resumed.tell(trial, value(trial))
    }
    expect(resumed.trials).toEqual(whole.trials)
    expect(resumed.best).toEqual(whole.best)
  })

  test('numbers that were lost are given again, with the same proposal', () => {
    const before = createStudy({ space, sampler: randomSampler(), seed: 2 })
    const trials = Array.from({ length: 4 }, () => before.ask()!)
    const after = createStudy({ space, sampler: randomSampler(), seed: 2 })
    for (const at of [3, 1]) after.add(before.tell(trials[at]!, 0))
    const asked = [after.ask()!, after.ask()!, after.ask()!]
    expect(asked.map(({ number }) => number)).toEqual([0, 2, 4])
    expect(asked[1]!.configuration).toEqual(trials[2]!.configuration)
  })

  test('refuses what is there, what still runs, and what the space does not have', () => {
    const study = createStudy({ space })
    const record: TrialRecord = { number: 0, configuration, state: 'complete', value: 1, intermediate: [] }
    study.add(record)
    expect(() => study.add(record)).toThrow('the study has a trial 0 already')
    expect(() => study.add({ ...record, number: 1, state: 'running' })).toThrow('the state of trial 1 is "running"')
    expect(() => study.add({ ...record, number: 1, configuration: { rate: 1e-3 } })).toThrow('trial 1 has no layers')
    expect(() => study.add({ ...record, number: 1, configuration: { ...configuration, rate: 7 } })).toThrow('rate is 7')
    expect(() => study.add({ ...record, number: -1 })).toThrow('the number of a trial is -1')
  })
})

describe('optimising', () => {
  const line = (trial: StudyTrial) => trial.configuration.rate as number

  test('tries so many more, of an objective with or without promises, and tells of each', async () => {
    const study = createStudy({ space })
    const seen: number[] = []
    await study.optimise(async trial => line(trial), {
      trials: 3,
      onTrial: ({ number, state }) => void (state === 'complete' && seen.push(number)),
    })
    await study.optimise(line, { trials: 2, onTrial: ({ number }) => void seen.push(number) })
    expect(seen).toEqual([0, 1, 2, 3, 4])
  })

  test('an objective that throws stops the study, its trial kept as failed; or it goes on', async () => {
    const faulty = (trial: StudyTrial) => {
      if (trial.number === 1) throw new Error('no such layer')
      return line(trial)
    }
    const stopped = createStudy({ space })
    await expect(stopped.optimise(faulty, { trials: 3 })).rejects.toThrow('no such layer')
    expect(stopped.trials.map(({ state, error }) => [state, error])).toEqual([
      ['complete', undefined],
      ['failed', 'no such layer'],
    ])
    const goesOn = createStudy({ space })
    await goesOn.optimise(faulty, { trials: 3, onError: 'continue' })
    expect(goesOn.trials.map(({ state }) => state)).toEqual(['complete', 'failed', 'complete'])
  })

  test('an objective that gives NaN has failed, and the study goes on', async () => {
    const study = createStudy({ space })
    await study.optimise(({ number }) => (number === 0 ? NaN : 1), { trials: 2 })
    expect(study.trials[0]).toMatchObject({ state: 'failed', error: 'the objective gave NaN, which is not a finite number' })
    expect(study.trials[1]!.state).toBe('complete')
  })

  test('a pruner ends hopeless trials, and they are kept as pruned with their reports', async () => {
    const study = createStudy({ space, pruner: medianPruner({ startupTrials: 3, warmUpSteps: 2 }) })
    const objective = (trial: StudyTrial) => {
      for (let step = 1; step <= 5; step++) {
        trial.report(step, trial.number)
        if (trial.shouldPrune()) throw new TrialPruned()
      }
      return trial.number
    }
    await study.optimise(objective, { trials: 5 })
    expect(study.trials.map(({ state, intermediate }) => [state, intermediate.length])).toEqual([
      ['complete', 5],
      ['complete', 5],
      ['complete', 5],
      ['pruned', 2],
      ['pruned', 2],
    ])
  })

  test('begins no further trial once it is aborted, even where the objective never waits', async () => {
    const study = createStudy({ space })
    const stop = new AbortController()
    await study.optimise(line, { trials: 100, signal: stop.signal, onTrial: ({ number }) => void (number === 4 && stop.abort()) })
    expect(study.trials).toHaveLength(5)
    const busy = createStudy({ space })
    const later = new AbortController()
    setTimeout(() => later.abort(), 10)
    const spin = () => {
      const end = performance.now() + 5
      while (performance.now() < end);
      return 1
    }
    await busy.optimise(spin, { trials: 10_000, signal: later.signal })
    expect(busy.trials.length).toBeLessThan(10_000)
  })

  test('an objective that was aborted by the signal does not count as an error of the study', async () => {
    const study = createStudy({ space })
    const stop = new AbortController()
    const objective = () => {
      stop.abort()
      stop.signal.throwIfAborted()
      return 1
    }
    await study.optimise(objective, { trials: 3, signal: stop.signal })
    expect(study.trials.map(({ state }) => state)).toEqual(['failed'])
  })

  test('refuses a number of trials that is none', async () => {
    await expect(createStudy({ space }).optimise(line, { trials: -1 })).rejects.toThrow('trials is -1')
  })
})

test('the study asks its pruner about the other trials', () => {
  const study = createStudy({ space, pruner: makePruner({ kind: 'asha', minimumResource: 1, reductionFactor: 2 }) })
  const [good, bad] = [study.ask()!, study.ask()!]
  good.report(1, 0)
  expect(good.shouldPrune()).toBe(false)
  bad.report(1, 1)
  expect(bad.shouldPrune()).toBe(true)
})
