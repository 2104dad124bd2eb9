/**
 * The native TensorFlow library behind @tensorflow/tfjs-node, by a ladder: already there; the package's own installer; a library taken from
 * TensorFlow's Python wheel, with the binding compiled here; and where nothing helps, the WebAssembly backend, which needs no library.
 *
 * Library and binding stay in .cache/tensorflow, outside node_modules, so that `npm ci` does not cost a download; node_modules has relative
 * links to them. Each rung is built in a folder of its own, proven by multiplying a matrix, and only then moved to its place.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { CommandError, lastLines, run } from './commands.mjs'
import { readStamp, writeStamp } from './stamps.mjs'
import { StepError } from './steps.mjs'

/** @typedef {import('./steps.mjs').Context} Context */

/** The package's own installer downloads from one host, which is often out of reach. */
const installerSeconds = 60

/** The newest Node-API level that the package names. */
const binding = path.join('lib', 'napi-v8', 'tfjs_binding.node')

/** @param {import('./places.mjs').Places} at */
export function nativeFolders(at) {
  const packageFolder = path.join(at.modules, '@tensorflow', 'tfjs-node')
  const stamp = readStamp(path.join(packageFolder, 'package.json'))
  const name = `tfjs-node-${stamp?.version ?? 'absent'}-${process.platform}-${process.arch}`
  return {
    packageFolder,
    version: stamp?.version,
    store: path.join(at.tensorflow, name),
    refused: path.join(at.tensorflow, `${name}-refused.json`),
  }
}

/**
 * What is there now.
 *
 * @param {import('./places.mjs').Places} at
 * @returns {{ backend: 'native' | 'wasm' | 'none', obtained: string, reasons: string[] }}
 */
export function tensorflowState(at) {
  const { store, refused, packageFolder } = nativeFolders(at)
  const native = readStamp(path.join(store, 'obtained.json'))
  if (native && fs.existsSync(path.join(store, binding))) {
    const linked = fs.existsSync(path.join(packageFolder, binding))
    return {
      backend: linked ? 'native' : 'none',
      obtained: String(native.obtained),
      reasons: linked ? [] : ['not linked into node_modules'],
    }
  }
  const no = readStamp(refused)
  if (no && Array.isArray(no.reasons)) return { backend: 'wasm', obtained: 'npm package', reasons: no.reasons.map(String) }
  return { backend: 'none', obtained: '', reasons: ['not set up yet'] }
}

/**
 * Relative links from the package to the store, so that they hold after a move.
 *
 * @param {string} packageFolder
 * @param {string} store
 */
export function linkNative(packageFolder, store) {
  for (const folder of ['deps', 'lib']) {
    const link = path.join(packageFolder, folder)
    const target = path.relative(packageFolder, path.join(store, folder))
    if (isLinkTo(link, target)) continue
    fs.rmSync(link, { recursive: true, force: true })
    fs.symlinkSync(target, link)
  }
}

/**
 * @param {string} link
 * @param {string} target
 */
function isLinkTo(link, target) {
  try {
    return fs.readlinkSync(link) === target
  } catch {
    return false
  }
}

/** A program that loads the package in a folder and multiplies a matrix with it. Node 23 and later lack a function it asks for. */
const proof = `
const util = require('node:util')
util.isNullOrUndefined ??= value => value == null
util.isArray ??= Array.isArray
const tf = require(process.argv[1])
const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).arraySync()
if (JSON.stringify(product) !== '[[19,22],[43,50]]') throw new Error('wrong product ' + JSON.stringify(product))
console.log('backend', tf.getBackend())
`

/**
 * @param {string} folder of the package to load
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [log]
 */
export async function prove(folder, env, log) {
  const output = await run(process.execPath, ['-e', proof, folder], { env, log, seconds: 60 })
  if (!output.includes('backend tensorflow')) throw new CommandError('loading TensorFlow', 'gave another backend', output)
}

/** @typedef {{ name: string, build: (folder: string, context: Context) => Promise<void> }} Rung  build: fills deps/lib and the binding of a copy of the package */

/** @type {Rung} */
const installer = {
  name: "the package's own installer",
  async build(folder, { env, log }) {
    await run(process.execPath, ['scripts/install.js'], { cwd: folder, env, log, seconds: installerSeconds })
    if (!fs.existsSync(path.join(folder, binding))) throw new Error('it ended without a binding')
  },
}

