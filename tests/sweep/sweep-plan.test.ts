import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { gridSize } from '../../src/sweep/grid-sampler'
import { parseSweep, readSweepFile } from '../../src/sweep/sweep-file'
import { configured, type SweepOptions, sweepPlan } from '../../src/sweep/sweep-plan'
import { temporaryFolder } from '../data/temporary'
import { tinyOptions } from './tiny-plan'

const folder = temporaryFolder()
const plan = (more: object) => () => sweepPlan({ ...tinyOptions, ...more } as SweepOptions)

test('what is left out of a plan has its usual value, and a whole plan stays as it is', () => {
  const { env, agent, method, parameters, episodes } = tinyOptions
  const made = sweepPlan({ env, agent, method, parameters, episodes })
  expect(made).toMatchObject({
    ...{ name: 'sweep', metric: { name: 'return', goal: 'maximise' }, trials: 6, seeds: [1, 2, 3], batch: 4, seed: 0 },
    evaluation: { episodes: 200, seed: 1_000_000, testSeed: 2_000_000 },
  })
  expect(sweepPlan(made)).toEqual(made)
  expect(JSON.parse(JSON.stringify(made))).toEqual(made)
  expect(sweepPlan({ ...tinyOptions, method: 'random' }).trials).toBe(50)
  expect(sweepPlan({ ...tinyOptions, trials: 4 }).trials).toBe(4)
  expect(sweepPlan({ ...tinyOptions, trials: 40 }).trials).toBe(6)
})

test('a configuration goes over the options of the agent, and where it begins with env. over those of the shop', () => {
  const { env, agent } = configured(sweepPlan(tinyOptions), { learningRate: 0.5, 'env.noise': 0.2 })
  expect(agent).toEqual({ name: 'double-dqn', options: { hiddenUnits: [8], batchSize: 8, learningRate: 0.5 } })
  expect(env.options).toEqual({ users: 10, items: 8, noise: 0.2 })
})

describe('tuning and test are kept apart', () => {
  test.each([
    [{ testSeeds: [5, 2] }, 'testSeeds.1 is 2, which is one of seeds as well'],
    [{ evaluation: { seed: 7, testSeed: 7 } }, 'evaluation.testSeed is 7, as is evaluation.seed'],
    [{ evaluation: { seed: 1 } }, 'evaluation.seed is 1, a seed of training as well'],
    [{ evaluation: { testSeed: 12 } }, 'evaluation.testSeed is 12, a seed of training as well'],
  ])('%j', (more, message) => {
    expect(plan(more)).toThrow(message)
  })
})

describe('a mistake is told with its path, its value and what is allowed', () => {
  test.each([
    [{ epsiodes: 3 }, /^epsiodes is not known; here may stand name, env, agent,/],
    [{ episodes: undefined }, 'episodes is missing; it must be a whole number of at least 1'],
    [{ episodes: 0 }, 'episodes is 0; it must be a whole number of at least 1'],
    [{ seeds: [] }, 'seeds is []; it must be a list of at least one seed'],
    [{ seeds: [1, 1.5] }, 'seeds.1 is 1.5; it must be a whole number of at least 0'],
    [{ seeds: [1, 1] }, 'seeds.1 is 1, which is in the list already'],
    [{ method: 'best' }, 'method is "best"; it must be one of grid, random, tpe'],
    [{ metric: { name: 'fame' } }, /^metric.name is "fame"; it must be one of return, length, clickThroughRate,/],
    [{ agent: 'dqn' }, /^agent is "dqn"; it must be one of .*double-dqn/],
    [{ env: { name: 'candy-store', option: 1 } }, 'env.option is not known; here may stand name, options'],
    [
      { env: { name: 'candy-store', options: { tables: new Float64Array(1) } } },
      /^env.options.tables is .*; it must be a finite number, a word/,
    ],
    [{ parameters: {} }, 'parameters is empty'],
    [{ parameters: { seed: { kind: 'int', low: 1, high: 2 } } }, 'parameters.seed is set by each training'],
    [
      { parameters: { batchSize: { kind: 'int', low: 1, high: 2 } } },
      'parameters.batchSize is an option of the agent as well, with the value 8',
    ],
    [{ parameters: { tau: { kind: 'float', low: 0, high: 1 } } }, 'parameters.tau is continuous, which a grid cannot be'],
    [{ parameters: { tau: { kind: 'float', low: 1, high: 0 } } }, 'parameters.tau has low 1 and high 0'],
    [{ pruner: { kind: 'median' } }, 'evaluation.every is missing; pruner needs it'],
    [{ pruner: { kind: 'mean' }, evaluation: { every: 1 } }, 'pruner.kind is "mean"; it must be one of none, median, asha'],
    [{ evaluation: { every: 6 } }, 'evaluation.every is 6; it must be at most the episodes of a training, 5'],
    [{ earlyStopping: { patience: 0 }, evaluation: { every: 1 } }, 'earlyStopping.patience is 0'],
  ])('%j', (more, message) => {
    expect(plan(more)).toThrow(message)
  })
})

