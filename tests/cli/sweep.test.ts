import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bin, shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()
const yaml = `name: small
env: { name: candy-store, options: { users: 10, items: 8 } }
agent: { name: double-dqn, options: { hiddenUnits: [8], batchSize: 8 } }
method: random
parameters:
  learningRate: { distribution: log_uniform_values, min: 0.001, max: 0.1 }
run_cap: 3
seeds: [1, 2]
test_seeds: [11, 12]
episodes: 5
evaluation: { episodes: 10 }
`
fs.writeFileSync(path.join(folder, 'small.yaml'), yaml)
const variant = (name: string, from: string, to: string) => {
  expect(yaml).toContain(from)
  fs.writeFileSync(path.join(folder, name), yaml.replace(from, to))
  return name
}

test('a sweep says each trial as it ends, the best, and how to test it; typed again it is through at once', () => {
  const first = shoplab(folder, ['sweep', 'small.yaml', '--workers', '1'])
  expect(first.code).toBe(0)
  expect(first.errors).toMatch(/^(trial {4}\d +-?[\d.]+ {2}complete {2}learningRate=0\.\d+\n){3}$/)
  expect(first.output).toMatch(
    /^small: 3 of 3 trials \(3 complete\), kept in runs\/sweep-small.jsonl\n\nthe best 3, by return over 2 tuning seeds:/,
  )
  expect(first.output).toContain('npx shoplab sweep small.yaml --test-best')
  const again = shoplab(folder, ['sweep', 'small.yaml', '--workers', '1'])
  expect(again).toEqual({ code: 0, errors: '', output: first.output })
})

test('--test-best and --json give trials, best and rows for machines', () => {
  const { code, output, errors } = shoplab(folder, [
    'sweep',
    'small.yaml',
    '--workers',
    '1',
    '--out',
    'out/small.jsonl',
    '--test-best',
    '--json',
  ])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  const { best, trials, tested, interrupted, out } = JSON.parse(output)
  expect({ out, interrupted, count: trials.length }).toEqual({ out: 'out/small.jsonl', interrupted: false, count: 3 })
  expect(best.value).toBe(Math.max(...trials.map(({ value }: { value: number }) => value)))
  expect(tested.map(({ agent, seed }: { agent: string; seed: number }) => `${agent} ${seed}`)).toEqual([
    ...['best configuration 11', 'best configuration 12'],
    ...['double-dqn without it 11', 'double-dqn without it 12'],
  ])
})

test('--price measures and counts, and runs nothing', () => {
  const { code, output } = shoplab(folder, ['sweep', variant('dear.yaml', 'name: small', 'name: dear'), '--price', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({ configurations: 3, trainings: 6, updates: 6 * (50 - 7), measured: [{ batchSize: 8 }] })
  expect(fs.existsSync(path.join(folder, 'runs/sweep-dear.jsonl'))).toBe(false)
})

test.each([
  ['learningRate:', 'learnRate:', /^shoplab: bad.yaml:6: parameters.learnRate does not fit: double-dqn has no option 'learnRate'; .*\n$/],
  ['items: 8', 'itms: 8', /^shoplab: bad.yaml:2: env does not fit: candy-store has no option "itms"; .*\n$/],
  ['run_cap: 3', 'run_cap: -3', /^shoplab: bad.yaml:7: run_cap is -3; it must be a whole number of at least 1\n$/],
  ['episodes: 5', 'episodes: {', /^shoplab: bad.yaml:\d+: .*\n$/],
])('%s → %s is refused in one line', (from, to, errors) => {
  expect(shoplab(folder, ['sweep', variant('bad.yaml', from, to)])).toEqual({ code: 1, output: '', errors: expect.stringMatching(errors) })
})

test('a file of another sweep is refused, and a missing one told', () => {
  shoplab(folder, ['sweep', 'small.yaml', '--out', 'other.jsonl', '--workers', '1', '--quiet', '--trials', '1'])
  const other = variant('other.yaml', 'episodes: 5', 'episodes: 6')
  expect(shoplab(folder, ['sweep', other, '--out', 'other.jsonl']).errors).toMatch(
    /^shoplab: other.jsonl holds another sweep: episodes is 5 in the file and 6 now\..*\n$/,
  )
  expect(shoplab(folder, ['sweep', 'none.yaml']).errors).toMatch(/^shoplab: none.yaml does not exist; .*\n$/)
})

test('Ctrl-C keeps what has ended and says how to go on', async () => {
  const file = variant('long.yaml', 'run_cap: 3', 'run_cap: 100000')
  const child = spawn(process.execPath, [bin, 'sweep', file, '--out', 'long.jsonl', '--workers', '2'], { cwd: folder })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [output, errors] = ['', '']
  child.stdout.on('data', text => (output += text))
  child.stderr.on('data', text => {
    errors += text
    if (errors.split('\n').length === 3) child.kill('SIGINT')
  })
  expect(await new Promise(resolve => child.on('close', resolve))).toBe(130)
  expect(errors).toContain('stopping; trials that ended are kept')
  expect(output).toContain('to go on: npx shoplab sweep long.yaml --out long.jsonl\n')
  const kept = fs.readFileSync(path.join(folder, 'long.jsonl'), 'utf8').trim().split('\n').length - 1
  expect(output).toMatch(new RegExp(`^small: ${kept} of 100000 trials`))
  expect(kept).toBeGreaterThanOrEqual(2)
  expect(fs.existsSync(path.join(folder, 'long.jsonl.lock'))).toBe(false)
})

test('--help shows an example', () => {
  expect(shoplab(folder, ['sweep', '--help']).output).toContain('$ npx shoplab sweep sweeps/guide-27.yaml --workers 2')
})
