/** The far end of a sweep's worker, a process: runs the trials it is sent, one after another, and answers. */
import { answerParent, serveParent } from '../train/worker-end'
import { runSweepTrial, type SweepJob, type SweepTrialProgress } from './sweep-trial'
import type { TrialRecord } from './trial-record'

/** What it answers: `ready` when it has started; then for each trial any number of `progress`, and its `record`. */
export type SweepAnswer = { readonly ready: true } | { readonly progress: SweepTrialProgress } | { readonly record: TrialRecord }

const millisecondsBetweenAnswers = 250

const answer: (message: SweepAnswer) => void = answerParent

serveParent<SweepJob>(async job => {
  let told = -Infinity
  const record = await runSweepTrial(job, progress => {
    const now = performance.now()
    if (now - told < millisecondsBetweenAnswers) return
    told = now
    answer({ progress })
  })
  answer({ record })
})
answer({ ready: true })
