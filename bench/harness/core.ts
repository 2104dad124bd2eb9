/** Runs a program on the one core that both sides share, with one thread where a library asks. */
import { spawn, spawnSync } from 'node:child_process'
import os from 'node:os'

/** The core's number, as peers/run.sh reads it too. */
export const core = process.env.PEERS_CORE ?? (os.cpus().length > 1 ? '1' : '0')

let pins: boolean | undefined

/** Whether this system can hold a process to a core. */
export function canPin(): boolean {
  pins ??= spawnSync('taskset', ['-c', core, process.execPath, '--version']).status === 0
  return pins
}

const oneThread = Object.fromEntries(
  ['OMP', 'MKL', 'OPENBLAS', 'NUMEXPR', 'NUMBA', 'TF_NUM_INTRAOP', 'TF_NUM_INTEROP'].map(name => [
    name.startsWith('TF') ? `${name}_THREADS` : `${name}_NUM_THREADS`,
    '1',
  ]),
)

/**
 * @returns what it printed
 * @throws Error with the end of what it complained about, when it fails or takes longer than an hour
 */
export function runOnCore(program: string, words: readonly string[]): Promise<string> {
  const command = canPin() ? ['taskset', '-c', core, program, ...words] : [program, ...words]
  const child = spawn(command[0]!, command.slice(1), {
    env: { ...process.env, ...oneThread, PEERS_CORE: core },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 3_600_000,
  })
  return new Promise((resolve, reject) => {
    let [said, complained] = ['', '']
    child.stdout.setEncoding('utf8').on('data', text => (said += text))
    child.stderr.setEncoding('utf8').on('data', text => (complained = (complained + text).slice(-4000)))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve(said)
      else
        reject(new Error(`${[program, ...words].join(' ')} ended with ${signal ?? code}\n${complained.trim() || said.trim().slice(-4000)}`))
    })
  })
}
