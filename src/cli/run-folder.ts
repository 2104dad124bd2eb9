/** Where a run is saved when no folder is named: never over an earlier run. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { hasCheckpoint } from '../train/training-checkpoint'

/** Where a run's checkpoints stand: beside it, for the run is replaced as a whole when it is saved. */
export function checkpointsOf(folder: string): string {
  return `${folder}.checkpoint`
}

/** The folder itself, or the first of folder-2, folder-3, … with neither a run nor checkpoints in its place. */
export function freeFolder(folder: string): string {
  for (let number = 1; ; number++) {
    const one = number === 1 ? folder : `${folder}-${number}`
    if (!existsSync(one) && !existsSync(checkpointsOf(one))) return one
  }
}

/** Of folder, folder-2, folder-3, … the one whose checkpoint was written last; the folder itself when none has one. */
export function resumableFolder(folder: string): string {
  const parent = dirname(folder)
  if (!existsSync(parent)) return folder
  const ending = /^(-\d+)?\.checkpoint$/
  const written = (one: string) => statSync(checkpointsOf(one)).mtimeMs
  return (
    readdirSync(parent)
      .filter(name => name.startsWith(basename(folder)) && ending.test(name.slice(basename(folder).length)))
      .map(name => join(parent, basename(name, '.checkpoint')))
      .filter(one => hasCheckpoint(checkpointsOf(one)))
      .reduce((newest, one) => (newest === '' || written(one) > written(newest) ? one : newest), '') || folder
  )
}
