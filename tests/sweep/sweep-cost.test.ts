import path from 'node:path'
import { expect, test } from 'vitest'
import { measureCost, sweepCost } from '../../src/sweep/sweep-cost'
import { readSweepFile } from '../../src/sweep/sweep-file'
import { runSweepTrial, tuningTrial } from '../../src/sweep/sweep-trial'
import { runTrial } from '../../src/train/trial'
import { tinyPlan } from './tiny-plan'

test('the updates counted are those that the trainings make', async () => {
  const plan = tinyPlan('grid', {
    agent: { name: 'double-dqn', options: { hiddenUnits: [8], warmUp: 20, trainEvery: 3, gradientSteps: 2 } },
    parameters: { batchSize: { kind: 'categorical', choices: [4, 8] } },
  })
  const runs = await Promise.all([4, 8].map(batchSize => runTrial(tuningTrial(plan, { batchSize }, 1), {})))
  const updates = 2 * runs.reduce((sum, run) => sum + run!.record.updates, 0)
  const transitions = 2 * runs.reduce((sum, run) => sum + run!.record.steps, 0)
  expect(sweepCost(plan, { millisecondsPerUpdate: 3_600_000 })).toEqual({
    ...{ configurations: 2, trainings: 4, transitions, updates, evaluationEpisodes: 40, hours: updates },
  })
  expect(sweepCost(plan, { millisecondsPerUpdate: 0, millisecondsPerEvaluationEpisode: 3_600_000 }).hours).toBe(40)
  // The warm-up of a batch, unless told.
  const usual = tinyPlan('grid', { parameters: { batchSize: { kind: 'categorical', choices: [4, 30] } }, agent: 'double-dqn' })
  expect(sweepCost(usual, { millisecondsPerUpdate: 1 }).updates).toBe(2 * (50 - 3 + 50 - 29))
})

test("the guide's grid is 4,374 trainings and 43 million updates", () => {
  const plan = readSweepFile(path.resolve(__dirname, '../../sweeps/guide.yaml'))
  const { configurations, trainings, updates, hours } = sweepCost(plan, { millisecondsPerUpdate: 2 })
  expect({ configurations, trainings, updates }).toEqual({ configurations: 1458, trainings: 4374, updates: 43_417_782 })
  expect(hours).toBeCloseTo((2 * updates) / 3.6e6, 9)
  const dear = sweepCost(plan, { millisecondsPerUpdate: ({ batchSize }) => (batchSize === 128 ? 2 : 0) })
  expect(dear.hours / hours).toBeCloseTo(1 / 3, 2)
})

test('a sweep with TPE or ranges is priced as so many trials', () => {
  expect(sweepCost(tinyPlan('tpe'), { millisecondsPerUpdate: 1 })).toMatchObject({ configurations: 14, trainings: 28 })
  expect(sweepCost(tinyPlan('median'), { millisecondsPerUpdate: 1 }).evaluationEpisodes).toBe(10 * 2 * 6 * 10)
})

test('an update is measured for each size of network and batch', async () => {
  const plan = tinyPlan('grid', {
    agent: 'double-dqn',
    parameters: {
      discount: { kind: 'categorical', choices: [0.5, 0.9] },
      hiddenUnits: { kind: 'categorical', choices: [[4], [8]] },
      batchSize: { kind: 'categorical', choices: [4, 8] },
    },
  })
  const { rows, millisecondsPerUpdate } = await measureCost(plan, { updates: 5 })
  expect(rows.map(row => [row.hiddenUnits, row.batchSize])).toEqual([
    ['[4]', 4],
    ['[4]', 8],
    ['[8]', 4],
    ['[8]', 8],
  ])
  expect(millisecondsPerUpdate({ discount: 0.9, hiddenUnits: [8], batchSize: 4 })).toBe(rows[2]!.millisecondsPerUpdate)
  expect(rows.every(row => row.millisecondsPerUpdate > 0)).toBe(true)
})

test('agents without networks are priced by transition', async () => {
  const plan = tinyPlan('grid', { agent: 'lin-ucb', parameters: { alpha: { kind: 'categorical', choices: [0.5, 1] } } })
  expect(sweepCost(plan, { millisecondsPerUpdate: 1 })).toMatchObject({ configurations: 2, transitions: 200, updates: 200 })
  expect(await runSweepTrial({ plan, number: 0, configuration: { alpha: 1 }, others: [] })).toMatchObject({ state: 'complete' })
})
