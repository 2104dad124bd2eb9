/** The far end of a worker, a thread or a process: does what it is sent and answers; ends with its parent. */
import { parentPort } from 'node:worker_threads'
import type { SentError } from './worker-connection'

/** @param serve called for each request; does not throw */
export function serveParent<Request>(serve: (request: Request) => Promise<void>): void {
  if (parentPort) {
    parentPort.on('message', serve)
    return
  }
  process.on('message', request => void serve(request as Request))
  process.on('disconnect', () => process.exit())
  // Ctrl-C reaches every process of a terminal; what it means is the parent's to say.
  process.on('SIGINT', () => {})
}

export function answerParent(answer: object): void {
  if (parentPort) parentPort.postMessage(answer)
  // Without a callback, a parent that has just gone would be an error; `disconnect` is on its way then.
  else process.send!(answer, undefined, undefined, () => {})
}

export function sentError(error: unknown): SentError {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  return { name, message, stack }
}
