/**
 * Watching files without watchers: TypeScript says which files it would be told about, and is told when the kernel looks.
 *
 * A live watcher would hold the process open, cost a handle a file, and change types while the loaded code stays as it was.
 */
import { statSync } from 'node:fs'
import { relative } from 'node:path'
import { ts, type Watched } from './typescript'

interface Watch {
  readonly path: string
  readonly told: Watched
  stamp: string
}

const watches = new Set<Watch>()

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? `${stat.mtimeMs} ${stat.size}` : ''
}

/** Must come before the first program is built. */
export function watchOnRequest(): void {
  ts.sys.watchFile = (path, told) => {
    const watch = { path, told: told as Watched, stamp: stampOf(path) }
    watches.add(watch)
    return { close: () => watches.delete(watch) }
  }
  ts.sys.watchDirectory = () => ({ close: () => undefined })
}

/** True for a file in `folder`, not in a node_modules of it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return !way.startsWith('..') && !way.includes('node_modules')
}

/** Tells TypeScript about the files of `folder` that changed since it last read them. */
export function tellOfChanges(folder: string): void {
  for (const watch of [...watches]) {
    if (!isWithin(folder, watch.path)) continue
    const stamp = stampOf(watch.path)
    if (stamp === watch.stamp) continue
    const event = watch.stamp === '' ? 0 : stamp === '' ? 2 : 1 // created, deleted, changed
    watch.stamp = stamp
    watch.told(watch.path, event)
  }
}
