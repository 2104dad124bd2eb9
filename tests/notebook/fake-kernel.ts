/** A kernel that writes down what it is asked, for tests without Jupyter. */
import { vi } from 'vitest'
import type { Kernel } from '../../src/notebook/kernel'

export interface Displayed {
  readonly data: Readonly<Record<string, unknown>>
  readonly id?: string | undefined
  readonly update?: boolean | undefined
  readonly metadata?: object | undefined
}

export interface FakeComm {
  readonly state: Record<string, unknown>
  readonly sent: { method: string; state?: Record<string, unknown> }[]
  /** What the page would send. */
  receive(message: object): Promise<void>
}

/** Installs the kernel for the running test; vi.unstubAllGlobals is not enough, so call `remove`. */
export function fakeKernel() {
  const abort = new AbortController()
  const displayed: Displayed[] = []
  const comms: FakeComm[] = []
  const kernel: Kernel = {
    signal: abort.signal,
    display: (data, options) => displayed.push({ data, ...options }),
    clear: vi.fn(),
    reload: vi.fn(),
    openComm(_target, data, _metadata, onMessage) {
      const sent: FakeComm['sent'] = []
      comms.push({
        state: (data as { state: Record<string, unknown> }).state,
        sent,
        receive: async message => onMessage(message as never),
      })
      return { id: `comm-${comms.length}`, send: message => sent.push(message as FakeComm['sent'][number]), close: vi.fn() }
    },
  }
  const door = globalThis as Record<symbol, unknown>
  const symbol = Symbol.for('shoplab.kernel')
  door[symbol] = kernel
  return {
    kernel,
    abort,
    displayed,
    comms,
    comm: (model: string) => comms.find(({ state }) => state._model_name === model)!,
    remove: () => delete door[symbol],
  }
}
