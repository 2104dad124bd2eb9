/** Ranking metrics of two tables, for notebooks: what was recommended and what was relevant in, a row for each user or the means out. */
import { checkWord } from '../data/check'
import { toDataFrame } from '../data/data-frame'
import type { DataFrame } from '../data/load-tables'
import { type RankingMetricsOptions, rankingMetrics } from './ranking-metrics'

export interface RankingMetricsFrameOptions extends Omit<RankingMetricsOptions, 'catalogue'> {
  /** 'user': a row for each user (default). 'mean': a row for each metric, its mean over users. */
  readonly by?: 'user' | 'mean'
}

/**
 * Metrics as `rankingMetrics` has them, of DataFrames.
 *
 * Measured are the users of `truth`, in the order in which they first stand there: one without recommendations scores 0, recommendations to
 * others are left out, since nothing is known of what is relevant to them. Ids are texts or numbers, the same in both tables.
 *
 * @param recommendations  columns user_id and item_id, with `rank` (the lowest first, no two equal for a user) or, where there is none,
 *   `score` (the highest first; of equal scores the row that stands first); rows in any order
 * @param truth            columns user_id and item_id, one row for each relevant item; with a column `gain`, or `relevance`, also how
 *   relevant it is, 0 or more
 * @returns by user: user_id and a column for each metric and cut-off, named as 'ndcg@10'; by mean: metric and mean
 * @throws RangeError when a column is missing, a cell has no id or is not a number, a user has an item or a rank twice, no user of the truth
 *   has recommendations, or an option is out of range
 */
export function rankingMetricsFrame(
  recommendations: DataFrame,
  truth: DataFrame,
  { by = 'user', ...options }: RankingMetricsFrameOptions,
): DataFrame {
  checkWord('by', by, ['user', 'mean'])
  checkFrame('recommendations', recommendations)
  checkFrame('truth', truth)
  for (const name of ['user_id', 'item_id']) checkSameKind(name, recommendations, truth)
  const users = new Numbering()
  const items = new Numbering()
  const relevant = rowsByUser('truth', truth, users, items, true)
  const shown = rowsByUser('recommendations', recommendations, users, items, false)
  if (shown.every(rows => rows.length === 0)) {
    throw new RangeError('no user of the truth has recommendations; are the ids of both tables the same ones?')
  }
  sortRows(recommendations, shown)
  const width = shown.reduce((widest, rows) => Math.max(widest, rows.length), 0)
  const lists = new Int32Array(shown.length * width).fill(-1)
  shown.forEach((rows, user) => {
    for (let place = 0; place < rows.length; place++) lists[user * width + place] = rows[place]!.item
  })
  const offsets = new Int32Array(relevant.length + 1)
  for (let user = 0; user < relevant.length; user++) offsets[user + 1] = offsets[user]! + relevant[user]!.length
  const wanted = relevant.flat()
  const gainName = ['gain', 'relevance'].find(name => truth.columns.includes(name))
  const gains = gainName === undefined ? undefined : numbers('truth', truth, gainName, 0)
  const measured = rankingMetrics(
    { users: shown.length, width, items: lists },
    {
      offsets,
      items: Int32Array.from(wanted, ({ item }) => item),
      ...(gains ? { gains: Float64Array.from(wanted, ({ row }) => gains[row]!) } : {}),
    },
    options,
  )
  if (by === 'mean') return toDataFrame(Object.entries(measured.means).map(([metric, mean]) => ({ metric, mean })))
  const columns = Object.entries(measured.users)
  return toDataFrame(
    users.ids.map((id, user) => ({ user_id: id, ...Object.fromEntries(columns.map(([name, values]) => [name, values[user]!])) })),
  )
}

/** Ids as numbers from 0, in the order in which they come. */
class Numbering {
  readonly ids: (string | number)[] = []
  private readonly known = new Map<string | number, number>()

  find(id: string | number): number | undefined {
    return this.known.get(id)
  }

  add(id: string | number): number {
    const found = this.known.get(id)
    if (found !== undefined) return found
    this.known.set(id, this.ids.length)
    return this.ids.push(id) - 1
  }
}

