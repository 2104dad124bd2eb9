/** An error as the command line shows it: its message alone where the user can mend it, with the stack trace where we must. */

/** What the system says when a file cannot be read or written, in words. */
const fileErrors: Readonly<Record<string, string>> = {
  EACCES: 'no permission; choose a folder that you may write to',
  EPERM: 'not permitted; choose a folder that you may write to',
  EROFS: 'this disk can only be read; choose another folder',
  ENOSPC: 'the disk is full; make room and run the command again',
  EDQUOT: 'your share of the disk is full; make room and run the command again',
  ENOTDIR: 'a part of this path is a file, not a folder; choose another path',
  EISDIR: 'this is a folder, not a file',
  ENOENT: 'there is no such file or folder',
  EEXIST: 'a file stands where a folder is needed; choose another path',
}

export function explain(error: unknown): string {
  if (!(error instanceof Error)) return `shoplab: ${String(error)}`
  if (process.env.SHOPLAB_DEBUG === '1') return `shoplab: ${error.stack ?? error.message}`
  const { code, path } = error as NodeJS.ErrnoException
  if (path !== undefined && code !== undefined && code in fileErrors) return `shoplab: ${path}: ${fileErrors[code]}`
  // By name: a cell or a bundle may hold the class twice.
  if (error.name === 'UserError' || error instanceof RangeError) return `shoplab: ${error.message}`
  return `shoplab: ${error.stack ?? error.message}`
}
