/** Where the shop's files are looked for when no folder is named: a notebook runs in notebooks/, a command where the user stands. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The folder `data` with a users.csv in it, here or in the nearest folder above; `data` here when there is none. */
export function dataFolder(from: string = process.cwd()): string {
  const start = resolve(from)
  for (let at = start; ; at = dirname(at)) {
    if (existsSync(join(at, 'data', 'users.csv'))) return join(at, 'data')
    if (dirname(at) === at) return join(start, 'data')
  }
}
