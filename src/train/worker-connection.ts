/** The near end of a worker, a thread or a process: what it is sent, who hears its answers, and its end. */
import { fork } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import { UserError } from '../data/user-error'

/** Who listens to a worker: one piece of work at a time. */
export interface Listener<Answer> {
  answer(answer: Answer): void
  /** The worker has ended, unasked. */
  end(why: unknown): void
}

export interface Connection<Request, Answer> {
  listener: Listener<Answer> | undefined
  /** Its process; undefined for a thread. */
  readonly pid: number | undefined
  send(request: Request): void
  /** Ends the worker at once, whatever it does; nobody hears of it. */
  end(): void
}

// The workers' own execArgv, since a parent's would bring its loaders along.
export function openThread<Request, Answer>(file: string): Connection<Request, Answer> {
  const worker = new Worker(file, { execArgv: [] })
  const connection: Connection<Request, Answer> = {
    listener: undefined,
    pid: undefined,
    send: request => worker.postMessage(request),
    end() {
      connection.listener = undefined
      void worker.terminate()
    },
  }
  worker.on('message', answer => connection.listener?.answer(answer))
  for (const event of ['error', 'exit']) worker.on(event, why => connection.listener?.end(why))
  return connection
}

export function openProcess<Request, Answer>(file: string): Connection<Request, Answer> {
  const child = fork(file, { execArgv: [], serialization: 'advanced' })
  const connection: Connection<Request, Answer> = {
    listener: undefined,
    pid: child.pid,
    // Without a callback, a process that has just ended would throw here; its end is told by `exit`.
    send: request => void child.send(request as object, () => {}),
    end() {
      connection.listener = undefined
      child.kill('SIGKILL')
    },
  }
  child.on('message', answer => connection.listener?.answer(answer as Answer))
  child.on('error', why => connection.listener?.end(why))
  child.on('exit', (code, signal) => connection.listener?.end(signal ?? code))
  return connection
}

/** An error as it goes from a worker to its parent. */
export interface SentError {
  readonly name: string
  readonly message: string
  readonly stack: string
}

/** An error as it was thrown in the worker. */
export function rebuilt({ name, message, stack }: SentError): Error {
  const kinds: Readonly<Record<string, new (message: string) => Error>> = { UserError, RangeError, TypeError }
  const error = new (kinds[name] ?? Error)(message)
  error.stack = stack
  return error
}
