/** `npm test`: sets up what is missing, then runs every check but the slow ones (npm run test:learning). Needs nothing but Node to begin with. */
import fs from 'node:fs'
import path from 'node:path'
import { findChromium } from './notebooks/chromium.mjs'
import { CommandError, endAll, run } from './setup/commands.mjs'
import { setUp } from './setup/index.mjs'
import { OptionError, testOptions } from './setup/options.mjs'
import { environment, places } from './setup/places.mjs'
import { readReport, summary } from './setup/report.mjs'
import { ensureLoopback } from './setup/server.mjs'
import { explain, failure, seconds } from './setup/steps.mjs'

/** @typedef {import('./setup/report.mjs').Tally} Tally */

const at = places()
const program = (/** @type {string[]} */ ...words) => path.join(at.modules, ...words)

/**
 * One check. command: its program and arguments, counted as one test; vitest: arguments of a run whose tests are counted.
 *
 * @typedef {{ part: string, name: string, command?: string[], vitest?: string[] }} Check
 * @typedef {{ part: string, name: string, missing: string }} Omitted  missing: why it is not run
 */

/**
 * Files under a folder, in order.
 *
 * @param {string} folder
 * @param {RegExp} name
 * @returns {string[]}
 */
function filesIn(folder, name) {
  if (!fs.existsSync(folder)) return []
  const all = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return all.filter(file => name.test(file)).map(file => path.relative(at.root, path.join(folder, file)))
}

/** What the notebooks' own compiler (tslab's TypeScript 5.0.4) must accept: src, without the files that are compiled to WebAssembly. */
function notebookTypes() {
  const settings = ['--noEmit', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'node10', '--types', 'node']
  const files = filesIn(path.join(at.root, 'src'), /\.ts$/).filter(file => !file.includes('/assembly/'))
  return [
    program('@tslab', 'typescript-for-tslab', 'lib', 'tsc.js'),
    ...settings,
    '--skipLibCheck',
    '--esModuleInterop',
    '--resolveJsonModule',
    ...files,
  ]
}

const help = `npm test -- [options]
  Sets up what is missing, then checks types, lint and format, rooms, unit tests, benchmarks for a moment, notebooks in quick
  mode, the laboratory and its pages.

  --only LIST   only some parts, as in --only types,unit
                (types, lint, rooms, unit, bench, notebooks, lab, browser)
  -v            show all output, not only that of failures
  --help        this text

  The pages need Chromium (found on the path, or named in CHROMIUM); REQUIRE_BROWSER=1 makes its absence a failure.
  Slow tests of learning: npm run test:learning`

const parts = ['types', 'lint', 'rooms', 'unit', 'bench', 'notebooks', 'lab', 'browser']

