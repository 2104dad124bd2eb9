/**
 * Work that Ctrl-C (or SIGTERM) asks to stop: the first time its signal is aborted and it may finish in order, the second time the program
 * ends at once.
 */
import os from 'node:os'

export async function untilInterrupted<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  message: string,
): Promise<{ result: Result; exitCode: number }> {
  const controller = new AbortController()
  let exitCode = 0
  const names = ['SIGINT', 'SIGTERM'] as const
  const stop = (name: NodeJS.Signals) => {
    exitCode = 128 + os.constants.signals[name]
    if (controller.signal.aborted) process.exit(exitCode)
    process.stderr.write(`\n${message}\n`)
    controller.abort()
  }
  for (const name of names) process.on(name, stop)
  try {
    const result = await work(controller.signal)
    return { result, exitCode }
  } finally {
    for (const name of names) process.off(name, stop)
  }
}
