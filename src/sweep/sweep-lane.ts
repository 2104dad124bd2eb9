/**
 * One lane of a sweep: runs trials one after another in a process of its own.
 *
 * A process may die, of memory or of a signal: its trial is run again by a fresh one. A trial that costs three processes their lives has
 * failed. Since a trial depends on nothing but its seeds, a second run gives what the first would have.
 */
import { join } from 'node:path'
import { type Connection, openProcess } from '../train/worker-connection'
import type { SweepJob, SweepTrialProgress } from './sweep-trial'
import type { SweepAnswer } from './sweep-worker'
import type { TrialRecord } from './trial-record'

const file = join(__dirname, 'sweep-worker.cjs')

/** Workers that a trial may cost. */
const ATTEMPTS = 3

export interface LaneWatch {
  readonly onProgress?: (progress: SweepTrialProgress) => void
  /** Called when a process has begun with the trial. */
  readonly onStart?: (pid: number | undefined) => void
}

export class SweepLane {
  private connection: Connection<SweepJob, SweepAnswer> | undefined

  /** @throws an error when processes end before they have started, so that it cannot be the trial's doing */
  async run(job: SweepJob, watch: LaneWatch): Promise<TrialRecord> {
    let last = ''
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const outcome = await this.attempt(job, watch)
      if ('record' in outcome) return outcome.record
      this.connection = undefined
      last = String(outcome.ended)
      if (!outcome.ready) throw new Error(`a worker of the sweep ended before it had started (${last}); the line above may say why`)
    }
    const error = `${ATTEMPTS} workers ended while they ran it, the last one by ${last}; it may need more memory than there is`
    return { number: job.number, configuration: job.configuration, state: 'failed', intermediate: [], error }
  }

  private attempt(
    job: SweepJob,
    { onProgress, onStart }: LaneWatch,
  ): Promise<{ record: TrialRecord } | { ended: unknown; ready: boolean }> {
    let ready = this.connection !== undefined
    const connection = (this.connection ??= openProcess<SweepJob, SweepAnswer>(file))
    return new Promise(resolve => {
      const begin = () => {
        ready = true
        onStart?.(connection.pid)
        connection.send(job)
      }
      connection.listener = {
        answer(answer) {
          if ('ready' in answer) begin()
          else if ('progress' in answer) onProgress?.(answer.progress)
          else {
            connection.listener = idle
            resolve(answer)
          }
        },
        end: why => resolve({ ended: why, ready }),
      }
      // Between two trials a worker may end too: the next one then finds a fresh one.
      const idle = { answer() {}, end: () => void (this.connection = undefined) }
      if (ready) begin()
    })
  }

  /** Ends the process at once, whatever it does. */
  end(): void {
    this.connection?.end()
    this.connection = undefined
  }
}
