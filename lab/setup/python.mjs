/**
 * The Python environment .venv, from a lock with hashes.
 *
 * It is built beside its place and moved there when complete. Its scripts find their Python relative to themselves, so that the checkout can be moved.
 */
import fs from 'node:fs'
import path from 'node:path'
import { CommandError, lastLines, run } from './commands.mjs'
import { fingerprint, readStamp, writeStamp } from './stamps.mjs'
import { StepError } from './steps.mjs'
import { environmentPython, findPython } from './versions.mjs'

const stampName = 'shoplab-stamp.json'

/** The first lines of a script that works wherever its folder is, also in a folder with spaces. */
const movable = `#!/bin/sh\n'''exec' "$(dirname -- "$(realpath -- "$0")")/python" "$0" "$@"\n' '''\n`

/** @param {import('./places.mjs').Places} at */
const wanted = at => fingerprint([fs.readFileSync(at.requirements)])

/**
 * Whether the environment in place is the one the lock describes.
 *
 * @param {import('./places.mjs').Places} at
 * @returns {string | undefined} the Python version, undefined when it must be built
 */
export function environmentReady(at) {
  const stamp = readStamp(path.join(at.environment, stampName))
  if (stamp?.lock !== wanted(at)) return undefined
  const version = environmentPython(at.environment)
  return version === stamp.python ? version : undefined
}

/**
 * Lets an environment's scripts find it where it is, or will be: programs relative to themselves, the `activate` scripts by its path.
 *
 * @param {string} folder
 * @param {string} [home] where it will be
 */
export function settle(folder, home = folder) {
  const settings = path.join(folder, 'pyvenv.cfg')
  const stamp = path.join(folder, stampName)
  const before = readStamp(stamp)?.home ?? folder
  for (const name of fs.readdirSync(path.join(folder, 'bin'))) {
    const file = path.join(folder, 'bin', name)
    const status = fs.lstatSync(file)
    if (!status.isFile() || status.size > 1_000_000) continue
    const text = fs.readFileSync(file, 'utf8')
    const header = /^#!(\/bin\/sh\n'''exec' .*\n' '''|[^\n]*python[\d.]*)\n/.exec(text)
    const changed = header ? movable + text.slice(header[0].length) : text.replaceAll(String(before), home)
    if (changed !== text) fs.writeFileSync(file, changed)
  }
  fs.writeFileSync(settings, fs.readFileSync(settings, 'utf8').replaceAll(String(before), home))
}

/**
 * Mends the environment of a checkout that was moved.
 *
 * @param {import('./places.mjs').Places} at
 * @returns {boolean} true when there was something to mend
 */
export function mendMoved(at) {
  const file = path.join(at.environment, stampName)
  const stamp = readStamp(file)
  if (!stamp || stamp.home === at.environment) return false
  settle(at.environment)
  writeStamp(file, { ...stamp, home: at.environment })
  return true
}

/** @type {import('./steps.mjs').Step} */
export const python = {
  name: 'Python packages',
  async run({ at, env, log }) {
    const ready = environmentReady(at)
    if (ready) return `JupyterLab and ${countLocked(at) - 1} more in .venv${mendMoved(at) ? ', mended after a move' : ''}`
    const found = findPython(env)
    const partial = path.join(at.cache, 'python', `venv-${process.pid}`)
    fs.rmSync(path.dirname(partial), { recursive: true, force: true, maxRetries: 3 })
    fs.mkdirSync(path.dirname(partial), { recursive: true })
    try {
      await run(found.command, ['-m', 'venv', partial], { env, log, seconds: 300 })
    } catch (error) {
      if (!(error instanceof CommandError) || /ENOSPC|No space|Permission denied|Read-only/.test(error.output)) throw error
      throw new StepError(`${found.command} -m venv ${error.reason}`, {
        why: lastLines(error.output),
        mend: 'install the venv module (Debian, Ubuntu: sudo apt-get install python3-venv), then: npm start',
      })
    }
    const inside = path.join(partial, 'bin', 'python')
    try {
      await run(inside, ['-m', 'pip', 'install', '--require-hashes', '--no-deps', '--progress-bar=off', '-r', at.requirements], {
        cwd: at.root,
        env,
        log,
      })
    } catch (error) {
      if (!(error instanceof CommandError) || /ENOSPC|No space/.test(error.output)) throw error
      const offline = /NewConnectionError|Temporary failure in name resolution|Max retries|Network is unreachable/.test(error.output)
      throw new StepError(`pip ${error.reason}`, {
        why: lastLines(error.output),
        mend: offline ? 'connect to the network, then: npm start' : 'npm start (again)',
      })
    }
    settle(partial, at.environment)
    const version = environmentPython(partial)
    writeStamp(path.join(partial, stampName), { lock: wanted(at), python: version, home: at.environment })
    fs.rmSync(at.environment, { recursive: true, force: true, maxRetries: 3 })
    fs.renameSync(partial, at.environment)
    return `JupyterLab and ${countLocked(at) - 1} more, installed in .venv from their lock`
  },
}

/**
 * How many packages this environment has.
 *
 * @param {import('./places.mjs').Places} at
 */
function countLocked(at) {
  const site = path.join(at.environment, 'lib')
  const [folder = ''] = fs.existsSync(site) ? fs.readdirSync(site) : []
  const names = fs.readdirSync(path.join(site, folder, 'site-packages')).filter(name => name.endsWith('.dist-info'))
  return names.length
}
