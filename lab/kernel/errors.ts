/** Errors as a reader of the notebook should see them: the message, the cell's own line, and no frame of the machinery. */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import type { Diagnostic } from 'tslab/dist/converter'

/** The content of an `error` message, after Jupyter's protocol. */
export interface ErrorContent {
  ename: string
  evalue: string
  traceback: string[]
}

/** The text of a cell by the name its stack frames bear, as in `cell [3]`. */
export type Cells = ReadonlyMap<string, string>

/** A cell that does not compile. */
export class TypeScriptError extends Error {
  override readonly name = 'TypeScriptError'

  constructor(
    readonly cell: string,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    super(diagnostics.map(({ start, messageText }) => `line ${start.line + 1}, column ${start.character + 1}: ${messageText}`)[0])
  }
}

/** A cell that the user stopped. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'

  constructor() {
    super('the cell was interrupted')
  }
}

const red = (text: string) => `\x1b[31m${text}\x1b[0m`
const frame = /^\s+at (?:(.*?) \()?((?:file:\/\/)?[^()]+?):(\d+):(\d+)\)?$/
const machinery = /^node:|[\\/]node_modules[\\/](tslab|tsx|@tslab)[\\/]|[\\/]lab[\\/](kernel|jupyter)[\\/]/
const cellPath = /cell \[[^\]]*\]$/

/** The line with a caret under its column, both counted from 1. */
function excerpt(cells: Cells, cell: string, line: number, column: number): string[] {
  const text = cells.get(cell)?.split('\n')[line - 1]
  if (text === undefined) return []
  const margin = `${line} | `
  return [`    ${margin}${text}`, `    ${' '.repeat(margin.length)}${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}^`]
}

/** Where the error passed: lines of cells, files relative to the notebook. */
function places(stack: string, cells: Cells): string[] {
  const lines: string[] = []
  const add = (line: string) => lines.at(-1) === line || lines.push(line) // a recursion once
  for (const text of stack.split('\n')) {
    const found = frame.exec(text)
    if (!found) continue
    const [, caller = '', place = '', line = '', column = ''] = found
    if (machinery.test(place)) continue
    const cell = cellPath.exec(place)?.[0]
    const name = caller.replace(/^(async )?(Module|Object)\.(?=\w)/, '$1')
    if (cell) {
      const inside = /^(async )?cell$|^$|<anonymous>|module\.exports/.test(name) ? '' : ` (in ${name.replace(/^async /, '')})`
      const first = !lines.some(shown => shown.includes('cell ['))
      add(`  at ${cell}, line ${line}${inside}`)
      if (first) lines.push(...excerpt(cells, cell, Number(line), Number(column)))
    } else {
      const path = place.startsWith('file://') ? fileURLToPath(place) : place
      add(`  at ${name && `${name} `}(${relative(process.cwd(), path)}:${line}:${column})`)
    }
  }
  return lines
}

function describeDiagnostics({ cell, diagnostics }: TypeScriptError, cells: Cells): ErrorContent {
  const traceback: string[] = []
  let before: Diagnostic | undefined
  for (const diagnostic of diagnostics) {
    const { start, end, messageText, code, fileName } = diagnostic
    const continues = before && before.start.offset === start.offset && before.end.offset === end.offset && before.fileName === fileName
    if (continues) traceback.push(`    ${messageText}`)
    else {
      traceback.push(red(`${fileName ?? cell}, line ${start.line + 1}, column ${start.character + 1}: ${messageText} (TS${code})`))
      if (!fileName) traceback.push(...excerpt(cells, cell, start.line + 1, start.character + 1))
    }
    before = diagnostic
  }
  const [first] = diagnostics
  return {
    ename: 'TypeScriptError',
    evalue: first ? `line ${first.start.line + 1}, column ${first.start.character + 1}: ${first.messageText}` : '',
    traceback,
  }
}

export function describeError(error: unknown, cells: Cells): ErrorContent {
  if (error instanceof TypeScriptError) return describeDiagnostics(error, cells)
  // An error made in another context (vm, worker) is no instance of this one's Error.
  if (!(error instanceof Error) && Object.prototype.toString.call(error) !== '[object Error]') {
    const value = typeof error === 'string' ? error : inspect(error)
    return { ename: 'Thrown', evalue: value, traceback: [red(`Thrown: ${value}`)] }
  }
  const { name, message, stack, cause } = error as Error & { cause?: unknown }
  const ename = String(name || 'Error')
  const evalue = String(message)
  const traceback = [red(evalue === '' ? ename : `${ename}: ${evalue}`)]
  if (ename === 'UserError')
    traceback.push(...places(String(stack), cells).filter(line => !line.startsWith('  at') || line.includes('cell [')))
  else if (ename !== 'Interrupted') traceback.push(...places(String(stack), cells))
  if (error instanceof AggregateError) {
    for (const one of error.errors.slice(0, 5)) traceback.push('one of the errors:', ...describeError(one, cells).traceback)
  }
  if (cause !== undefined) traceback.push('caused by:', ...describeError(cause, cells).traceback)
  return { ename, evalue, traceback }
}
