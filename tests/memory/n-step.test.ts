import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NStep } from '../../src/memory/n-step'
import { Replay } from '../../src/memory/replay'

interface Step {
  readonly action: number
  readonly reward: number
  readonly end: 'none' | 'terminated' | 'truncated'
}

/** What is in the replay, one transition after another. */
function kept(replay: Replay) {
  const { size, arrays } = replay.save()
  return Array.from({ length: size }, (_, at) => ({
    from: arrays.observations[at]!,
    action: arrays.actions[at]!,
    reward: arrays.rewards[at]!,
    to: arrays.following[at]!,
    terminated: arrays.terminated[at] === 1,
    steps: arrays.steps![at]!,
  }))
}

/** One copy that walks from observation `at` on; the first of the next episode is 100 further. */
function walk(queue: NStep, steps: readonly Step[], at = 0): number {
  for (const { action, reward, end } of steps) {
    queue.begin(1)
    queue.add(Float32Array.of(at), Float32Array.of(at + 1), 0, action, reward, end === 'terminated', end !== 'none')
    at = end === 'none' ? at + 1 : at + 100
  }
  return at
}

const step = (reward: number, end: Step['end'] = 'none'): Step => ({ action: reward, reward, end })

// Discount .5, n = 3, rewards 1, 2, 4, 8 on the way 0 → 1 → 2 → 3 → 4:
//   from 0: 1 + .5 · 2 + .25 · 4 = 3, to 3 in 3 steps     from 1: 2 + .5 · 4 + .25 · 8 = 6, to 4 in 3 steps
// and where the episode ends in 4
//   from 2: 4 + .5 · 8 = 8, to 4 in 2 steps               from 3: 8, to 4 in 1 step
describe('rung 3: n-step returns worked by hand', () => {
  test.each(['terminated', 'truncated'] as const)('an episode that is %s', end => {
    const replay = new Replay(10, 1, true)
    const queue = new NStep(3, 0.5, replay)
    const at = walk(queue, [step(1), step(2)])
    expect(replay.size).toBe(0)
    walk(queue, [step(4)], at)
    expect(kept(replay)).toEqual([{ from: 0, action: 1, reward: 3, to: 3, terminated: false, steps: 3 }])
    walk(queue, [step(8, end)], at + 1)
    const terminated = end === 'terminated'
    expect(kept(replay).slice(1)).toEqual([
      { from: 1, action: 2, reward: 6, to: 4, terminated, steps: 3 },
      { from: 2, action: 4, reward: 8, to: 4, terminated, steps: 2 },
      { from: 3, action: 8, reward: 8, to: 4, terminated, steps: 1 },
    ])
  })

  test('an episode shorter than n is kept whole, and the next one does not mix with it', () => {
    const replay = new Replay(10, 1, true)
    walk(new NStep(3, 0.5, replay), [step(2), step(4, 'terminated'), step(8), step(16), step(32)])
    expect(kept(replay)).toEqual([
      { from: 0, action: 2, reward: 4, to: 2, terminated: true, steps: 2 },
      { from: 1, action: 4, reward: 4, to: 2, terminated: true, steps: 1 },
      { from: 101, action: 8, reward: 24, to: 104, terminated: false, steps: 3 },
    ])
  })
})

const someSteps = fc.array(
  fc.record<Step>({
    action: fc.integer({ min: 0, max: 9 }),
    reward: fc.integer({ min: -8, max: 8 }),
    end: fc.constantFrom('none', 'none', 'none', 'terminated', 'truncated'),
  }),
  { maxLength: 40 },
)

test('whatever the episodes, each step is kept once, with the sum over what followed it in its episode', () => {
  fc.assert(
    fc.property(someSteps, fc.integer({ min: 1, max: 6 }), (steps, n) => {
      const replay = new Replay(100, 1, true)
      walk(new NStep(n, 0.5, replay), steps)
      const wanted: ReturnType<typeof kept> = []
      let begins = 0
      let at = 0
      const places = steps.map(({ end }) => {
        const place = at
        at = end === 'none' ? at + 1 : at + 100
        return place
      })
      for (let last = 0; last < steps.length; last++) {
        const ends = steps[last]!.end !== 'none'
        // The step n - 1 before this one has seen n rewards; at an end all those since have seen what they will.
        for (let first = Math.max(begins, last - n + 1); first <= last; first++) {
          if (!ends && last - first + 1 < n) break
          const span = steps.slice(first, last + 1)
          wanted.push({
            from: places[first]!,
            action: steps[first]!.action,
            reward: span.reduce((sum, { reward }, ahead) => sum + 0.5 ** ahead * reward, 0),
            to: places[last]! + 1,
            terminated: steps[last]!.end === 'terminated',
            steps: span.length,
          })
        }
        if (ends) begins = last + 1
      }
      expect(kept(replay)).toEqual(wanted)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('copies do not mix', () => {
  const replay = new Replay(10, 1, true)
  const queue = new NStep(2, 0.5, replay)
  queue.begin(2)
  for (const at of [0, 1]) {
    const [before, after] = [Float32Array.of(at, 50 + at), Float32Array.of(at + 1, 51 + at)]
    queue.add(before, after, 0, 1, 1, false, false)
    queue.add(before, after, 1, 2, 10, false, false)
  }
  expect(kept(replay).map(({ from, reward, to }) => [from, reward, to])).toEqual([
    [0, 1.5, 2],
    [50, 15, 52],
  ])
})

test('a shop that was reset, or has another number of copies now, has ended the episode by our patience', () => {
  const broken = [
    { from: 0, action: 1, reward: 2, to: 2, terminated: false, steps: 2 },
    { from: 1, action: 2, reward: 2, to: 2, terminated: false, steps: 1 },
  ]
  const replay = new Replay(10, 1, true)
  const queue = new NStep(3, 0.5, replay)
  walk(queue, [step(1), step(2)])
  walk(queue, [step(4)], 7)
  expect(kept(replay)).toEqual(broken)

  const other = new Replay(10, 1, true)
  const again = new NStep(3, 0.5, other)
  walk(again, [step(1), step(2)])
  again.begin(4)
  expect(kept(other)).toEqual(broken)
})

test('queues taken up again go on as if they had never stopped, and what does not fit is refused', () => {
  for (const before of [0, 1, 2, 3, 7]) {
    const steps = Array.from({ length: 12 }, (_, at) => step(at, at === 4 ? 'truncated' : 'none'))
    const [one, two] = [new Replay(20, 1, true), new Replay(20, 1, true)]
    const whole = new NStep(3, 0.5, one)
    const at = walk(whole, steps.slice(0, before))
    const taken = new NStep(3, 0.5, two)
    taken.load(whole.save())
    two.load(one.save())
    walk(whole, steps.slice(before), at)
    walk(taken, steps.slice(before), at)
    expect(kept(two)).toEqual(kept(one))
    expect(taken.save()).toEqual(whole.save())
  }
  const queue = new NStep(3, 0.5, new Replay(20, 1, true))
  walk(queue, [step(1)])
  const saved = queue.save()
  expect(() => new NStep(4, 0.5, new Replay(20, 1, true)).load(saved)).toThrow(
    'n-step observations are 3 numbers; 1 copies and 4 steps have 4',
  )
  expect(() => queue.load({ ...saved, arrays: { ...saved.arrays, waiting: Int32Array.of(3) } })).toThrow('n-step waiting has 3')
  expect(queue.save()).toEqual(saved)
})
