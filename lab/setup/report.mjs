/** Reads what vitest wrote of a run: how many tests passed, failed and were skipped, and what to show of the failures. */
import fs from 'node:fs'
import path from 'node:path'

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Tally
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] }} Assertion
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number, success: boolean,
 *   testResults: { name: string, status: string, message?: string, assertionResults: Assertion[] }[] }} VitestReport
 */

/**
 * A file that could not be loaded, and an error outside of any test, count as one failure each: neither may pass in silence.
 *
 * @param {VitestReport} report
 * @param {string} root
 * @returns {Tally}
 */
export function tally(report, root) {
  const failures = []
  let failed = report.numFailedTests
  for (const file of report.testResults) {
    const name = path.relative(root, file.name)
    const broken = file.assertionResults.filter(test => test.status === 'failed')
    for (const test of broken) failures.push([`${name}: ${test.fullName}`, ...shorten(test.failureMessages?.join('\n') ?? '')].join('\n'))
    if (file.status === 'failed' && broken.length === 0) {
      failed += 1
      failures.push([`${name} could not be run`, ...shorten(file.message ?? '')].join('\n'))
    }
  }
  if (!report.success && failed === 0) {
    failed = 1
    failures.push('an error outside of any test')
  }
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + (report.numTodoTests ?? 0), failures }
}

/** @param {string} message */
function shorten(message) {
  const lines = message.split('\n').filter(line => !/node_modules|node:internal/.test(line))
  return lines.slice(0, 25).map(line => `  ${line.slice(0, 300)}`)
}

/**
 * @param {string} file
 * @param {string} root
 * @returns {Tally | undefined} undefined when there is no whole report
 */
export function readReport(file, root) {
  try {
    return tally(JSON.parse(fs.readFileSync(file, 'utf8')), root)
  } catch {
    return undefined
  }
}

/**
 * The last line of `npm test`.
 *
 * @param {readonly Tally[]} tallies
 */
export function summary(tallies) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ what) => tallies.reduce((total, each) => total + each[what], 0)
  const skipped = sum('skipped')
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
