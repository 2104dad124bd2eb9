/**
 * The notebook kernel, spoken to as Jupyter does: the tests themselves are Python, in tests/lab/kernel, because Jupyter's client is.
 *
 * Each of their sentences is a test here, and fails here. About a minute.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kernel, reload } from '../../src/notebook/kernel'

const checkout = resolve(__dirname, '../..')
const folder = join(checkout, 'tests/lab/kernel')
const python = process.env.SHOPLAB_PYTHON ?? join(checkout, '.venv/bin/python')

interface Outcome {
  name: string
  state: 'passed' | 'failed' | 'skipped'
  detail: string
}

function run(pattern: string): Outcome[] {
  if (!existsSync(python))
    throw new Error(`${python} is missing: run \`npm start -- --check\`, which makes the Python environment of the lab`)
  const { stdout, stderr, error } = spawnSync(python, [join(folder, 'report.py'), pattern], { encoding: 'utf8', timeout: 900_000 })
  if (error) throw error
  const lines = stdout.split('\n').filter(line => line !== '')
  for (const line of lines) if (!line.startsWith('{')) console.log(line)
  const outcomes: Outcome[] = lines.filter(line => line.startsWith('{')).map(line => JSON.parse(line))
  if (outcomes.length === 0) throw new Error(`no test ran: ${stderr}`)
  return outcomes
}

/** Method names and sentences of a file of Python tests. */
function sentences(file: string): [string, string][] {
  const found = readFileSync(join(folder, file), 'utf8').matchAll(/^ {4}def (test_\w+)\(self\):\n {8}"""(.*)"""$/gm)
  return [...found].map(([, name, sentence]) => [name!, sentence!])
}

describe('a notebook', () => {
  let outcomes: Outcome[]
  beforeAll(() => {
    outcomes = run('test_cells.py')
  }, 900_000)

  for (const [name, sentence] of sentences('test_cells.py')) {
    it(sentence, () => {
      const outcome = outcomes.find(one => one.name === name) ?? outcomes.find(one => one.state === 'failed')
      expect(outcome?.detail).toBe('')
      expect(outcome?.state).toBe('passed')
    })
  }

  it('has a sentence for every test', () => {
    expect(outcomes.map(({ name }) => name).sort()).toEqual(
      sentences('test_cells.py')
        .map(([name]) => name)
        .sort(),
    )
    expect(outcomes.length).toBeGreaterThan(30)
  })
})

describe("Jupyter's own test of kernels", () => {
  it('passes in all that is not input, history or paging', () => {
    const outcomes = run('test_kernel.py')
    expect(outcomes.filter(({ state }) => state === 'failed').map(({ name, detail }) => `${name}\n${detail}`)).toEqual([])
    const skipped = outcomes.filter(({ state }) => state === 'skipped').map(({ name }) => name)
    expect([...new Set(skipped)].sort()).toEqual(['test_history', 'test_pager'])
  }, 300_000)
})

describe('the kernel', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'kernel-'))
  afterAll(() => rmSync(scratch, { recursive: true }))

  it('is found through a symlink to its folder, and says what is missing without a connection file', () => {
    const link = join(scratch, 'tslab')
    symlinkSync(join(checkout, 'lab/jupyter/kernels/tslab'), link)
    const { argv } = JSON.parse(readFileSync(join(link, 'kernel.json'), 'utf8'))
    expect(argv.filter((argument: string) => argument.startsWith('/'))).toEqual([])
    const [command, ...given] = argv.filter((argument: string) => argument !== '{connection_file}')
    const { stderr } = spawnSync(
      command,
      given.map((argument: string) => argument.replace('{resource_dir}', link)),
      { encoding: 'utf8' },
    )
    expect(stderr).toContain('the kernel needs the path of a connection file')
  })

  it('is absent outside a notebook, and reload says so', () => {
    expect(kernel()).toBeUndefined()
    expect(() => reload()).toThrow(/notebook/)
  })
})
