import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importanceAfter, PrioritisedReplay } from '../../src/memory/prioritised-replay'
import { makeBatch } from '../../src/memory/replay'
import { SumTree } from '../../src/memory/sum-tree'
import { stream } from '../../src/random/generator'

describe('a sum tree', () => {
  test('finds what a walk along the numbers finds, whatever was set before', () => {
    const changes = fc.array(fc.tuple(fc.nat({ max: 99 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), changes, (count, changes) => {
        const tree = new SumTree(count)
        const values = new Float64Array(count)
        for (const [place, value] of changes) {
          tree.set(place % count, value)
          values[place % count] = value
        }
        const total = values.reduce((sum, value) => sum + value, 0)
        expect(tree.total).toBe(total)
        expect(tree.save(count)).toEqual(values)
        for (let mass = 0; mass < total; mass++) {
          let place = 0
          for (let left = mass; left >= values[place]!; place++) left -= values[place]!
          expect(tree.find(mass)).toBe(place)
        }
        const again = new SumTree(count)
        again.load(values)
        expect(again.total).toBe(total)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  test('never finds a number of 0, not even where rounding has brought the mass to the end', () => {
    const tree = new SumTree(6)
    tree.set(1, 0.1)
    tree.set(3, 0.2)
    expect(tree.find(0)).toBe(1)
    expect(tree.find(tree.total)).toBe(3)
    expect(() => new SumTree(0)).toThrow('count is 0')
  })
})

/** Transition n has action n. */
function keep(replay: PrioritisedReplay, from: number, to: number): void {
  for (let n = from; n < to; n++) replay.add(Float32Array.of(n), Float32Array.of(n + 1), 0, n, 0, false)
}

/** A replay of as many transitions as there are errors, each drawn once and given its error. */
function surprised(errors: readonly number[], rows: number, exponent: number): PrioritisedReplay {
  const replay = new PrioritisedReplay(errors.length, 1, rows, exponent)
  keep(replay, 0, errors.length)
  // All have the same priority, so strata of equal size draw each equally often.
  const batch = makeBatch(rows, 1)
  replay.sample(stream(1, 'replay'), batch)
  expect(new Set(batch.actions).size).toBe(errors.length)
  batch.actions.forEach((action, row) => {
    replay.errors[row] = errors[action]!
  })
  replay.reprioritise()
  return replay
}

// Errors 1, -1, 2, 4 and exponent 1: the priorities are 1, 1, 2, 4 (and a millionth), so P = 1/8, 1/8, 1/4, 1/2. Eight rows are eight strata
// of 1: one row each for the first two, two for the third, four for the last. With β = .5 the weights (4 P)^-.5 are √2, √2, 1, √½ and by
// their maximum 1, 1, √½, ½.
test('rung 3: a batch and its weights, worked by hand', () => {
  const replay = surprised([1, -1, 2, 4], 8, 1)
  const batch = makeBatch(8, 1)
  replay.sample(stream(2, 'replay'), batch, 0.5)
  expect([...batch.actions]).toEqual([0, 1, 2, 2, 3, 3, 3, 3])
  const half = Math.SQRT1_2
  for (const [row, weight] of [1, 1, half, half, 0.5, 0.5, 0.5, 0.5].entries()) expect(replay.weights[row]).toBeCloseTo(weight, 5)
  replay.sample(stream(2, 'replay'), batch, 0)
  expect([...replay.weights]).toEqual(Array(8).fill(1))
})

test('transitions are drawn in proportion to their error to the exponent', () => {
  const errors = [0, 0.1, 0.5, 1, 3]
  for (const exponent of [0, 0.6, 1]) {
    const rows = 10
    const replay = surprised(errors, rows, exponent)
    const batch = makeBatch(rows, 1)
    const generator = stream(3, 'replay')
    const counts = errors.map(() => 0)
    const draws = 2000
    for (let draw = 0; draw < draws; draw++) {
      replay.sample(generator, batch)
      for (const action of batch.actions) counts[action]!++
    }
    const powers = errors.map(error => (error + 1e-6) ** exponent)
    const total = powers.reduce((sum, power) => sum + power, 0)
    for (const [action, count] of counts.entries()) {
      const share = powers[action]! / total
      // Four standard errors of independent draws; those of strata are smaller.
      expect(Math.abs(count / (rows * draws) - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / (rows * draws)) + 1e-12)
    }
  }
})

test('with the importance exponent at 1 the weighted mean is that of drawing all alike', () => {
  const errors = [0.1, 0.5, 1, 3]
  const replay = surprised(errors, 8, 0.6)
  const batch = makeBatch(8, 1)
  const generator = stream(4, 'replay')
  let [sum, weights] = [0, 0]
  for (let draw = 0; draw < 20_000; draw++) {
    replay.sample(generator, batch, 1)
    // The batch's maximum is that of the transition drawn least: taken out again, as it is not the same in each batch.
    const smallest = Math.min(...batch.actions)
    for (let row = 0; row < 8; row++) {
      const weight = replay.weights[row]! / (errors[smallest]! + 1e-6) ** 0.6
      sum += weight * batch.actions[row]!
      weights += weight
    }
  }
  expect(sum / weights).toBeCloseTo((0 + 1 + 2 + 3) / 4, 1)
})

test('a new transition has the highest priority there has been, and takes the place of the oldest', () => {
  const replay = surprised([0, 0, 0, 5], 4, 1)
  keep(replay, 4, 5)
  const { priorities } = replay.save()
  expect(priorities[0]).toBeCloseTo(5, 5)
  expect(priorities[1]).toBeCloseTo(1e-6, 9)
  replay.clear()
  keep(replay, 0, 1)
  expect([...replay.save().priorities]).toEqual([1])
})

test('a replay taken up again goes on to the last bit, half full and full', () => {
  for (const before of [3, 8]) {
    const make = () => new PrioritisedReplay(5, 1, 4, 0.6)
    const batch = makeBatch(4, 1)
    const generator = stream(5, 'replay')
    const learn = (replay: PrioritisedReplay) => {
      replay.sample(generator, batch, 0.5)
      batch.actions.forEach((action, row) => {
        replay.errors[row] = 3 * Math.sin(action + 1)
      })
      replay.reprioritise()
      return [...batch.actions, ...replay.weights]
    }
    const whole = make()
    keep(whole, 0, before)
    for (let time = 0; time < 10; time++) learn(whole)
    const taken = make()
    taken.load(whole.save())
    const state = generator.save()
    const play = (replay: PrioritisedReplay) => {
      generator.load(state)
      keep(replay, before, before + 2)
      return Array.from({ length: 10 }, () => learn(replay))
    }
    expect(play(taken)).toEqual(play(whole))
    expect(taken.save()).toEqual(whole.save())
  }
})

test('an empty replay, a batch of other rows and a state that does not fit are refused', () => {
  const replay = new PrioritisedReplay(5, 1, 4, 0.6)
  expect(() => replay.sample(stream(1, 'replay'), makeBatch(4, 1))).toThrow('the replay is empty')
  keep(replay, 0, 5)
  expect(() => replay.sample(stream(1, 'replay'), makeBatch(3, 1))).toThrow('the batch has 3 rows; this replay was made for batches of 4')
  const saved = replay.save()
  expect(() => replay.load({ ...saved, priorities: new Float64Array(5) })).toThrow('a saved priority is 0')
  expect(() => replay.load({ ...saved, highest: Number.NaN })).toThrow('a saved priority is 1; it must be above 0, finite')
  expect(() => replay.load({ ...saved, priorities: new Float64Array(4) })).toThrow(
    'the saved priorities are 4 numbers; 5 transitions have 5',
  )
  expect(replay.save()).toEqual(saved)
})

test('the importance exponent rises in a straight line and stays at 1', () => {
  expect([0, 50, 100, 200].map(update => importanceAfter(update, 0.4, 100))).toEqual([0.4, 0.7, 1, 1])
})
