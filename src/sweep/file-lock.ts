/**
 * A lock beside a file, so that no two processes write to it: FILE.lock names the process that has it.
 *
 * A lock whose process is gone is stale and taken over. A process is known by its number and when it started, since numbers come again.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { UserError } from '../data/user-error'

interface Owner {
  readonly pid: number
  /** Clock ticks since the machine started; null where the system does not say. */
  readonly started: string | null
  readonly host: string
}

/**
 * Takes the lock of a file; its folder is made.
 *
 * @returns lets go of it
 * @throws UserError when another process has it
 */
export function lockFile(file: string): () => void {
  const lock = `${file}.lock`
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid), host: hostname() } satisfies Owner)
  const mine = `${lock}.${process.pid}`
  mkdirSync(dirname(file), { recursive: true })
  // Written whole beside its place, then linked to it: a lock is never seen half.
  writeFileSync(mine, `${own}\n`)
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        linkSync(mine, lock)
        return () => rmSync(lock, { force: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const found = textOf(lock)
      if (found === undefined) continue
      const owner = ownerOf(found)
      if (attempt > 10 || isAlive(owner)) throw refused(file, lock, owner)
      removeStale(lock, found)
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

function removeStale(lock: string, found: string): void {
  const aside = `${lock}.stale.${process.pid}`
  try {
    renameSync(lock, aside)
    // Somebody else may have found it stale and taken it in between: then it is theirs, and goes back.
    if (textOf(aside) !== found) linkSync(aside, lock)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  rmSync(aside, { force: true })
}

function refused(file: string, lock: string, { pid, host }: Owner): UserError {
  if (host !== hostname()) {
    return new UserError(`${file} is in use by process ${pid} on ${host}; when no sweep runs there any more, delete ${lock}`)
  }
  return new UserError(`${file} is in use by another sweep, process ${pid}; wait for it, or name another file`)
}

function ownerOf(text: string): Owner {
  try {
    const { pid, started = null, host } = JSON.parse(text) as Owner
    if (Number.isInteger(pid) && typeof host === 'string') return { pid, started, host }
  } catch {}
  return { pid: 0, started: null, host: hostname() } // no lock that we wrote: stale
}

/** What cannot be known, on another machine, counts as alive. */
function isAlive({ pid, started, host }: Owner): boolean {
  if (host !== hostname()) return true
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return started === null || started === startOf(pid)
}

/** When a process started, as /proc says it; null on systems without it. */
function startOf(pid: number): string | null {
  const stat = textOf(`/proc/${pid}/stat`)
  // The second field, the program's name, may hold spaces and brackets; the start is the twentieth after it.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
