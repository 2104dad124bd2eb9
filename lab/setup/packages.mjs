/** The npm packages, exactly as package-lock.json names them. */
import fs from 'node:fs'
import path from 'node:path'
import { CommandError, lastLines, run } from './commands.mjs'
import { StepError } from './steps.mjs'
import { npm } from './versions.mjs'

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} Package
 * @param {string} file
 * @returns {Record<string, Package> | undefined}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * What of the lock is not installed. npm writes node_modules/.package-lock.json when an installation is complete, so this is sound after an
 * interrupted one too; packages for other platforms are optional and may be absent.
 *
 * @param {string} root
 * @returns {string | undefined} the first difference in words, undefined when there is none
 */
export function packagesDiffer(root) {
  const wanted = lockedPackages(path.join(root, 'package-lock.json'))
  if (!wanted) throw new StepError('package-lock.json is missing or damaged', { mend: 'git checkout -- package-lock.json' })
  const installed = lockedPackages(path.join(root, 'node_modules', '.package-lock.json'))
  if (!installed) return 'nothing is installed'
  for (const [folder, entry] of Object.entries(wanted)) {
    if (!folder.startsWith('node_modules/') && !folder.includes('/node_modules/')) continue // the project itself and its workspace
    const here = installed[folder]
    if (!here) {
      if (entry.optional || entry.devOptional) continue
      return `${folder} is missing`
    }
    if (here.version !== entry.version || here.integrity !== entry.integrity) return `${folder} is another version`
    if (!fs.existsSync(path.join(root, folder))) return `${folder} is missing`
  }
  return undefined
}

/**
 * @param {import('./steps.mjs').Context} context
 * @param {string} difference why
 */
async function install({ at, env, log }, difference) {
  const [command, ...first] = npm()
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  try {
    await run(command, [...first, 'ci', ...flags], { cwd: at.root, env, log, seconds: 1200 })
  } catch (error) {
    if (!(error instanceof CommandError) || /ENOSPC|EACCES|EROFS/.test(error.output)) throw error
    const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network/i.test(error.output)
    throw new StepError(`npm ${error.reason} (${difference})`, {
      why: lastLines(error.output.split(/Clean install a project|Usage:/)[0] ?? ''),
      mend: offline ? 'connect to the network, then: npm start' : 'npm start (again); if it stays so: npm ci',
    })
  }
}

/** @type {import('./steps.mjs').Step} */
export const packages = {
  name: 'npm packages',
  async run(context) {
    const { at } = context
    const difference = packagesDiffer(at.root)
    if (difference !== undefined) {
      await install(context, difference)
      const still = packagesDiffer(at.root)
      if (still !== undefined) throw new StepError(`npm has ended, but ${still}`, { mend: 'rm -rf node_modules && npm start' })
    }
    const count = Object.keys(lockedPackages(path.join(at.modules, '.package-lock.json')) ?? {}).length
    return `${count} packages${difference === undefined ? '' : ', installed from package-lock.json'}`
  },
}
