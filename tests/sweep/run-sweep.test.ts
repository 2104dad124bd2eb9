import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type RunSweepOptions, runSweep, type SweepResult } from '../../src/sweep/run-sweep'
import { runSweepTrial, tuningTrial } from '../../src/sweep/sweep-trial'
import { testConfiguration } from '../../src/sweep/test-configuration'
import type { TrialRecord } from '../../src/sweep/trial-record'
import { runTrial } from '../../src/train/trial'
import { temporaryFolder } from '../data/temporary'
import { tinyPlan } from './tiny-plan'

const folder = temporaryFolder()
const fileOf = (name: string) => path.join(folder, `${name}.jsonl`)
const alive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** What a sweep writes when nothing happens to it, by its kind; with one worker. */
const calm = new Map<string, Promise<{ result: SweepResult; bytes: string }>>()
function undisturbed(kind: 'grid' | 'random' | 'tpe' | 'median') {
  const run = async () => {
    const file = fileOf(`calm-${kind}`)
    const result = await runSweep(tinyPlan(kind), { workers: 1, file })
    return { result, bytes: fs.readFileSync(file, 'utf8') }
  }
  if (!calm.has(kind)) calm.set(kind, run())
  return calm.get(kind)!
}

describe('the same trials and values, and the same file, come of any number of workers', () => {
  test.each(['grid', 'random', 'tpe', 'median'] as const)('%s', async kind => {
    const alone = await undisturbed(kind)
    expect(alone.result.trials.map(({ number }) => number)).toEqual(Array.from({ length: tinyPlan(kind).trials }, (_, at) => at))
    expect(new Set(alone.result.trials.map(({ configuration }) => JSON.stringify(configuration))).size).toBe(tinyPlan(kind).trials)
    expect(alone.result.trials.some(({ state }) => state === 'pruned')).toBe(kind === 'median')
    for (const workers of [2, 3]) {
      const file = fileOf(`${kind}-${workers}`)
      expect(await runSweep(tinyPlan(kind), { workers, file })).toEqual(alone.result)
      expect(fs.readFileSync(file, 'utf8')).toBe(alone.bytes)
    }
  })
})

test('a configuration that comes up again is not trained again: it has its value already', async () => {
  const plan = tinyPlan('random', { parameters: { learningRate: { kind: 'categorical', choices: [0.001, 0.01] } }, trials: 8 })
  const trained = new Set<number>()
  const onProgress: RunSweepOptions['onProgress'] = ({ running }) => {
    for (const { number } of running) trained.add(number)
  }
  const alone = await runSweep(plan, { workers: 1, onProgress })
  expect(alone.trials).toHaveLength(8)
  expect(trained.size).toBe(2)
  for (const { configuration, value, number } of alone.trials) {
    const first = alone.trials.find(other => other.configuration.learningRate === configuration.learningRate)!
    expect(value).toBe(first.value)
    expect(alone.trials[number]!.number).toBe(number)
  }
  expect((await runSweep(plan, { workers: 3 })).trials).toEqual(alone.trials)
})

test('the value of a trial is the mean over its seeds, and the best has the highest', async () => {
  const { result } = await undisturbed('grid')
  for (const { value, seeds } of result.trials) {
    expect(seeds!.map(({ seed }) => seed)).toEqual([1, 2])
    expect(value).toBeCloseTo((seeds![0]!.value + seeds![1]!.value) / 2, 12)
  }
  expect(result.best!.value).toBe(Math.max(...result.trials.map(({ value }) => value!)))
})

test('a trial in lockstep has the values of its seeds trained alone, and their means on the way', async () => {
  const configuration = { learningRate: 0.01, discount: 0.9 }
  const job = (every?: number) => ({
    ...{ number: 0, configuration, others: [] },
    plan: tinyPlan('grid', { evaluation: { episodes: 10, ...(every ? { every } : {}) } }),
  })
  const together = await runSweepTrial(job(2))
  const apart = await runSweepTrial(job())
  expect(together.seeds).toEqual(apart.seeds)
  expect(apart.intermediate).toEqual([])
  const runs = await Promise.all([1, 2].map(seed => runTrial(tuningTrial(job(2).plan, configuration, seed), {})))
  const [one, other] = runs.map(run => run!.record.curves.evaluations.map(({ mean }) => mean))
  expect(together.intermediate).toEqual([2, 4].map((step, at) => ({ step, value: (one![at]! + other![at]!) / 2 })))
})

