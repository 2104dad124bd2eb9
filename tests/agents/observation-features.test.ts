import { expect, test } from 'vitest'
import { observationFeatures, slateFeatures } from '../../src/agents/observation-features'
import { testMdp } from '../../src/envs/classic/test-mdp'
import type { Spec } from '../../src/envs/env'
import { simshop } from '../../src/envs/simshop'

/** user [1], candidates [2, 2] of which the first column is one of three ids. */
const spec: Spec = {
  name: 'hand-made',
  preset: 'default',
  options: {},
  layout: [
    { name: 'user', offset: 0, shape: [1] },
    { name: 'candidates', offset: 1, shape: [2, 2], categories: [3, 0] },
  ],
  width: 5,
  actions: { kind: 'slate', candidates: 2, size: 1 },
  horizon: 1,
}
// The second row is the one of the file's opening comment.
const rows = Float32Array.of(0, 2, 1, 2, 1, 2.5, 1, 7, 0, 8)

const written = (length: number, write: (out: Float32Array, at: number) => void) => {
  const out = new Float32Array(length + 2).fill(9)
  write(out, 1)
  expect([out[0], out[length + 1]]).toEqual([9, 9])
  return [...out.subarray(1, length + 1)]
}

test('ids become ones among zeros and numbers stay, for the whole row, the rest, one candidate and the mean of all', () => {
  const features = slateFeatures('test', spec)
  expect([features.width, features.restWidth, features.candidateWidth, features.candidates, features.size]).toEqual([9, 1, 4, 2, 1])
  expect(written(9, (out, at) => features.whole(rows, 1, out, at))).toEqual([2.5, 0, 1, 0, 7, 1, 0, 0, 8])
  expect(written(1, (out, at) => features.rest(rows, 1, out, at))).toEqual([2.5])
  expect(written(4, (out, at) => features.candidate(rows, 1, 1, out, at))).toEqual([1, 0, 0, 8])
  expect(written(4, (out, at) => features.meanCandidate(rows, 1, out, at))).toEqual([0.5, 0.5, 0, 7.5])
})

test("simshop's candidates become the 53 numbers of its catalogue", () => {
  const env = simshop(2)
  env.reset(1)
  const features = slateFeatures('test', env.spec)
  expect([features.candidateWidth, features.restWidth, features.width]).toEqual([53, 6 + 5 * 54, 6 + 50 * 53 + 5 * 54])
  const one = written(53, (out, at) => features.candidate(env.observations, 1, 7, out, at))
  const items = Array.from({ length: env.items.labels.length }, (_, item) => [...env.items.features.subarray(item * 53, (item + 1) * 53)])
  expect(items).toContainEqual(one)
})

test('an id that there is not is refused, and so is a shop without candidates', () => {
  const { spec: mdp } = testMdp(1)
  const { whole, width } = observationFeatures(mdp)
  expect(written(width, (out, at) => whole(Float32Array.of(4), 0, out, at))).toEqual([0, 0, 0, 0, 1, 0])
  for (const id of [6, -1, 0.5]) {
    expect(() => whole(Float32Array.of(id), 0, new Float32Array(width), 0)).toThrow(`number 0 of an observation is ${id}; it is an id`)
  }
  expect(() => slateFeatures('slate-q', mdp)).toThrow('slate-q shows slates, but test-mdp has discrete actions')
})
