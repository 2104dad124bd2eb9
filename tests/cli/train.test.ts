import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { evaluateCommand } from '../../src/cli/evaluate'
import { trainCommand } from '../../src/cli/train'
import { printed } from './printed'
import { bin, shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()
const small = ['train', '--items', '12', '--users', '20', '--evaluation', '20', '--json']
const quick = [...small, '--episodes', '3', '--set', 'warmUp=8', 'batchSize=8', 'hiddenUnits=[8,8]', 'learningRate=.01']

test('three episodes with --json tell returns, comparison, times and curves, and the same seed tells them twice', () => {
  const [one, two] = ['one', 'two'].map(out => shoplab(folder, [...quick, '--seed', '5', '--out', `runs/${out}`]))
  expect(one).toMatchObject({ code: 0, errors: '' })
  const run = JSON.parse(one!.output)
  expect(run).toMatchObject({
    out: 'runs/one',
    agent: 'double-dqn',
    options: { seed: 5, warmUp: 8, hiddenUnits: [8, 8], learningRate: 0.01 },
    env: { name: 'candy-store', preset: 'guide', options: { items: 12, users: 20 } },
    seed: 5,
    episodes: 3,
    steps: 30,
    interrupted: false,
    trainingStepMilliseconds: expect.any(Number),
    environmentAndActingShare: expect.any(Number),
  })
  expect(run.updates).toBeGreaterThan(0)
  expect(run.trainingStepMilliseconds).toBeGreaterThan(0)
  expect(run.environmentAndActingShare).toBeLessThan(1)
  expect(run.curves.lengths).toEqual([10, 10, 10])
  for (const curve of ['returns', 'losses', 'epsilons']) expect(run.curves[curve]).toHaveLength(3)
  expect(run.evaluation.map((row: { agent: string }) => row.agent)).toEqual(['double-dqn', 'random', 'popularity'])
  for (const row of run.evaluation) {
    const numbers = ['return', 'low', 'high', 'clickThroughRate', 'profit'].map(name => [name, expect.any(Number)])
    expect(row).toMatchObject({ agent: row.agent, ...Object.fromEntries(numbers) })
    expect(row.low < row.return && row.return < row.high).toBe(true)
  }

  const again = JSON.parse(two!.output)
  expect(again.curves).toEqual(run.curves)
  expect(again.evaluation).toEqual(run.evaluation)
})

test('without --json a person reads the return and click-through rate of the three, and what to do next', () => {
  const { code, output, errors } = shoplab(folder, [...quick.filter(word => word !== '--json'), '--preset', 'published'])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(output).toMatch(
    /^shop: candy-store \(published\), generated: 20 users × 12 items, seed 42\ndouble-dqn in candy-store \(published\), seed 1: 3 episodes in /,
  )
  expect(output).toMatch(/a training step takes [\d.]+ ms on backend \w+/)
  for (const agent of ['double-dqn', 'random', 'popularity'])
    expect(output).toMatch(new RegExp(`^${agent} +-?[\\d.]+ +-?[\\d.]+ to -?[\\d.]+ +[\\d.]+ %`, 'm'))
  expect(output).toContain(
    'saved in runs/candy-store-double-dqn-published-1; try: npx shoplab recommend runs/candy-store-double-dqn-published-1 --user 19',
  )
})

test('a training from a file is saved under the name of the file, and a second one beside it', () => {
  fs.writeFileSync(path.join(folder, 'mine.yaml'), 'agent: random\ntraining: { episodes: 1 }\nevaluation: { episodes: 2 }\n')
  const saved = () => /^saved in (\S+);/m.exec(shoplab(folder, ['train', '--config', 'mine.yaml']).output)?.[1]
  expect([saved(), saved()]).toEqual(['runs/mine', 'runs/mine-2'])
})

const tiny = { items: 12, users: 20, evaluation: 5, episodes: 2 }
const out = (name: string) => path.join(folder, name)

test('an option of the shop is set by env.key=value', async () => {
  const typed = { ...tiny, agent: 'random', set: { 'env.horizon': 4, 'env.endsSession': true }, out: out('short'), json: true }
  expect(JSON.parse(await printed(() => trainCommand(typed)))).toMatchObject({
    steps: 8,
    trainingStepMilliseconds: null,
    env: { options: { horizon: 4, endsSession: true } },
  })
})

test.each<[object, RegExp]>([
  [{ set: { learnRate: 1 } }, /^double-dqn has no option 'learnRate'; its options are hiddenUnits, .*; did you mean learningRate\?$/],
  [{ set: { discount: 2 } }, /^double-dqn: discount is 2; it must be a number from 0 to 1$/],
  [{ set: { discount: 'high' } }, /^double-dqn: discount is "high"; .*$/],
  [{ set: { 'env.horizn': 4 } }, /^candy-store has no option "horizn"; .*; did you mean horizon\?$/],
  [{ agent: 'dubble-dqn' }, /^there is no agent 'dubble-dqn'; the agents are .*double-dqn, .*; did you mean double-dqn\?$/],
  [{ env: 'candy' }, /^there is no shop "candy"; the shops are candy-store, .*; did you mean candy-store\?$/],
  [{ preset: 'guides' }, /^preset is "guides"; it must be one of guide, published$/],
  [
    { env: 'recogym', agent: 'content-based' },
    /^content-based needs the features of the items, which recogym does not tell; choose another agent or shop$/,
  ],
])('%j is refused in words before anything is made', async (typed, message) => {
  await expect(trainCommand({ ...typed, out: path.join(folder, 'refused/run') })).rejects.toThrow(message)
  expect(fs.existsSync(path.join(folder, 'refused'))).toBe(false)
})

test.each([
  [['--seed', '-1'], 2, /must be a whole number of at least 0/],
  [['--episodes', '0'], 2, /'--episodes <count>' argument '0' is invalid/],
  [['--set', 'discount'], 2, /It must be key=value/],
  [['--set', 'learnRate=1'], 1, /^shoplab: double-dqn has no option 'learnRate'; .*\n$/],
])('%j is answered by the command with its code', (words, code, errors) => {
  expect(shoplab(folder, [...small, ...words, '--out', 'refused/run'])).toEqual({ code, output: '', errors: expect.stringMatching(errors) })
  expect(fs.existsSync(path.join(folder, 'refused'))).toBe(false)
})

test.each([
  ['below a file', 'file/run', /^shoplab: file: /],
  ['a folder that holds something else', 'precious', /^shoplab: precious holds letter.txt/],
])('a place that cannot be written, %s, is refused before the training', (_, out, errors) => {
  fs.writeFileSync(path.join(folder, 'file'), '')
  fs.mkdirSync(path.join(folder, 'precious'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'precious', 'letter.txt'), 'dear')
  const { code, output, errors: said } = shoplab(folder, [...small, '--agent', 'random', '--episodes', '100000000', '--out', out])
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(said).toMatch(errors)
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(fs.readdirSync(path.join(folder, 'precious'))).toEqual(['letter.txt'])
})

test('an interrupt stops the training, saves what there is, and says so', async () => {
  const words = [...small, '--agent', 'lin-ucb', '--episodes', '100000000', '--out', 'stopped/run']
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder })
  let [output, errors] = ['', '']
  child.stdout.on('data', text => (output += text))
  child.stderr.on('data', text => (errors += text))
  const ended = new Promise(resolve => child.on('close', resolve))
  // The folder is made when the training begins.
  while (!fs.existsSync(path.join(folder, 'stopped')) && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 20))
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(errors).toContain('stopping; what was learned is saved')
  expect(JSON.parse(output)).toMatchObject({ interrupted: true, out: 'stopped/run' })
  expect(shoplab(folder, ['recommend', 'stopped/run', '--user', '3'])).toMatchObject({ code: 0, errors: '' })
})