test('a training that was stopped early counts with its last value while others go on', async () => {
  const plan = tinyPlan('grid', {
    ...{ episodes: 12, evaluation: { episodes: 10, every: 1 } },
    earlyStopping: { patience: 2, minimumGain: 0.3 },
  })
  const configuration = { learningRate: 0.01, discount: 0.9 }
  const { intermediate, state, value } = await runSweepTrial({ plan, number: 0, configuration, others: [] })
  const runs = await Promise.all([1, 2].map(seed => runTrial(tuningTrial(plan, configuration, seed), {})))
  const curves = runs.map(run => run!.record.curves.evaluations.map(({ mean }) => mean))
  expect(runs.every(run => run!.record.stopped)).toBe(true)
  expect(curves[0]!.length).not.toBe(curves[1]!.length)
  const longest = Math.max(...curves.map(({ length }) => length))
  const at = (curve: number[], step: number) => curve[Math.min(step, curve.length - 1)]!
  expect(intermediate.map(point => point.value)).toEqual(
    Array.from({ length: longest }, (_, step) => (at(curves[0]!, step) + at(curves[1]!, step)) / 2),
  )
  expect(state).toBe('complete')
  expect(value).toBe(intermediate[longest - 1]!.value)
})

test('a configuration that fails is recorded with its reason, and the sweep goes on', async () => {
  const plan = tinyPlan('grid', {
    agent: { name: 'double-dqn', options: { hiddenUnits: [8], batchSize: 8, clip: 'none' } },
    parameters: { learningRate: { kind: 'categorical', choices: [1e30, 0.01] } },
    evaluation: { episodes: 10, every: 1 },
  })
  const { trials, best } = await runSweep(plan, { workers: 1 })
  expect(trials.map(({ state }) => state)).toEqual(['failed', 'complete'])
  expect(trials[0]!.error).toMatch(/^learning diverged: after \d+ updates/)
  expect(best!.number).toBe(1)
})

test('what the agent refuses is told before anything is run', async () => {
  const refused = (parameters: object) => runSweep(tinyPlan('grid', { parameters: parameters as never }))
  await expect(refused({ discount: { kind: 'categorical', choices: [0.5, 2] } })).rejects.toThrow(
    'parameters.discount does not fit: double-dqn: discount is 2; it must be a number from 0 to 1',
  )
  await expect(refused({ 'env.noise': { kind: 'categorical', choices: [9] } })).rejects.toThrow(
    /parameters.env.noise does not fit: noise is 9/,
  )
})

/** Kills workers that have begun with a trial, so many. */
function killer(number: number, times: number): RunSweepOptions & { readonly killed: Set<number> } {
  const killed = new Set<number>()
  return {
    killed,
    onProgress({ running }) {
      const pid = running.find(trial => trial.number === number)?.pid
      if (pid === undefined || killed.size >= times || killed.has(pid)) return
      killed.add(pid)
      process.kill(pid, 'SIGKILL')
    },
  }
}

test('a trial whose worker is killed is run again by another', async () => {
  const kill = killer(1, 2)
  const file = fileOf('killed')
  await runSweep(tinyPlan(), { workers: 2, file, ...kill })
  expect(kill.killed.size).toBe(2)
  expect(fs.readFileSync(file, 'utf8')).toBe((await undisturbed('grid')).bytes)
})

test('a trial that kills three workers has failed, and the sweep goes on', async () => {
  const { result } = await undisturbed('grid')
  const kill = killer(1, 3)
  const { trials } = await runSweep(tinyPlan(), { workers: 1, ...kill })
  expect(trials[1]).toMatchObject({ number: 1, state: 'failed', error: expect.stringMatching(/^3 workers ended .* SIGKILL/) })
  expect(trials.filter(({ number }) => number !== 1)).toEqual(result.trials.filter(({ number }) => number !== 1))
})