const yaml = `name: small
env: { name: candy-store, options: { users: 10 } }
agent: double-dqn
method: bayes
metric:
  name: clickThroughRate
  goal: maximize
parameters:
  learningRate:
    distribution: log_uniform_values
    min: 0.001
    max: 0.1
  discount: { min: 0.5, max: 0.9 }
  batchSize: { min: 8, max: 16 }
  dropout: { distribution: q_uniform, min: 0, max: 0.2, q: 0.1 }
  hiddenUnits: { values: [[8], [8, 8]] }
  targetUpdate: { value: hard }
  env.noise: { value: 0.2 }
run_cap: 9
seeds: [4, 5]
test_seeds: [6]
episodes: 20
evaluation: { episodes: 30, seed: 100, test_seed: 200, every: 5 }
batch: 2
early_terminate: { type: asha, min_iter: 5, eta: 2 }
early_stopping: { patience: 2, minimum_gain: 0.1 }
search_seed: 8
`

test('a sweep file says a plan', () => {
  expect(parseSweep(yaml, 'small.yaml')).toEqual({
    name: 'small',
    env: { name: 'candy-store', options: { users: 10, noise: 0.2 } },
    agent: { name: 'double-dqn', options: { targetUpdate: 'hard' } },
    method: 'tpe',
    metric: { name: 'clickThroughRate', goal: 'maximise' },
    parameters: {
      learningRate: { kind: 'float', low: 0.001, high: 0.1, log: true },
      discount: { kind: 'float', low: 0.5, high: 0.9 },
      batchSize: { kind: 'int', low: 8, high: 16 },
      dropout: { kind: 'float', low: 0, high: 0.2, step: 0.1 },
      hiddenUnits: { kind: 'categorical', choices: [[8], [8, 8]] },
    },
    ...{ trials: 9, seeds: [4, 5], testSeeds: [6], episodes: 20, batch: 2, seed: 8 },
    evaluation: { episodes: 30, seed: 100, testSeed: 200, every: 5 },
    pruner: { kind: 'asha', minimumResource: 5, reductionFactor: 2 },
    earlyStopping: { patience: 2, minimumGain: 0.1 },
  })
})

describe('a mistake in a sweep file is told with its line, in the words of the file', () => {
  test.each([
    ['run_cap: 9', 'run_cap: none', 'small.yaml:19: run_cap is "none"; it must be a whole number of at least 1'],
    ['run_cap: 9', 'trials: 9', 'small.yaml:19: trials is not known; here may stand name, description, env'],
    ['search_seed: 8', 'search_seed: x', 'small.yaml:27: search_seed is "x"; it must be'],
    ['test_seeds: [6]', 'test_seeds: [4]', 'small.yaml:21: test_seeds.0 is 4, which is one of seeds as well'],
    ['seeds: [4, 5]', 'seeds:\n  - 4\n  - five', 'small.yaml:22: seeds.1 is "five"'],
    ['test_seed: 200', 'test_seed: 100', 'small.yaml:23: evaluation.test_seed is 100'],
    ['test_seed: 200', 'testSeed: 100', 'small.yaml:23: evaluation.testSeed is not known; here may stand episodes, seed, test_seed, every'],
    ['goal: maximize', 'goal: more', 'small.yaml:7: metric.goal is "more"; it must be one of maximise, minimise'],
    ['    min: 0.001', '    min: 1', 'small.yaml:9: parameters.learningRate has min 1 and max 0.1; min must be below max'],
    [
      'log_uniform_values',
      'log',
      'small.yaml:10: parameters.learningRate.distribution is "log"; it must be one of uniform, log_uniform_values',
    ],
    ['max: 16', 'max: 16, q: 2', 'small.yaml:14: parameters.batchSize.q is not known; here may stand distribution, min, max'],
    ['{ value: 0.2 }', '{}', 'small.yaml:18: parameters.env.noise has nothing; it must have values, value, or min and max'],
    ['type: asha', 'type: hyperband', 'small.yaml:25: early_terminate.type is "hyperband"; it must be one of none, median, asha'],
    ['eta: 2', 'eta: 0', 'small.yaml:25: early_terminate cannot be made:'],
    ['minimum_gain: 0.1', 'minimum_gain: -1', 'small.yaml:26: early_stopping.minimum_gain is -1; it must be a number of at least 0'],
    [', every: 5', '', 'small.yaml:23: evaluation.every is missing; early_terminate needs it'],
    ['agent: double-dqn', 'agent: [double-dqn', 'small.yaml:4: '],
  ])('%s → %s', (from, to, message) => {
    expect(yaml).toContain(from)
    expect(() => parseSweep(yaml.replace(from, to), 'small.yaml')).toThrow(message)
  })
})

test('a file that is not there, or is no plan, is told so', () => {
  expect(() => readSweepFile(path.join(folder, 'none.yaml'))).toThrow(/none.yaml does not exist/)
  expect(() => parseSweep('', 'empty.yaml')).toThrow('empty.yaml:1: the file is no list of keys and values')
})

const sweeps = path.resolve(__dirname, '../../sweeps')

test.each(fs.readdirSync(sweeps).filter(name => name.endsWith('.yaml')))('sweeps/%s is a plan, named as its file', name => {
  expect(`${readSweepFile(path.join(sweeps, name)).name}.yaml`).toBe(name)
})

test("the guide's grid has its 1,458 configurations", () => {
  const { parameters, trials, seeds } = readSweepFile(path.join(sweeps, 'guide.yaml'))
  expect([gridSize(parameters), trials, seeds.length]).toEqual([1458, 1458, 3])
})
