/** Measures a subject: ours and the peer in turn, in one run, each in a process of its own on the same core. */
import fs from 'node:fs'
import path from 'node:path'
import { UserError } from '../../src/data/user-error'
import { runOnCore } from './core'
import { type Case, type Figure, isPython, type PythonPeer, type Subject, type Window } from './subject'

export interface Measured {
  readonly what: string
  readonly figures: readonly Figure[]
  readonly ours: readonly Series[]
  /** Left out where the peers are not installed. */
  readonly peer?: Series
}

/** What one side gave: a list of turns for each figure. */
export interface Series {
  readonly name: string
  readonly turns: readonly (readonly number[])[]
}

export interface MeasureOptions {
  readonly seconds?: number
  readonly turns?: number
  /** Told before each measurement. */
  readonly onStart: (what: string) => void
  /** Told of each case that is done. */
  readonly onCase: (measured: Measured) => void
}

/** By package, as the peers' scripts report them. */
export type Versions = Map<string, string>

export async function measure(
  name: string,
  subject: Subject,
  options: MeasureOptions,
): Promise<{ readonly cases: readonly Measured[]; readonly versions: Versions }> {
  const turns = options.turns ?? subject.turns ?? 3
  const seconds = options.seconds ?? subject.seconds ?? 4
  const done: Measured[] = []
  const versions: Versions = new Map()
  for (const [at, one] of subject.cases.entries()) {
    const ours = one.ours.map(() => [] as number[][])
    const peer: number[][] = []
    const other = isPython(one.peer) && peersHome() === undefined ? undefined : one.peer
    for (let turn = 0; turn < turns; turn++) {
      const tell = (who: string) => options.onStart(`${name}, ${one.what}, turn ${turn + 1} of ${turns}: ${who}`)
      for (const [variant, { name: who }] of one.ours.entries()) {
        tell(who)
        ours[variant]!.push(await runOurs([name, at, variant, turn, seconds]))
      }
      if (!other) continue
      tell(other.name)
      peer.push(
        isPython(other)
          ? await runPython(one, other, { turn, seconds, quick: false }, versions)
          : await runOurs([name, at, one.ours.length, turn, seconds]),
      )
    }
    const measured = {
      what: one.what,
      figures: one.figures,
      ours: one.ours.map((variant, which) => series(variant.name, ours[which]!)),
      ...(other ? { peer: series(other.name, peer) } : {}),
    }
    options.onCase(measured)
    done.push(measured)
  }
  return { cases: done, versions }
}

/** Everything of a subject for a moment, peers too where they are installed; fails when anything does. */
export async function tryOut(name: string, subject: Subject): Promise<void> {
  await ourProgram([name])
  if (peersHome() === undefined) return
  for (const one of subject.cases)
    if (isPython(one.peer)) await runPython(one, one.peer, { turn: 0, seconds: 0.02, quick: true }, new Map())
}

/** Where the peers are installed; undefined where PEERS_HOME is not set. */
export function peersHome(): string | undefined {
  const home = process.env.PEERS_HOME
  if (!home) return undefined
  if (!fs.existsSync(path.join(home, 'venv', 'bin', 'python'))) {
    throw new UserError(`PEERS_HOME is ${home}, where no peers are installed; run bench/peers/run.sh setup, or unset PEERS_HOME`)
  }
  return home
}

function series(name: string, runs: readonly (readonly number[])[]): Series {
  return { name, turns: runs[0]!.map((_, figure) => runs.map(numbers => numbers[figure]!)) }
}

async function runOurs(words: readonly (string | number)[]): Promise<number[]> {
  return JSON.parse((await ourProgram(words)).trim().split('\n').at(-1)!) as number[]
}

function ourProgram(words: readonly (string | number)[]): Promise<string> {
  // The flags by which this process itself reads TypeScript.
  return runOnCore(process.execPath, [...process.execArgv, path.join(__dirname, 'child.ts'), ...words.map(String)])
}

/** A line of the peers' scripts (peers/harness.py). */
interface Line {
  readonly what: string
  readonly figure: number
  readonly versions: Readonly<Record<string, string>>
}

async function runPython(one: Case, peer: PythonPeer, window: Window, versions: Versions): Promise<number[]> {
  const words = ['--only', peer.only, '--repeats', '1', '--seconds', String(window.seconds), ...(peer.arguments?.(window) ?? [])]
  const said = await runOnCore(path.join(__dirname, '..', 'peers', 'run.sh'), [peer.script, ...words])
  const lines = said.split('\n').flatMap(line => (line.startsWith('{') ? [JSON.parse(line) as Line] : []))
  return one.figures.map((_, figure) => {
    const part = peer.figures?.[figure] ?? peer.only
    const found = lines.filter(({ what }) => what.includes(part))
    if (found.length !== 1) throw new Error(`peers/${peer.script}.py gave ${found.length} figures named '${part}'; one is needed`)
    for (const [name, version] of Object.entries(found[0]!.versions)) versions.set(name, version)
    return found[0]!.figure
  })
}