test('a training that was stopped goes on with --resume and ends as if it had not been', async () => {
  const words = [...small, '--episodes', '300', '--set', 'hiddenUnits=[8]', 'batchSize=8']
  const whole = JSON.parse(shoplab(folder, [...words, '--out', 'whole']).output)
  const stopped = [...words, '--out', 'parts', '--checkpoint-every', '100']
  const child = spawn(process.execPath, [bin, ...stopped], { cwd: folder, stdio: 'ignore' })
  const ended = new Promise(resolve => child.on('close', resolve))
  const checkpoint = path.join(folder, 'parts.checkpoint', 'checkpoint.json')
  while (!fs.existsSync(checkpoint) && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 5))
  child.kill('SIGKILL')
  await ended
  const { code, output } = shoplab(folder, [...stopped, '--resume'])
  expect(code).toBe(0)
  const { curves, evaluation, updates } = JSON.parse(output)
  expect({ curves, evaluation, updates }).toEqual({ curves: whole.curves, evaluation: whole.evaluation, updates: whole.updates })
  expect(fs.existsSync(path.dirname(checkpoint))).toBe(false)
  expect(shoplab(folder, [...stopped, '--resume']).errors).toBe('shoplab: there is no checkpoint in parts.checkpoint to go on from\n')
})

