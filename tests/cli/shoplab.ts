/** Runs the real command in a process of its own, as a shell does. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

export const bin = path.resolve(__dirname, '../../src/cli/bin.cjs')

/** A folder for this test file, removed at its end. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shoplab cli '))
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface Outcome {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** @param cwd where the command is typed */
export function shoplab(cwd: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, SHOPLAB_DEBUG: '', ...environment },
  })
  return { code: status, output: stdout, errors: stderr }
}
