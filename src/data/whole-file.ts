/** A file that is written whole or not at all, and the errors of doing so in words. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UserError } from './user-error'

/**
 * Writes beside the place and then renames, so that a full disk or an interruption leaves what stood there.
 *
 * @param file its folder is made when it does not exist
 * @throws UserError when the place may not be written or is full
 */
export function writeWholeFile(file: string, content: string | Uint8Array): void {
  const aside = `${file}.tmp`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(aside, content)
    renameSync(aside, file)
  } catch (error) {
    remove(aside)
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') throw new UserError(`${file} is a folder; a file cannot be written over it`)
    throw mended(error, file)
  }
}

/** What cannot be removed was never there: where the folder is a file, even looking for it fails. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {}
}

/** The error of a file system in words for the user; any other as it is. */
export function mended(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM')
    return new UserError(`${folder} may not be written: permission is missing; nothing was changed`)
  if (code === 'EROFS') return new UserError(`${folder} lies on a disk that is read-only; nothing was changed`)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new UserError(`the disk of ${folder} is full; make room and try again, the old files are as they were`)
  if (code === 'ENOTDIR' || code === 'EEXIST') return new UserError(`${folder} is no folder: a file of that name is in the way`)
  return error
}