/** @returns {(Check | Omitted)[]} */
function checks() {
  const laboratory = filesIn(path.join(at.root, 'tests', 'lab'), /\.test\.ts$/)
  const pages = laboratory.filter(file => file.endsWith('.browser.test.ts'))
  const rest = laboratory.filter(file => !pages.includes(file))
  const chromium = findChromium()
  const runner = path.join(at.root, 'lab', 'notebooks.mjs')
  const notebooks = filesIn(at.notebooks, /\.ipynb$/).filter(file => !file.includes('.ipynb_checkpoints'))
  return [
    { part: 'types', name: 'types', command: [program('typescript', 'bin', 'tsc'), '-p', '.', '--noEmit'] },
    { part: 'types', name: 'types in notebooks', command: notebookTypes() },
    { part: 'lint', name: 'lint and format', command: [program('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--colors=off', '.'] },
    {
      part: 'rooms',
      name: 'rooms',
      command: [program('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'src'],
    },
    { part: 'unit', name: 'unit tests', vitest: ['--project', 'unit'] },
    {
      part: 'bench',
      name: 'benchmarks, quick',
      command: ['--require', path.join(at.root, 'lab', 'preload.cjs'), path.join(at.root, 'bench', 'run.ts'), '--quick'],
    },
    notebooks.length > 0
      ? { part: 'notebooks', name: 'notebooks, quick', command: [runner, 'run', '--quick', '--workers', '2', 'notebooks'] }
      : { part: 'notebooks', name: 'notebooks, quick', missing: 'there are none' },
    rest.length > 0
      ? { part: 'lab', name: 'laboratory', vitest: ['--project', 'lab', ...rest] }
      : { part: 'lab', name: 'laboratory', missing: 'there are no tests' },
    chromium && pages.length > 0
      ? { part: 'browser', name: 'pages', vitest: ['--project', 'lab', ...pages] }
      : {
          part: 'browser',
          name: 'pages',
          missing: chromium ? 'there are no tests' : 'Chromium was not found (Debian, Ubuntu: sudo apt-get install chromium)',
        },
  ]
}

/**
 * Chromium keeps small files in the user's home: give it another one.
 *
 * @returns {NodeJS.ProcessEnv}
 */
function testEnvironment() {
  const home = path.join(at.cache, 'home')
  fs.mkdirSync(home, { recursive: true })
  const chromium = findChromium()
  const folders = {
    HOME: home,
    XDG_CACHE_HOME: path.join(home, 'cache'),
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'data'),
  }
  return { ...environment(at), ...folders, ...(chromium ? { CHROMIUM: chromium } : {}), FORCE_COLOR: '0', NO_COLOR: '1' }
}

/**
 * @param {Check} check
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ tally: Tally, output: string }>}
 */
async function perform(check, env) {
  const log = path.join(at.logs, `test-${check.name.replace(/\W+/g, '-')}.log`)
  const report = path.join(at.logs, `test-${check.name.replace(/\W+/g, '-')}.json`)
  fs.writeFileSync(log, '')
  fs.rmSync(report, { force: true })
  const vitest = [program('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const words = check.vitest ? [...vitest, ...check.vitest] : (check.command ?? [])
  let output = ''
  let problem = ''
  try {
    output = await run(process.execPath, words, { cwd: at.root, env, log, seconds: 1800 })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    output = error.output
    problem = error.reason
  }
  if (!check.vitest) {
    const tally = problem
      ? { passed: 0, failed: 1, skipped: 0, failures: [output.trim() || problem] }
      : { passed: 1, failed: 0, skipped: 0, failures: [] }
    return { tally, output }
  }
  const tally = readReport(report, at.root) ?? { passed: 0, failed: 1, skipped: 0, failures: [output.trim()] }
  if (problem && tally.failed === 0)
    return { tally: { ...tally, failed: 1, failures: [`vitest ${problem}\n${output.slice(-4000)}`] }, output }
  return { tally, output }
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const started = performance.now()
  const { only, verbose, help: asked } = testOptions(process.argv.slice(2), parts)
  if (asked) {
    console.log(help)
    return 0
  }
  if (!(await setUp({ at, quiet: !verbose }))) return 1
  await ensureLoopback(at)
  const env = testEnvironment()
  const tallies = []
  const notRun = []
  let failures = 0
  for (const check of checks().filter(each => only.includes(each.part))) {
    const begun = performance.now()
    const line = (/** @type {string} */ mark, /** @type {string} */ words) =>
      console.log(`  ${mark} ${check.name.padEnd(20)} ${words.padEnd(42)} ${seconds(performance.now() - begun).padStart(8)}`)
    if ('missing' in check) {
      const needed = check.part === 'browser' && process.env.REQUIRE_BROWSER === '1'
      line(needed ? '✗' : '-', `not run: ${check.missing}`)
      tallies.push({ passed: 0, failed: needed ? 1 : 0, skipped: needed ? 0 : 1, failures: [] })
      notRun.push(`${check.name}: ${check.missing}`)
      if (needed) failures += 1
      continue
    }
    const { tally, output } = await perform(check, env)
    tallies.push(tally)
    failures += tally.failed
    const counts = check.vitest ? summary([tally]) : tally.failed ? 'failed' : 'ok'
    line(tally.failed ? '✗' : '✓', counts)
    const shown = verbose ? [output] : tally.failures
    for (const text of shown) console.log(text.replace(/^/gm, '      '))
  }
  if (notRun.length > 0) console.log(`\nnot run:\n${notRun.map(line => `  ${line}`).join('\n')}`)
  console.log(`\nin ${seconds(performance.now() - started)}; all output is in ${path.relative(process.cwd(), at.logs) || at.logs}`)
  console.log(summary(tallies))
  return failures > 0 ? 1 : 0
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    endAll()
    process.exit(130)
  })
}
try {
  process.exitCode = await main()
} catch (error) {
  if (error instanceof OptionError) {
    console.error(error.message)
    process.exitCode = 2
  } else {
    for (const line of failure(explain(error, at, 'npm test'))) console.error(line.slice(2))
    process.exitCode = 1
  }
}