/** @type {Rung} */
const wheel = {
  name: 'the Python wheel tensorflow-cpu 2.18.1',
  async build(folder, context) {
    const { at, env, log } = context
    const platform = `${process.platform} ${process.arch}`
    if (platform !== 'linux x64') throw new Error(`the wheel is for Linux x64, this is ${platform}`)
    const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report?.getReport() ?? {})
    if (!report.header?.glibcVersionRuntime) throw new Error('the wheel needs glibc, which this Linux does not have')
    await requireCompiler(env)
    const file = await downloadWheel(context)
    await run(at.python, [path.join(at.root, 'lab', 'python', 'tensorflow_from_wheel.py'), file, path.join(folder, 'deps')], {
      env,
      log,
      seconds: 600,
    })
    await compile(folder, context)
  },
}

/** @param {NodeJS.ProcessEnv} env */
async function requireCompiler(env) {
  try {
    await run('g++', ['--version'], { env, seconds: 20 })
  } catch {
    throw new Error('g++ is not installed (Debian, Ubuntu: sudo apt-get install g++, then: npm start -- --retry)')
  }
}

/**
 * The wheel, downloaded once; it stays until the library is in place.
 *
 * @param {Context} context
 * @returns {Promise<string>}
 */
async function downloadWheel({ at, env, log }) {
  const lock = path.join(at.root, 'lab', 'python', 'tensorflow.lock')
  const hash = /--hash=sha256:([0-9a-f]{64})/.exec(fs.readFileSync(lock, 'utf8'))?.[1]
  if (!hash) throw new Error('lab/python/tensorflow.lock names no hash')
  const whole = path.join(at.tensorflow, 'wheel', 'tensorflow_cpu.whl')
  if (fs.existsSync(whole) && (await fileHash(whole)) === hash) return whole
  const folder = path.join(at.tensorflow, `partial-download-${process.pid}`)
  const target = ['--python-version=3.11', '--implementation=cp', '--abi=cp311', '--platform=manylinux2014_x86_64', '--only-binary=:all:']
  const safe = ['--require-hashes', '--no-deps', '--no-cache-dir', '--progress-bar=off']
  await run(at.python, ['-m', 'pip', 'download', ...safe, ...target, '-r', lock, '-d', folder], { cwd: at.root, env, log, seconds: 1800 })
  const [name] = fs.readdirSync(folder)
  if (!name) throw new Error('pip downloaded nothing')
  fs.mkdirSync(path.dirname(whole), { recursive: true })
  fs.renameSync(path.join(folder, name), whole)
  fs.rmSync(folder, { recursive: true, force: true })
  return whole
}

/**
 * @param {string} file
 * @returns {Promise<string>}
 */
async function fileHash(file) {
  const hash = createHash('sha256')
  for await (const piece of fs.createReadStream(file)) hash.update(piece)
  return hash.digest('hex')
}

/**
 * Compiles the binding. Two files need no build system, and make cannot work in a folder with spaces in its name; all paths are relative but Node's.
 *
 * @param {string} folder
 * @param {Context} context
 */
async function compile(folder, context) {
  fs.mkdirSync(path.dirname(path.join(folder, binding)), { recursive: true })
  const language = [
    '-shared',
    '-fPIC',
    '-std=gnu++17',
    '-O2',
    '-fno-exceptions',
    '-fno-rtti',
    '-DNAPI_VERSION=8',
    '-DBUILDING_NODE_EXTENSION',
  ]
  const headers = ['-I', await nodeHeaders(context), '-I', 'deps/include', '-I', '.']
  const libraries = ['-L', 'deps/lib', '-ltensorflow', '-ltensorflow_framework', '-Wl,-rpath,$ORIGIN/../../deps/lib']
  const sources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc']
  await run('g++', [...language, ...headers, ...sources, ...libraries, '-o', binding], {
    cwd: folder,
    env: context.env,
    log: context.log,
    seconds: 600,
  })
}

/**
 * The folder with node_api.h: beside this Node, in a package, or downloaded by npm's own node-gyp.
 *
 * @param {Context} context
 * @returns {Promise<string>}
 */
