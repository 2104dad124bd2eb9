import { expect, test } from 'vitest'
import { meanDifference } from '../../src/evaluate/mean-difference'
import { type SequentialTestOptions, sequentialLooks, sequentialTest } from '../../src/evaluate/sequential-test'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

/** Visits by turns, until it is decided or they are over. */
function run(seed: number, difference: number, visits: number, options: SequentialTestOptions) {
  const generator = stream(seed, 'visits')
  const trial = sequentialTest(options)
  for (let visit = 0; visit < visits; visit++) {
    const treated = visit % 2 === 1
    trial.add(treated, normal(generator) + (treated ? difference : 0))
    if (visit % 20 === 19 && trial.state().decided) break
  }
  return trial.state()
}

test('is the ratio worked by hand', () => {
  const trial = sequentialTest({ expected: 0.1, fewest: 2 })
  // Two visits each: means 0 and .3, sample variances .01 each, so V = .01 / 2 + .01 / 2 = .01.
  const half = Math.sqrt(0.005)
  for (const outcome of [-half, half]) trial.add(false, outcome)
  for (const outcome of [0.3 - half, 0.3 + half]) trial.add(true, outcome)
  const { estimate, pValue, low, high } = trial.state()
  expect(estimate).toBeCloseTo(0.3, 12)
  // 1 / (√.5 · e^2.25)
  expect(pValue).toBeCloseTo(Math.SQRT2 * Math.exp(-2.25), 10)
  // √(.01 · .02 / .01 · (log 2 + 2 log 20)) = .3657
  expect(high - estimate).toBeCloseTo(Math.sqrt(0.02 * (Math.log(2) + 2 * Math.log(20))), 10)
  expect(estimate - low).toBeCloseTo(high - estimate, 10)
})

test('looked at after every visit, it errs at most one time in twenty; a fixed test looked at so errs far more often', () => {
  const runs = 200
  let [always, fixed] = [0, 0]
  for (let seed = 0; seed < runs; seed++) {
    if (run(seed, 0, 3000, { expected: 0.2 }).decided) always++
    const generator = stream(seed, 'visits')
    const groups: [number[], number[]] = [[], []]
    for (let visit = 0; visit < 3000; visit++) {
      groups[visit % 2]!.push(normal(generator))
      if (visit % 300 !== 299) continue
      if (meanDifference(groups[0], groups[1]).pValue < 0.05) {
        fixed++
        break
      }
    }
  }
  // Two standard errors of .05 over 200 runs: .031.
  expect(always / runs).toBeLessThan(0.05)
  expect(fixed / runs).toBeGreaterThan(0.12)
})

test('finds what is there, the sooner the larger it is', () => {
  const visitsUntil = (difference: number) => {
    const states = Array.from({ length: 40 }, (_, seed) => run(seed, difference, 20_000, { expected: 0.2 }))
    for (const { decided, low, high } of states) {
      expect(decided).toBe(true)
      // An interval that no longer holds 0.
      expect(low > 0 || high < 0).toBe(true)
    }
    return states.reduce((sum, { visits }) => sum + visits[0] + visits[1], 0) / states.length
  }
  expect(visitsUntil(0.4)).toBeLessThan(0.5 * visitsUntil(0.2))
})

test('its p-value never rises and its interval never widens, though differences come and go', () => {
  const generator = stream(9, 'visits')
  const trial = sequentialTest({ expected: 0.3, fewest: 10 })
  let [before, came, went] = [trial.state(), 0, 0]
  for (let visit = 0; visit < 1000; visit++) {
    // Half a deviation to and fro.
    const treated = visit % 2 === 1
    trial.add(treated, normal(generator) + (treated && visit % 400 < 200 ? 0.5 : treated ? -0.5 : 0))
    const now = trial.state()
    expect(now.pValue).toBeLessThanOrEqual(before.pValue)
    expect(now.low).toBeGreaterThanOrEqual(before.low)
    expect(now.high).toBeLessThanOrEqual(before.high)
    if (now.estimate > before.estimate) came++
    if (now.estimate < before.estimate) went++
    before = now
  }
  expect(Math.min(came, went)).toBeGreaterThan(250)
})

test('the level is that asked for: p = .149 decides at .8, not at .9', () => {
  const half = Math.sqrt(0.005)
  const states = [0.8, 0.9].map(level => {
    const trial = sequentialTest({ expected: 0.1, fewest: 2, level })
    for (const outcome of [-half, half]) trial.add(false, outcome)
    for (const outcome of [0.3 - half, 0.3 + half]) trial.add(true, outcome)
    return trial.state()
  })
  expect(states.map(({ decided }) => decided)).toEqual([true, false])
  expect(states[1]!.high - states[1]!.estimate).toBeCloseTo(Math.sqrt(0.02 * (Math.log(2) + 2 * Math.log(10))), 10)
})

test('says nothing until there are enough visits, or where nothing differs', () => {
  const trial = sequentialTest({ expected: 0.1, fewest: 3 })
  for (const outcome of [0, 1]) for (const treated of [false, true]) trial.add(treated, outcome + Number(treated))
  expect(trial.state()).toMatchObject({ visits: [2, 2], low: -Infinity, high: Infinity, pValue: 1, decided: false })
  // One group alone may have enough.
  for (const outcome of [3, 4]) trial.add(true, outcome)
  expect(trial.state()).toMatchObject({ visits: [2, 4], pValue: 1 })
  const still = sequentialTest({ expected: 0.1, fewest: 2 })
  for (const treated of [false, true, false, true]) still.add(treated, 1)
  expect(still.state().pValue).toBe(1)
})

test('what cannot be is refused', () => {
  expect(() => sequentialTest({ expected: 0 })).toThrow('expected is 0')
  expect(() => sequentialTest({ expected: 1, level: 1 })).toThrow('level is 1')
  expect(() => sequentialTest({ expected: 1, fewest: 1 })).toThrow('fewest is 1')
  expect(() => sequentialTest({ expected: 1 }).add(true, Number.NaN)).toThrow('outcome is NaN')
})

test('looks at a test that is over are its states at those moments', () => {
  const generator = stream(5, 'looks')
  const visits = 1000
  const assigned = Uint8Array.from({ length: visits }, (_, visit) => visit % 2)
  const outcomes = Float64Array.from(assigned, group => 0.8 * group + normal(generator))
  const looks = sequentialLooks({ assigned, outcomes }, 100, { expected: 0.5 })
  // At 100 visits, 50 in each group, there are too few.
  expect(looks.map(({ visits }) => visits)).toEqual([200, 300, 400, 500, 600, 700, 800, 900, 1000])
  const running = sequentialTest({ expected: 0.5 })
  assigned.forEach((group, visit) => void running.add(group === 1, outcomes[visit]!))
  const { estimate, low, high, pValue, decided } = running.state()
  expect(looks[8]).toEqual({ visits, estimate, low, high, pValue, decided })
  expect(decided).toBe(true)
  expect(() => sequentialLooks({ assigned, outcomes }, 0, { expected: 1 })).toThrow('every is 0')
  expect(() => sequentialLooks({ assigned, outcomes: [1] }, 1, { expected: 1 })).toThrow('assigned has 1000 visits and outcomes 1')
})