test('a sweep that is killed leaves no workers behind, and goes on without losing or repeating a trial', async () => {
  const { bytes } = await undisturbed('median')
  const file = fileOf('parent')
  const preload = path.resolve(__dirname, '../../lab/preload.cjs')
  const program = spawnSync(process.execPath, ['--require', preload, path.join(__dirname, 'sweep-program.ts'), file], { encoding: 'utf8' })
  expect(program.signal).toBe('SIGKILL')
  const workers = [...new Set(program.stdout.trim().split('\n').map(Number))]
  expect(workers).toHaveLength(2)
  for (let tries = 0; tries < 500 && workers.some(alive); tries++) await new Promise(resolve => setTimeout(resolve, 10))
  expect(workers.filter(alive)).toEqual([])
  // The lock is still there; its owner is not.
  expect(fs.existsSync(`${file}.lock`)).toBe(true)
  const kept = fs
    .readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => (JSON.parse(line) as TrialRecord).number)
  expect(kept).toHaveLength(2)
  const again: number[] = []
  await runSweep(tinyPlan('median'), { file, workers: 2, onTrial: ({ number }) => again.push(number) })
  expect([...kept, ...again].sort((one, other) => one - other)).toEqual(Array.from({ length: 10 }, (_, at) => at))
  expect(fs.readFileSync(file, 'utf8')).toBe(bytes)
  expect(fs.existsSync(`${file}.lock`)).toBe(false)
})

test('a signal stops the sweep; its trials are kept, and it can be gone on with', async () => {
  const { bytes } = await undisturbed('tpe')
  const file = fileOf('stopped')
  const stop = new AbortController()
  let ended = 0
  const { interrupted, trials } = await runSweep(tinyPlan('tpe'), {
    ...{ file, workers: 2, signal: stop.signal },
    onTrial: () => void (++ended === 11 && stop.abort()),
  })
  expect({ interrupted, trials: trials.length }).toEqual({ interrupted: true, trials: 11 })
  const { interrupted: later } = await runSweep(tinyPlan('tpe'), { file, workers: 2 })
  expect(later).toBe(false)
  expect(fs.readFileSync(file, 'utf8')).toBe(bytes)
})

test('a sweep can be made longer, not shorter', async () => {
  const { bytes } = await undisturbed('random')
  const file = fileOf('longer')
  await runSweep(tinyPlan('random', { trials: 3 }), { file, workers: 1 })
  await runSweep(tinyPlan('random'), { file, workers: 1 })
  expect(fs.readFileSync(file, 'utf8')).toBe(bytes)
  await expect(runSweep(tinyPlan('random', { trials: 3 }), { file })).rejects.toThrow(/holds trial 3, but only 3 trials are asked for/)
  expect(fs.readFileSync(file, 'utf8')).toBe(bytes)
})

test('a configuration is tested on test seeds and other shoppers alone', async () => {
  const plan = tinyPlan('grid', { evaluation: { episodes: 10, every: 2 }, earlyStopping: { patience: 1, minimumGain: 100 } })
  const met: number[] = []
  const rows = await testConfiguration(
    plan,
    { learningRate: 0.01, discount: 0.9 },
    { workers: 1, onRun: (_, { seed, episodes }) => met.push(seed, episodes) },
  )
  // Stopped after the second evaluation, by the rule of the sweep.
  expect(met).toEqual([11, 4, 12, 4])
  expect(rows.map(({ agent, seed }) => `${agent} ${seed}`)).toEqual([
    'learningRate=0.01 discount=0.9 11',
    'learningRate=0.01 discount=0.9 12',
  ])
  const others = await testConfiguration(
    { ...plan, evaluation: { ...plan.evaluation, testSeed: 7 } },
    { learningRate: 0.01, discount: 0.9 },
    { workers: 1 },
  )
  expect(others.map(row => row.return)).not.toEqual(rows.map(row => row.return))
})
