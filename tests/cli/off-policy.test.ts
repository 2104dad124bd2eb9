/** `shoplab log` and `shoplab off-policy`: a log is written, and others are judged by it. */
import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { log } from '../../src/cli/log'
import { offPolicy } from '../../src/cli/off-policy'
import { readFeedback, writeFeedback } from '../../src/data/feedback-file'
import { printed } from './printed'
import { shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()
const file = path.join(folder, 'random.csv')
const run = path.join(folder, 'runs', 'popular')
const judge = { resamples: 50, seed: 0 }

beforeAll(async () => {
  await printed(() => log('candy-store', { visits: 150, seed: 1, out: file }))
  const words = ['train', '--agent', 'popularity', '--episodes', '200', '--seed', '1', '--out', run]
  expect(shoplab(folder, words)).toMatchObject({ code: 0 })
})

test('a log of random choice: every step with its probability, the same for the same seed', async () => {
  const feedback = readFeedback(file)
  expect(feedback).toMatchObject({ rounds: 1500, actions: 100, width: 42 })
  expect(feedback.propensity.every(chance => Math.abs(chance - 0.01) < 1e-8)).toBe(true)
  const again = path.join(folder, 'again.csv')
  const said = await printed(() => log('candy-store', { visits: 150, seed: 1, out: again }))
  expect(said).toMatch(/^candy-store, served by Random: 150 visits, 1500 steps, 100 actions, reward of a step \S+\n {2}.*again\.csv\n$/i)
  expect(fs.readFileSync(again).equals(fs.readFileSync(file))).toBe(true)
})

test('who wrote the log is judged to earn what the log says; a saved run stands beside it', async () => {
  const { log: own, estimates } = JSON.parse(await printed(() => offPolicy(file, [run], { ...judge, json: true })))
  expect(own).toMatchObject({ rounds: 1500, actions: 100, visits: 150 })
  const uniform = estimates.find(
    (row: { policy: string; estimator: string }) => row.policy === 'uniform' && row.estimator === 'inverse propensity',
  )
  expect(uniform.estimate).toBeCloseTo(own.reward.estimate, 6)
  // The writer's own interval is drawn as the others are, visit by visit.
  expect([uniform.low - own.reward.low, uniform.high - own.reward.high].every(off => Math.abs(off) < 1e-6)).toBe(true)
  expect(uniform.warnings).toEqual([])
  const judged = estimates.filter(({ policy }: { policy: string }) => policy === run)
  expect(judged.map(({ of }: { of: string }) => of)).toEqual([...Array(8).fill('step'), 'visit', 'visit'])
  // One action in a hundred: some fifteen of the 1,500 steps.
  expect(judged[0].effectiveSampleSize).toBeLessThan(100)
  expect(judged[0].warnings[0]).toContain('effective sample size')
})

test('the table says who is judged, by what, and what to doubt', async () => {
  const said = await printed(() => offPolicy(file, [run], judge))
  expect(said).toMatch(/random\.csv: 1500 steps in 150 visits, 100 actions; who wrote it earned/)
  expect(said).toMatch(/uniform +inverse propensity +a step/)
  expect(said).toMatch(/popular +doubly robust +a step .*see below/)
  expect(said).toContain('the effective sample size is')
})

// 1,000 · 100,001 are more than a hundred million numbers.
test.each([
  [1001, 3],
  [1000, 100_001],
])('of %d actions in %d steps no reward model is learned, and that is said', async (actions, rounds) => {
  const out = path.join(folder, 'large.csv')
  const action = new Int32Array(rounds)
  const [reward, propensity] = [Float64Array.from(action, (_, round) => round % 2), new Float64Array(rounds).fill(0.5)]
  writeFeedback(out, { rounds, actions, action, reward, propensity, contexts: new Float64Array(0), width: 0 })
  const said = await printed(() => offPolicy(out, [], { resamples: 1, seed: 0 }))
  expect(said).not.toContain('doubly robust')
  expect(said).toContain(`left out: ${actions} actions in each of ${rounds} steps are too many`)
})

test('a saved run writes a log as it explores, or does the best it knows', async () => {
  const out = path.join(folder, 'greedy.csv')
  await printed(() => log(run, { visits: 5, seed: 1, out, greedy: true }))
  expect(readFeedback(out).propensity.every(chance => chance === 1)).toBe(true)
})

test('a warning is one, also where a semicolon stands in it', async () => {
  const out = path.join(folder, 'other.csv')
  await printed(() => log(run, { visits: 5, seed: 1, out, greedy: true }))
  const feedback = readFeedback(out)
  writeFeedback(out, { ...feedback, action: feedback.action.map(action => (action + 1) % 100) })
  const { estimates } = JSON.parse(await printed(() => offPolicy(out, [run], { ...judge, json: true })))
  const [first] = estimates.filter(({ policy }: { policy: string }) => policy === run)
  expect(first.warnings).toEqual(['the judged policy does nothing that stands in the log; the log cannot answer'])
})

// Every step earns 1. What the agent does always as its best, it does less often as it explores: weights below 1.
test('judged as it explores; visits of a single step have no estimates of their own', async () => {
  const out = path.join(folder, 'single.csv')
  await printed(() => log(run, { visits: 5, seed: 1, out, greedy: true }))
  const feedback = readFeedback(out)
  writeFeedback(out, { ...feedback, reward: feedback.reward.map(() => 1), episode: feedback.episode!.map((_, round) => round) })
  const judged = async (explore: boolean) => {
    const { estimates } = JSON.parse(await printed(() => offPolicy(out, [run], { ...judge, explore, json: true })))
    expect(new Set(estimates.map(({ of }: { of: string }) => of))).toEqual(new Set(['step']))
    return estimates.find(({ policy }: { policy: string }) => policy === run).estimate
  }
  expect(await judged(false)).toBe(1)
  expect(await judged(true)).toBeLessThan(1)
})

test('of several saved runs one has to be named', async () => {
  const both = path.join(folder, 'both')
  for (const name of ['one', 'two']) fs.cpSync(run, path.join(both, name), { recursive: true })
  await expect(log(both, { visits: 1, seed: 1, out: 'x.csv' })).rejects.toThrow(/both holds 2 runs; name the folder of one: .*one, .*two/)
})

test('the commands, typed', () => {
  expect(shoplab(folder, ['log', 'simshop', '--visits', '3', '--set', 'userTypes=cheap_seeker', '--out', 'pages.csv'])).toMatchObject({
    code: 0,
    errors: '',
  })
  const { code, errors } = shoplab(folder, ['off-policy', 'pages.csv', 'runs/popular'])
  expect(code).toBe(1)
  expect(errors).toMatch(/runs\/popular sees 42 numbers \(candy-store\), but the contexts of pages\.csv have 451/)
  // Of 254,251,200 pages only the probability of those shown is asked for.
  const words = 'train --env simshop --agent popularity --episodes 2 --evaluation 1 --set env.userTypes=cheap_seeker --out pages'.split(' ')
  expect(shoplab(folder, words)).toMatchObject({ code: 0 })
  const judged = shoplab(folder, ['off-policy', 'pages.csv', 'pages', '--resamples', '1'])
  expect(judged).toMatchObject({ code: 0, errors: '' })
})

test.each([
  [() => log('candy-store', { visits: 1, seed: 1, out: 'x.csv', greedy: true }), '--greedy is for saved runs'],
  [() => log(run, { visits: 1, seed: 1, out: 'x.csv', preset: 'guide' }), '--preset and --set are for shops'],
  [
    () => log('nowhere', { visits: 1, seed: 1, out: 'x.csv' }),
    'nowhere is neither a shop nor the folder of a saved run; the shops are candy-store',
  ],
  [() => offPolicy('nowhere.csv', [], judge), 'nowhere.csv does not exist'],
])('%s is refused', async (work, message) => {
  await expect(work()).rejects.toThrow(message)
  expect(fs.existsSync('x.csv')).toBe(false)
})
