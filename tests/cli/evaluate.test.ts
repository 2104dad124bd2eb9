import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { epsilonGreedy } from '../../src/agents/epsilon-greedy'
import { linUcb } from '../../src/agents/lin-ucb'
import { randomAgent } from '../../src/agents/random'
import { evaluateCommand } from '../../src/cli/evaluate'
import { candyStore } from '../../src/envs/candy-store'
import { interactionLog } from '../../src/envs/interaction-log'
import { simshop } from '../../src/envs/simshop'
import { evaluate } from '../../src/train/evaluate-agent'
import { saveModel } from '../../src/train/model-file'
import { saveVersion } from '../../src/train/model-versions'
import { train } from '../../src/train/train'
import { printed } from './printed'
import { shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()
const place = (name: string) => join(folder, name)

beforeAll(async () => {
  const shop = candyStore(1, { users: 20, items: 12 })
  const agent = linUcb(shop.spec)
  const run = await train(agent, shop, { episodes: 20, seed: 1 })
  saveModel(place('run'), agent, run)
  saveVersion(place('shelf'), agent, run)
  const greedy = epsilonGreedy(shop.spec, { seed: 1 })
  saveModel(place('several/greedy'), greedy, await train(greedy, shop, { episodes: 20, seed: 1 }))
  cpSync(place('run'), place('several/ridge'), { recursive: true })
  const pages = simshop(1, { items: 20, candidates: 6, pageSize: 2 })
  const any = randomAgent(pages.spec)
  saveModel(place('pages'), any, await train(any, pages, { episodes: 3, seed: 1 }))
  const log = interactionLog(1, { users: 30, items: 20, interactions: 600 })
  const values = epsilonGreedy(log.spec, { seed: 1 })
  saveModel(place('log'), values, await train(values, log, { episodes: 20, seed: 1 }))
})

const told = async (name: string, options: object = {}) =>
  JSON.parse(await printed(() => evaluateCommand(place(name), { episodes: 30, json: true, ...options })))

test('a run is measured beside random, popularity and the oracle on the same shoppers', () => {
  const { code, output, errors } = shoplab(folder, ['evaluate', 'run', '--episodes', '30'])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(output).toMatch(
    /^shop: candy-store \(guide\), generated: 20 users × 12 items, seed 42\n\nagent +return +95 % interval +click-through rate/,
  )
  for (const agent of ['lin-ucb', 'random', 'popularity', 'myopic oracle']) {
    expect(output).toMatch(new RegExp(`^${agent} +-?[\\d.]+ +-?[\\d.]+ to -?[\\d.]+ +[\\d.]+ % +[\\d.]+ % +[\\d.]+$`, 'm'))
  }
  expect(output).toContain('30 sessions of the same shoppers for all; popularity was trained on 20 sessions, as lin-ucb was')
})

test('--json gives what evaluate gives for the shop and seed, and the same twice', async () => {
  const shop = candyStore(30, { users: 20, items: 12 })
  const { mean, clickThroughRate, conversionRate } = evaluate(randomAgent(shop.spec, { seed: 1 }), shop, { episodes: 30, seed: 5 })
  const answer = await told('run', { seed: 5 })
  expect(answer.evaluation[1]).toMatchObject({ agent: 'random', return: mean, clickThroughRate, conversionRate })
  expect(answer).toMatchObject({ episodes: 30, seed: 5, env: { name: 'candy-store', options: { users: 20 } } })
  expect(await told('run', { seed: 5 })).toEqual(answer)
  expect((await told('shelf', { seed: 5 })).evaluation).toEqual(answer.evaluation)
})

test('all runs of a folder are measured in one table', async () => {
  const { evaluation } = await told('several')
  expect(evaluation.map((row: { agent: string }) => row.agent)).toEqual(['greedy', 'ridge', 'random', 'popularity', 'myopic oracle'])
  expect(evaluation[1]).toEqual({ ...(await told('run')).evaluation[0], agent: 'ridge' })
})

test('--by-type measures each type of shopper for itself', async () => {
  const { evaluation } = await told('pages', { byType: true })
  expect(evaluation.slice(0, 6).map((row: { type: string }) => row.type)).toEqual(
    expect.arrayContaining(['cheap_seeker', 'freshness_looker']),
  )
  const output = await printed(() => evaluateCommand(place('pages'), { episodes: 12, byType: true }))
  expect(output).toMatch(/\nreturn by type of shopper:\n\ntype +random +popularity +myopic oracle\n(\w+ +-?[\d. -]+\n){6}/)
  await expect(evaluateCommand(place('run'), { episodes: 5, byType: true })).rejects.toThrow(
    'candy-store has no types of shoppers to tell apart',
  )
})

test('--k ranks lists against the log', async () => {
  const output = await printed(() => evaluateCommand(place('log'), { episodes: 10, k: 4 }))
  expect(output).toMatch(
    /\nlists of 4 against what \d+ users wanted in the last part of the log:\n\nagent +precision +recall +NDCG +MAP +hit rate/,
  )
  expect(output).toMatch(/^epsilon-greedy +0\.\d+ +0\.\d+ +0\.\d+/m)
  await expect(evaluateCommand(place('run'), { episodes: 5, k: 3 })).rejects.toThrow('--k ranks lists against the log of interaction-log')
})

test.each([
  ['nowhere', 'there is no run in .*nowhere: it does not exist'],
  ['run/policy.json', 'there is no run in .*policy.json: it is no folder'],
  ['several/ridge/..', undefined],
  ['.', 'were trained in different shops; evaluate them one by one'],
])('%s: the folder is looked at', async (name, message) => {
  const asked = printed(() => evaluateCommand(place(name), { episodes: 2 }))
  if (message) await expect(asked).rejects.toThrow(new RegExp(message))
  else expect(await asked).toContain('ridge')
})
