/**
 * A trained agent in a folder: policy.json (what it is, its options and seeds, the shop, checksums) and weights.safetensors.
 *
 * The folder holds what acting needs, not what learning on needs (moments, replay). It is written beside its place and renamed, so that
 * there is always a whole one; a file that was cut off or changed is refused.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { Agent, Checkpoint } from '../agents/agent'
import { makeAgent } from '../agents/registry'
import { UserError } from '../data/user-error'
import type { Spec } from '../envs/env'
import type { RunRecord } from './run-record'
import { type NamedArray, readSafetensors, writeSafetensors } from './safetensors'
import { type FileSeal, type Format, readSealed, readSealedFile, reason, sealedText, sealOf } from './sealed-files'

const head: Format = { format: 'shoplab policy', version: 1 }
const policyFile = 'policy.json'
const weightsFile = 'weights.safetensors'
/** What a shop is made of, when it is made of files. */
const shopFiles = ['users.csv', 'items.csv']

/** Of the shop named: a log's rewards come from its interactions too, and a workbook is all there is. */
function shopFilesOf(shop: string, tables: string): readonly string[] {
  if (existsSync(tables) && statSync(tables).isFile()) return ['']
  return shop === 'interaction-log' ? [...shopFiles, 'interactions.csv'] : shopFiles
}

/** What policy.json holds. */
export interface Policy extends Format {
  /** The agent's name in the factory, and under which people know it. */
  readonly agent: string
  readonly name: string
  readonly backend?: string
  readonly options: Readonly<Record<string, unknown>>
  readonly state: Readonly<Record<string, unknown>>
  /** The shop it was trained in. */
  readonly env: Spec
  /** The files in the folder `env.options.tables`, as they were when the run was saved; '' is the place itself, where that is a file. */
  readonly shopFiles?: readonly FileSeal[]
  /** The training: its seed and how far it went. */
  readonly run: Pick<RunRecord, 'seed' | 'copies' | 'steps' | 'episodes' | 'updates' | 'interrupted'>
  readonly weights: FileSeal
  /** SHA-256 of all the rest as JSON without spaces. */
  readonly sha256: string
}

/**
 * Saves the agent's policy; a model that is there already is replaced.
 *
 * @param run the record of the training that made it
 * @throws UserError when the folder cannot be written or holds something else; what was there before is kept then
 */
export function saveModel(folder: string, agent: Agent, run: RunRecord): void {
  const target = resolve(folder)
  checkModelPlace(folder)
  const { options, state, arrays, shapes } = agent.save(true)
  const weights = writeSafetensors(
    Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, { values, shape: shapes[name] ?? [values.length] }])),
  )
  const { seed, copies, steps, episodes, updates, interrupted } = run
  const policy: Omit<Policy, 'sha256'> = {
    ...head,
    agent: agent.kind,
    name: agent.name,
    ...(agent.backend === undefined ? {} : { backend: agent.backend }),
    options,
    state,
    env: withTables(run.env, tables => relative(target, resolve(tables))),
    ...sealsOfShop(run.env),
    run: { seed, copies, steps, episodes, updates, interrupted },
    weights: sealOf(weightsFile, weights),
  }

  const made = join(dirname(target), `.${basename(target)}.new-${process.pid}`)
  const old = join(dirname(target), `.${basename(target)}.old-${process.pid}`)
  try {
    mkdirSync(made, { recursive: true })
    writeFileSync(join(made, weightsFile), weights, { flush: true })
    writeFileSync(join(made, policyFile), sealedText(policy), { flush: true })
    if (existsSync(target)) renameSync(target, old)
    renameSync(made, target)
    rmSync(old, { recursive: true, force: true })
  } catch (error) {
    if (existsSync(old) && !existsSync(target)) renameSync(old, target)
    if (existsSync(made)) rmSync(made, { recursive: true, force: true })
    throw new UserError(`the model could not be saved in ${folder}: ${reason(error)}`)
  }
}

