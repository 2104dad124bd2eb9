/** The five ZeroMQ sockets of a kernel, bound as the connection file says. */
import { Publisher, Reply, Router } from 'zeromq'

export interface Connection {
  transport: string
  ip: string
  key: string
  shell_port: number
  control_port: number
  stdin_port: number
  iopub_port: number
  hb_port: number
}

export class Sockets {
  // Without a limit: a cell that prints faster than the page reads loses nothing.
  private readonly iopub = new Publisher({ sendHighWaterMark: 0, linger: 500 })
  readonly shell = new Router({ sendHighWaterMark: 0, linger: 500 })
  readonly control = new Router({ sendHighWaterMark: 0, linger: 500 })
  private readonly stdin = new Router()
  private readonly heartbeat = new Reply()
  /** The last message given to iopub, and those behind it that it would not take yet. */
  private sent: Promise<void> = Promise.resolve()
  private readonly waiting: (string | Buffer)[][] = []

  constructor(private readonly connection: Connection) {}

  async bind(): Promise<void> {
    const { transport, ip } = this.connection
    const address = (port: number) => `${transport}://${ip}${transport === 'ipc' ? '-' : ':'}${port}`
    await Promise.all([
      this.iopub.bind(address(this.connection.iopub_port)),
      this.shell.bind(address(this.connection.shell_port)),
      this.control.bind(address(this.connection.control_port)),
      this.stdin.bind(address(this.connection.stdin_port)),
      this.heartbeat.bind(address(this.connection.hb_port)),
    ])
    void this.beat()
  }

  private async beat(): Promise<void> {
    for await (const frames of this.heartbeat) await this.heartbeat.send(frames)
  }

  /** Calls `take` with every message of the socket as it arrives, without waiting for what `take` starts. */
  async listen(socket: Router, take: (frames: Buffer[]) => void): Promise<void> {
    for await (const frames of socket) take(frames)
  }

  /**
   * Sends to all pages, at once where it can: a cell that never pauses is heard all the same. Every few hundred messages ZeroMQ wants a
   * turn of the event loop and refuses what comes before it (EBUSY); that waits here, in order.
   */
  publish(frames: (string | Buffer)[]): void {
    if (this.waiting.length === 0 && this.taken(frames)) return
    this.waiting.push(frames)
    if (this.waiting.length === 1) void this.sendWaiting()
  }

  private taken(frames: (string | Buffer)[]): boolean {
    try {
      this.sent = this.iopub.send(frames)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error
      return false
    }
  }

  private async sendWaiting(): Promise<void> {
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      await this.sent
      if (this.taken(next)) this.waiting.shift()
    }
  }

  close(): void {
    for (const socket of [this.iopub, this.shell, this.control, this.stdin, this.heartbeat]) socket.close()
  }
}
