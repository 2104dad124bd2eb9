/** Hands a command over to one of the laboratory's own programs, which speaks for itself: same terminal, same exit code. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { UserError } from '../data/user-error'

/** @param script file name in the folder lab */
export async function runScript(script: string, words: readonly string[]): Promise<void> {
  const file = path.join(__dirname, '..', '..', 'lab', script)
  if (!fs.existsSync(file)) throw new UserError(`lab/${script} is missing; this checkout is not complete`)
  const child = spawn(process.execPath, [file, ...words], { stdio: 'inherit' })
  // Ctrl-C reaches both; the child decides how it ends, and we end as it does.
  const wait = () => {}
  const pass = () => child.kill('SIGTERM')
  process.on('SIGINT', wait).on('SIGTERM', pass)
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? os.constants.signals[signal] : 1)))
  })
  process.off('SIGINT', wait).off('SIGTERM', pass)
}
