/** Finds notebooks and executes them through run.py, with the checkout's Python, kernel and folders. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { environment } from '../setup/places.mjs'

/** @typedef {import('../setup/places.mjs').Places} Places */

/**
 * The notebooks among files and folders, in order; folders are searched through.
 *
 * @param {string[]} paths
 * @throws {Error} when one does not exist or there is no notebook
 */
export function findNotebooks(paths) {
  const found = paths.flatMap(given => {
    if (!fs.existsSync(given)) throw new Error(`${given} does not exist`)
    if (!fs.statSync(given).isDirectory()) {
      if (!given.endsWith('.ipynb')) throw new Error(`${given} is not a notebook (.ipynb)`)
      return [given]
    }
    const names = fs.readdirSync(given, { recursive: true, encoding: 'utf8' }).sort()
    return names.filter(name => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints')).map(name => path.join(given, name))
  })
  if (found.length === 0) throw new Error(`no notebook in ${paths.join(', ')}`)
  return [...new Set(found.map(file => path.resolve(file)))]
}

/**
 * Executes notebooks, one after the other or several at a time; what happens is printed as it happens.
 *
 * @param {Places} at
 * @param {string[]} notebooks
 * @param {{ seconds: number, quick?: boolean, json?: boolean, workers?: number, into?: string }} options seconds: what a cell may take; workers: how many at a time; into: a folder for the executed
 *   notebooks, 0.ipynb and so on in the order given
 * @returns {Promise<number>} the exit code: 0 when all passed
 */
export async function execute(at, notebooks, { seconds, quick = false, json = false, workers = 1, into }) {
  if (!fs.existsSync(at.python)) throw new Error('The Python environment is missing: npm start -- --check makes it')
  for (const folder of [at.temporary, path.join(at.jupyter, 'ipython')]) fs.mkdirSync(folder, { recursive: true })
  const names = notebooks.map(file => path.relative(at.root, file))
  const program = [
    path.join(at.root, 'lab', 'notebooks', 'run.py'),
    '--timeout',
    String(seconds),
    '--workers',
    String(workers),
    ...(into ? ['--into', into] : []),
    ...(json ? ['--json'] : []),
    ...names,
  ]
  const env = { ...environment(at), ...(quick ? { SHOPLAB_QUICK: '1' } : {}) }
  const child = spawn(at.python, program, { cwd: at.root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const end = () => child.kill('SIGTERM')
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)))
    })
  } finally {
    process.off('SIGTERM', end)
    process.off('SIGINT', end)
  }
}
