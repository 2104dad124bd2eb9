/** Columns of typed arrays that grow together: a table that takes in row after row without an allocation for each. */

type Column = Int32Array | Uint8Array | Float64Array

/**
 * A table without rows. Write row number `count` into the `columns`, then raise `count`; ask for room first.
 *
 * @param makers what each column is made by: { session: Int32Array, price: Float64Array }
 * @param room   for so many rows at first
 */
export function growingColumns<Makers extends Record<string, new (length: number) => Column>>(makers: Makers, room: number) {
  const names = Object.keys(makers) as (keyof Makers)[]
  const make = (length: number) => Object.fromEntries(names.map(name => [name, new makers[name]!(length)]))
  const table = {
    count: 0,
    room,
    columns: make(room) as { [Name in keyof Makers]: InstanceType<Makers[Name]> },
    /** After the call there is room for so many more rows; `columns` are other arrays where there was none. */
    makeRoom(more: number) {
      if (table.count + more <= table.room) return
      table.room = Math.max(2 * table.room, table.count + more)
      const larger = make(table.room) as typeof table.columns
      for (const name of names) larger[name].set(table.columns[name].subarray(0, table.count) as never)
      table.columns = larger
    },
  }
  return table
}

/** The cells at these places, at most as many as the column has. */
export function gathered<Cells extends Column>(column: Cells, places: Int32Array): Cells {
  const cells = column.slice(0, places.length) as Cells
  for (let at = 0; at < places.length; at++) cells[at] = column[places[at]!]!
  return cells
}
