/**
 * SIGINT, heard also while a loop holds the main thread.
 *
 * The first tick of a cell runs in `vm` with breakOnSigint, and stops by itself. What comes after an `await` does not: there a second
 * thread hears the signal (through a breakOnSigint of its own), tells the main thread, and where that does not answer, has the
 * inspector end what it is running.
 */
import { Worker } from 'node:worker_threads'

const patience = 1000 // milliseconds for the main thread to answer

// [answers given, 1 while the kernel's own work must not be ended, 1 as soon as the second thread may take the signal,
// 1 while an interrupt is not answered yet]
const shared = new Int32Array(new SharedArrayBuffer(16))

/** True while an interrupt is on its way to this thread. */
export const interruptWaits = () => Atomics.load(shared, 3) === 1

/** Does work of the kernel's own, which no interrupt may end half-way: type checking takes seconds at times. */
export function shield<Value>(work: () => Value): Value {
  Atomics.store(shared, 1, 1)
  try {
    return work()
  } finally {
    Atomics.store(shared, 1, 0)
  }
}

const listener = `
const { parentPort, workerData } = require('node:worker_threads')
const inspector = require('node:inspector')
const vm = require('node:vm')
const shared = workerData
globalThis.never = new Int32Array(new SharedArrayBuffer(4))
const wait = new vm.Script('Atomics.wait(never, 0, 0)')
const pause = milliseconds => Atomics.wait(globalThis.never, 0, 0, milliseconds)
parentPort.postMessage('ready')
Atomics.wait(shared, 2, 0)
for (;;) {
  try {
    wait.runInThisContext({ breakOnSigint: true })
  } catch {
    const before = Atomics.load(shared, 0)
    Atomics.store(shared, 3, 1)
    parentPort.postMessage('interrupt')
    do Atomics.wait(shared, 0, before, ${patience})
    while (Atomics.load(shared, 1) === 1 && Atomics.load(shared, 0) === before)
    if (Atomics.load(shared, 0) !== before) continue
    parentPort.postMessage('ended')
    const session = new inspector.Session()
    session.connectToMainThread()
    session.post('Runtime.terminateExecution', () => {})
    pause(50)
    session.disconnect()
  }
}
`

/**
 * Takes listeners for SIGINT out of Node's hands and gives the way to call them.
 *
 * Node would take the signal back from the second thread for a listener that a cell or a library adds.
 */
function keepListeners(): () => void {
  const listeners = new Set<() => void>()
  const keep = (name: 'on' | 'addListener' | 'once' | 'prependListener' | 'prependOnceListener') => {
    const add = process[name].bind(process) as (event: string, listener: () => void) => NodeJS.Process
    const taken = (event: string, listener: () => void) => {
      if (event !== 'SIGINT') return add(event, listener)
      listeners.add(listener)
      return process
    }
    Object.assign(process, { [name]: taken })
  }
  for (const name of ['on', 'addListener', 'once', 'prependListener', 'prependOnceListener'] as const) keep(name)
  for (const name of ['off', 'removeListener'] as const) {
    const remove = process[name].bind(process) as (event: string, listener: () => void) => NodeJS.Process
    Object.assign(process, {
      [name]: (event: string, listener: () => void) => (listeners.delete(listener) ? process : remove(event, listener)),
    })
  }
  return () => {
    for (const listener of [...listeners]) listener()
  }
}

/**
 * Calls `heard` in the main thread for each interrupt.
 *
 * @param heard   told `ended` where the running code had to be ended from outside: a promise that waited for it may never settle
 */
export function listenForInterrupts(heard: (ended: boolean) => void): void {
  const first = () => heard(false) // until the second thread listens, and should it fail
  process.on('SIGINT', first)
  const worker = new Worker(listener, { eval: true, workerData: shared, execArgv: [] })
  let tellListeners = () => {}
  worker.on('message', (message: 'ready' | 'interrupt' | 'ended') => {
    if (message === 'ready') {
      process.removeListener('SIGINT', first)
      tellListeners = keepListeners()
      Atomics.store(shared, 2, 1)
      Atomics.notify(shared, 2)
      return
    }
    if (message === 'interrupt') {
      Atomics.store(shared, 3, 0)
      Atomics.add(shared, 0, 1)
      Atomics.notify(shared, 0)
      tellListeners()
    }
    heard(message === 'ended')
  })
  worker.on('error', error => process.stderr.write(`only cells that await can be interrupted now: ${error}\n`))
  worker.unref()
}
