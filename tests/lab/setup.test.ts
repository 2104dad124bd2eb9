/** The set-up's pieces, on small made-up checkouts; the whole of it is what `npm start -- --check` does. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { table } from '../../lab/doctor.mjs'
import { CommandError, lastLines, run } from '../../lab/setup/commands.mjs'
import { setUp } from '../../lab/setup/index.mjs'
import { kernel } from '../../lab/setup/kernel.mjs'
import { startOf, takeTurn } from '../../lab/setup/one-at-a-time.mjs'
import { startOptions, testOptions } from '../../lab/setup/options.mjs'
import { packagesDiffer } from '../../lab/setup/packages.mjs'
import { environment, places } from '../../lab/setup/places.mjs'
import { environmentReady, mendMoved, python } from '../../lab/setup/python.mjs'
import { summary, tally } from '../../lab/setup/report.mjs'
import { freePort } from '../../lab/setup/server.mjs'
import { readStamp, writeStamp } from '../../lab/setup/stamps.mjs'
import { explain, runSteps, StepError } from '../../lab/setup/steps.mjs'
import { climb, linkNative, tensorflowState } from '../../lab/setup/tensorflow.mjs'
import { atLeast, checkNode, findPython } from '../../lab/setup/versions.mjs'

let root: string
let at: ReturnType<typeof places>
const children: ChildProcess[] = []

beforeEach(() => {
  root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'check out '))
  at = places(root)
  for (const folder of [at.logs, at.temporary, path.dirname(at.requirements)]) fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(at.requirements, 'one==1 --hash=sha256:1\n')
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  fs.rmSync(root, { recursive: true, force: true })
})

const context = () => ({
  at,
  env: { ...environment(at), PYTHON: path.join(root, 'fake-python') },
  log: path.join(at.logs, 'a.log'),
  again: false,
  say: () => {},
})

const write = (file: string, text: string, mode = 0o644) => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  fs.writeFileSync(path.join(root, file), text, { mode })
}

/** A Python that makes environments in no time; its pip does what it is told. */
function fakePython(pip: string, venv = 'ensurepip') {
  const inside = `#!/bin/sh\nif [ "$1" = -c ]; then echo 3.12.1; else ${pip}; fi\n`
  write('inside', inside, 0o755)
  const make = 'mkdir -p "$3/bin" "$3/lib/python3.12/site-packages/jupyterlab-4.dist-info"; cp "$(dirname "$0")/inside" "$3/bin/python"'
  const scripts = `printf '#!%s/bin/python\\nprint("hello")\\n' "$3" > "$3/bin/hello"; echo "VIRTUAL_ENV='$3'" > "$3/bin/activate"; echo "command = venv $3" > "$3/pyvenv.cfg"`
  const answer = venv === 'ensurepip' ? '3.12.1 venv' : '3.12.1 -'
  write('fake-python', `#!/bin/sh\nif [ "$1" = -c ]; then echo "${answer}"; else ${make}; ${scripts}; fi\n`, 0o755)
}

describe('options', () => {
  test('npm start takes a port, and leaves the browser closed when told', () => {
    expect(startOptions(['--no-browser', '--port', '8899'])).toMatchObject({ browser: false, port: 8899, check: false })
    expect(startOptions([])).toMatchObject({ browser: true, port: 8888 })
  })

  test.each(['0', '65536', '88x', '-1', '1.5', ''])('a port of %j is refused with what is allowed', port => {
    expect(() => startOptions([`--port=${port}`])).toThrow(/--port is .*; it must be a whole number from 1 to 65535/)
  })

  test('an unknown option is named, with the command that lists them', () => {
    expect(() => startOptions(['--prot', '1'])).toThrow(/'--prot'.*npm start -- --help/)
    expect(() => startOptions(['notebooks'])).toThrow(/notebooks/)
  })

  test('npm test runs only the parts named', () => {
    expect(testOptions(['--only', 'types, unit'], ['types', 'lint', 'unit']).only).toEqual(['types', 'unit'])
    expect(() => testOptions(['--only', 'units'], ['types', 'unit'])).toThrow(/"units".*types,unit/)
  })
})

