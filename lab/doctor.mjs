/** `shoplab doctor`: each part of the laboratory with ok, or what to do. Runs on its own too, before anything is installed: node lab/doctor.mjs */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findChromium } from './notebooks/chromium.mjs'
import { simdReady } from './setup/build-simd.mjs'
import { kernelLink, kernelName } from './setup/kernel.mjs'
import { packagesDiffer } from './setup/packages.mjs'
import { environment, places } from './setup/places.mjs'
import { environmentReady } from './setup/python.mjs'
import { StepError } from './setup/steps.mjs'
import { nativeFolders, prove, tensorflowState } from './setup/tensorflow.mjs'
import { checkNode, environmentPython, findPython } from './setup/versions.mjs'

/** @typedef {{ part: string, ok: boolean, detail: string, mend: string, optional?: boolean }} Row  mend: what to do, empty when there is nothing */

const set = 'npm start -- --check'

/**
 * Looks at every part without changing any.
 *
 * @param {import('./setup/places.mjs').Places} [at]
 * @returns {Promise<Row[]>}
 */
export async function doctor(at = places()) {
  const env = environment(at)
  return Promise.all([
    row('Node', () => checkNode()),
    row('Python', () => environmentPython(at.environment) ?? findPython(env).version),
    row('npm packages', () => {
      const difference = packagesDiffer(at.root)
      if (difference) throw new StepError(difference, { mend: set })
      return 'as package-lock.json says'
    }),
    tensorflow(at, env),
    row('Network kernels', () => {
      const mend = 'node lab/setup/build-simd.mjs'
      if (packagesDiffer(at.root))
        throw new StepError('their compiler is an npm package, and those are not as they should be', { mend: set })
      if (!simdReady(at)) throw new StepError('not built, or of other sources', { mend })
      return 'built, for the network backends simd and simd-relaxed'
    }),
    row('Kernel', () => {
      const name = kernelName(at)
      const { link } = kernelLink(at)
      if (!fs.existsSync(link)) throw new StepError(`${name}: not linked into .venv`, { mend: set })
      return name
    }),
    row('JupyterLab', () => {
      if (!environmentReady(at)) throw new StepError('the Python environment .venv is missing or not as its lock says', { mend: set })
      const program = 'from importlib.metadata import version; print(version("jupyterlab"))'
      return execFileSync(at.python, ['-c', program], { encoding: 'utf8', env }).trim()
    }),
    row('Chromium', () => {
      const file = findChromium()
      if (file) return file
      throw new StepError('not found; only tests of pages and `npm run reproduce` need it', {
        mend: 'sudo apt-get install chromium, or name one in CHROMIUM',
      })
    }).then(found => (found.ok ? found : { ...found, optional: true })),
  ])
}

/**
 * @param {string} part
 * @param {() => string} look answers with the detail
 * @returns {Promise<Row>}
 */
async function row(part, look) {
  try {
    return { part, ok: true, detail: look(), mend: '' }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { part, ok: false, detail, mend: error instanceof StepError ? error.mend : set }
  }
}

/**
 * @param {import('./setup/places.mjs').Places} at
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Row>}
 */
async function tensorflow(at, env) {
  const part = 'TensorFlow'
  const { backend, obtained, reasons } = tensorflowState(at)
  if (backend === 'none') return { part, ok: false, detail: reasons.join('; '), mend: set }
  if (backend === 'wasm')
    return { part, ok: true, detail: `WebAssembly backend, slower: ${reasons.join('; ')}`, mend: 'npm start -- --retry' }
  try {
    await prove(nativeFolders(at).packageFolder, env)
    return { part, ok: true, detail: `native, from ${obtained}`, mend: '' }
  } catch (error) {
    const detail = `the native library does not load: ${error instanceof Error ? error.message : error}`
    return { part, ok: false, detail, mend: `rm -rf .cache/tensorflow && ${set}` }
  }
}

/**
 * @param {readonly Row[]} rows
 * @returns {string[]} lines of a table
 */
export function table(rows) {
  return rows.flatMap(({ part, ok, detail, mend, optional }) => [
    `  ${ok ? '✓' : optional ? '-' : '✗'} ${part.padEnd(15)} ${detail}`,
    ...(mend ? [`    ${''.padEnd(15)} to do: ${mend}`] : []),
  ])
}

if (process.argv[1] && fs.existsSync(process.argv[1]) && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const rows = await doctor()
  console.log(process.argv.includes('--json') ? JSON.stringify(rows, null, 2) : table(rows).join('\n'))
  if (rows.some(({ ok, optional }) => !ok && !optional)) process.exitCode = 1
}