async function nodeHeaders({ at, env, log }) {
  const beside = path.join(path.dirname(process.execPath), '..', 'include', 'node')
  const devdir = path.join(at.cache, 'node-gyp')
  const places = [beside, path.join(at.modules, 'node-api-headers', 'include'), path.join(devdir, process.versions.node, 'include', 'node')]
  const find = () => places.find(folder => fs.existsSync(path.join(folder, 'node_api.h')))
  const found = find()
  if (found) return found
  const npmFolders = [
    env.npm_execpath ? path.resolve(env.npm_execpath, '..', '..') : '',
    path.resolve(process.execPath, '..', '..', 'lib', 'node_modules', 'npm'),
  ]
  const gyp = npmFolders
    .map(folder => path.join(folder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'))
    .find(file => fs.existsSync(file))
  if (gyp) await run(process.execPath, [gyp, 'install', '--ensure', `--devdir=${devdir}`], { env, log, seconds: 120 })
  const fetched = find()
  if (!fetched)
    throw new Error(
      'the C headers of this Node (node_api.h) were not found (Debian: sudo apt-get install libnode-dev, then: npm start -- --retry)',
    )
  return fetched
}

/**
 * The ladder below "already there" and above the WebAssembly backend.
 *
 * @type {readonly Rung[]}
 */
export const ladder = [installer, wheel]

/**
 * Climbs the ladder until a rung holds.
 *
 * @param {Context} context
 * @param {readonly Rung[]} rungs
 * @returns {Promise<{ rung?: Rung, reasons: string[] }>} reasons: why each rung before it did not hold
 */
export async function climb(context, rungs) {
  const { at, env, log } = context
  const { packageFolder, store, version } = nativeFolders(at)
  const partial = path.join(at.tensorflow, `partial-${process.pid}`)
  const reasons = []
  for (const rung of rungs) {
    fs.rmSync(partial, { recursive: true, force: true })
    try {
      fs.cpSync(packageFolder, partial, { recursive: true, filter: file => !['deps', 'lib'].includes(path.relative(packageFolder, file)) })
      await rung.build(partial, context)
      await prove(partial, env, log)
      // only what the package links to is kept
      const kept = path.join(at.tensorflow, `partial-kept-${process.pid}`)
      fs.mkdirSync(path.join(kept, 'deps'), { recursive: true })
      fs.renameSync(path.join(partial, 'deps', 'lib'), path.join(kept, 'deps', 'lib'))
      fs.renameSync(path.join(partial, 'lib'), path.join(kept, 'lib'))
      writeStamp(path.join(kept, 'obtained.json'), { obtained: rung.name, 'tfjs-node': version, reasons })
      fs.rmSync(partial, { recursive: true, force: true })
      fs.rmSync(store, { recursive: true, force: true })
      fs.renameSync(kept, store)
      return { rung, reasons }
    } catch (error) {
      fs.rmSync(partial, { recursive: true, force: true })
      const output = error instanceof CommandError ? error.output : ''
      const message = error instanceof Error ? error.message : String(error)
      if (/ENOSPC|No space left|EACCES|EROFS/.test(`${message} ${output}`)) throw error
      const [line = ''] = lastLines(output, 1)
      reasons.push(
        `${rung.name}: ${error instanceof CommandError ? `${error.reason}${line ? ` (${line.trim().slice(0, 140)})` : ''}` : message}`,
      )
    }
  }
  return { reasons }
}

/** @type {import('./steps.mjs').Step} */
export const tensorflow = {
  name: 'TensorFlow',
  async run(context) {
    const { at, again, say } = context
    const { packageFolder, store, refused, version } = nativeFolders(at)
    if (version === undefined) throw new StepError('@tensorflow/tfjs-node is not installed', { mend: 'rm -rf node_modules && npm start' })
    const there = readStamp(path.join(store, 'obtained.json'))
    if (there && fs.existsSync(path.join(store, binding))) {
      linkNative(packageFolder, store)
      return `native, from ${there.obtained}`
    }
    const before = readStamp(refused)
    if (before && !again) return 'WebAssembly backend (npm start -- --retry tries for the native library)'
    for (const name of fs.existsSync(at.tensorflow) ? fs.readdirSync(at.tensorflow) : []) {
      if (name.startsWith('partial')) fs.rmSync(path.join(at.tensorflow, name), { recursive: true, force: true, maxRetries: 3 })
    }
    fs.mkdirSync(at.tensorflow, { recursive: true })
    const { rung, reasons } = await climb(context, ladder)
    if (rung) {
      linkNative(packageFolder, store)
      fs.rmSync(refused, { force: true })
      fs.rmSync(path.join(at.tensorflow, 'wheel'), { recursive: true, force: true })
      return `native, from ${rung.name}`
    }
    writeStamp(refused, { reasons })
    say(
      'The native library could not be had, so networks run on the WebAssembly backend: 3 to 12 times slower, and without some gradients.',
    )
    for (const reason of reasons) say(`- ${reason}`)
    say('To try again: npm start -- --retry')
    return 'WebAssembly backend'
  },
}
