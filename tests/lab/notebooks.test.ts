/** The notebook runner: what must fail fails and names its cell, what is written twice is the same. About a minute. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { findNotebooks } from '../../lab/notebooks/execute.mjs'
import { normalise, notebookText } from '../../lab/notebooks/normalise.mjs'
import { describeInBrowser } from './browser'

const fixtures = 'tests/lab/notebooks'

/** Runs `node lab/notebooks.mjs …`: its exit code and all it printed. */
function notebooks(...options: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['lab/notebooks.mjs', ...options], { timeout: 150_000 })
    let output = ''
    child.stdout.on('data', text => (output += text))
    child.stderr.on('data', text => (output += text))
    child.once('error', reject)
    child.once('close', code => resolve({ code, output }))
  })
}

describe('the runner', () => {
  test('passes a notebook that passes', async () => {
    const { code, output } = await notebooks('run', '--quick', `${fixtures}/ok.ipynb`)
    expect(output).toContain('1 passed, 0 failed')
    expect(code).toBe(0)
  })

  test('fails when a cell throws, has a type error, or hangs past its limit, and names the cell', async () => {
    const { code, output } = await notebooks(
      'run',
      '--timeout',
      '15',
      ...['throws', 'type-error', 'hangs'].map(name => `${fixtures}/${name}.ipynb`),
    )
    expect(output).toContain('throws.ipynb, code cell 2 (// The second cell throws.): RangeError: price is -1; it must be at least 0')
    expect(output).toMatch(
      /type-error\.ipynb, code cell 1 \(const count: number = 'three'\): .*Type 'string' is not assignable to type 'number'/,
    )
    expect(output).toContain('hangs.ipynb, code cell 2 (while (fine) {}): still running after 15 s, its limit')
    expect(output).toContain('0 passed, 3 failed')
    expect(code).toBe(1)
  })

  test.each([
    [['run', 'notebooks/none.ipynb'], 'notebooks/none.ipynb does not exist'],
    [['run', 'package.json'], 'package.json is not a notebook'],
    [['run', '--timeout', 'soon', fixtures], '--timeout is soon'],
    [['run', '--colour', fixtures], '--colour'],
    [['reproduce', '--quick'], 'reproduce runs in full'],
  ])('tells what is wrong with %j in one line', async (options, message) => {
    const { code, output } = await notebooks(...options)
    expect(output).toContain(message)
    expect(output).not.toMatch(/^\s+at /m)
    expect(code).toBe(1)
  })

  test('explains itself', async () => {
    expect(await notebooks('--help')).toMatchObject({ code: 0, output: expect.stringContaining('reproduce') })
    expect(await notebooks()).toMatchObject({ code: 2 })
  })
})

describeInBrowser('reproducing', () => {
  const folder = path.resolve('test-results/reproduce')
  beforeEach(() => {
    fs.rmSync(folder, { recursive: true, force: true })
    fs.mkdirSync(folder, { recursive: true })
    for (const name of ['ok', 'widgets']) fs.copyFileSync(`${fixtures}/${name}.ipynb`, path.join(folder, `${name}.ipynb`))
  })

  test('writes outputs with pictures and the files of named figures, and the second time changes nothing', async () => {
    const figures = path.join(folder, 'figures')
    const reproduce = () => notebooks('reproduce', '--figures', figures, folder)
    const contents = () => findFiles(folder).map(file => [file, fs.readFileSync(file, 'base64')])

    expect((await reproduce()).code).toBe(0)
    const first = contents()
    const text = fs.readFileSync(path.join(folder, 'ok.ipynb'), 'utf8')
    expect(text).toContain('"image/png": "iVBOR')
    expect(text).not.toContain(process.cwd())
    expect(fs.readFileSync(path.join(figures, 'fixture-learning-curve.svg'), 'utf8')).toMatch(/^<svg.*Return while learning.*<\/svg>\n$/s)
    expect(fs.readFileSync(path.join(figures, 'fixture-learning-curve.png')).subarray(1, 4).toString()).toBe('PNG')

    const again = await reproduce()
    expect(again.output).not.toContain('wrote')
    expect(contents()).toEqual(first)
  })
})

function findFiles(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => path.join(folder, name))
  return files.filter(file => fs.statSync(file).isFile()).sort()
}

describe('the form in which notebooks are committed', () => {
  const committed = findNotebooks([fixtures, ...(fs.readdirSync('notebooks').some(name => name.endsWith('.ipynb')) ? ['notebooks'] : [])])

  test.each(committed.map(file => path.relative(process.cwd(), file)))('%s has it', file => {
    const text = fs.readFileSync(file, 'utf8')
    const normal = notebookText(normalise(JSON.parse(text), { root: process.cwd() }))
    expect(normal === text, `node lab/notebooks.mjs normalise ${file}`).toBe(true)
  })

  const messy = {
    cells: [
      { cell_type: 'markdown', metadata: { collapsed: true }, source: '# Title\n\n' },
      {
        cell_type: 'code',
        id: 'a',
        execution_count: 17,
        metadata: { execution: { 'iopub.execute_input': '2020-01-01T00:00:00Z' }, tags: ['kept'], trusted: true },
        source: 'print(1)\nprint(2)\n',
        outputs: [
          { output_type: 'stream', name: 'stdout', text: 'in /some/where/shop/data\n' },
          { output_type: 'stream', name: 'stdout', text: ['and on\n'] },
          { output_type: 'execute_result', execution_count: 17, data: { 'text/plain': '3', 'image/png': 'AAAA\n' }, metadata: {} },
        ],
      },
      { cell_type: 'code', id: 'a', execution_count: null, metadata: {}, source: [], outputs: [] },
    ],
    metadata: { kernelspec: { name: 'tslab', display_name: 'other' }, orig_nbformat: 4 },
    nbformat: 4,
    nbformat_minor: 5,
  }

  test('leaves out times, places and counts that depend on the run', () => {
    const { cells, metadata } = normalise(messy, { root: '/some/where/shop' })
    expect(cells[0]).toEqual({ cell_type: 'markdown', id: 'cell-1', metadata: {}, source: ['# Title'] })
    expect(cells[1]).toEqual({
      cell_type: 'code',
      execution_count: 1,
      id: 'a',
      metadata: { tags: ['kept'] },
      source: ['print(1)\n', 'print(2)'],
      outputs: [
        { output_type: 'stream', name: 'stdout', text: ['in data\n', 'and on\n'] },
        { output_type: 'execute_result', execution_count: 1, data: { 'text/plain': ['3'], 'image/png': 'AAAA' }, metadata: {} },
      ],
    })
    expect(cells[2].id).toBe('cell-3')
    expect(metadata.kernelspec.display_name).toContain('TypeScript')
    expect(metadata).not.toHaveProperty('orig_nbformat')
  })

  test('is reached in one step', () => {
    const once = notebookText(normalise(messy))
    expect(notebookText(normalise(JSON.parse(once)))).toBe(once)
  })
})
