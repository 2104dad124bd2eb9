/** The door to the running Jupyter kernel: what lab/kernel offers to code in a cell, and nothing when there is no kernel. */

/** A channel to the page, as Jupyter's comm protocol has it. */
export interface Comm {
  readonly id: string
  send(data: unknown): void
  close(): void
}

export interface Kernel {
  /** Aborted when the running cell is interrupted; a new one for every cell. */
  readonly signal: AbortSignal
  /** One output in several MIME types, best last chosen by the page; `update` replaces the display of the same id. */
  display(data: Readonly<Record<string, unknown>>, options?: { metadata?: object; id?: string; update?: boolean }): void
  /** Clears the outputs of the running cell; with `wait` only when the next output arrives, so that nothing flickers. */
  clear(wait?: boolean): void
  openComm(target: string, data: unknown, metadata: object, onMessage: (data: never) => void | Promise<void>): Comm
  /** Forgets the loaded files of src, so that importing `shoplab` again takes the edited ones. */
  reload(): void
}

const door = Symbol.for('shoplab.kernel')

/** The kernel this code runs in, undefined outside a notebook. */
export function kernel(): Kernel | undefined {
  return (globalThis as { [door]?: Kernel })[door]
}

/**
 * Forgets the loaded sources of `shoplab`: the next cell that imports from it takes the edited files, types included.
 *
 * What was made of the old ones stays as it is. Throws outside a notebook, where there is nothing to forget.
 */
export function reload(): void {
  const running = kernel()
  if (!running) throw new Error('reload() works in a notebook only: outside one, start the program again')
  running.reload()
}
