import { expect, test } from 'vitest'
import { makeBatch, Replay } from '../../src/memory/replay'
import { stream } from '../../src/random/generator'

/** Transition n goes from [n, -n] to [n + .5, n] by action n with reward n / 2; every third one terminates. */
function keep(replay: Replay, from: number, to: number): void {
  for (let n = from; n < to; n++) replay.add(Float32Array.of(n, -n), Float32Array.of(n + 0.5, n), 0, n, n / 2, n % 3 === 0)
}

function draw(replay: Replay, seed: number, rows = 200) {
  const batch = makeBatch(rows, replay.width)
  replay.sample(stream(seed, 'replay'), batch)
  return batch
}

test('the rows of a batch are whole transitions', () => {
  const replay = new Replay(10, 2)
  keep(replay, 0, 7)
  const batch = draw(replay, 1)
  for (let row = 0; row < batch.rows; row++) {
    const n = batch.actions[row]!
    expect(n).toBeLessThan(7)
    expect([...batch.observations.subarray(2 * row, 2 * row + 2)]).toEqual([n, n === 0 ? -0 : -n])
    expect([...batch.following.subarray(2 * row, 2 * row + 2)]).toEqual([n + 0.5, n])
    expect(batch.rewards[row]).toBe(n / 2)
    expect(batch.terminated[row]).toBe(n % 3 === 0 ? 1 : 0)
  }
})

test('a full replay forgets the oldest and draws the rest equally often', () => {
  const replay = new Replay(5, 2)
  keep(replay, 0, 12)
  expect(replay.size).toBe(5)
  const drawn = draw(replay, 2, 10_000).actions
  expect(new Set(drawn)).toEqual(new Set([7, 8, 9, 10, 11]))
  for (let n = 7; n < 12; n++) expect(Math.abs(drawn.filter(action => action === n).length - 2000)).toBeLessThan(160) // four standard errors
})

test('a replay taken up again goes on as if it had never stopped, half full and full', () => {
  for (const before of [3, 8]) {
    const whole = new Replay(5, 2)
    keep(whole, 0, before)
    const taken = new Replay(5, 2)
    taken.load(whole.save())
    keep(whole, before, before + 3)
    keep(taken, before, before + 3)
    expect(draw(taken, 3)).toEqual(draw(whole, 3))
  }
})

test('an empty replay cannot be sampled, and a state of another width or capacity is refused', () => {
  const replay = new Replay(5, 2)
  expect(() => draw(replay, 1)).toThrow('the replay is empty')
  keep(replay, 0, 5)
  const before = replay.save()
  expect(() => new Replay(4, 2).load(before)).toThrow('room for 4')
  expect(() => new Replay(5, 3).load(before)).toThrow('observations are 10 numbers; 5 transitions of width 3 have 15')
  expect(() => replay.load({ ...before, arrays: { ...before.arrays, actions: new Int32Array(1) } })).toThrow('actions are 1 numbers')
  expect(replay.save()).toEqual(before)
  expect(() => new Replay(0, 2)).toThrow('capacity is 0')
})

test('a replay that counts steps keeps them with each transition, also over a save, and refuses a state without them', () => {
  const replay = new Replay(5, 1, true)
  for (let n = 0; n < 7; n++) replay.add(Float32Array.of(n), Float32Array.of(n + 1), 0, n, n, false, (n % 3) + 1)
  const taken = new Replay(5, 1, true)
  taken.load(replay.save())
  const batch = makeBatch(50, 1, true)
  taken.sample(stream(1, 'replay'), batch)
  for (let row = 0; row < batch.rows; row++) expect(batch.steps![row]).toBe((batch.actions[row]! % 3) + 1)
  const plain = new Replay(5, 1)
  plain.add(Float32Array.of(1), Float32Array.of(2), 0, 0, 0, false)
  expect(() => replay.load(plain.save())).toThrow("the saved replay's steps are undefined numbers; 1 transitions")
})
