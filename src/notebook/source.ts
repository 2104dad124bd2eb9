/** Shows lines of this module's own source in a notebook, so that a formula stands beside the code that computes it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { kernel } from './kernel'

/** A piece of a line, or a pattern that matches in one. */
export type Mark = string | RegExp

/**
 * Shows source lines as they are in the files that are loaded, with the file's name. A notebook that shows code in this way cannot drift
 * from it: when the code changes, so does what is shown, and when a mark has gone the cell fails.
 *
 *   showSource('memory/schedules', 'export function decayed(', 3)
 *
 * @param module file inside src, without its ending: 'agents/double-dqn'
 * @param from   a mark that exactly one line bears: the first line shown
 * @param until  how many lines, 1 unless told; or a mark, and the first line from there on that bears it is the last one shown
 * @throws RangeError when the file or a mark is not there, or several lines bear the first mark
 */
export function showSource(module: string, from: Mark, until: number | Mark = 1): void {
  const { file, text } = sourceLines(module, from, until)
  const plain = `${file}\n\n${text}`
  const running = kernel()
  if (!running) process.stdout.write(`${plain}\n`)
  else running.display({ 'text/markdown': `\`${file}\`\n\n\`\`\`typescript\n${text}\n\`\`\``, 'text/plain': plain })
}

/** The same lines as text, without the indentation they share. */
export function sourceLines(module: string, from: Mark, until: number | Mark = 1): { readonly file: string; readonly text: string } {
  const file = `src/${module}.ts`
  const lines = readModule(module, file).split('\n')
  const begins = lines.flatMap((line, at) => (bears(line, from) ? [at] : []))
  if (begins.length !== 1) {
    const found = begins.length === 0 ? 'no line bears' : `lines ${begins.map(at => at + 1).join(', ')} bear`
    throw new RangeError(`${file}: ${found} the mark ${String(from)}; showSource needs one that is on exactly one line`)
  }
  const first = begins[0]!
  const shown = lines.slice(first, endOf(lines, first, until, file))
  const indents = shown.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length)
  const shared = Math.min(...indents)
  return { file, text: shown.map(line => line.slice(shared).trimEnd()).join('\n') }
}

function endOf(lines: readonly string[], first: number, until: number | Mark, file: string): number {
  if (typeof until === 'number') {
    if (!Number.isInteger(until) || until < 1) throw new RangeError(`until is ${until}; it is a number of lines, at least 1, or a mark`)
    if (first + until > lines.length) throw new RangeError(`${file}: there are not ${until} lines from line ${first + 1} on`)
    return first + until
  }
  const last = lines.findIndex((line, at) => at >= first && bears(line, until))
  if (last === -1) throw new RangeError(`${file}: no line from line ${first + 1} on bears the mark ${String(until)}`)
  return last + 1
}

const bears = (line: string, mark: Mark) => (typeof mark === 'string' ? line.includes(mark) : line.search(mark) !== -1)

function readModule(module: string, file: string): string {
  if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(module)) {
    throw new RangeError(`module is '${module}'; name a file inside src without its ending, such as 'agents/double-dqn'`)
  }
  try {
    return readFileSync(path.join(__dirname, '..', `${module}.ts`), 'utf8')
  } catch {
    throw new RangeError(`there is no ${file}; name a file inside src without its ending, such as 'agents/double-dqn'`)
  }
}