test('without --out no earlier run is replaced, and --resume takes the newest with a checkpoint', () => {
  const words = [...small, '--agent', 'random', '--episodes', '2', '--seed', '9']
  const run = (...more: string[]) => JSON.parse(shoplab(folder, [...words, ...more]).output).out
  const usual = 'runs/candy-store-random-guide-9'
  expect([run(), run()]).toEqual([usual, `${usual}-2`])
  // As a training leaves it that is killed: checkpoints and no run.
  for (const [number, minute] of [
    ['-3', 1],
    ['-4', 3],
    ['-5', 2],
  ] as const) {
    const place = path.join(folder, `${usual}${number}.checkpoint`)
    fs.mkdirSync(place)
    fs.writeFileSync(path.join(place, 'checkpoint.json'), '{}')
    fs.utimesSync(place, 60 * minute, 60 * minute)
  }
  expect(run()).toBe(`${usual}-6`)
  expect(shoplab(folder, [...words, '--resume']).errors).toMatch(/guide-9-4\.checkpoint/)
})

test('the tables of the folder data are taken unless the shop is described otherwise', () => {
  const place = path.join(folder, 'with data')
  fs.mkdirSync(place)
  expect(shoplab(place, ['data', '--users', '30', '--items', '9', '--interactions', '0']).code).toBe(0)
  const shop = (...words: string[]) => {
    const { output, errors } = shoplab(place, ['train', '--agent', 'random', '--episodes', '1', '--evaluation', '1', ...words])
    return errors + output.split('\n')[0]
  }
  expect(shop()).toBe('shop: candy-store (guide), tables of data/: 30 users × 9 items')
  expect(shop('--set', 'env.users=20')).toBe('shop: candy-store (guide), generated: 20 users × 100 items, seed 42')
  expect(shop('--set', 'env.items=7')).toBe('shop: candy-store (guide), generated: 500 users × 7 items, seed 42')
  expect(shop('--data', 'data', '--set', 'env.users=20')).toMatch(/^shoplab: users is 20, but the tables given have 30/)
})

test.each([
  [{ env: 'marketplace', set: { 'env.users': 9 } }, 'marketplace (corrected), generated: 9 users × 200 products, seed 42'],
  [{ env: 'offers', set: { 'env.users': 9 } }, 'offers (default), generated: 9 users, seed 42'],
])('%j: the line that says what is trained in has what there is', async (typed, shop) => {
  const output = await printed(() => trainCommand({ ...typed, agent: 'random', episodes: 1, evaluation: 1, out: out(typed.env) }))
  expect(output.split('\n')[0]).toBe(`shop: ${shop}`)
})

test('so it has of a workbook', () => {
  shoplab(folder, ['data', '--shop', 'offers', '--users', '10', '--out', 'sent'])
  const words = ['train', '--env', 'offers', '--data', 'sent', '--agent', 'random', '--episodes', '1', '--evaluation', '1']
  const { output, errors } = shoplab(folder, words)
  expect({ errors, shop: output.split('\n')[0] }).toEqual({
    errors: '',
    shop: 'shop: offers (default), tables of sent/user_behavior.xlsx: 10 users',
  })
})

test('a reference that cannot serve the shop is left out, and the last lines say so', async () => {
  // Its documents do not come back, and popularity remembers no more than 10,000.
  const typed = { env: 'recsim-long-term-satisfaction', agent: 'random', steps: 11_000, evaluation: 2, out: out('slates') }
  const output = await printed(() => trainCommand(typed))
  expect(output).toMatch(/^random +-?[\d.]+ +-?[\d.]+ to /m)
  expect(output).not.toMatch(/^popularity +-?\d/m)
  expect(output).toMatch(/^popularity cannot serve recsim-long-term-satisfaction and is left out; one seed is one throw/m)
})

test('where nothing can be clicked there is no click-through rate', async () => {
  const typed = { env: 'probe-action', agent: 'lin-ucb', episodes: 3, evaluation: 4 }
  const output = await printed(() => trainCommand({ ...typed, out: out('probe') }))
  expect(output).toMatch(/^shop: probe-action/)
  expect(output).toMatch(/^lin-ucb +-?[\d.]+ +\S+ to \S+ +– +– +0\.00$/m)
  expect(output).not.toContain('npx shoplab recommend')
  const told = JSON.parse(await printed(() => trainCommand({ ...typed, out: out('probe'), json: true })))
  expect(told.evaluation[0].clickThroughRate).toBeNull()
})

