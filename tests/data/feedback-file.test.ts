import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFeedback, writeFeedback } from '../../src/data/feedback-file'
import type { LoggedFeedback } from '../../src/data/logged-feedback'
import { temporaryFolder } from './temporary'

const folder = temporaryFolder()
const file = join(folder, 'log.csv')

test('the file of two rounds, as it stands in the comment', () => {
  const log = {
    rounds: 2,
    actions: 3,
    action: Int32Array.of(2, 0),
    reward: Float64Array.of(1, 0),
    propensity: Float64Array.of(0.25, 1),
    contexts: Float64Array.of(0.5, -1, 1e-7, 0),
    width: 2,
    episode: Int32Array.of(0, 0),
  }
  writeFeedback(file, log)
  expect(readFileSync(file, 'utf8')).toBe('episode,actions,action,reward,propensity,c0,c1\n0,3,2,1,0.25,0.5,-1\n0,3,0,0,1,1e-7,0\n')
})

const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const anyLog: fc.Arbitrary<LoggedFeedback> = fc
  .record({ actions: fc.integer({ min: 1, max: 2 ** 31 - 1 }), width: fc.integer({ min: 0, max: 4 }), episodes: fc.boolean() })
  .chain(({ actions, width, episodes }) =>
    fc
      .array(
        fc.record({
          action: fc.integer({ min: 0, max: actions - 1 }),
          reward: number,
          propensity: fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true }),
          context: fc.array(number, { minLength: width, maxLength: width }),
          next: fc.boolean(),
        }),
        { minLength: 1, maxLength: 20 },
      )
      .map(rows => {
        let episode = 0
        return {
          rounds: rows.length,
          actions,
          action: Int32Array.from(rows, row => row.action),
          reward: Float64Array.from(rows, row => row.reward),
          propensity: Float64Array.from(rows, row => row.propensity),
          contexts: Float64Array.from(rows.flatMap(row => row.context)),
          width,
          ...(episodes && { episode: Int32Array.from(rows, (row, at) => (at > 0 && row.next ? ++episode : episode)) }),
        }
      }),
  )

test('whatever is written reads back bit for bit', () => {
  fc.assert(
    fc.property(anyLog, log => {
      writeFeedback(file, log)
      // toEqual tells -0 from 0.
      expect(readFeedback(file)).toEqual(log)
    }),
    { numRuns: 100 },
  )
})

const header = 'episode,actions,action,reward,propensity,c0\n0,3,2,1,0.25,0.5\n'
test.each([
  ['0,3,3,1,0.5,1', 'line 3, column action: "3" is not a whole number between 0 and 2'],
  ['0,3,1.5,1,0.5,1', 'line 3, column action: "1.5" is not a whole number'],
  ['0,4,1,1,0.5,1', 'line 3, column actions: "4" is not 3, as in the first round'],
  ['0,3,1,,0.5,1', 'line 3, column reward: "" is not a number'],
  ['0,3,1,NaN,0.5,1', 'line 3, column reward: "NaN" is not a number'],
  ['0,3,1,1e999,0.5,1', 'line 3, column reward: "1e999" is not a number'],
  ['0,3,1,1,0,1', 'line 3, column propensity: "0" is not above 0'],
  ['0,3,1,1,1.01,1', 'line 3, column propensity: "1.01" is not a number between 0 and 1'],
  ['0,3,1,1,0.5,x', 'line 3, column c0: "x" is not a number'],
  ['2,3,1,1,0.5,1', 'line 3, column episode: "2" is not 0 or 1; episodes follow each other'],
  ['0,3,1,1,0.5', 'line 3: 5 cells, but the header has 6 columns'],
])('the row %s is refused with file and line', (row, message) => {
  writeFileSync(file, `${header}${row}\n`)
  expect(() => readFeedback(file)).toThrow(`${file}, ${message}`)
})

test('a file that is not there, has no rounds, lacks a column, or begins with another episode', () => {
  expect(() => readFeedback(join(folder, 'none.csv'))).toThrow('none.csv does not exist; writeFeedback(file, feedback) writes such a file')
  writeFileSync(file, 'actions,action,reward,propensity\n')
  expect(() => readFeedback(file)).toThrow('has a header and no rounds')
  writeFileSync(file, 'action,reward\n1,1\n')
  expect(() => readFeedback(file)).toThrow('line 1: the header has no column actions')
  writeFileSync(file, 'actions,action,reward,propensity\n2,0,0,0\n')
  expect(() => readFeedback(file)).toThrow('line 2, column propensity: "0" is not above 0')
  writeFileSync(file, 'actions,action,reward,propensity,c1,c2\n2,0,0,1,5,5\n')
  expect(() => readFeedback(file)).toThrow('line 1: the header has the column c1 and not c0; contexts are c0, c1, … without a gap')
  writeFileSync(file, 'episode,actions,action,reward,propensity\n1,2,0,0,1\n')
  expect(() => readFeedback(file)).toThrow('line 2, column episode: "1" is not 0, with which the first episode begins')
})

test('bad feedback is not written', () => {
  const bad = {
    rounds: 1,
    actions: 2,
    action: Int32Array.of(0),
    reward: Float64Array.of(1),
    propensity: Float64Array.of(0),
    contexts: new Float64Array(0),
    width: 0,
  }
  expect(() => writeFeedback(file, bad)).toThrow(/^propensity\[0\] is 0; /)
})
