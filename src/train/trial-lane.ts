/**
 * One lane of a comparison: runs trials one after another in a worker of its own.
 *
 * Most trials run in a worker thread. TensorFlow's native library cannot be in two threads of one process, so agents that compute with it
 * get a process each.
 */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { UserError } from '../data/user-error'
import type { Progress } from './run-record'
import type { Trial, TrialResult } from './trial'
import type { TrialAnswer, TrialRequest } from './trial-worker'

const file = join(__dirname, 'trial-worker.cjs')

/** Who listens to a worker: a trial at a time. */
interface Listener {
  answer(answer: TrialAnswer): void
  end(why: unknown): void
}

/** The near end of a worker. */
interface Connection {
  listener: Listener | undefined
  send(request: TrialRequest): void
  end(): void
}

export class TrialLane {
  private thread: Connection | undefined
  private process: Connection | undefined

  /** @throws the trial's own error, or one that says that its worker ended */
  run(trial: Trial, onProgress?: (progress: Progress) => void): Promise<TrialResult> {
    const { label, seed, agent } = trial
    const native = (agent.options as { readonly backend?: unknown } | undefined)?.backend === 'tfjs'
    const connection = native ? (this.process ??= openProcess()) : (this.thread ??= openThread())
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
    for (const connection of [this.thread, this.process]) {
      if (!connection) continue
      connection.listener = undefined
      connection.end()
    }
  }
}

// The workers' own execArgv, since a parent's would bring its loaders along.
function openThread(): Connection {
  const worker = new Worker(file, { execArgv: [] })
  const connection: Connection = {
    listener: undefined,
    send: request => worker.postMessage(request),
    end: () => void worker.terminate(),
  }
  worker.on('message', answer => connection.listener?.answer(answer))
  for (const event of ['error', 'exit']) worker.on(event, why => connection.listener?.end(why))
  return connection
}

function openProcess(): Connection {
  const child = fork(file, { execArgv: [], serialization: 'advanced' })
  const connection: Connection = {
    listener: undefined,
    send: request => void child.send(request),
    end: () => void child.kill('SIGKILL'),
  }
  child.on('message', answer => connection.listener?.answer(answer as TrialAnswer))
  child.on('error', why => connection.listener?.end(why))
  child.on('exit', (code, signal) => connection.listener?.end(signal ?? code))
  return connection
}

/** An error as it was thrown in the worker. */
function rebuilt({ name, message, stack }: { readonly name: string; readonly message: string; readonly stack: string }): Error {
  const kinds: Readonly<Record<string, new (message: string) => Error>> = { UserError, RangeError, TypeError }
  const error = new (kinds[name] ?? Error)(message)
  error.stack = stack
  return error
}
