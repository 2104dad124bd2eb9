/** bench/results.md: a section for each subject, each with the machine that it was measured on; a new run replaces its own sections. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { canPin, core } from './core'
import { peerVersions } from './measure'
import type { Subject } from './subject'
import { subjects } from './subjects'
import { columns } from './table'

export const resultsFile = path.join(__dirname, '..', 'results.md')

const opening = `# Ours and the peers, measured

\`npm run bench\` made this file: both sides in turn in one run, each window in a process of its own, one thread. Ratios are medians against
medians and say how many times as good ours is; a missed goal stays. How to repeat it, and what the peers are: README.md in this folder.
`

export function section(name: string, subject: Subject, rows: readonly (readonly string[])[], date: string | undefined): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
  return `## ${name}\n\n${subject.title}.\n\n${table}\n\n${subject.remark.replaceAll('\n', ' ')}\n\n${machine(date)}\n`
}

/** Takes the sections given into the file, in the order of the subjects. */
export function writeResults(fresh: ReadonlyMap<string, string>): void {
  const before = fs.existsSync(resultsFile) ? fs.readFileSync(resultsFile, 'utf8') : ''
  const kept = new Map(
    before.split(/^(?=## )/m).flatMap(text => (/^## (.+)/.test(text) ? [[/^## (.+)/.exec(text)![1]!, text.trim()]] : [])) as [
      string,
      string,
    ][],
  )
  for (const [name, text] of fresh) kept.set(name, text.trim())
  const sections = Object.keys(subjects).flatMap(name => kept.get(name) ?? [])
  fs.writeFileSync(resultsFile, `${[opening.trim(), ...sections].join('\n\n')}\n`)
}

/** What the figures depend on. */
export function machine(date?: string): string {
  const cpus = os.cpus()
  const peers = [...peerVersions].map(([name, version]) => `${name === 'python' ? 'Python' : name} ${version}`)
  const parts = [
    ...(date ? [date] : []),
    `${cpus[0]?.model.trim() ?? 'unknown processor'}, ${cpus.length} cores, ${canPin() ? `held to core ${core}` : 'not held to a core'}`,
    `${os.type()} ${os.release().split('-')[0]}`,
    `Node.js ${process.version}`,
    ...peers,
  ]
  return `Measured on: ${parts.join('; ')}.`
}
