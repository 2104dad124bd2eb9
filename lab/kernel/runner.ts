/** Runs the user's code, one piece a task, and stops it when asked. */
import vm from 'node:vm'
import { Interrupted } from './errors'
import { interruptWaits } from './interrupts'
import type { Outputs, Task } from './outputs'

/** How long interrupted work may take to end its own way, in milliseconds. */
const grace = 2000

// Called through a script, because only scripts can be broken off by a signal.
const start = Symbol.for('shoplab.kernel.start')
const starter = new vm.Script(`globalThis[Symbol.for('shoplab.kernel.start')]()`, { filename: 'node:cell' })

/** Calls `work` so that SIGINT ends it, even an endless loop. */
function breakable(work: () => unknown): unknown {
  ;(globalThis as { [start]?: () => unknown })[start] = work
  try {
    return starter.runInThisContext({ breakOnSigint: true })
  } catch (error) {
    throw (error as { code?: string })?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' ? new Interrupted() : error
  }
}

export class Runner {
  private readonly interrupts = new Set<(ended: boolean) => void>()

  constructor(private readonly outputs: Outputs) {}

  /**
   * Runs `work` as `task` and waits for the promise it may return.
   *
   * An interrupt aborts the task's signal. Work that settles within two seconds has ended its own way, and its result counts;
   * otherwise this rejects with Interrupted and the work is left to itself.
   */
  run(task: Task, work: () => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let asked = false
      let timer: NodeJS.Timeout | undefined
      const settle = (how: () => void) => {
        this.interrupts.delete(interrupt)
        clearTimeout(timer)
        how()
      }
      const stop = () => settle(() => reject(new Interrupted()))
      const interrupt = (ended: boolean) => {
        const again = asked
        asked = true
        task.abort.abort(new Interrupted())
        if (ended || again) stop()
        else timer = setTimeout(stop, grace)
      }
      const fail = (error: unknown) => {
        const byTheSignal = asked && (error === task.abort.signal.reason || (error as Error | undefined)?.name === 'AbortError')
        settle(() => reject(byTheSignal ? new Interrupted() : error))
      }
      this.interrupts.add(interrupt)
      const begin = () => {
        if (asked || interruptWaits()) return stop()
        this.outputs.enter(task)
        try {
          const result = breakable(work)
          if (result instanceof Promise) result.then(value => settle(() => resolve(value)), fail)
          else settle(() => resolve(result))
        } catch (error) {
          if (error instanceof Interrupted) task.abort.abort(error)
          fail(error)
        }
      }
      // A turn of its own, and in it a promise's: should the work be ended from outside, nothing of the kernel's own or of Node's
      // stands half-done below it, and this promise can still be rejected.
      setImmediate(() => void Promise.resolve().then(begin))
    })
  }

  /** Asks all running work to stop; `ended` where the code was ended already, and nothing needs to be waited for. */
  interrupt(ended: boolean): void {
    for (const interrupt of [...this.interrupts]) interrupt(ended)
  }
}
