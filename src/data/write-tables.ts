/**
 * A shop's tables as users.csv, items.csv, interactions.csv and README.md; the same tables give the same bytes.
 *
 * Tables without embeddings have no columns e0, e1, …; a log without events has no column for them.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { csvLine } from './csv'
import { folderReadme } from './folder-readme'
import { logReadme } from './interaction-log-readme'
import { logColumns, tableColumns } from './read-tables'
import { interactionEvents, type ShopTables } from './tables'
import { mended } from './whole-file'

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
  // An empty log keeps the column: it may be the candy store's.
  const events = interactions.event.length === interactions.count
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
    'interactions.csv': lines(logColumns(events), interactions.count, row => [
      users.ids[interactions.user[row]!]!,
      items.ids[interactions.item[row]!]!,
      interactions.timestamp[row]!,
      interactions.weight[row]!,
      ...(events ? [interactionEvents[interactions.event[row]!]!] : []),
    ]),
    'README.md': width === 0 ? logReadme(tables) : folderReadme(tables),
  }
}