/**
 * The agent of a model folder, ready to act and to score.
 *
 * @throws UserError when there is no model, or it is damaged, altered or of a version we do not know
 */
export async function loadModel(folder: string): Promise<{ agent: Agent; policy: Policy }> {
  const policy = readPolicy(folder)
  const file = readSealedFile(folder, policy.weights)
  const named: Record<string, NamedArray> = readSafetensors(file, join(folder, policy.weights.file))
  const part = <Value>(pick: (array: NamedArray) => Value) =>
    Object.fromEntries(Object.entries(named).map(([name, array]) => [name, pick(array)]))
  const checkpoint: Checkpoint = {
    agent: policy.agent,
    options: policy.options,
    policyOnly: true,
    state: policy.state,
    arrays: part(({ values }) => values),
    shapes: part(({ shape }) => shape),
  }
  const agent = await makeAgent(policy.agent, { spec: policy.env }, policy.options)
  try {
    agent.load(checkpoint)
  } catch (error) {
    agent.dispose()
    throw new UserError(`${folder} does not fit: ${reason(error)}`)
  }
  return { agent, policy }
}

/** Whether the folder holds a model. */
export function isModel(folder: string): boolean {
  return existsSync(join(folder, policyFile))
}

/** What policy.json of a model folder says. @throws UserError when there is none, or it is damaged */
export function readPolicy(folder: string): Policy {
  const path = join(folder, policyFile)
  if (!isModel(folder)) throw new UserError(`there is no model in ${folder}: it has no ${policyFile}`)
  const policy = readSealed<Policy>(path, head, 'a policy')
  return { ...policy, env: withTables(policy.env, tables => resolve(folder, tables)) }
}

/** A shop made of files names their folder; in policy.json it stands as seen from the model, so that both can be moved together. */
function withTables(env: Spec, place: (tables: string) => string): Spec {
  const { tables } = env.options
  return typeof tables === 'string' ? { ...env, options: { ...env.options, tables: place(tables) } } : env
}

function sealsOfShop({ name, options: { tables } }: Spec): Pick<Policy, 'shopFiles'> {
  return typeof tables === 'string' ? { shopFiles: shopFilesOf(name, tables).map(file => sealOf(file, contentOf(join(tables, file)))) } : {}
}

/** A file that is gone counts as empty: no shop is made of an empty one. */
function contentOf(path: string): Uint8Array {
  return existsSync(path) ? readFileSync(path) : new Uint8Array()
}

/**
 * Refuses to go on when the files of the shop that a model was trained in are not what they were. `loadModel` does not ask, because an
 * agent can act without its shop; ask before the shop is made again from its files.
 *
 * @param folder of the model, for the message
 * @throws UserError naming the files that changed or are missing, and what to do
 */
export function checkShopFiles(folder: string, { env, shopFiles: seals = [] }: Policy): void {
  const { tables } = env.options
  if (typeof tables !== 'string') return
  const changes = seals
    .map(seal => ({ file: seal.file, path: join(tables, seal.file), sha256: seal.sha256 }))
    .filter(({ file, path, sha256 }) => sealOf(file, contentOf(path)).sha256 !== sha256)
    .map(({ file, path }) => `${file || basename(tables)} ${existsSync(path) ? 'has changed' : 'is missing'}`)
  if (changes.length === 0) return
  throw new UserError(
    `${folder} was trained with other files than those now in ${tables}: ${changes.join(', ')}; train again, or make the files again as they were`,
  )
}

/**
 * Refuses a place where saving a model would cost what is there: it may be new, empty, or an earlier model and nothing else.
 *
 * @throws UserError that says what is there
 */
export function checkModelPlace(folder: string): void {
  let inside: string[]
  try {
    inside = readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw new UserError(`${folder} is no folder for a model: ${reason(error)}`)
  }
  const others = inside.filter(name => name !== policyFile && name !== weightsFile)
  if (others.length > 0) throw new UserError(`${folder} holds ${others[0]}, which saving a model would remove; choose another folder`)
}
