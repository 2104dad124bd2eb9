import { expect, test } from 'vitest'
import type { Checkpoint } from '../../src/agents/agent'
import { arrayOf, chanceOf, checkAgent, countOf, streamOf } from '../../src/agents/checkpoints'

const checkpoint: Checkpoint = {
  ...{ agent: 'some', options: {}, policyOnly: false, shapes: {} },
  state: { updates: 3, half: 0.5, negative: -1, text: '3', stream: { c: 1, s0: 0.1, s1: 0.2, s2: 0.3 }, torn: { c: 1 } },
  arrays: {
    floats: Float32Array.of(1, -2, 0, 3e38),
    doubles: Float64Array.of(1e300, -1e-300),
    places: Int32Array.of(2 ** 31 - 1, -1),
    nothing: new Float32Array(0),
    torn: Float32Array.of(0, 1, Number.NaN, Infinity),
    endless: Float64Array.of(0, -Infinity),
  },
}

test('an array is given as it stands when name, kind and length fit', () => {
  expect(arrayOf(checkpoint, 'floats', Float32Array, 4)).toBe(checkpoint.arrays.floats)
  expect(arrayOf(checkpoint, 'doubles', Float64Array, 2)).toBe(checkpoint.arrays.doubles)
  expect(arrayOf(checkpoint, 'places', Int32Array, 2)).toBe(checkpoint.arrays.places)
  expect(arrayOf(checkpoint, 'nothing', Float32Array, 0)).toHaveLength(0)
})

test('an array that is not there, of another kind or of another length is refused', () => {
  expect(() => arrayOf(checkpoint, 'weights', Float32Array, 4)).toThrow('the checkpoint has no weights (Float32Array)')
  expect(() => arrayOf(checkpoint, 'floats', Float64Array, 4)).toThrow('the checkpoint has no floats (Float64Array)')
  expect(() => arrayOf(checkpoint, 'floats', Float32Array, 5)).toThrow('floats has 4 numbers in the checkpoint; this agent has 5')
})

test('an array with a number that is not finite is refused, with the number and its place', () => {
  expect(() => arrayOf(checkpoint, 'torn', Float32Array, 4)).toThrow('torn has NaN at 2 in the checkpoint; numbers must be finite')
  expect(() => arrayOf(checkpoint, 'endless', Float64Array, 2)).toThrow('endless has -Infinity at 1 in the checkpoint')
})

test('counts, chances and streams are read, and what is none is refused', () => {
  expect([countOf(checkpoint, 'updates'), chanceOf(checkpoint, 'half')]).toEqual([3, 0.5])
  expect(streamOf(checkpoint, 'stream')).toBe(checkpoint.state.stream)
  for (const name of ['half', 'negative', 'text', 'missing']) expect(() => countOf(checkpoint, name)).toThrow('a count is needed')
  for (const name of ['updates', 'negative', 'text', 'missing']) expect(() => chanceOf(checkpoint, name)).toThrow('between 0 and 1')
  expect(() => streamOf(checkpoint, 'text')).toThrow('the state of a stream is needed')
  expect(() => streamOf(checkpoint, 'torn')).toThrow('it must have the numbers c, s0, s1, s2')
  expect(() => checkAgent('other', checkpoint)).toThrow('the checkpoint is of some; this agent is other')
})
