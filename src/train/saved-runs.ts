/** The runs in a folder: itself, the version that serves on a shelf, or all that a training file has saved inside. */
import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { UserError } from '../data/user-error'
import { checkShopFiles, isModel, type Policy, readPolicy } from './model-file'
import { folderOf, isShelf } from './model-versions'

export interface SavedRun {
  /** Alone the agent's name, of several the folder's. */
  readonly label: string
  readonly folder: string
  readonly policy: Policy
}

/**
 * @throws UserError when there is no run, one is damaged, the files of its shop have changed, or several are of different shops
 */
export function savedRuns(place: string): SavedRun[] {
  if (isShelf(place) || isModel(place)) {
    const folder = isModel(place) ? place : folderOf(place)
    const policy = readPolicy(folder)
    checkShopFiles(folder, policy)
    return [{ label: policy.agent, folder, policy }]
  }
  const folders = inside(place).map(name => join(place, name))
  const runs = folders.filter(isModel).map(folder => ({ label: basename(folder), folder, policy: readPolicy(folder) }))
  if (runs.length === 0)
    throw new UserError(`there is no run in ${place}: neither policy.json nor folders with one; npx shoplab train saves runs`)
  for (const { folder, policy } of runs) {
    checkShopFiles(folder, policy)
    if (shopOf(policy) === shopOf(runs[0]!.policy)) continue
    throw new UserError(`${runs[0]!.folder} and ${folder} were trained in different shops; evaluate them one by one`)
  }
  return runs
}

function inside(place: string): string[] {
  try {
    return readdirSync(place).sort()
  } catch {
    const what = statSync(place, { throwIfNoEntry: false }) ? 'is no folder' : 'does not exist'
    throw new UserError(`there is no run in ${place}: it ${what}`)
  }
}

function shopOf({ env }: Policy): string {
  return JSON.stringify([env.name, env.options])
}
