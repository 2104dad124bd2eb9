/**
 * One lane of a comparison: runs trials one after another in a worker of its own.
 *
 * Most trials run in a worker thread. TensorFlow's native library cannot be in two threads of one process, so agents that compute with it
 * get a process each.
 */
import { join } from 'node:path'
import { UserError } from '../data/user-error'
import type { Progress } from './run-record'
import type { Trial, TrialResult } from './trial'
import type { TrialAnswer, TrialRequest } from './trial-worker'
import { type Connection, openProcess, openThread, rebuilt } from './worker-connection'

const file = join(__dirname, 'trial-worker.cjs')

export class TrialLane {
  private thread: Connection<TrialRequest, TrialAnswer> | undefined
  private process: Connection<TrialRequest, TrialAnswer> | undefined

  /** @throws the trial's own error, or one that says that its worker ended */
  run(trial: Trial, onProgress?: (progress: Progress) => void): Promise<TrialResult> {
    const { label, seed, agent } = trial
    const native = (agent.options as { readonly backend?: unknown } | undefined)?.backend === 'tfjs'
    const connection = native ? (this.process ??= openProcess(file)) : (this.thread ??= openThread(file))
    return new Promise((resolve, reject) => {
      connection.listener = {
        answer(answer) {
          if ('progress' in answer) onProgress?.(answer.progress)
          else if ('result' in answer) resolve(answer.result)
          else reject(rebuilt(answer.error))
        },
        end: why => reject(new Error(`the worker that trained ${label}, seed ${seed}, ended: ${why}`)),
      }
      try {
        connection.send({ trial, watched: onProgress !== undefined })
      } catch (error) {
        const { name, message } = error as Error
        const cannot = `the options of ${label} or of the shop cannot be sent to a worker (${message}); use workers: 1`
        reject(name === 'DataCloneError' ? new UserError(cannot) : error)
      }
    })
  }

  /** Ends the workers at once, whatever they do. */
  end(): void {
    this.thread?.end()
    this.process?.end()
  }
}
