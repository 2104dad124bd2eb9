/** Rows as aligned columns, numbers to the right. */

/** @param rows cells by column name; all rows have the columns of the first */
export function printTable(rows: readonly Readonly<Record<string, string | number>>[]): void {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0]!)
  const widths = columns.map(column => Math.max(column.length, ...rows.map(row => String(row[column]).length)))
  const line = (cells: readonly (string | number)[], right: readonly boolean[]) =>
    cells
      .map((cell, at) => (right[at] ? String(cell).padStart(widths[at]!) : String(cell).padEnd(widths[at]!)))
      .join('  ')
      .trimEnd()
  const right = columns.map(column => typeof rows[0]![column] === 'number' || /^(-?[\d.,]+( ?%)?|–)$/.test(String(rows[0]![column])))
  process.stdout.write(
    `${[
      line(columns, right),
      ...rows.map(row =>
        line(
          columns.map(column => row[column]!),
          right,
        ),
      ),
    ].join('\n')}\n`,
  )
}

/** Options as rows of such a table, their values as JSON; – for an option that has none. */
export function optionRows(options: Readonly<Record<string, unknown>>, column: string): Record<string, string>[] {
  return Object.entries(options).map(([option, value]) => ({ option, [column]: JSON.stringify(value) ?? '–' }))
}
