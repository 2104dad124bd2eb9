/** Runs other programs: output to a log, a time limit, and an end to the whole family of processes when this one is stopped. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** A program that did not end well. */
export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {string} reason how it ended, in words
   * @param {string} output
   */
  constructor(command, reason, output) {
    super(`${command} ${reason}`)
    this.reason = reason
    this.output = output
  }
}

/**
 * Processes that are running now, each the leader of a group.
 *
 * @type {Set<number>}
 */
const running = new Set()

/**
 * Called with the id of each process that starts, and undefined when it has ended.
 *
 * @type {((pid: number | undefined) => void)[]}
 */
export const watchers = []

/**
 * @param {number} pid leader of a group
 * @param {NodeJS.Signals} [signal]
 */
export function endGroup(pid, signal = 'SIGKILL') {
  try {
    process.kill(-pid, signal)
  } catch {
    // it has ended by itself
  }
}

/** Ends everything that was started here. */
export function endAll() {
  for (const pid of running) endGroup(pid)
}

/**
 * @param {string} command
 * @param {readonly string[]} commandArguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log?: string, seconds?: number, input?: string, onLine?: (line: string) => void }} [options]
 *   log: file that all output is added to; seconds: limit after which it is ended
 * @returns {Promise<string>} its output, both streams
 * @throws {CommandError} when it cannot start, fails or takes too long
 */
export function run(command, commandArguments, { cwd, env, log, seconds = 1800, input, onLine } = {}) {
  const name = [path.basename(command), ...commandArguments.slice(0, 3)].join(' ').slice(0, 100)
  if (log) fs.appendFileSync(log, `$ ${[command, ...commandArguments].join(' ')}\n`)
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd,
      env,
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    let output = ''
    let late = false
    let line = ''
    const timer = setTimeout(() => {
      late = true
      if (child.pid) endGroup(child.pid)
    }, seconds * 1000)
    if (child.pid) {
      running.add(child.pid)
      for (const watcher of watchers) watcher(child.pid)
    }
    /** @param {string} text */
    const take = text => {
      output += text
      if (log) appendQuietly(log, text)
      if (!onLine) return
      const lines = (line + text).split('\n')
      line = lines.pop() ?? ''
      for (const each of lines) onLine(each)
    }
    child.stdout?.setEncoding('utf8').on('data', take)
    child.stderr?.setEncoding('utf8').on('data', take)
    if (input !== undefined) child.stdin?.on('error', () => {}).end(input)
    const ended = () => {
      clearTimeout(timer)
      if (child.pid) running.delete(child.pid)
      for (const watcher of watchers) watcher(undefined)
    }
    child.on('error', error => {
      ended()
      const missing = 'code' in error && error.code === 'ENOENT'
      reject(new CommandError(name, missing ? 'is not installed' : `cannot start: ${error.message}`, output))
    })
    child.on('close', (code, signal) => {
      ended()
      if (code === 0 && !late) resolve(output)
      else
        reject(
          new CommandError(
            name,
            late ? `took more than ${seconds} s` : signal ? `was ended by ${signal}` : `ended with code ${code}`,
            output,
          ),
        )
    })
  })
}

/**
 * A log that cannot be written (a full disk) must not hide the error that is being logged.
 *
 * @param {string} log
 * @param {string} text
 */
function appendQuietly(log, text) {
  try {
    fs.appendFileSync(log, text)
  } catch {}
}

/** Lines that only frame an error, or repeat what the step's own message says. */
const noise =
  /^[\s{}()[\],;^~]*$|^\s+at |A complete log of this run|^Node\.js v|^npm (error|ERR!) *$|notice|warn(ing)?:? deprecat|^\s*[┌│└╭╰]/i

/**
 * The last lines of some output that say something.
 *
 * @param {string} output
 * @param {number} [count]
 */
export function lastLines(output, count = 6) {
  const lines = output.split(/[\r\n]+/).filter(line => !noise.test(line))
  return lines.slice(-count).map(line => line.trimEnd().slice(0, 220))
}