interface Row {
  /** Its number in the table. */
  readonly row: number
  readonly item: number
}

/** The rows of each user; new users are added to those known, or else their rows left out. */
function rowsByUser(table: string, frame: DataFrame, users: Numbering, items: Numbering, add: boolean): Row[][] {
  const userIds = ids(table, frame, 'user_id')
  const itemIds = ids(table, frame, 'item_id')
  const rows: Row[][] = users.ids.map(() => [])
  const had: Set<number>[] = users.ids.map(() => new Set())
  for (let row = 0; row < userIds.length; row++) {
    const user = add ? users.add(userIds[row]!) : users.find(userIds[row]!)
    if (user === undefined) continue
    const item = items.add(itemIds[row]!)
    const own = (rows[user] ??= [])
    const before = (had[user] ??= new Set())
    if (before.has(item)) {
      throw new RangeError(`${table}: user ${userIds[row]} has item ${itemIds[row]} twice, again in row ${row}; remove the duplicate`)
    }
    before.add(item)
    own.push({ row, item })
  }
  return rows
}

/** Best first, in place. */
function sortRows(recommendations: DataFrame, shown: readonly Row[][]): void {
  const ranked = recommendations.columns.includes('rank')
  if (!ranked && !recommendations.columns.includes('score')) {
    throw new RangeError(
      `recommendations has neither a column rank nor a column score; its columns are ${recommendations.columns.join(', ')}`,
    )
  }
  const column = numbers('recommendations', recommendations, ranked ? 'rank' : 'score', -Infinity)
  for (const rows of shown) {
    rows.sort((one, other) => {
      const [a, b] = [column[one.row]!, column[other.row]!]
      // Infinite scores may be equal; their difference would be no number.
      return a === b ? 0 : a < b === ranked ? -1 : 1
    })
    if (!ranked) continue
    const twice = rows.findIndex(({ row }, at) => at > 0 && column[row] === column[rows[at - 1]!.row])
    if (twice > 0) {
      const { row } = rows[twice]!
      throw new RangeError(`recommendations: rank ${column[row]} in row ${row} stands twice for its user; no two ranks of a user are equal`)
    }
  }
}

function checkFrame(table: string, frame: DataFrame): void {
  if (Array.isArray(frame?.columns) && typeof frame.column === 'function') return
  throw new RangeError(`${table} is no DataFrame; toDataFrame(rows) makes one of rows`)
}

/** Ids that are texts in one table and numbers in the other would never meet. */
function checkSameKind(name: string, recommendations: DataFrame, truth: DataFrame): void {
  const kinds = (table: string, frame: DataFrame) =>
    new Set(ids(table, frame, name).map(id => (typeof id === 'string' ? 'texts' : 'numbers')))
  const [shown, wanted] = [kinds('recommendations', recommendations), kinds('truth', truth)]
  if (shown.size === 0 || wanted.size === 0 || Array.from(shown).some(kind => wanted.has(kind))) return
  throw new RangeError(
    `${name} holds ${Array.from(shown)[0]} in recommendations and ${Array.from(wanted)[0]} in truth; make them the same in both, or none will be found`,
  )
}

function ids(table: string, frame: DataFrame, name: string): (string | number)[] {
  return cells(table, frame, name).map((cell, row) => {
    if (typeof cell === 'string' || (typeof cell === 'number' && !Number.isNaN(cell))) return cell
    throw new RangeError(`${table}: ${name} in row ${row} is ${cell}; ids are texts or numbers`)
  })
}

function numbers(table: string, frame: DataFrame, name: string, low: number): number[] {
  return cells(table, frame, name).map((cell, row) => {
    if (typeof cell === 'number' && cell >= low) return cell
    const said = typeof cell === 'string' ? `the text ${JSON.stringify(cell)}` : cell
    throw new RangeError(`${table}: ${name} in row ${row} is ${said}; it must be a number${low === 0 ? ' of at least 0' : ''}`)
  })
}

function cells(table: string, frame: DataFrame, name: string): unknown[] {
  if (frame.columns.includes(name)) return frame.column(name).values
  throw new RangeError(`${table} has no column ${name}; its columns are ${frame.columns.join(', ')}`)
}
