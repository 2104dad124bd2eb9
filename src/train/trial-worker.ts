/** The far end of a comparison's worker, thread or process: runs the trials it is sent, one after another, and answers. */
import type { Progress } from './run-record'
import { runTrial, type Trial, type TrialResult } from './trial'
import type { SentError } from './worker-connection'
import { answerParent, sentError, serveParent } from './worker-end'

/** What a worker is sent. */
export interface TrialRequest {
  readonly trial: Trial
  /** Whether anybody wants to know how it goes. */
  readonly watched: boolean
}

/** What it answers: any number of `progress`, then one of the others. */
export type TrialAnswer = { readonly progress: Progress } | { readonly result: TrialResult } | { readonly error: SentError }

const millisecondsBetweenAnswers = 200

const answer: (message: TrialAnswer) => void = answerParent

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
    answer({ error: sentError(error) })
  }
}

serveParent(serve)
