import { expect, test } from 'vitest'
import { sequentialPower } from '../../src/evaluate/sequential-power'
import { sequentialTest } from '../../src/evaluate/sequential-test'
import { testPower } from '../../src/evaluate/visits-needed'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

test('is what tests find that are really played, visit by visit', () => {
  const [effect, visits, trials, every] = [0.25, 1000, 400, 50]
  const generator = stream(7, 'visits')
  let [decided, served] = [0, 0]
  for (let trial = 0; trial < trials; trial++) {
    const played = sequentialTest({ expected: 0.25 })
    let at = 0
    // Looked at after every 50 visits, as it is planned below.
    while (at < visits && !(at % every === 0 && played.state().decided))
      played.add(at++ % 2 === 1, (at % 2 === 0 ? effect : 0) + normal(generator))
    if (played.state().decided) decided++
    served += at
  }
  const { power, meanVisits } = sequentialPower(effect, 1, visits, { expected: 0.25, every })
  // Three standard errors of a share of 400; power is about .8.
  expect(Math.abs(decided / trials - power)).toBeLessThan(3 * Math.sqrt(0.25 / trials))
  expect(Math.abs(served / trials - meanVisits)).toBeLessThan(60)
})

test('grows with the effect and the visits, stays below that of a fixed test, and finds nothing where nothing is', () => {
  const power = (effect: number, visits: number) => sequentialPower(effect, 1, visits, { expected: 0.2 }).power
  expect(power(0.3, 1000)).toBeGreaterThan(power(0.2, 1000))
  expect(power(0.2, 2000)).toBeGreaterThan(power(0.2, 1000))
  expect(power(0.2, 1000)).toBeLessThan(testPower(0.2, 1, 1000))
  expect(power(0, 4000)).toBeLessThan(0.05)
})

test('only the quotient of effect and spread counts; the same seed gives the same', () => {
  const one = sequentialPower(0.2, 1, 1000, { expected: 0.2 })
  expect(sequentialPower(2, 100, 1000, { expected: 2 })).toEqual(one)
  expect(sequentialPower(-0.2, 1, 1000, { expected: 0.2, seed: 1 }).power).toBeCloseTo(one.power, 1)
})

test('a larger difference is found sooner', () => {
  const visits = (effect: number) => sequentialPower(effect, 1, 5000, { expected: 0.2 }).meanVisits
  expect(visits(0.5)).toBeLessThan(visits(0.2))
  expect(visits(0)).toBeGreaterThan(4500)
})

test('nothing is said before 100 visits of each group, and nobody is served after the last visit', () => {
  expect(sequentialPower(9, 1, 400, { expected: 1, every: 2 })).toEqual({ power: 1, meanVisits: 200 })
  // Looks at 300, 600, 900 and 1,000.
  const { power, meanVisits } = sequentialPower(0, 1, 1000, { expected: 0.01, every: 300 })
  expect([power, meanVisits]).toEqual([0, 1000])
})

test('level, seed and trials are those asked for', () => {
  const of = (options: object) => sequentialPower(0.2, 1, 1000, { expected: 0.2, ...options })
  expect(of({ level: 0.8 }).power).toBeGreaterThan(of({}).power + 0.1)
  expect(of({ seed: 1 })).not.toEqual(of({}))
  expect(of({ trials: 2000 })).toEqual(of({}))
  expect([0, 1]).toContain(of({ trials: 1 }).power)
})

test('what cannot be is refused', () => {
  expect(() => sequentialPower(0.1, 0, 1000, { expected: 1 })).toThrow('variance is 0')
  expect(() => sequentialPower(0.1, 1, 100, { expected: 1 })).toThrow('visits is 100; it must be a whole number of at least 200')
  expect(() => sequentialPower(0.1, 1, 1000, { expected: 0 })).toThrow('expected is 0')
  expect(() => sequentialPower(0.1, 1, 1000, { expected: 1, level: 1 })).toThrow('level is 1')
  expect(() => sequentialPower(0.1, 1, 1000, { expected: 1, every: 1 })).toThrow('every is 1')
  expect(() => sequentialPower(0.1, 1, 1000, {} as never)).toThrow('expected is undefined')
})
