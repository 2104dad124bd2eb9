/**
 * Whether tables are what they say they are: what was generated is told by its seed and sizes, since the record of a run has no room for it,
 * and made again from them it must be equal, cell by cell.
 */

export interface DifferentCell {
  readonly column: string
  readonly row: number
  readonly given: unknown
  readonly expected: unknown
}

/**
 * The first cell in which two tables differ; undefined where there is none. A table is an object of columns; a number is a column of one cell.
 *
 * @param expected columns that it does not have are not looked at
 */
export function differentCell(given: object, expected: object): DifferentCell | undefined {
  for (const [column, values] of Object.entries(expected)) {
    const [cells, others] = [listOf(values), listOf(Reflect.get(given, column))]
    for (let row = 0; row < Math.max(cells.length, others.length); row++) {
      if (others[row] !== cells[row]) return { column, row, given: others[row], expected: cells[row] }
    }
  }
  return undefined
}

function listOf(values: unknown): ArrayLike<unknown> {
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView))
  return isList ? (values as ArrayLike<unknown>) : [values]
}
