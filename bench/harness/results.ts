/** bench/results.md: a section for each subject, each with the machine that it was measured on; a new run replaces its own sections. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { canPin, core } from './core'
import type { Versions } from './measure'
import type { Subject } from './subject'
import { subjects } from './subjects'
import { columns } from './table'

const file = path.join(__dirname, '..', 'results.md')

const opening = `# Ours and the peers, measured

\`npm run bench\` made this file: both sides in turn in one run, each window in a process of its own, one thread. Ratios are medians against
medians and say how many times as good ours is; a missed goal stays. How to repeat it, and what the peers are: README.md in this folder.`

export function sectionOf(name: string, subject: Subject, rows: readonly (readonly string[])[], machine: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
  const picture = subject.picture ? [`![${subject.title}](figures/${name}.svg)`] : []
  return [`## ${name}`, `${subject.title}.`, ...picture, table, subject.remark.replaceAll('\n', ' '), machine].join('\n\n')
}

/** Takes the sections given, by subject, into the file. */
export function writeResults(fresh: ReadonlyMap<string, string>): void {
  const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split(/^(?=## )/m) : []
  const sections = Object.keys(subjects).flatMap(name => fresh.get(name) ?? before.find(text => text.startsWith(`## ${name}\n`)) ?? [])
  fs.writeFileSync(file, `${[opening, ...sections].map(text => text.trim()).join('\n\n')}\n`)
}

/** What the figures depend on. */
export function machineLine(versions: Versions, date?: string): string {
  const cpus = os.cpus()
  const parts = [
    ...(date ? [date] : []),
    `${cpus[0]?.model.trim() ?? 'unknown processor'}, ${cpus.length} cores, ${canPin() ? `held to core ${core}` : 'not held to a core'}`,
    `${os.type()} ${os.release().split('-')[0]}`,
    `Node.js ${process.version}`,
    ...[...versions].map(([name, version]) => `${name === 'python' ? 'Python' : name} ${version}`),
  ]
  return `Measured on: ${parts.join('; ')}.`
}