describe('stamps and steps', () => {
  test('a stamp is read as it was written, and a damaged one counts as none', () => {
    const file = path.join(root, 'a', 'stamp.json')
    expect(readStamp(file)).toBeUndefined()
    writeStamp(file, { lock: 'x' })
    expect(readStamp(file)).toEqual({ lock: 'x' })
    fs.writeFileSync(file, '{"lock": "x')
    expect(readStamp(file)).toBeUndefined()
    expect(fs.readdirSync(path.dirname(file))).toEqual(['stamp.json'])
  })

  test('a step that fails says what, why and what mends it, and no later step is done', async () => {
    const lines: string[] = []
    const done: string[] = []
    const steps = [
      { name: 'first', run: async () => `${done.push('first')} thing` },
      { name: 'second', run: async () => Promise.reject(new StepError('it broke', { why: ['the last line'], mend: 'glue it' })) },
      { name: 'third', run: async () => `${done.push('third')}` },
    ]
    expect(await runSteps(steps, context(), { print: line => lines.push(line) })).toBe(false)
    expect(done).toEqual(['first'])
    expect(lines[0]).toMatch(/✓ first +1 thing +0\.\d s$/)
    expect(lines.slice(1).join('\n')).toMatch(/✗ second[\s\S]*it broke[\s\S]*the last line[\s\S]*to mend it: glue it/)
  })

  test('set-up gives the lock back when a step fails', async () => {
    const lines: string[] = []
    const list = [{ name: 'broken', run: async () => Promise.reject(new Error('no')) }]
    expect(await setUp({ at, list, print: line => lines.push(line) })).toBe(false)
    expect(fs.existsSync(at.lock)).toBe(false)
    expect(lines.join('\n')).toContain('to mend it: npm start')
  })

  test.each([
    [Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), 'the disk is full'],
    [new CommandError('pip', 'ended with code 1', 'OSError: [Errno 28] No space left on device'), 'the disk is full'],
    [Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' }), 'cannot write to'],
    [Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', path: '/a/b' }), 'no permission to write to /a/b'],
  ])('%s is told in plain words', (error, words) => {
    const told = explain(error, at)
    expect(told.message).toContain(words)
    expect(told.mend).not.toBe('')
  })

  test('the last lines of some output leave out what says nothing', () => {
    expect(lastLines('one\nERROR: no such package\n\n    at Function.x (a.js:1)\nNode.js v20.19.0\n', 2)).toEqual([
      'one',
      'ERROR: no such package',
    ])
  })

  test('a program past its limit is ended together with those it started', async () => {
    const file = path.join(root, 'pid')
    await expect(run('sh', ['-c', `sleep 60 & echo $! > "${file}"; wait`], { seconds: 0.5 })).rejects.toThrow('took more than 0.5 s')
    const pid = Number(fs.readFileSync(file, 'utf8'))
    const state = () => (fs.existsSync(`/proc/${pid}/stat`) ? fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] : 'gone')
    await expect.poll(state).toMatch(/gone|Z/)
  })
})

describe('one set-up at a time', () => {
  test('the second waits until the first is done, and says so', async () => {
    const said: string[] = []
    const first = await takeTurn(at.lock)
    let second = false
    const waiting = takeTurn(at.lock, { say: line => said.push(line), poll: 10 }).then(giveBack => {
      second = true
      return giveBack
    })
    await expect.poll(() => said.length).toBe(1)
    expect(second).toBe(false)
    expect(said[0]).toContain(`process ${process.pid}`)
    first()
    ;(await waiting)()
    expect(fs.existsSync(at.lock)).toBe(false)
  })

  test('a lock left by a killed set-up is taken over, and what it had started is ended', async () => {
    const orphan = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
    children.push(orphan)
    const ended = new Promise(resolve => orphan.once('exit', (_, signal) => resolve(signal)))
    const pid = orphan.pid ?? 0
    writeStamp(at.lock, { holder: { pid: 999_999_999, start: '1' }, child: { pid, start: startOf(pid) } })
    ;(await takeTurn(at.lock))()
    expect(await ended).toBe('SIGKILL')
  })

  test('a process that only has the id of an old holder is left alone', async () => {
    const other = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
    children.push(other)
    writeStamp(at.lock, { holder: { pid: other.pid, start: 'long ago' }, child: { pid: other.pid, start: 'long ago' } })
    ;(await takeTurn(at.lock))()
    expect(startOf(other.pid ?? 0)).toBeDefined()
  })
})

describe('versions', () => {
  test('versions are compared as numbers', () => {
    expect(atLeast('20.19.0', { major: 20, minor: 19 })).toBe(true)
    expect(atLeast('v22.1.0', { major: 20, minor: 19 })).toBe(true)
    expect(atLeast('20.9.0', { major: 20, minor: 19 })).toBe(false)
    expect(atLeast('3.9.18', { major: 3, minor: 10 })).toBe(false)
  })

  test('an old Node is refused with the version that is needed', () => {
    expect(() => checkNode('18.20.0')).toThrow('Node 18.20.0 is too old: 20.19 or newer is needed')
    expect(() => checkNode('20.19.0', 'win32')).toThrow('Windows')
  })

  test('a Python without venv is refused with the package that brings it', () => {
    fakePython('true', 'none')
    const env = { PYTHON: path.join(root, 'fake-python'), PATH: '/nowhere' }
    const told = (() => {
      try {
        return findPython(env)
      } catch (error) {
        return error
      }
    })()
    expect(told).toMatchObject({ message: 'Python has no venv module', mend: expect.stringContaining('python3-venv') })
    expect(() => findPython({ PATH: '/nowhere' })).toThrow('Python 3.10 or newer was not found')
  })
})

