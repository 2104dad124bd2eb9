/**
 * Builds the kernels of the 'simd' networks (src/networks/simd/assembly, AssemblyScript) into .cache/simd; nothing to do when neither they nor
 * the compiler have changed. A step of the set-up, and a command: node lab/setup/build-simd.mjs
 */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './commands.mjs'
import { environment, places } from './places.mjs'
import { fingerprint, readStamp, writeStamp } from './stamps.mjs'

const common = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--zeroFilledMemory', '--noExportMemory', '--enable', 'simd']

/** The options of each build, by the name of the network backend. */
const builds = { simd: common, 'simd-relaxed': [...common, '--enable', 'relaxed-simd'] }

/**
 * Where compiler and sources are, and what the kernels in place must have been made from.
 *
 * @param {Pick<import('./places.mjs').Places, 'root' | 'cache'>} at
 */
function wanted(at) {
  const sources = path.join(at.root, 'src', 'networks', 'simd', 'assembly')
  const target = path.join(at.cache, 'simd')
  const compiler = createRequire(path.join(at.root, 'package.json')).resolve('assemblyscript/package.json')
  const files = fs.readdirSync(sources).sort()
  const content = fingerprint([
    JSON.parse(fs.readFileSync(compiler, 'utf8')).version,
    JSON.stringify(builds),
    ...files.flatMap(file => [file, fs.readFileSync(path.join(sources, file))]),
  ])
  return { sources, target, compiler, content, stamp: path.join(target, 'built.json') }
}

/**
 * Whether the kernels in place are those of the sources.
 *
 * @param {Pick<import('./places.mjs').Places, 'root' | 'cache'>} at
 */
export function simdReady(at) {
  const { target, content, stamp } = wanted(at)
  return readStamp(stamp)?.content === content && Object.keys(builds).every(name => fs.existsSync(path.join(target, `${name}.wasm`)))
}

/**
 * @param {Pick<import('./places.mjs').Places, 'root' | 'cache' | 'temporary'>} at
 * @param {{ env?: NodeJS.ProcessEnv, log?: string }} [options]
 * @returns {Promise<boolean>} false when everything was there
 */
export async function buildSimd(at, { env, log } = {}) {
  if (simdReady(at)) return false
  const { sources, target, compiler, content, stamp } = wanted(at)
  for (const folder of [target, at.temporary]) fs.mkdirSync(folder, { recursive: true })
  for (const [name, options] of Object.entries(builds)) {
    // Under a name of its own first, so that a network being loaded never reads half a file.
    const partial = path.join(target, `${name}.${process.pid}.tmp.wasm`)
    const program = path.join(path.dirname(compiler), 'bin', 'asc.js')
    await run(process.execPath, [program, path.join(sources, 'index.ts'), '--outFile', partial, ...options], {
      cwd: at.root,
      env,
      log,
      seconds: 300,
    })
    fs.renameSync(partial, path.join(target, `${name}.wasm`))
  }
  writeStamp(stamp, { content })
  return true
}

/** @type {import('./steps.mjs').Step} */
export const simd = {
  name: 'Network kernels',
  async run({ at, env, log }) {
    const built = await buildSimd(at, { env, log })
    return `${Object.keys(builds).join(', ')}${built ? ' built' : ''}`
  },
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = places()
  try {
    console.log(`network kernels: ${(await buildSimd(at, { env: environment(at) })) ? 'built' : 'up to date'}`)
  } catch (error) {
    console.error(error instanceof Error && 'output' in error ? error.output : error)
    process.exitCode = 1
  }
}
