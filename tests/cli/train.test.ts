import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
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
    expect(row).toEqual({ agent: row.agent, return: expect.any(Number), clickThroughRate: expect.any(Number) })
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
  for (const agent of ['double-dqn', 'random', 'popularity']) expect(output).toMatch(new RegExp(`^${agent} +-?[\\d.]+ +[\\d.]+ %$`, 'm'))
  expect(output).toContain(
    'saved in runs/candy-store-double-dqn-published-1; try: npx shoplab recommend runs/candy-store-double-dqn-published-1 --user 19',
  )
})

test('an option of the shop is set by env.key=value', () => {
  const words = ['--agent', 'random', '--episodes', '2', '--set', 'env.horizon=4', '--set', 'env.endsSession=true', '--out', 'runs/short']
  const { code, output } = shoplab(folder, [...small, ...words])
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({
    steps: 8,
    trainingStepMilliseconds: null,
    env: { options: { horizon: 4, endsSession: true } },
  })
})

test.each([
  [['--set', 'learnRate=1'], 1, /^shoplab: double-dqn has no option 'learnRate'; its options are hiddenUnits, .*\n$/],
  [['--set', 'discount=2'], 1, /^shoplab: double-dqn: discount is 2; it must be a number from 0 to 1\n$/],
  [['--set', 'discount=high'], 1, /^shoplab: double-dqn: discount is "high"; .*\n$/],
  [['--set', 'env.horizn=4'], 1, /^shoplab: candy-store has no option "horizn"; .*\n$/],
  [['--agent', 'dqn'], 1, /^shoplab: there is no agent 'dqn'; the agents are .*double-dqn, .*\n$/],
  [['--env', 'candy'], 1, /^shoplab: there is no shop "candy"; the shops are candy-store, .*\n$/],
  [['--preset', 'guides'], 1, /^shoplab: preset is "guides"; it must be one of guide, published\n$/],
  [['--seed', '-1'], 2, /must be a whole number of at least 0/],
  [['--episodes', '0'], 2, /'--episodes <count>' argument '0' is invalid/],
  [['--set', 'discount'], 2, /It must be key=value/],
])('%j is refused in words before anything is made', (words, code, errors) => {
  expect(shoplab(folder, [...small, ...words, '--out', 'refused/run'])).toEqual({ code, output: '', errors: expect.stringMatching(errors) })
  expect(fs.existsSync(path.join(folder, 'refused'))).toBe(false)
})

test('an agent that needs what a shop does not tell is refused in a line before anything is made', () => {
  const words = ['train', '--env', 'recogym', '--agent', 'content-based', '--episodes', '1', '--out', 'refused/run']
  const errors = 'shoplab: content-based needs the features of the items, which recogym does not tell; choose another agent or shop\n'
  expect(shoplab(folder, words)).toEqual({ code: 1, output: '', errors })
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
  [['--env', 'marketplace', '--set', 'env.users=9'], 'marketplace (corrected), generated: 9 users × 200 products, seed 42'],
  [['--env', 'offers', '--set', 'env.actions=flat', 'env.users=9'], 'offers (default), generated: 9 users, seed 42'],
  [['--env', 'offers', '--set', 'env.actions=flat', '--data', 'sent'], 'offers (default), tables of sent/user_behavior.xlsx: 10 users'],
])('%j: the line that says what is trained in has what there is', (words, shop) => {
  if (words.includes('sent')) shoplab(folder, ['data', '--shop', 'offers', '--users', '10', '--out', 'sent'])
  const { output, errors } = shoplab(folder, ['train', '--agent', 'random', '--episodes', '1', '--evaluation', '1', ...words])
  expect({ errors, shop: output.split('\n')[0] }).toEqual({ errors: '', shop: `shop: ${shop}` })
})

test('a reference that cannot serve the shop is left out, and the last line says so', () => {
  const words = ['train', '--env', 'simshop', '--set', 'env.items=60', '--agent', 'random', '--episodes', '1', '--evaluation', '2']
  const { code, output, errors } = shoplab(folder, [...words, '--out', 'slates'])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(output).toMatch(/^shop: simshop \(corrected\), generated: 60 items, seed 42\n/)
  expect(output).toMatch(/^random +-?[\d.]+ +[\d.]+ %$/m)
  expect(output).not.toMatch(/^popularity +-?\d/m)
  expect(output.trimEnd().split('\n').at(-3)).toMatch(/^popularity cannot serve simshop and is left out; one seed is one throw/)
})

test('where nothing can be clicked there is no click-through rate', () => {
  const words = ['train', '--env', 'probe-action', '--agent', 'lin-ucb', '--episodes', '3', '--evaluation', '4']
  const { output, errors } = shoplab(folder, words)
  expect(errors).toBe('')
  expect(output).toMatch(/^shop: probe-action/)
  expect(output).toMatch(/^lin-ucb +-?[\d.]+ +–$/m)
  expect(output).not.toContain('npx shoplab recommend')
  expect(JSON.parse(shoplab(folder, [...words, '--json']).output).evaluation[0].clickThroughRate).toBeNull()
})

test('--list-options lists the options of agent and shop with their values, and trains nothing', () => {
  const { code, output } = shoplab(folder, ['train', '--list-options', '--items', '12', '--set', 'batchSize=8', '--out', 'listed'])
  expect(code).toBe(0)
  expect(output).toMatch(/^batchSize +8$/m)
  expect(output).toMatch(/^env\.items +12$/m)
  expect(fs.existsSync(path.join(folder, 'listed'))).toBe(false)
})