describe('npm packages', () => {
  const lock = (packages: object) => JSON.stringify({ packages: { '': { name: 'x' }, src: { name: 'y' }, ...packages } })
  const one = { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-1' } }

  test('nothing differs only when every package of the lock is there in its version', () => {
    write('package-lock.json', lock({ ...one, 'node_modules/windows': { version: '1.0.0', optional: true } }))
    expect(packagesDiffer(root)).toBe('nothing is installed')
    write('node_modules/.package-lock.json', lock(one))
    expect(packagesDiffer(root)).toBe('node_modules/one is missing')
    write('node_modules/one/package.json', '{}')
    expect(packagesDiffer(root)).toBeUndefined()
    write('package-lock.json', lock({ 'node_modules/one': { version: '1.0.1', integrity: 'sha512-2' } }))
    expect(packagesDiffer(root)).toBe('node_modules/one is another version')
    write('package-lock.json', '{')
    expect(() => packagesDiffer(root)).toThrow('package-lock.json is missing or damaged')
  })
})

describe('the Python environment', () => {
  test('a failed installation leaves no environment, and the next one starts again', async () => {
    fakePython('echo "ERROR: hash of one does not match" >&2; exit 1')
    const failed = python.run(context())
    await expect(failed).rejects.toMatchObject({ message: 'pip ended with code 1', why: ['ERROR: hash of one does not match'] })
    expect(fs.existsSync(at.environment)).toBe(false)
    fakePython('true')
    await python.run(context())
    expect(environmentReady(at)).toBe('3.12.1')
    expect(fs.existsSync(path.join(at.cache, 'python', `venv-${process.pid}`))).toBe(false)
  })

  test('it is built again when the lock has changed, and not before', async () => {
    fakePython('true')
    await python.run(context())
    write('.venv/mark', '')
    await python.run(context())
    expect(fs.existsSync(path.join(at.environment, 'mark'))).toBe(true)
    fs.appendFileSync(at.requirements, 'two==2 --hash=sha256:2\n')
    expect(environmentReady(at)).toBeUndefined()
    await python.run(context())
    expect(fs.existsSync(path.join(at.environment, 'mark'))).toBe(false)
  })

  test('after a move it is ready as it is, its programs run and its settings name the new place', async () => {
    fakePython('true')
    await python.run(context())
    const activate = (folder: string) => fs.readFileSync(path.join(folder, '.venv', 'bin', 'activate'), 'utf8')
    expect(activate(root)).toContain(`'${path.join(root, '.venv')}'`)
    const moved = `${root} moved`
    fs.renameSync(root, moved)
    try {
      const there = places(moved)
      expect(environmentReady(there)).toBe('3.12.1')
      expect(mendMoved(there)).toBe(true)
      expect(mendMoved(there)).toBe(false)
      expect(activate(moved)).toContain(`'${path.join(moved, '.venv')}'`)
      expect(fs.readFileSync(path.join(moved, '.venv', 'pyvenv.cfg'), 'utf8')).toContain(path.join(moved, '.venv'))
      // the fake python echoes nothing, but a program that finds it ends well
      execFileSync('sh', [path.join(moved, '.venv', 'bin', 'hello')])
    } finally {
      fs.renameSync(moved, root)
    }
  })
})

describe('TensorFlow', () => {
  beforeEach(() => write('node_modules/@tensorflow/tfjs-node/package.json', '{"version": "4.22.0"}'))

  test('every rung that does not hold gives its reason and leaves nothing behind', async () => {
    const rungs = [
      { name: 'one', build: async (folder: string) => fs.writeFileSync(path.join(folder, 'half'), '') },
      { name: 'two', build: async () => Promise.reject(new Error('not for this machine')) },
    ]
    fs.mkdirSync(at.tensorflow, { recursive: true })
    const { rung, reasons } = await climb(context(), rungs)
    expect(rung).toBeUndefined()
    expect(reasons).toHaveLength(2)
    expect(reasons[0]).toMatch(/^one: ended with code 1/)
    expect(reasons[1]).toBe('two: not for this machine')
    expect(fs.readdirSync(at.tensorflow)).toEqual([])
    expect(tensorflowState(at).backend).toBe('none')
  })

  test('a full disk is not taken for a rung that does not hold', async () => {
    const rungs = [
      { name: 'one', build: async () => Promise.reject(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })) },
    ]
    fs.mkdirSync(at.tensorflow, { recursive: true })
    await expect(climb(context(), rungs)).rejects.toThrow('ENOSPC')
  })

  test('the links from node_modules to the library hold after a move', () => {
    const store = path.join(at.tensorflow, 'store')
    write('.cache/tensorflow/store/lib/napi-v8/tfjs_binding.node', 'binding')
    const packageFolder = path.join(at.modules, '@tensorflow', 'tfjs-node')
    linkNative(packageFolder, store)
    linkNative(packageFolder, store)
    const moved = `${root} moved`
    fs.renameSync(root, moved)
    const file = path.join(moved, 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node')
    const text = fs.readFileSync(file, 'utf8')
    fs.renameSync(moved, root)
    expect(text).toBe('binding')
  })
})

