/** `npm run bench`: ours beside the peers, subject by subject. */
import { Command, InvalidArgumentError } from 'commander'
import { UserError } from '../src/data/user-error'
import { measure, peersHome, tryOut } from './harness/measure'
import { drawPicture } from './harness/picture'
import { machineLine, sectionOf, writeResults } from './harness/results'
import { subjects } from './harness/subjects'
import { type columns, rowsOf } from './harness/table'

interface Options {
  readonly quick?: true
  readonly list?: true
  readonly seconds?: number
  readonly turns?: number
  readonly date?: string
}

const program = new Command('npm run bench --')
  .description('Measures ours and the peers in turn, on one core, and writes bench/results.md.')
  .argument('[subjects...]', `what to measure; everything when left out: ${Object.keys(subjects).join(', ')}`)
  .option('--quick', 'run everything for a moment and measure nothing; fails on errors, never on times')
  .option('--list', 'say what there is to measure')
  .option('--seconds <number>', 'length of one window', number)
  .option('--turns <number>', 'how often each side is measured', count)
  .option('--date <text>', 'a date for results.md')
  .addHelpText(
    'after',
    `
Peers are measured when they are installed (6 GB, most of it PyTorch):
  PEERS_HOME=folder bench/peers/run.sh setup
  PEERS_HOME=folder npm run bench
PEERS_CORE is the core to use (1); SIMSHOP_SRC a checkout of github ernestknurov/simshop, for the peer of that name.
results.md keeps the sections of subjects that were not measured; without the peers it is not written.`,
  )

function number(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('it must be a number above 0, at most 3600')
  return value
}

function count(text: string): number {
  const value = Number(text)
  if (!(Number.isInteger(value) && value >= 1 && value <= 100)) throw new InvalidArgumentError('it must be a whole number from 1 to 100')
  return value
}

async function main(): Promise<void> {
  program.parse()
  const options = program.opts<Options>()
  const names = program.args.length > 0 ? program.args : Object.keys(subjects)
  for (const name of names) {
    if (!Object.hasOwn(subjects, name)) {
      throw new UserError(`there is no subject '${name}'; the subjects are ${Object.keys(subjects).join(', ')}`)
    }
  }
  if (options.list) list(names)
  else if (options.quick) await quick(names)
  else await full(names, options)
}

function list(names: readonly string[]): void {
  for (const name of names) {
    const { title, cases } = subjects[name]!
    console.log(`${name}\n  ${title}`)
    for (const { what, ours, peer } of cases)
      console.log(`  ${what}: ${ours.map(variant => variant.name).join(', ')}; ${peer ? `beside ${peer.name}` : 'alone'}`)
  }
}

async function quick(names: readonly string[]): Promise<void> {
  const failed: string[] = []
  for (const name of names) {
    try {
      await tryOut(name, subjects[name]!)
      console.log(`  ok      ${name}`)
    } catch (error) {
      failed.push(name)
      console.log(`  failed  ${name}\n${messageOf(error)}`)
    }
  }
  if (failed.length > 0) process.exitCode = 1
}

async function full(names: readonly string[], options: Options): Promise<void> {
  if (peersHome() === undefined) console.log('PEERS_HOME is not set: only peers in our own language are measured (see --help)')
  const written: string[] = []
  for (const name of names) {
    const subject = subjects[name]!
    console.log(`\n${name}: ${subject.title}`)
    try {
      const { cases, versions } = await measure(name, subject, {
        ...options,
        onStart: status,
        onCase: one => {
          status('')
          for (const row of rowsOf(subject, one)) console.log(`  ${sentence(row)}`)
        },
      })
      const machine = machineLine(versions, options.date)
      console.log(`  ${machine}`)
      const rows = cases.flatMap(one => rowsOf(subject, one))
      if (!subject.cases.every(({ peer }, at) => !peer || cases[at]!.peer)) continue
      if (subject.picture) await drawPicture(name, subject.picture(cases))
      writeResults(new Map([[name, sectionOf(name, subject, rows, machine)]])) // at once: a later subject may be broken off
      written.push(name)
    } catch (error) {
      status('')
      console.error(messageOf(error))
      process.exitCode = 1
    }
  }
  if (written.length > 0) console.log(`\nbench/results.md has ${written.join(', ')}`)
}

/** batch 32, simd: 800 (790–810) steps/s; PyTorch 476 (472–503); ratio 1.68, goal ≥ 1.6: met */
function sentence(row: readonly string[]): string {
  const [what, ours, mine, peer, theirs, unit, ratio, goal, verdict] = row as readonly string[] & { length: (typeof columns)['length'] }
  const beside = peer === '–' ? '' : `; ${peer} ${theirs}; ratio ${ratio}`
  return `${what}, ${ours}: ${mine} ${unit}${beside}${goal ? `; goal ${goal}${verdict ? `: ${verdict}` : ''}` : ''}`
}

/** One line that the next one overwrites; only where somebody watches. */
function status(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}

function messageOf(error: unknown): string {
  if (error instanceof UserError) return error.message
  return error instanceof Error ? error.message : String(error)
}

main().catch(error => {
  console.error(messageOf(error))
  process.exitCode = 1
})
