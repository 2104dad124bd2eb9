/** A set-up as a list of steps: each prints one line with its time, and one that fails says what, why, and what mends it. */
import fs from 'node:fs'
import path from 'node:path'
import { CommandError, lastLines } from './commands.mjs'

/**
 * @typedef {import('./places.mjs').Places} Places
 * @typedef {{ at: Places, env: NodeJS.ProcessEnv, log: string, again: boolean, say: (line: string) => void }} Context
 *   log: the file of this step's output; again: try once more what could not be had the last time; say: a line under the step's own
 * @typedef {{ name: string, run: (context: Context) => Promise<string> }} Step  run answers with a few words on what there is now
 */

/** A step that failed, in words for the person who started it. */
export class StepError extends Error {
  /**
   * @param {string} what what failed
   * @param {{ why?: string | readonly string[], mend: string }} more why: last useful lines; mend: the command or act that mends it
   */
  constructor(what, { why = [], mend }) {
    super(what)
    this.name = 'StepError'
    this.why = typeof why === 'string' ? [why] : why
    this.mend = mend
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
const code = error => (error instanceof Error && 'code' in error ? String(error.code) : '')

/**
 * Any error as a step's error, so that a full disk or a missing permission reads the same wherever it happens.
 *
 * @param {unknown} error
 * @param {Places} at
 * @param {string} mend used where nothing better is known
 * @returns {StepError}
 */
export function explain(error, at, mend = 'npm start') {
  if (error instanceof StepError) return error
  const output = error instanceof CommandError ? error.output : ''
  const message = error instanceof Error ? error.message : String(error)
  const text = `${code(error)} ${message} ${output}`
  if (/ENOSPC|No space left on device/.test(text)) {
    return new StepError('the disk is full', { why: `the set-up needs about 3 GB in ${at.root}`, mend: 'free some space, then: npm start' })
  }
  if (/EROFS|Read-only file system/.test(text)) {
    return new StepError(`cannot write to ${at.root}`, {
      why: 'the file system is read-only',
      mend: 'copy the checkout to a place that can be written to, then: npm start',
    })
  }
  if (/EACCES|EPERM|Permission denied/.test(text)) {
    const named = error instanceof Error && 'path' in error ? String(error.path) : at.root
    const file = named.startsWith(at.cache) ? at.root : named
    return new StepError(`no permission to write to ${file}`, {
      why: output ? lastLines(output, 3) : `the checkout belongs to another user than the one who starts it`,
      mend: `sudo chown -R "$(id -un)" "${at.root}", or work in a copy of your own`,
    })
  }
  if (error instanceof CommandError) return new StepError(error.message, { why: lastLines(output), mend })
  return new StepError(message, { why: error instanceof Error ? lastLines(error.stack ?? '', 3) : [], mend })
}

/**
 * Programs that run out of space often do not say so.
 *
 * @param {string} folder
 * @returns {string[]} a line when there is little room
 */
export function littleRoom(folder) {
  const { bavail, bsize } = fs.statfsSync(folder)
  const megabytes = Math.floor((bavail * bsize) / 1e6)
  return megabytes < 300 ? [`only ${megabytes} MB are free on this disk: the set-up needs about 3 GB`] : []
}

/** @param {number} milliseconds */
export const seconds = milliseconds => `${(milliseconds / 1000).toFixed(1)} s`

/**
 * The lines that tell of a failure.
 *
 * @param {StepError} error
 * @param {string} [log]
 */
export function failure(error, log) {
  return [
    `    ${error.message}`,
    ...error.why.map(line => `      ${line}`),
    ...(log ? [`    all of its output: ${log}`] : []),
    `    to mend it: ${error.mend}`,
  ]
}

/** @param {string} file */
const sizeOf = file => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0

/**
 * Does the steps in order, and stops at the first that fails.
 *
 * @param {readonly Step[]} steps
 * @param {Omit<Context, 'log' | 'say'>} context
 * @param {{ print?: (line: string) => void, quiet?: boolean }} [options] quiet: a line only for steps that took over a second or failed
 * @returns {Promise<boolean>} true when all of them held
 */
export async function runSteps(steps, context, { print = console.log, quiet = false } = {}) {
  for (const step of steps) {
    const started = performance.now()
    const log = path.join(context.at.logs, `${step.name.toLowerCase().replace(/\W+/g, '-')}.log`)
    /** @type {string[]} */
    const said = []
    let size = 0
    /**
     * @param {string} mark
     * @param {string} words
     */
    const line = (mark, words) =>
      `  ${mark} ${step.name.padEnd(16)} ${words.padEnd(62)} ${seconds(performance.now() - started).padStart(8)}`
    const live = process.stdout.isTTY && !quiet && print === console.log
    try {
      if (sizeOf(log) > 1_000_000) fs.rmSync(log)
      else if (sizeOf(log) > 0) size = sizeOf(log)
      if (live) process.stdout.write(`  … ${step.name}`)
      const words = await step.run({ ...context, log, say: text => said.push(text) })
      if (live) process.stdout.write('\r\x1b[K')
      if (!quiet || performance.now() - started > 1000) print(line('✓', words))
      for (const text of said) print(`      ${text}`)
    } catch (error) {
      if (live) process.stdout.write('\r\x1b[K')
      print(line('✗', 'failed'))
      for (const text of said) print(`      ${text}`)
      const told = explain(error, context.at)
      const why = [...told.why, ...littleRoom(context.at.root)]
      for (const text of failure(new StepError(told.message, { why, mend: told.mend }), sizeOf(log) > size ? log : undefined)) print(text)
      return false
    }
  }
  return true
}
