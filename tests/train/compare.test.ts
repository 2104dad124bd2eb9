import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { popularity } from '../../src/agents/popularity'
import { candyStore } from '../../src/envs/candy-store'
import { type ComparisonRow, compare } from '../../src/train/compare'

const env = { name: 'candy-store', options: { users: 20, items: 15 } }
const settings = {
  env,
  agents: [{ name: 'random' }, { name: 'lin-ucb' }, { name: 'lin-ucb', options: { alpha: 0 }, label: 'greedy ridge' }],
  seeds: [1, 2],
  episodes: 20,
  evaluation: { episodes: 30 },
}
const named = (rows: readonly ComparisonRow[]) => rows.map(({ agent, seed }) => `${agent} ${seed}`)
const order = ['random 1', 'lin-ucb 1', 'greedy ridge 1', 'random 2', 'lin-ucb 2', 'greedy ridge 2'] // one seed after another

test('there is a row for each agent and seed, in their order', async () => {
  const records: string[] = []
  const rows = await compare({
    ...settings,
    workers: 1,
    onRun: (agent, record) => records.push(`${agent} ${record.seed} ${record.episodes}`),
  })
  expect(named(rows)).toEqual(order)
  expect(records).toEqual(order.map(run => `${run} 20`))
  for (const row of rows) {
    expect(row.length).toBe(10)
    expect(row.coverage).toBeGreaterThan(0)
    expect(row.coverage).toBeLessThanOrEqual(1)
    // 1.1 for each of ten clicks, less 1, less .2 for each repeat.
    const withoutRepeats = 11 * row.clickThroughRate - 1
    expect(row.return).toBeLessThanOrEqual(withoutRepeats + 1e-9)
    expect(row.return).toBeGreaterThan(withoutRepeats - 2)
  }
})

test('`steps` ends a training as `episodes` does', async () => {
  const steps: number[] = []
  const { episodes: _, ...rest } = settings
  await compare({ ...rest, steps: 37, workers: 1, onRun: (_agent, record) => steps.push(record.steps) })
  expect(steps).toEqual(Array(6).fill(37))
})

test('copies are stepped together in training, an agent having its own where it says so', async () => {
  const records: string[] = []
  const agents = [{ name: 'random' }, { name: 'lin-ucb', copies: 3 }]
  await compare({
    ...settings,
    agents,
    seeds: [1],
    copies: 4,
    workers: 1,
    onRun: (agent, { copies }) => records.push(`${agent} ${copies}`),
  })
  expect(records).toEqual(['random 4', 'lin-ucb 3'])
})

test('two of one name need labels, and half a worker is none', async () => {
  await expect(compare({ ...settings, agents: [{ name: 'random' }, { name: 'random' }] })).rejects.toThrow("two agents are called 'random'")
  await expect(compare({ ...settings, workers: 0.5 })).rejects.toThrow('workers is 0.5')
})

const published = "env: { name: 'marketplace', options: { preset: 'published' } }"
const own = "compare is for shops by name; playActors and train serve a shop of one's own"
test.each<[string, object, string]>([
  ['a name alone', { env: 'marketplace' }, `env is 'marketplace'; it must be a shop by name, like ${published}`],
  [
    'a preset beside the name',
    { env: { name: 'marketplace', preset: 'published' } },
    `env has preset beside name and options; write ${published}`,
  ],
  [
    'an option beside options',
    { env: { name: 'marketplace', products: 20, options: { users: 9 } } },
    "write env: { name: 'marketplace', options: { users: 9, products: 20 } }",
  ],
  [
    'options that are none',
    { env: { name: 'marketplace', options: 'published' } },
    `env.options is 'published'; it must be an object, like ${published}`,
  ],
  ['an unknown shop', { env: { name: 'my-shop' } }, own],
  ['a shop that is made', { env: candyStore(1, { users: 5, items: 4 }) }, own],
  ['a function that makes a shop', { env: candyStore }, own],
  [
    'no agents',
    { agents: [] },
    "agents is an empty list; name at least one: agents: [{ name: 'lin-ucb', options: { alpha: 1 }, label: 'LinUCB' }]",
  ],
  ['no list of agents', { agents: 'random' }, "agents is 'random'; it must be a list: agents: [{ name: "],
  ['an agent by its name alone', { agents: ['random'] }, "agents[0] is 'random'; it must be an agent by name, like { name: "],
  ['an agent that is made', { agents: [popularity(candyStore(1).spec)] }, 'agents[0] is an agent that is made already'],
  [
    "an agent's option beside options",
    { agents: [{ name: 'random' }, { name: 'lin-ucb', alpha: 0.5 }] },
    "agents[1] has alpha beside name, options, label and copies; write { name: 'lin-ucb', options: { alpha: 0.5 } }",
  ],
  ['half a copy', { copies: 0.5 }, 'copies is 0.5; it must be a whole number between 1 and 100000'],
  ["an agent's copies that are none", { agents: [{ name: 'random', copies: 0 }] }, 'agents[0].copies is 0; it must be a whole number'],
  ["an agent's options that are none", { agents: [{ name: 'random', options: 3 }] }, 'agents[0].options is 3; it must be an object'],
  [
    'no seeds',
    { seeds: [] },
    'seeds is an empty list; name at least one, and five for an interval that can be trusted: seeds: [1, 2, 3, 4, 5]',
  ],
  ['no list of seeds', { seeds: 5 }, 'seeds is 5; it must be a list: seeds: [1, 2, 3, 4, 5]'],
  ['a misspelt option', { episode: 3 }, 'compare has no option "episode"; its options are env, agents, copies, seeds, episodes, '],
  [
    'a misspelt option of the evaluation',
    { evaluation: { episode: 3 } },
    'evaluation has no option "episode"; its options are episodes, seed',
  ],
  ['a misspelt option of the validation', { validation: { evry: 3 } }, 'validation has no option "evry"'],
])('%s is refused with the right form', async (_, wrong, message) => {
  const refused = compare({ ...settings, workers: 1, ...wrong } as Parameters<typeof compare>[0])
  await expect(refused).rejects.toThrow(RangeError)
  await expect(compare({ ...settings, workers: 1, ...wrong } as Parameters<typeof compare>[0])).rejects.toThrow(message)
})

