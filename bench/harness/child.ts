/**
 * One measurement of ours in a process of its own, so that no subject inherits another's compiled code or memory.
 *
 * child.ts SUBJECT CASE VARIANT TURN SECONDS   one window; VARIANT counts ours, then the peer if that is a program of ours as well
 * child.ts SUBJECT                             everything of the subject for a moment
 *
 * Prints a line of JSON: the list of numbers that the run gave.
 */
import { isPython, type Variant } from './subject'
import { subjects } from './subjects'

async function main(): Promise<void> {
  const [name, at, variant, turn, seconds] = process.argv.slice(2)
  const { cases } = subjects[name!]!
  if (at !== undefined) {
    const chosen = cases[Number(at)]!
    const run = programs(chosen)[Number(variant)]!
    print(await run.run({ turn: Number(turn), seconds: Number(seconds), quick: false }))
    return
  }
  for (const chosen of cases) {
    for (const program of programs(chosen)) {
      const numbers = await program.run({ turn: 0, seconds: 0, quick: true })
      if (numbers.length !== chosen.figures.length || !numbers.every(Number.isFinite)) {
        throw new Error(`${name}, ${chosen.what}, ${program.name} gave ${numbers.join(', ') || 'nothing'}`)
      }
      print(numbers)
    }
  }
}

function programs({ ours, peer }: (typeof subjects)[string]['cases'][number]): readonly Variant[] {
  return isPython(peer) || !peer ? ours : [...ours, peer]
}

function print(numbers: readonly number[]): void {
  console.log(JSON.stringify(numbers))
}

main().then(
  // Native libraries keep threads; nothing is left to wait for.
  () => process.exit(0),
  error => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
