/**
 * A training on disk, whole: checkpoint.json (what is trained where, how far, checksums) and the numbers in a safetensors file beside it.
 *
 * The numbers are written first, under a name of their own; then checkpoint.json, which names them, is replaced in one rename. So whenever
 * the power goes there is a whole checkpoint, the old one or the new one.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Agent, Checkpoint } from '../agents/agent'
import { describeFields } from '../agents/options'
import { agentFacts } from '../agents/registry'
import { UserError } from '../data/user-error'
import type { Env, Snapshot, Spec } from '../envs/env'
import type { BookArrays, Bookkeeping } from './bookkeeping'
import type { Timing } from './run-record'
import { type NamedArray, readSafetensors, writeSafetensors } from './safetensors'
import { type FileSeal, type Format, readSealed, readSealedFile, reason, sealedText, sealOf } from './sealed-files'

const head: Format = { format: 'shoplab training', version: 1 }
const headFile = 'checkpoint.json'
const arraysFile = /^state-[0-9a-f]{16}\.safetensors$/
const unfinished = '.new'

/** A training between two steps, or in the midst of the updates after one. */
export interface TrainingState {
  readonly seed: number
  /** The last step's updates are not all made. */
  readonly learning: boolean
  /** Seconds spent so far. */
  readonly timing: Timing
}

interface Head extends Format, TrainingState {
  readonly agent: Pick<Checkpoint, 'agent' | 'options' | 'state'> & { readonly backend: string | null }
  readonly env: Spec
  readonly copies: number
  /** Transitions so far, for people. */
  readonly steps: number
  readonly snapshots: readonly Snapshot[]
  readonly arrays: FileSeal
}

/** @throws UserError unless the folder can be made and holds a checkpoint or nothing at all */
export function checkCheckpointFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    if (readdirSync(folder).every(isOurs)) return
  } catch (error) {
    throw new UserError(`no checkpoints can be written in ${folder}: ${reason(error)}`)
  }
  throw new UserError(`${folder} exists and holds more than checkpoints; choose another folder`)
}

/** Whether there is a checkpoint in the folder. */
export function hasCheckpoint(folder: string): boolean {
  try {
    return readdirSync(folder).includes(headFile)
  } catch {
    return false
  }
}

/** @throws UserError when it cannot be written; the checkpoint before it is kept then */
export function saveTraining(folder: string, agent: Agent, env: Env, books: Bookkeeping, training: TrainingState): void {
  const { agent: kind, options, state, arrays, shapes } = agent.save()
  const named: Record<string, NamedArray> = {}
  for (const [name, values] of Object.entries(arrays)) named[`agent.${name}`] = { values, shape: shapes[name] ?? [values.length] }
  for (const [name, values] of Object.entries(books.save())) named[`training.${name}`] = { values, shape: [values.length] }
  const bytes = writeSafetensors(named)
  const { sha256 } = sealOf('', bytes)
  const content: Head = {
    ...head,
    ...training,
    steps: books.step,
    agent: { agent: kind, options, backend: agent.backend ?? null, state },
    env: env.spec,
    copies: env.copies,
    snapshots: Array.from({ length: env.copies }, (_, copy) => env.save(copy)),
    arrays: sealOf(`state-${sha256.slice(0, 16)}.safetensors`, bytes),
  }
  try {
    mkdirSync(folder, { recursive: true })
    replace(join(folder, content.arrays.file), bytes)
    replace(join(folder, headFile), sealedText(content))
    for (const file of readdirSync(folder)) {
      if (file !== content.arrays.file && file !== headFile && isOurs(file)) rmSync(join(folder, file), { force: true })
    }
  } catch (error) {
    throw new UserError(`the checkpoint could not be written in ${folder}: ${reason(error)}`)
  }
}

/**
 * Puts agent, shop and books where the checkpoint's training stood.
 *
 * @throws UserError when it is damaged, or of another agent, shop, seed or number of copies; the agent is unchanged then
 */
export function loadTraining(folder: string, agent: Agent, env: Env, books: Bookkeeping, seed: number): TrainingState {
  const path = join(folder, headFile)
  const saved = readSealed<Head>(path, head, 'the checkpoint of a training')
  const same = (what: string, theirs: unknown, ours: unknown) => {
    const [there, here] = [JSON.stringify(theirs), JSON.stringify(ours)]
    if (there !== here) throw new UserError(`${folder} holds another training: its ${what} ${there}, this one's ${here}`)
  }
  same('agent is', saved.agent.agent, agent.kind)
  // An option that is younger than the checkpoint had its default when it was written.
  const younger = describeFields(agentFacts[agent.kind]?.fields ?? (() => ({})))
  for (const name of new Set([...Object.keys(saved.agent.options), ...Object.keys(agent.options)])) {
    same(`agent's ${name} is`, saved.agent.options[name] ?? younger[name]?.default ?? false, agent.options[name] ?? false)
  }
  same('arithmetic is', saved.agent.backend, agent.backend ?? null)
  same('shop is', saved.env.name, env.spec.name)
  same("shop's options are", saved.env.options, env.spec.options)
  same('copies are', saved.copies, env.copies)
  same('seed is', saved.seed, seed)

  const named = readSafetensors(readSealedFile(folder, saved.arrays), join(folder, saved.arrays.file))
  const part = <Value>(prefix: string, pick: (array: NamedArray) => Value) =>
    Object.fromEntries(
      Object.entries(named)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, array]) => [name.slice(prefix.length), pick(array)]),
    )
  try {
    env.reset(seed)
    saved.snapshots.forEach((snapshot, copy) => {
      env.load(snapshot, [copy])
    })
    agent.load({
      ...{ agent: saved.agent.agent, options: saved.agent.options, state: saved.agent.state, policyOnly: false },
      arrays: part('agent.', ({ values }) => values),
      shapes: part('agent.', ({ shape }) => shape),
    })
  } catch (error) {
    throw new UserError(`${folder} does not fit: ${reason(error)}`)
  }
  books.load(part('training.', ({ values }) => values) as BookArrays)
  return saved
}

/** The file is the old one or the new one at every moment. */
function replace(path: string, content: Uint8Array | string): void {
  writeFileSync(path + unfinished, content, { flush: true })
  renameSync(path + unfinished, path)
}

function isOurs(file: string): boolean {
  const name = basename(file, unfinished)
  return name === headFile || arraysFile.test(name)
}
