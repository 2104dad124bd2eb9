/**
 * Two set-ups of one checkout take turns. The lock names the process that holds it and the program it is running, so that a set-up that was
 * killed leaves neither a lock nor a program behind: the next one ends what is left and starts again.
 */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { endGroup, watchers } from './commands.mjs'
import { readStamp } from './stamps.mjs'
import { StepError } from './steps.mjs'

/**
 * When a process started: with its id, this names it for good (ids alone are used again).
 *
 * @param {number} pid
 * @returns {string | undefined} undefined when there is no such process
 */
export function startOf(pid) {
  try {
    if (process.platform === 'linux') return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ')[19]
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() ||
      undefined
    )
  } catch {
    return undefined
  }
}

/**
 * @param {unknown} who
 * @returns {number | undefined} the id, where that process still runs
 */
function alive(who) {
  if (who === null || typeof who !== 'object' || !('pid' in who) || !('start' in who)) return undefined
  const { pid, start } = who
  return typeof pid === 'number' && startOf(pid) === start ? pid : undefined
}

/** @param {number} pid */
const identity = pid => ({ pid, start: startOf(pid) })

/**
 * Takes the lock, waiting for its turn.
 *
 * @param {string} file
 * @param {{ say?: (line: string) => void, patience?: number, poll?: number }} [options] patience in seconds, poll in milliseconds
 * @returns {Promise<() => void>} gives the lock back
 */
export async function takeTurn(file, { say = console.log, patience = 1800, poll = 300 } = {}) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const mine = `${file}.${process.pid}`
  const started = Date.now()
  let told = false
  for (;;) {
    fs.writeFileSync(mine, JSON.stringify({ holder: identity(process.pid) }))
    try {
      fs.linkSync(mine, file) // atomic: the lock appears with its content, or another has it
      fs.rmSync(mine)
      break
    } catch (error) {
      fs.rmSync(mine, { force: true })
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const other = readStamp(file)
    const holder = alive(other?.holder)
    if (holder === undefined) {
      const child = alive(other?.child)
      if (child !== undefined) endGroup(child)
      removeStale(file, JSON.stringify(other))
      continue
    }
    if (!told) say(`  another set-up of this checkout is at work (process ${holder}): waiting for it`)
    told = true
    if (Date.now() - started > patience * 1000) {
      throw new StepError(`process ${holder} has been setting up this checkout for more than ${patience} s`, {
        mend: `end it (kill ${holder}), then: npm start`,
      })
    }
    await new Promise(resolve => setTimeout(resolve, poll))
  }
  /** @param {number | undefined} pid */
  const watch = pid => {
    try {
      const partial = `${file}.${process.pid}`
      fs.writeFileSync(partial, JSON.stringify({ holder: identity(process.pid), ...(pid === undefined ? {} : { child: identity(pid) }) }))
      fs.renameSync(partial, file)
    } catch {} // a full disk shows in the program itself
  }
  watchers.push(watch)
  return () => {
    watchers.splice(watchers.indexOf(watch), 1)
    fs.rmSync(file, { force: true })
  }
}

/**
 * Removes a lock whose holder is gone, unless another process did so first and holds a new one.
 *
 * @param {string} file
 * @param {string} seen what the stale lock said
 */
function removeStale(file, seen) {
  const aside = `${file}.stale-${process.pid}`
  try {
    fs.renameSync(file, aside)
  } catch {
    return
  }
  if (JSON.stringify(readStamp(aside)) !== seen) {
    try {
      fs.linkSync(aside, file) // it was a fresh one: put it back
    } catch {}
  }
  fs.rmSync(aside, { force: true })
}
