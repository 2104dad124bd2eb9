import { expect, test } from 'vitest'
import { Rollout } from '../../src/memory/rollout'

/** Adds a step of a copy whose numbers all tell copy and step. */
function add(rollout: Rollout, copy: number, { terminated = false, truncated = false } = {}): void {
  const number = 10 * copy + rollout.lengths[copy]!
  const [observations, actions] = [new Float32Array(2 * rollout.copies), new Int32Array(rollout.copies)]
  observations.set([number, -number], 2 * copy)
  actions[copy] = number
  rollout.add(copy, observations, actions, -0.5, number, 2 * number, terminated, truncated, truncated ? 3 : 0)
}

test('step t of a copy stands at t · copies + copy, in every array', () => {
  const rollout = new Rollout(2, 3, 2, 1)
  for (let step = 0; step < 2; step++) for (const copy of [2, 0, 1]) add(rollout, copy, { terminated: copy === 1, truncated: copy === 2 })
  expect([rollout.size, ...rollout.lengths]).toEqual([6, 2, 2, 2])
  expect([...rollout.values]).toEqual([0, 10, 20, 1, 11, 21])
  expect([...rollout.actions]).toEqual([0, 10, 20, 1, 11, 21])
  expect([...rollout.rewards]).toEqual([0, 20, 40, 2, 22, 42])
  expect([...rollout.observations.subarray(8)]).toEqual([11, -11, 21, -21])
  expect([...rollout.terminated]).toEqual([0, 1, 0, 0, 1, 0])
  expect([...rollout.truncated]).toEqual([0, 0, 1, 0, 0, 1])
  expect([...rollout.finalValues]).toEqual([0, 0, 3, 0, 0, 3])
})

test('a copy may take more steps than there was room for; what is kept stays', () => {
  const rollout = new Rollout(1, 2, 2, 1)
  for (let step = 0; step < 5; step++) add(rollout, 1)
  add(rollout, 0)
  expect([0, 1, 2, 3, 4].map(step => rollout.values[2 * step + 1])).toEqual([10, 11, 12, 13, 14])
  expect(rollout.size).toBe(6)
  rollout.estimate(0.5, 0.5)
  expect(rollout.advantages[9]).toBe(28 - 14)
})

test('where a copy does not go on, its last step becomes a truncated one, unless it had ended', () => {
  const rollout = new Rollout(2, 3, 2, 1)
  rollout.cut(0, 7)
  add(rollout, 0)
  add(rollout, 1, { terminated: true })
  add(rollout, 2, { truncated: true })
  for (const copy of [0, 1, 2]) rollout.cut(copy, 7)
  expect([...rollout.truncated.subarray(0, 3)]).toEqual([1, 0, 1])
  expect([...rollout.finalValues.subarray(0, 3)]).toEqual([7, 0, 3])
})

test('a saved rollout goes on in another one, and tells nothing of rollouts before', () => {
  const [one, two] = [new Rollout(2, 2, 2, 1), new Rollout(2, 2, 2, 1)]
  for (let step = 0; step < 4; step++) for (const copy of [0, 1]) add(one, copy, { terminated: step === 3 })
  one.clear()
  for (let step = 0; step < 3; step++) add(one, 1)
  add(one, 0)
  two.load(one.save())
  expect(two.save()).toEqual(one.save())
  expect([...one.save().arrays.terminated]).toEqual([0, 0, 0, 0, 0, 0])
  for (const rollout of [one, two]) for (const copy of [0, 1]) add(rollout, copy)
  expect(two.save()).toEqual(one.save())
})

test('a state that does not fit is refused, and nothing is taken over', () => {
  const rollout = new Rollout(2, 2, 2, 1)
  add(rollout, 0)
  const kept = rollout.save()
  expect(() => rollout.load(new Rollout(2, 3, 2, 1).save())).toThrow("the saved rollout's lengths are 3 numbers; 2 copies")
  const wider = new Rollout(2, 2, 3, 1)
  wider.lengths.fill(1)
  expect(() => rollout.load(wider.save())).toThrow("the saved rollout's observations are 6 numbers; 1 steps need 4")
  expect(rollout.save()).toEqual(kept)
})
