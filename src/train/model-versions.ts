/**
 * Versions of a model side by side: a shelf is a folder with v1, v2, … (each as `saveModel` writes it) and current.json, which names the one
 * that serves.
 *
 * A version is never changed or reused. Serving another, or going back, is one small file replaced whole.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Agent } from '../agents/agent'
import { UserError } from '../data/user-error'
import { loadModel, type Policy, readPolicy, saveModel } from './model-file'
import type { RunRecord } from './run-record'
import { reason } from './sealed-files'

const currentFile = 'current.json'

export interface ModelVersion {
  readonly version: number
  /** As people know the agent. */
  readonly name: string
  readonly seed: number
  readonly episodes: number
  /** Whether this one serves. */
  readonly current: boolean
}

/**
 * Saves the agent as the shelf's next version. The first one serves at once, later ones when they are promoted.
 *
 * @param run the record of the training that made it
 * @returns its version
 * @throws UserError when the shelf cannot be written
 */
export function saveVersion(shelf: string, agent: Agent, run: RunRecord): number {
  try {
    mkdirSync(shelf, { recursive: true })
  } catch (error) {
    throw new UserError(`${shelf} cannot hold models: ${reason(error)}`)
  }
  const version = Math.max(0, ...numbersOn(shelf)) + 1
  saveModel(placeOf(shelf, version), agent, run)
  if (!existsSync(join(shelf, currentFile))) promoteVersion(shelf, version)
  return version
}

/**
 * Lets this version serve from now on; an older one goes back to it.
 *
 * @throws UserError when there is no such version, or it is damaged
 */
export function promoteVersion(shelf: string, version: number): void {
  readPolicy(folderOf(shelf, version))
  const made = join(shelf, `.${currentFile}.${process.pid}`)
  writeFileSync(made, `${JSON.stringify({ version })}\n`, { flush: true })
  renameSync(made, join(shelf, currentFile))
}

/** All versions of the shelf, oldest first. */
export function modelVersions(shelf: string): ModelVersion[] {
  const serving = currentVersion(shelf)
  return numbersOn(shelf).map(version => {
    const { name, run } = readPolicy(placeOf(shelf, version))
    return { version, name, seed: run.seed, episodes: run.episodes, current: version === serving }
  })
}

/** True for a folder that holds versions and not a single model. */
export function isShelf(folder: string): boolean {
  return existsSync(join(folder, currentFile))
}

/**
 * The agent of a version, of the one that serves unless told.
 *
 * @throws UserError when there is no such version, or it is damaged
 */
export async function loadVersion(
  shelf: string,
  version = currentVersion(shelf),
): Promise<{ agent: Agent; policy: Policy; version: number }> {
  return { ...(await loadModel(folderOf(shelf, version))), version }
}

/** The folder of a version that is there. */
export function folderOf(shelf: string, version = currentVersion(shelf)): string {
  const there = numbersOn(shelf)
  if (!there.includes(version)) {
    throw new UserError(
      `${shelf} has no version ${version}; it has ${there.length ? there.join(', ') : 'none: saveVersion makes the first'}`,
    )
  }
  return placeOf(shelf, version)
}

function currentVersion(shelf: string): number {
  const path = join(shelf, currentFile)
  if (!existsSync(path)) throw new UserError(`there are no model versions in ${shelf}: it has no ${currentFile}`)
  try {
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: unknown }
    if (Number.isInteger(version)) return version as number
  } catch {
    // Told below, as for JSON that says something else.
  }
  throw new UserError(`${path} is damaged: it must be {"version": a whole number}; promoteVersion writes it anew`)
}

function placeOf(shelf: string, version: number): string {
  return join(shelf, `v${version}`)
}

function numbersOn(shelf: string): number[] {
  if (!existsSync(shelf)) return []
  const numbers = readdirSync(shelf).flatMap(name => /^v([1-9]\d*)$/.exec(name)?.[1] ?? [])
  return numbers.map(Number).sort((one, other) => one - other)
}
