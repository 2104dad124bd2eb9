/** The door that code in cells finds the kernel by (src/notebook/kernel.ts), and tslab's own `display` for notebooks that use it. */
import type { Kernel } from '../../src/notebook/kernel'
import type { Cells } from './cells'
import type { Comms } from './comms'
import type { Outputs } from './outputs'
import { fromTslab } from './typescript'

const idle = new AbortController().signal

export function openDoor(outputs: Outputs, comms: Comms, cells: Cells): void {
  const kernel: Kernel = {
    get signal() {
      return outputs.task?.abort.signal ?? idle
    },
    display(data, { metadata = {}, id, update = false } = {}) {
      if (update && id === undefined) throw new TypeError('display: update needs the id of the display to replace')
      const transient = id === undefined ? {} : { display_id: id }
      outputs.publish(update ? 'update_display_data' : 'display_data', { data, metadata, transient })
    },
    clear(wait = false) {
      outputs.publish('clear_output', { wait })
    },
    openComm: (target, data, metadata, onMessage) => comms.openFromKernel(target, data, metadata, onMessage),
    reload: () => cells.reload(),
  }
  ;(globalThis as Record<symbol, unknown>)[Symbol.for('shoplab.kernel')] = kernel
}

/** What `import 'tslab'` gives: its functions send through this kernel. */
export function tslabModule(outputs: Outputs): unknown {
  const jupyter = fromTslab('tslab/dist/jupyter.js')
  jupyter.lastWriteDisplayData = (content: object, update: boolean) =>
    outputs.publish(update ? 'update_display_data' : 'display_data', content)
  return fromTslab('tslab')
}
