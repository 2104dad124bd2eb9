/**
 * A sweep's file: JSON lines, first the plan, then each finished trial as it ends; in order of their numbers once the sweep is complete.
 *
 * There are no times in it, so the same sweep has the same bytes at its end, however many workers it had and however often it was killed.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { UserError } from '../data/user-error'
import { lockFile } from './file-lock'
import { isObject, shown } from './plan-problem'
import type { SweepPlan } from './sweep-plan'
import type { TrialRecord } from './trial-record'
import type { TrialStore } from './trial-store'

interface Head {
  readonly format: 'shoplab sweep'
  readonly version: 1
  readonly plan: SweepPlan
}

/** @param file is made where there is none; a file of the same plan is gone on with, also when it asks for more trials than then */
export function sweepJournal(file: string, plan: SweepPlan): TrialStore {
  let unlock: (() => void) | undefined
  let handle: number | undefined

  function close(): void {
    if (handle !== undefined) closeSync(handle)
    handle = undefined
    unlock?.()
    unlock = undefined
  }

  return {
    load() {
      unlock = lockFile(file)
      try {
        if (!existsSync(file) || statSync(file).size === 0) replace(file, lineOf(headOf(plan)))
        const { head, trials, bytes } = readJournal(file)
        refuseOther(file, head.plan, plan)
        const beyond = trials.find(({ number }) => number >= plan.trials)
        if (beyond)
          throw new UserError(
            `${file} holds trial ${beyond.number}, but only ${plan.trials} trials are asked for; ask for more, or name another file`,
          )
        handle = openSync(file, 'r+')
        ftruncateSync(handle, bytes)
        return trials
      } catch (error) {
        close()
        throw error
      }
    },
    append(trial) {
      const at = Buffer.from(lineOf(trial))
      writeSync(handle!, at, 0, at.length, sizeOf(handle!))
      fsyncSync(handle!)
    },
    finish(trials) {
      replace(file, lineOf(headOf(plan)) + trials.map(lineOf).join(''))
    },
    close,
  }
}

/**
 * A sweep's file as it stands: its plan, and its finished trials by number.
 *
 * @throws UserError when there is no such file, or it is none
 */
export function readSweep(file: string): { readonly plan: SweepPlan; readonly trials: readonly TrialRecord[] } {
  if (!existsSync(file)) throw new UserError(`${file} does not exist; \`npx shoplab sweep\` and runSweep write such files`)
  const { head, trials } = readJournal(file)
  return { plan: head.plan, trials: [...trials].sort((one, other) => one.number - other.number) }
}

/** @returns also how many bytes are whole lines: a line that the power cut short is none */
function readJournal(file: string): { head: Head; trials: TrialRecord[]; bytes: number } {
  const content = readFileSync(file)
  const bytes = content.lastIndexOf(10) + 1
  const lines = content.toString('utf8', 0, bytes).split('\n').slice(0, -1)
  const parsed = lines.map((line, at) => {
    try {
      return JSON.parse(line) as unknown
    } catch {
      throw new UserError(`${file}:${at + 1} is damaged: it is not JSON; restore the file, or delete the line to have its trial run again`)
    }
  })
  const [head, ...trials] = parsed as [Head | undefined, ...TrialRecord[]]
  if (head?.format !== 'shoplab sweep' || head.version !== 1) throw new UserError(`${file} is no file of a sweep; name another one`)
  trials.forEach((trial, at) => {
    if (!isObject(trial) || !Number.isInteger(trial.number) || !Array.isArray(trial.intermediate)) {
      throw new UserError(`${file}:${at + 2} is damaged: it is no trial; delete the line to have its trial run again`)
    }
  })
  return { head, trials, bytes }
}

/** Everything but the number of trials must agree: more of them only make a sweep longer. */
function refuseOther(file: string, theirs: SweepPlan, ours: SweepPlan): void {
  const [there, here] = [leaves(theirs), leaves(ours)]
  const differing = Array.from(new Set([...there.keys(), ...here.keys()])).filter(
    path => path !== 'trials' && there.get(path) !== here.get(path),
  )
  const order = ({ parameters }: SweepPlan) => Object.keys(parameters).join(', ')
  const list = differing.map(path => `${path} is ${there.get(path) ?? 'not there'} in the file and ${here.get(path) ?? 'not there'} now`)
  if (differing.length === 0 && order(theirs) !== order(ours)) {
    list.push(`the parameters are in the order ${order(theirs)} in the file and ${order(ours)} now`)
  }
  if (list.length === 0) return
  const more = list.length > 5 ? `; and ${list.length - 5} more` : ''
  throw new UserError(`${file} holds another sweep: ${list.slice(0, 5).join('; ')}${more}. Name another file, or go back to that plan`)
}

/** What a plan says, by path; a list counts as one thing. */
function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (isObject(value)) for (const [key, inside] of Object.entries(value)) leaves(inside, path === '' ? key : `${path}.${key}`, found)
  else found.set(path, shown(value))
  return found
}

function headOf(plan: SweepPlan): Head {
  return { format: 'shoplab sweep', version: 1, plan }
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`
}

function sizeOf(handle: number): number {
  return fstatSync(handle).size
}

/** The file is the old one or the new one at every moment. */
function replace(file: string, content: string): void {
  try {
    writeFileSync(`${file}.new`, content, { flush: true })
    renameSync(`${file}.new`, file)
  } catch (error) {
    rmSync(`${file}.new`, { force: true })
    throw error
  }
}
