/** The queue of cells: one after the other, and after a failure those that wait are told that they will not run. */

interface Waiting {
  run(): Promise<boolean>
  abort(): void
}

/** How long requests that are still in the socket have to arrive, in milliseconds, before those after a failure are turned away. */
const gather = 50

export class Queue {
  private readonly waiting: Waiting[] = []
  private busy = false

  /**
   * Adds a cell.
   *
   * @param run     runs it; false where it failed and those behind it must not run
   * @param abort   called instead of `run` where a cell before it failed
   * @param answer  called after `run`, before the next cell; the cells turned away are answered after it
   */
  add(run: () => Promise<boolean>, answer: () => void, abort: () => void): void {
    this.waiting.push({
      abort,
      run: async () => {
        const goOn = await run()
        // The answer waits: a client that has it may send what must run, and until then can only have sent what must not.
        if (!goOn) await new Promise(resolve => setTimeout(resolve, gather))
        const turnedAway = goOn ? [] : this.waiting.splice(0)
        answer()
        for (const cell of turnedAway) cell.abort()
        return goOn
      },
    })
    void this.work()
  }

  private async work(): Promise<void> {
    if (this.busy) return
    this.busy = true
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) await next.run()
    this.busy = false
  }
}
