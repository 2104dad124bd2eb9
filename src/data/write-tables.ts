/** A shop's tables as users.csv, items.csv, interactions.csv and README.md; the same tables give the same bytes. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { csvLine } from './csv'
import { folderReadme } from './folder-readme'
import { tableColumns } from './read-tables'
import { interactionEvents, type ShopTables } from './tables'
import { UserError } from './user-error'

/**
 * Writes the four files; other files of the folder stay as they are.
 *
 * Everything is written beside the old files first and then renamed over them, so that a full disk or an interruption leaves the old ones.
 *
 * @param folder made when it does not exist
 * @returns the files' paths
 * @throws UserError when the place may not be written or is full
 */
export function writeTables(tables: ShopTables, folder: string): string[] {
  const files = tableFiles(tables)
  let aside: string | undefined
  try {
    mkdirSync(folder, { recursive: true })
    aside = mkdtempSync(join(folder, '.writing-'))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(aside, name), content, { flush: true })
    for (const name of Object.keys(files)) renameSync(join(aside, name), join(folder, name))
  } catch (error) {
    throw mended(error, folder)
  } finally {
    if (aside) rmSync(aside, { recursive: true, force: true })
  }
  return Object.keys(files).map(name => join(folder, name))
}

/** The four files' contents by name. */
export function tableFiles(tables: ShopTables): Record<string, string> {
  const { users, items, interactions, width } = tables
  const columns = Array.from({ length: width }, (_, at) => `e${at}`)
  const embedding = (all: Float64Array, row: number) => Array.from(all.subarray(row * width, (row + 1) * width))
  const lines = (header: readonly string[], count: number, cells: (row: number) => (string | number)[]) =>
    csvLine(header) + Array.from({ length: count }, (_, row) => csvLine(cells(row))).join('')
  return {
    'users.csv': lines([...tableColumns.users, ...columns], users.count, row => [
      users.ids[row]!,
      users.age[row]!,
      users.gender[row]!,
      users.location[row]!,
      users.signupDate[row]!,
      ...embedding(users.embeddings, row),
    ]),
    'items.csv': lines([...tableColumns.items, ...columns], items.count, row => [
      items.ids[row]!,
      items.titles[row]!,
      items.categories[row]!,
      items.price[row]!,
      items.rating[row]!,
      ...embedding(items.embeddings, row),
    ]),
    'interactions.csv': lines(tableColumns.interactions, interactions.count, row => [
      users.ids[interactions.user[row]!]!,
      items.ids[interactions.item[row]!]!,
      interactions.timestamp[row]!,
      interactions.weight[row]!,
      interactionEvents[interactions.event[row]!]!,
    ]),
    'README.md': folderReadme(tables),
  }
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
