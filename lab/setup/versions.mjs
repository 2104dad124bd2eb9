/** What must be on the machine before anything else: Node with npm, and Python with venv. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { StepError } from './steps.mjs'

const node = { major: 20, minor: 19 }
const python = { major: 3, minor: 10 }
const candidates = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3.14', 'python']

/**
 * @param {string} version
 * @param {{ major: number, minor: number }} least
 */
export function atLeast(version, least) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > least.major || (major === least.major && minor >= least.minor)
}

/**
 * @param {string} [version]
 * @param {NodeJS.Platform} [platform]
 */
export function checkNode(version = process.versions.node, platform = process.platform) {
  if (platform === 'win32')
    throw new StepError('Windows itself is not supported', { mend: 'use the Windows Subsystem for Linux: wsl --install' })
  if (!atLeast(version, node)) {
    throw new StepError(`Node ${version} is too old: ${node.major}.${node.minor} or newer is needed`, {
      mend: 'install it from https://nodejs.org/en/download, then: npm start',
    })
  }
  return version
}

/**
 * How to call npm: through the file that started this process where npm did, because that one is known to work.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {[string, ...string[]]}
 */
export function npm(env = process.env) {
  const file = env.npm_execpath
  return file && /npm-cli\.[cm]?js$/.test(file) && fs.existsSync(file) ? [process.execPath, file] : ['npm']
}

/**
 * A Python of the machine that can make an environment.
 *
 * @param {NodeJS.ProcessEnv} env PYTHON names one to try first
 * @returns {{ command: string, version: string }}
 */
export function findPython(env) {
  const program =
    'import sys; print("%d.%d.%d" % sys.version_info[:3], end=" ")\ntry:\n import venv, ensurepip; print("venv")\nexcept ImportError: print("-")'
  const seen = []
  for (const command of [...(env.PYTHON ? [env.PYTHON] : []), ...candidates]) {
    let answer
    try {
      answer = execFileSync(command, ['-c', program], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    } catch {
      continue
    }
    const [version = '', venv] = answer.split(' ')
    if (atLeast(version, python) && venv === 'venv') return { command, version }
    seen.push(`${command} is ${version}${venv === 'venv' ? '' : ', without venv'}`)
  }
  const least = `${python.major}.${python.minor}`
  if (seen.some(line => line.endsWith('without venv'))) {
    throw new StepError(`Python has no venv module`, {
      why: seen,
      mend: 'install it (Debian, Ubuntu: sudo apt-get install python3-venv), then: npm start',
    })
  }
  throw new StepError(`Python ${least} or newer was not found`, {
    why: seen,
    mend: `install it (Debian, Ubuntu: sudo apt-get install python3 python3-venv), or name one: PYTHON=/path/to/python3 npm start`,
  })
}

/** @type {import('./steps.mjs').Step} */
export const versions = {
  name: 'Node, Python',
  async run({ at, env }) {
    const nodeVersion = checkNode()
    const installed = environmentPython(at.environment)
    return `Node ${nodeVersion}, Python ${installed ?? findPython(env).version}`
  },
}

/**
 * The version of an environment's Python, where that still runs.
 *
 * @param {string} folder
 */
export function environmentPython(folder) {
  try {
    return execFileSync(path.join(folder, 'bin', 'python'), ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}