describe('the kernel and the server', () => {
  test('a kernel specification that names a missing file is refused', async () => {
    write('lab/jupyter/kernels/tslab/kernel.json', '{"argv": ["node", "{resource_dir}/launcher.cjs"], "display_name": "TypeScript"}')
    await expect(kernel.run(context())).rejects.toThrow('lab/jupyter/kernels/tslab/launcher.cjs is missing')
    write('lab/jupyter/kernels/tslab/launcher.cjs', '')
    expect(await kernel.run(context())).toBe('TypeScript')
    const link = path.join(at.environment, 'share', 'jupyter', 'kernels', 'tslab')
    expect(path.isAbsolute(fs.readlinkSync(link))).toBe(false)
    expect(fs.existsSync(path.join(link, 'kernel.json'))).toBe(true)
  })

  test('a port in use is named, with the option that chooses another', async () => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as net.AddressInfo
    try {
      await expect(freePort(port)).rejects.toMatchObject({
        message: `port ${port} is in use by another program`,
        mend: expect.stringContaining('--port'),
      })
    } finally {
      server.close()
    }
  })

  test('programs started here find their folders inside the checkout', () => {
    const env = environment(at, { PATH: '/nowhere', PYTHONPATH: '/elsewhere', PIP_TARGET: '/elsewhere', HOME: '/home/somebody' })
    expect(env.PYTHONPATH).toBeUndefined()
    expect(env.PIP_TARGET).toBeUndefined()
    expect(env.PATH).toContain(path.dirname(process.execPath))
    for (const name of [
      'TMPDIR',
      'npm_config_cache',
      'PIP_CACHE_DIR',
      'JUPYTER_DATA_DIR',
      'JUPYTER_RUNTIME_DIR',
      'JUPYTER_CONFIG_DIR',
      'IPYTHONDIR',
    ]) {
      expect(env[name]).toContain(root)
    }
  })
})

describe('reports', () => {
  const passed = { status: 'passed', fullName: 'a test that holds' }

  test('tests are counted, and a file that could not be loaded counts as a failure', () => {
    const failed = { status: 'failed', fullName: 'a test that does not', failureMessages: ['expected 1 to be 2'] }
    const testResults = [
      { name: path.join(root, 'tests', 'a.test.ts'), status: 'failed', assertionResults: [passed, failed] },
      { name: path.join(root, 'tests', 'b.test.ts'), status: 'failed', message: 'Cannot find module', assertionResults: [] },
    ]
    const counted = tally({ numPassedTests: 1, numFailedTests: 1, numPendingTests: 1, success: false, testResults }, root)
    expect(counted).toMatchObject({ passed: 1, failed: 2, skipped: 1 })
    expect(counted.failures).toEqual([
      'tests/a.test.ts: a test that does not\n  expected 1 to be 2',
      'tests/b.test.ts could not be run\n  Cannot find module',
    ])
    expect(summary([counted, counted])).toBe('2 passed, 4 failed, 2 skipped')
  })

  test('an error outside of any test is a failure', () => {
    const testResults = [{ name: 'a', status: 'passed', assertionResults: [passed] }]
    expect(tally({ numPassedTests: 1, numFailedTests: 0, numPendingTests: 0, success: false, testResults }, root).failed).toBe(1)
    expect(summary([])).toBe('0 passed, 0 failed')
  })

  test('the doctor says what to do about a part that is not well', () => {
    const rows = [
      { part: 'Node', ok: true, detail: '20.19.0', mend: '' },
      { part: 'Kernel', ok: false, detail: 'missing', mend: 'npm start' },
    ]
    expect(table(rows).join('\n')).toMatch(/✓ Node +20\.19\.0\n +✗ Kernel +missing\n +to do: npm start/)
  })
})
