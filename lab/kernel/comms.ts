/** Comms: named channels between code in the kernel and models in the page (Jupyter's custom messages; widgets speak through them). */
import type { Comm } from '../../src/notebook/kernel'
import type { Content } from './messages'
import type { Outputs } from './outputs'

interface Open {
  readonly target: string
  readonly onMessage: (data: never) => void | Promise<void>
}

export class Comms {
  private readonly open = new Map<string, Open>()
  private opened = 0

  constructor(private readonly outputs: Outputs) {}

  openFromKernel(target: string, data: unknown, metadata: object, onMessage: (data: never) => void | Promise<void>): Comm {
    // Counted, so that a notebook run twice is the same file twice; 32 hexadecimal digits, as the page expects of an id.
    const id = (++this.opened).toString(16).padStart(32, '0')
    this.open.set(id, { target, onMessage })
    this.outputs.publish('comm_open', { comm_id: id, target_name: target, data }, metadata)
    return {
      id,
      send: message => {
        if (!this.open.has(id)) throw new Error(`comm ${id} (${target}) is closed: open a new one`)
        this.outputs.publish('comm_msg', { comm_id: id, data: message })
      },
      close: () => {
        if (this.open.delete(id)) this.outputs.publish('comm_close', { comm_id: id, data: {} })
      },
    }
  }

  /** A comm_open, comm_msg or comm_close from the page. */
  async receive(type: string, content: Content): Promise<void> {
    const id = String(content.comm_id)
    if (type === 'comm_open') {
      // No code in the kernel waits for channels that a page opens: the protocol's answer is to close it.
      this.outputs.publish('comm_close', { comm_id: id, data: {} })
    } else if (type === 'comm_close') {
      this.open.delete(id)
    } else {
      await this.open.get(id)?.onMessage(content.data as never)
    }
  }

  list(target?: string): Record<string, { target_name: string }> {
    const found: Record<string, { target_name: string }> = {}
    for (const [id, comm] of this.open) {
      if (!target || comm.target === target) found[id] = { target_name: comm.target }
    }
    return found
  }
}
