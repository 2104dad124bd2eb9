/** The far end of a comparison's worker, thread or process: runs the trials it is sent, one after another, and answers. */
import { parentPort } from 'node:worker_threads'
import type { Progress } from './run-record'
import { runTrial, type Trial, type TrialResult } from './trial'

/** What a worker is sent. */
export interface TrialRequest {
  readonly trial: Trial
  /** Whether anybody wants to know how it goes. */
  readonly watched: boolean
}

/** What it answers: any number of `progress`, then one of the others. */
export type TrialAnswer =
  | { readonly progress: Progress }
  | { readonly result: TrialResult }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack: string } }

const millisecondsBetweenAnswers = 200

function answer(message: TrialAnswer): void {
  if (parentPort) parentPort.postMessage(message)
  else process.send!(message)
}

async function serve({ trial, watched }: TrialRequest): Promise<void> {
  let told = -Infinity
  const onProgress = (progress: Progress) => {
    const now = performance.now()
    if (now - told < millisecondsBetweenAnswers && progress.secondsLeft > 0) return
    told = now
    answer({ progress })
  }
  try {
    // Nobody interrupts a trial in a worker: the worker is ended instead.
    const result = await runTrial(trial, watched ? { onProgress } : {})
    answer({ result: result! })
  } catch (error) {
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    answer({ error: { name, message, stack } })
  }
}

if (parentPort) parentPort.on('message', serve)
else {
  process.on('message', request => void serve(request as TrialRequest))
  process.on('disconnect', () => process.exit())
  // Ctrl-C reaches every process of a terminal; what it means is the parent's to say.
  process.on('SIGINT', () => {})
}
