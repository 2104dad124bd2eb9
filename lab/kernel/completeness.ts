/** Whether code could be run as it stands: complete, incomplete (more lines are wanted), or invalid. */
import { ts } from './typescript'

export type Completeness = { status: 'complete' | 'invalid' } | { status: 'incomplete'; indent: string }

// "Unterminated template literal", "'*/' expected": reported where they begin, wanting more at the end.
const unterminated = new Set([1160, 1010])
// "Unterminated string literal": reported at the end, but no further line closes it.
const unterminatedString = 1002

export function completeness(code: string): Completeness {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.ES2022, false, ts.ScriptKind.TS)
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: { start: number; length: number; code: number }[] }
  const [first] = parseDiagnostics
  if (!first) return { status: 'complete' }
  const end = code.trimEnd().length
  const wantsMore = unterminated.has(first.code) || (first.start >= end && first.code !== unterminatedString)
  if (!wantsMore) return { status: 'invalid' }
  const lastLine = /[^\n]*$/.exec(code.trimEnd())![0]
  const indent = /^\s*/.exec(lastLine)![0]
  return { status: 'incomplete', indent: /[{([]\s*$/.test(lastLine) ? `${indent}  ` : indent }
}