test('--list-options lists the options of agent and shop with their values, and trains nothing', async () => {
  const output = await printed(() => trainCommand({ items: 12, set: { batchSize: 8 }, listOptions: true, out: out('listed') }))
  expect(output).toMatch(/^batchSize +8$/m)
  expect(output).toMatch(/^env\.items +12$/m)
  expect(fs.existsSync(out('listed'))).toBe(false)
})

describe('a training file', () => {
  const write = (name: string, text: string) => {
    fs.writeFileSync(path.join(folder, name), text)
    return name
  }
  const models = `env: { name: interaction-log, options: { users: 30, items: 20, interactions: 600 } }
models: [{ name: means, type: epsilon_greedy, params: { epsilon: 0.3 } }, { type: ucb1 }]
training: { episodes: 10, seeds: [1, 2] }
evaluation: { episodes: 20, k: 5 }
`

  test('with several agents trains each under each seed, saves them in folders of their own, and compares them in one table', async () => {
    const out = path.join(folder, 'several')
    const output = await printed(() => trainCommand({ config: path.join(folder, write('models.yaml', models)), out }))
    expect(fs.readdirSync(out)).toEqual(['means-1', 'means-2', 'ucb1-1', 'ucb1-2'])
    for (const run of ['means \\(epsilon-greedy\\)', 'ucb1']) {
      for (const seed of [1, 2])
        expect(output).toMatch(new RegExp(`^${run} in interaction-log \\(corrected\\), seed ${seed}: 10 episodes in `, 'm'))
    }
    const [, table, , ranking] = output.split('\n\n')
    expect(table!.split('\n').map(line => line.split(' ')[0])).toEqual(['agent', 'means', 'ucb1', 'random', 'popularity'])
    expect(ranking!.split('\n').map(line => line.split(' ')[0])).toEqual(['agent', 'means', 'ucb1', 'random', 'popularity'])
    expect(output).toContain('means over 2 seeds, with the interval over them')
    const told = JSON.parse(await printed(() => evaluateCommand(out, { episodes: 5, json: true })))
    expect(told.evaluation.map((row: { agent: string }) => row.agent).slice(0, 4)).toEqual(['means-1', 'means-2', 'ucb1-1', 'ucb1-2'])
  })

  test('is followed where nothing else was typed', async () => {
    const config = path.join(folder, write('models.yaml', models))
    const typed = { config, agent: 'means', seed: 7, steps: 50, copies: 4, set: { 'env.users': 25, epsilonEnd: 0.1 }, evaluation: 8 }
    const run = JSON.parse(await printed(() => trainCommand({ ...typed, out: path.join(folder, 'one of them'), json: true })))
    expect(run).toMatchObject({
      ...{ label: 'means', agent: 'epsilon-greedy', seed: 7, steps: 52, copies: 4 },
      options: { epsilon: 0.3, epsilonEnd: 0.1, seed: 7 },
      env: { options: { users: 25, items: 20 } },
      rankings: [{ agent: 'means', k: 5 }, { agent: 'random' }, { agent: 'popularity' }],
    })
    await expect(trainCommand({ config, resume: true })).rejects.toThrow('--resume goes on with one training, and here are 4')
  })

  test('with mistakes is refused from the command line, every mistake in a line', () => {
    const file = write('wrong.yaml', models.replace('0.3', 'often').replace('episodes: 10', 'episode: 10'))
    expect(shoplab(folder, ['train', '--config', file, '--out', 'refused/run'])).toEqual({
      code: 1,
      output: '',
      errors:
        'shoplab: wrong.yaml:2: models[0].params.epsilon is "often"; it must be a number from 0 to 1\n' +
        'wrong.yaml:3: training.episode is not known; here may stand episodes, steps, copies, seed, seeds; did you mean episodes?\n',
    })
    expect(fs.existsSync(path.join(folder, 'refused'))).toBe(false)
  })
})

test('in a shop with types of shoppers there is a table by type', async () => {
  const set = { 'env.items': 20, 'env.candidates': 6, 'env.pageSize': 2 }
  const out = path.join(folder, 'pages')
  const output = await printed(() => trainCommand({ env: 'simshop', agent: 'random', set, steps: 40, copies: 8, evaluation: 12, out }))
  expect(output).toMatch(/\nrandom in simshop \(corrected\), seed 1: \d+ episodes of 8 copies in /)
  expect(output).toMatch(/\nreturn by type of shopper:\n\ntype +random +popularity\n(\w+ +-?[\d.]+ +-?[\d.]+\n){6}/)
  expect(output).toContain('--user cheap_seeker')
})
