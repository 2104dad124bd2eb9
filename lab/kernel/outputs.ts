/**
 * What leaves the kernel for the page, each message bound to the request that caused it.
 *
 * Callbacks of timers keep the request they were begun in, so what an earlier cell prints late still lands under that cell.
 * (AsyncLocalStorage would follow more, but below Node 24 a process that uses it dies when running code is ended from outside.)
 * Text is gathered for a moment: a thousand lines are one message, and the server's limit on messages is not met.
 */
import type { Content, Header, Wire } from './messages'
import type { Sockets } from './sockets'

/** A request being served: a cell, or a message of a comm. */
export interface Task {
  readonly header: Header
  readonly abort: AbortController
}

const gatherMilliseconds = 25
const gatherCharacters = 1 << 16

export class Outputs {
  /** The running cell, or the last one: what nothing else claims belongs to it. */
  cell: Task | undefined
  private current: Task | undefined
  private text = ''
  private textStream = ''
  private textTask: Task | undefined
  private textSince = 0
  private flushes = false

  constructor(
    private readonly wire: Wire,
    private readonly sockets: Sockets,
  ) {}

  /** The task that the running code belongs to. */
  get task(): Task | undefined {
    return this.current ?? this.cell
  }

  /** What runs from here to the end of this turn of the event loop, promises included, belongs to `task`. */
  enter(task: Task | undefined): void {
    this.current = task
    // A tick asked for by a microtask comes after all microtasks.
    queueMicrotask(() => process.nextTick(() => (this.current = undefined)))
  }

  /** Lets the callbacks of timers belong to the task that began them. */
  followTimers(): void {
    const outputs = this
    for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
      const original = globalThis[name] as (callback: unknown, ...rest: unknown[]) => unknown
      const following = (callback: unknown, ...rest: unknown[]) => {
        const task = outputs.task
        if (typeof callback !== 'function' || !task) return original(callback, ...rest)
        const entered = function (this: unknown, ...given: unknown[]) {
          outputs.enter(task)
          return callback.apply(this, given)
        }
        return original(entered, ...rest)
      }
      Object.defineProperties(following, Object.getOwnPropertyDescriptors(original))
      Object.assign(globalThis, { [name]: following })
    }
  }

  /** Sends to all pages, after the text printed before it. */
  publish(type: string, content: Content, metadata: object = {}, parent: Header | undefined = this.task?.header): void {
    this.flush()
    this.sockets.publish(this.wire.encode(type, parent, content, metadata))
  }

  print(stream: 'stdout' | 'stderr', text: string): void {
    const task = this.task
    if (this.text !== '' && (stream !== this.textStream || task !== this.textTask)) this.flush()
    if (this.text === '') {
      this.textStream = stream
      this.textTask = task
      this.textSince = performance.now()
      if (!this.flushes) {
        this.flushes = true
        setTimeout(() => {
          this.flushes = false
          this.flush()
        }, gatherMilliseconds)
      }
    }
    this.text += text
    // In a synchronous loop no timer fires: the clock is read instead.
    if (this.text.length > gatherCharacters || performance.now() - this.textSince > 4 * gatherMilliseconds) this.flush()
  }

  flush(): void {
    if (this.text === '') return
    const content = { name: this.textStream, text: this.text }
    this.text = ''
    this.sockets.publish(this.wire.encode('stream', this.textTask?.header, content, {}))
  }

  /** Sends what the process writes to its standard streams to the page from now on. */
  takeStandardStreams(): void {
    for (const name of ['stdout', 'stderr'] as const) {
      const decoder = new TextDecoder()
      const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
        this.print(name, typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))
        const callback = typeof encoding === 'function' ? encoding : done
        if (typeof callback === 'function') process.nextTick(callback as () => void)
        return true
      }
      process[name].write = write
    }
  }
}
