import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { lockFile } from '../../src/sweep/file-lock'
import { readSweep, sweepJournal } from '../../src/sweep/sweep-journal'
import { sweepPlan } from '../../src/sweep/sweep-plan'
import type { TrialRecord } from '../../src/sweep/trial-record'
import { temporaryFolder } from '../data/temporary'
import { tinyOptions, tinyPlan } from './tiny-plan'

const folder = temporaryFolder()
let files = 0
const newFile = () => path.join(folder, 'deep', `${files++}.jsonl`)
const trial = (number: number): TrialRecord => ({
  number,
  configuration: { discount: 0.5 },
  state: 'complete',
  value: number,
  intermediate: [],
})

function written(...numbers: number[]): string {
  const file = newFile()
  const journal = sweepJournal(file, tinyPlan())
  journal.load()
  for (const number of numbers) journal.append(trial(number))
  journal.close()
  return file
}

test('trials are kept as they end, and stand in order of their numbers once the sweep is complete', () => {
  const file = written(2, 0)
  const journal = sweepJournal(file, tinyPlan())
  expect(journal.load()).toEqual([trial(2), trial(0)])
  journal.append(trial(1))
  expect(readSweep(file).trials).toEqual([trial(0), trial(1), trial(2)])
  journal.finish([trial(0), trial(1), trial(2)])
  journal.close()
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n')
  expect(lines.slice(1).map(line => JSON.parse(line).number)).toEqual([0, 1, 2])
  expect(readSweep(file).plan).toEqual(tinyPlan())
  expect(fs.readdirSync(path.dirname(file)).filter(name => name !== path.basename(file))).toEqual([])
})

test('a last line that was cut short is dropped, wherever it was cut', () => {
  const whole = fs.readFileSync(written(0, 1))
  const start = whole.lastIndexOf(10, whole.length - 2) + 1
  for (const at of [start + 1, start + 20, whole.length - 1]) {
    const file = newFile()
    fs.writeFileSync(file, whole.subarray(0, at))
    const journal = sweepJournal(file, tinyPlan())
    expect(journal.load()).toEqual([trial(0)])
    journal.append(trial(1))
    journal.close()
    expect(fs.readFileSync(file)).toEqual(whole)
  }
})

test('a damaged line elsewhere is told with its number, and nothing is lost', () => {
  const file = written(0, 1, 2)
  const lines = fs.readFileSync(file, 'utf8').split('\n')
  fs.writeFileSync(file, [lines[0], lines[1], lines[2]!.slice(5), lines[3], ''].join('\n'))
  const before = fs.readFileSync(file)
  expect(() => sweepJournal(file, tinyPlan()).load()).toThrow(`${file}:3 is damaged`)
  expect(fs.readFileSync(file)).toEqual(before)
})

test("another plan's file is refused with what differs", () => {
  const file = written(0)
  const load = (options: object) => () => sweepJournal(file, sweepPlan({ ...tinyOptions, ...options })).load()
  expect(load({ episodes: 6 })).toThrow(`${file} holds another sweep: episodes is 5 in the file and 6 now`)
  expect(load({ pruner: { kind: 'median' }, evaluation: { episodes: 10, every: 1 } })).toThrow(
    /evaluation.every is not there in the file and 1 now; pruner.kind is not there in the file and "median" now/,
  )
  const { learningRate, discount } = tinyOptions.parameters
  expect(load({ parameters: { discount, learningRate } })).toThrow(/the parameters are in the order learningRate, discount in the file/)
  fs.writeFileSync(file, 'dear diary\n')
  expect(load({})).toThrow(/:1 is damaged/)
  fs.writeFileSync(file, '{"dear":"diary"}\n')
  expect(load({})).toThrow(/is no file of a sweep/)
  expect(fs.readFileSync(file, 'utf8')).toBe('{"dear":"diary"}\n')
})

test('a file that a sweep of this process uses is refused until that one is through', () => {
  const file = newFile()
  const first = sweepJournal(file, tinyPlan())
  first.load()
  expect(() => sweepJournal(file, tinyPlan()).load()).toThrow(`${file} is in use by another sweep, process ${process.pid}`)
  expect(fs.existsSync(`${file}.lock`)).toBe(true)
  first.close()
  sweepJournal(file, tinyPlan()).load()
})

test('the lock of another process holds while it lives', () => {
  const file = newFile()
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const lock = (owner: object) => fs.writeFileSync(`${file}.lock`, JSON.stringify({ host: os.hostname(), ...owner }))
  lock({ pid: process.ppid })
  expect(() => lockFile(file)).toThrow(`process ${process.ppid}`)
  // The same number, but not the process that took it.
  lock({ pid: process.ppid, started: '1' })
  if (fs.existsSync('/proc/self/stat')) lockFile(file)()
  lock({ pid: spawnSync(process.execPath, ['--version']).pid })
  lockFile(file)()
  fs.writeFileSync(`${file}.lock`, '')
  lockFile(file)()
  lock({ pid: process.ppid, host: 'elsewhere' })
  expect(() => lockFile(file)).toThrow(/in use by process \d+ on elsewhere; .*delete/)
  expect(fs.readdirSync(path.dirname(file)).filter(name => name.startsWith(path.basename(file)))).toEqual([`${path.basename(file)}.lock`])
})