test('a signal leaves the rows so far', async () => {
  const stop = new AbortController()
  const onRun = (agent: string) => agent === 'lin-ucb' && stop.abort()
  expect(named(await compare({ ...settings, workers: 1, signal: stop.signal, onRun }))).toEqual(order.slice(0, 2))
  expect(await compare({ ...settings, workers: 2, signal: stop.signal })).toEqual([])
})

describe('workers', () => {
  const small = { hiddenUnits: [16], batchSize: 8 }
  const learners = {
    ...settings,
    agents: [
      { name: 'random' },
      { name: 'double-dqn', options: small },
      { name: 'double-dqn', options: { ...small, backend: 'tfjs' }, label: 'on TensorFlow' },
    ],
  }
  let alone: ComparisonRow[]
  beforeAll(async () => {
    alone = await compare({ ...learners, workers: 1 })
  })

  test.each([2, 3])('%i at once, threads and processes, give the rows of one', async workers => {
    const told = new Set<string>()
    const done: string[] = []
    const rows = await compare({
      ...learners,
      workers,
      onProgress: ({ agent, seed, run, runs, progress }) => {
        if (progress.episode === 20) told.add(`${agent} ${seed} ${run} of ${runs}, ${progress.returns.length} returns`)
      },
      onRun: (agent, { seed, curves }) => done.push(`${agent} ${seed}, ${curves.returns.length} returns`),
    })
    expect(rows).toEqual(alone)
    expect([...told].sort()).toEqual(alone.map(({ agent, seed }, run) => `${agent} ${seed} ${run} of 6, 20 returns`).sort())
    expect(done.sort()).toEqual(alone.map(({ agent, seed }) => `${agent} ${seed}, 20 returns`).sort())
  })

  test.each(['simd', 'tfjs'])('an abort ends them in the midst of their work: %s', async backend => {
    const stop = new AbortController()
    const rows = await compare({
      ...settings,
      agents: [{ name: 'double-dqn', options: { ...small, backend } }],
      episodes: 1_000_000,
      workers: 2,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    expect(rows).toEqual([])
  })

  test('an error in one of them is thrown as it was, and ends the others', async () => {
    const bad = { name: 'double-dqn', options: { discount: 2 }, label: 'bad' }
    const endless = { name: 'random' }
    const error = await compare({ ...settings, agents: [endless, bad], episodes: 100_000_000, workers: 2 }).catch(reason => reason)
    expect(error.name).toBe('UserError')
    expect(error.message).toBe('double-dqn: discount is 2; it must be a number from 0 to 1')
    const elsewhere = compare({ ...settings, env: { name: 'candy' }, workers: 2 })
    await expect(elsewhere).rejects.toThrow(RangeError)
    await expect(compare({ ...settings, env: { name: 'candy' }, workers: 2 })).rejects.toThrow('there is no shop "candy"')
  })

  test('what cannot be sent to one is told so', async () => {
    const agents = [{ name: 'random', options: { seed: () => 1 } }]
    await expect(compare({ ...settings, agents, workers: 2 })).rejects.toThrow(/the options of random .* cannot be sent .* use workers: 1/)
  })

  // As the kernel and the command line load src, and as a script run by tsx does.
  const checkout = resolve(__dirname, '../..')
  test.each([
    ['the preload', ['--require', resolve(checkout, 'lab/preload.cjs')]],
    ['tsx', [resolve(checkout, 'node_modules/tsx/dist/cli.mjs')]],
  ])('they start from a program that was started with %s in another folder', (_, how) => {
    const script = resolve(__dirname, 'compare-program.ts')
    const { stdout, stderr, status } = spawnSync(process.execPath, [...how, script], {
      cwd: resolve(checkout, 'notebooks'),
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(alone.filter(({ agent }) => agent !== 'on TensorFlow'))
  })
})
