/**
 * The users × items matrix of a log, sparse: only pairs that met are stored, in compressed sparse rows (the format of SciPy's csr_matrix).
 *
 * Three lists hold it: the stored values row after row, the column of each, and for each row where it starts. The guide's shop
 * of 500 × 100 fills a twentieth of its matrix and takes a tenth of its memory; real shops fill far less than a hundredth.
 */
import { checkWord } from './check'
import type { ShopTables } from './tables'

export interface SparseMatrix {
  readonly rows: number
  readonly columns: number
  /** How many values are stored; none is 0. */
  readonly stored: number
  /** [rows + 1]: where in `indices` and `values` each row starts; the last number is `stored`. */
  readonly starts: Int32Array
  /** [stored]: the column of each value, ascending in a row. */
  readonly indices: Int32Array
  /** [stored] */
  readonly values: Float32Array
  /** stored / (rows · columns); 0 where there are no pairs */
  readonly density: number
  /** 1 - density */
  readonly sparsity: number
  /** What the three lists take, and what a full Float32Array would. */
  readonly bytes: number
  readonly denseBytes: number
  /** A row's columns and values: views, not copies. */
  row(row: number): { readonly indices: Int32Array; readonly values: Float32Array }
  /** One value; 0 for a pair that is not stored. */
  at(row: number, column: number): number
  /** The matrix with rows and columns exchanged: its rows are this one's columns. */
  transpose(): SparseMatrix
}

/** What a pair's value is: the sum of its weights (0, .5, 1 for each time), how often it engaged, or how often it met at all. */
export const matrixValues = ['weight', 'engagements', 'impressions'] as const

/**
 * The matrix of a shop's interactions: rows are users, columns items, pairs that met several times are summed.
 *
 * @param tables a shop's; for one part of a split `{ ...tables, interactions: split.train }`
 * @throws RangeError when an interaction lies outside the tables
 */
export function interactionMatrix(
  {
    users,
    items,
    interactions,
  }: Pick<ShopTables, 'interactions'> & {
    readonly users: { readonly count: number }
    readonly items: { readonly count: number }
  },
  { values = 'weight' }: { readonly values?: (typeof matrixValues)[number] } = {},
): SparseMatrix {
  checkWord('values', values, matrixValues)
  const { user, item, weight, count } = interactions
  const [rowOf, columnOf, amountOf] = [new Int32Array(count), new Int32Array(count), new Float32Array(count)]
  let entries = 0
  for (let row = 0; row < count; row++) {
    if (!(user[row]! < users.count && item[row]! < items.count)) {
      throw new RangeError(
        `interaction ${row} is of user ${user[row]} and item ${item[row]}; there are ${users.count} users and ${items.count} items`,
      )
    }
    const value = values === 'weight' ? weight[row]! : values === 'impressions' ? 1 : weight[row]! > 0 ? 1 : 0
    if (value === 0) continue
    rowOf[entries] = user[row]!
    columnOf[entries] = item[row]!
    amountOf[entries++] = value
  }
  const byColumn = compress(items.count, columnOf.subarray(0, entries), rowOf, amountOf)
  // Sorted by column first, each row comes out with its columns ascending, equal ones side by side.
  const byRow = compress(users.count, byColumn.indices, rowsOf(byColumn.starts, entries), byColumn.values)
  return matrix(users.count, items.count, mergeEqual(byRow))
}

interface Lists {
  readonly starts: Int32Array
  readonly indices: Int32Array
  readonly values: Float32Array
}

/** Sorts entries by row (counting sort, which keeps the order within a row). */
function compress(rows: number, rowOf: Int32Array, columnOf: Int32Array, amountOf: Float32Array): Lists {
  const starts = new Int32Array(rows + 1)
  for (const row of rowOf) starts[row + 1]!++
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!
  const next = starts.slice()
  const indices = new Int32Array(rowOf.length)
  const values = new Float32Array(rowOf.length)
  rowOf.forEach((row, entry) => {
    const place = next[row]!++
    indices[place] = columnOf[entry]!
    values[place] = amountOf[entry]!
  })
  return { starts, indices, values }
}

/** The row of every entry. */
function rowsOf(starts: Int32Array, entries: number): Int32Array {
  const rows = new Int32Array(entries)
  for (let row = 0; row + 1 < starts.length; row++) rows.fill(row, starts[row]!, starts[row + 1]!)
  return rows
}

function mergeEqual({ starts, indices, values }: Lists): Lists {
  const merged = new Int32Array(starts.length)
  let stored = 0
  for (let row = 0; row + 1 < starts.length; row++) {
    const start = stored
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      if (stored > start && indices[stored - 1] === indices[entry]) values[stored - 1]! += values[entry]!
      else {
        indices[stored] = indices[entry]!
        values[stored++] = values[entry]!
      }
    }
    merged[row + 1] = stored
  }
  return { starts: merged, indices: indices.slice(0, stored), values: values.slice(0, stored) }
}

function matrix(rows: number, columns: number, { starts, indices, values }: Lists): SparseMatrix {
  const stored = indices.length
  const density = rows * columns === 0 ? 0 : stored / (rows * columns)
  const check = (name: string, value: number, count: number) => {
    if (!(Number.isInteger(value) && value >= 0 && value < count))
      throw new RangeError(`${name} is ${value}; it must be a whole number between 0 and ${count - 1}`)
  }
  return {
    rows,
    columns,
    stored,
    starts,
    indices,
    values,
    density,
    sparsity: 1 - density,
    bytes: starts.byteLength + indices.byteLength + values.byteLength,
    denseBytes: 4 * rows * columns,
    row(row) {
      check('row', row, rows)
      return { indices: indices.subarray(starts[row]!, starts[row + 1]!), values: values.subarray(starts[row]!, starts[row + 1]!) }
    },
    at(row, column) {
      check('row', row, rows)
      check('column', column, columns)
      let low = starts[row]!
      let high = starts[row + 1]!
      while (low < high) {
        const middle = (low + high) >> 1
        if (indices[middle]! < column) low = middle + 1
        else high = middle
      }
      return low < starts[row + 1]! && indices[low] === column ? values[low]! : 0
    },
    transpose: () => matrix(columns, rows, compress(columns, indices, rowsOf(starts, stored), values)),
  }
}
