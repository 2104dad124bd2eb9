/** Answers the requests of Jupyter's messaging protocol. */
import type { QuickInfo } from 'typescript'
import type { Cells } from './cells'
import type { Comms } from './comms'
import { completeness } from './completeness'
import { describeError, type ErrorContent } from './errors'
import type { Content, Message, Wire } from './messages'
import type { Outputs, Task } from './outputs'
import { Queue } from './queue'
import type { Runner } from './runner'
import { fromTslab, ts } from './typescript'
import { drawn } from './values'

const { printQuickInfo }: { printQuickInfo(info: QuickInfo): string } = fromTslab('tslab/dist/inspect.js')

/** Sends a reply by the way its request came. */
export type Send = (frames: (string | Buffer)[]) => void

const kernelInfo = {
  status: 'ok',
  protocol_version: '5.3',
  implementation: 'shoplab',
  implementation_version: '0.1.0',
  language_info: {
    name: 'typescript',
    version: ts.version,
    mimetype: 'text/typescript',
    file_extension: '.ts',
    pygments_lexer: 'typescript',
    codemirror_mode: { name: 'javascript', typescript: true, mode: 'typescript' },
  },
  banner: `TypeScript ${ts.version} on Node ${process.versions.node}`,
  help_links: [],
}

/** Positions of the protocol count characters, those of JavaScript count UTF-16 units. */
const unitsAt = (code: string, characters: number) => [...code].slice(0, characters).join('').length
const charactersAt = (code: string, units: number) => [...code.slice(0, units)].length

export class Server {
  private readonly queue = new Queue()
  private count = 0
  private silent = 0
  private running: Task | undefined

  constructor(
    private readonly wire: Wire,
    private readonly outputs: Outputs,
    private readonly comms: Comms,
    private readonly runner: Runner,
    private readonly cells: Cells,
    private readonly leave: () => void,
  ) {}

  async handle(message: Message, send: Send): Promise<void> {
    const task: Task = { header: message.header, abort: new AbortController() }
    const type = message.header.msg_type
    if (type === 'execute_request') {
      this.enqueue(message, send, task)
      return
    }
    this.status('busy', task)
    try {
      if (type.startsWith('comm_') && type !== 'comm_info_request') {
        await this.runner.run(task, () => this.comms.receive(type, message.content))
      } else {
        const reply = this.answer(type, message.content)
        if (reply) this.reply(message, send, reply)
      }
    } catch (error) {
      this.outputs.enter(task)
      this.outputs.print('stderr', `${this.describe(error).traceback.join('\n')}\n`)
      if (type.endsWith('_request')) this.reply(message, send, { status: 'error', ...this.describe(error) })
    } finally {
      this.status('idle', task)
      if (this.running) this.status('busy', this.running) // a cell is still at work, and the page shows the last status it heard
    }
    if (type === 'shutdown_request') this.leave()
  }

  private answer(type: string, content: Content): Content | undefined {
    switch (type) {
      case 'kernel_info_request':
        return kernelInfo
      case 'is_complete_request':
        return completeness(String(content.code))
      case 'complete_request':
        return this.complete(String(content.code), Number(content.cursor_pos))
      case 'inspect_request':
        return this.inspect(String(content.code), Number(content.cursor_pos))
      case 'comm_info_request':
        return { status: 'ok', comms: this.comms.list(content.target_name) }
      case 'history_request':
        return { status: 'ok', history: [] } // the page keeps its own
      case 'interrupt_request':
        this.runner.interrupt(false)
        return { status: 'ok' }
      case 'shutdown_request':
        return { status: 'ok', restart: content.restart === true }
      default:
        return type.endsWith('_request')
          ? { status: 'error', ename: 'Unsupported', evalue: `this kernel has no ${type}`, traceback: [] }
          : undefined
    }
  }

  private complete(code: string, cursor: number): Content {
    const { start, end, candidates } = this.cells.complete(code, unitsAt(code, cursor))
    return { status: 'ok', matches: candidates, cursor_start: charactersAt(code, start), cursor_end: charactersAt(code, end), metadata: {} }
  }

  private inspect(code: string, cursor: number): Content {
    const info = this.cells.inspect(code, unitsAt(code, cursor))
    return { status: 'ok', found: Boolean(info), data: info ? { 'text/plain': printQuickInfo(info) } : {}, metadata: {} }
  }

  private enqueue(message: Message, send: Send, task: Task): void {
    let reply: Content = {}
    const answer = () => {
      this.reply(message, send, reply)
      this.running = undefined
      this.status('idle', task)
    }
    this.queue.add(
      async () => {
        this.running = this.outputs.cell = task
        this.status('busy', task)
        reply = await this.execute(message.content, task)
        return reply.status === 'ok' || message.content.stop_on_error === false
      },
      answer,
      () => {
        this.status('busy', task)
        reply = { status: 'aborted', execution_count: this.count }
        answer()
      },
    )
  }

  private async execute({ code, silent, store_history }: Content, task: Task): Promise<Content> {
    const quiet = silent === true
    if (!quiet && store_history !== false) this.count++
    const name = quiet ? `cell [silent ${++this.silent}]` : `cell [${this.count}]`
    if (!quiet) this.publish(task, 'execute_input', { code, execution_count: this.count })
    const execution_count = this.count
    try {
      const value = await this.cells.run(String(code), name, task)
      if (value !== undefined && !quiet) {
        const data = await this.runner.run(task, () => drawn(value))
        this.publish(task, 'execute_result', { execution_count, data, metadata: {} })
      }
      return { status: 'ok', execution_count, user_expressions: {}, payload: [] }
    } catch (error) {
      const content = this.describe(error)
      this.publish(task, 'error', { ...content })
      return { status: 'error', execution_count, ...content }
    }
  }

  private describe(error: unknown): ErrorContent {
    try {
      return describeError(error, this.cells.texts)
    } catch (reason) {
      return { ename: 'Error', evalue: `an error that cannot be shown: ${reason}`, traceback: [] } // its message throws, say
    }
  }

  private publish(task: Task, type: string, content: Content): void {
    this.outputs.publish(type, content, {}, task.header)
  }

  private status(state: 'busy' | 'idle', task: Task): void {
    this.publish(task, 'status', { execution_state: state })
  }

  private reply(message: Message, send: Send, content: Content): void {
    this.outputs.flush()
    const type = message.header.msg_type.replace(/_request$/, '_reply')
    send(this.wire.encode(type, message.header, content, {}, message.identities))
  }
}
