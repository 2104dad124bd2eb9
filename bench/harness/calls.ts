/** How often something can be done in a second, and what one call costs: tinybench's mean over the window, so pauses of the collector count. */
import { Bench } from 'tinybench'
import type { Window } from './subject'

/** Calls per second; the code has been running for a while before it is measured. */
export async function callsPerSecond(call: () => void, { seconds, quick }: Window): Promise<number> {
  const milliseconds = quick ? 1 : 1000 * seconds
  const warmUp = quick ? 1 : Math.min(1000, milliseconds / 2)
  const bench = new Bench({ time: milliseconds, iterations: 3, warmupTime: warmUp, warmupIterations: 3, throws: true })
  bench.add('call', call)
  await bench.run()
  const { result } = bench.tasks[0]!
  if (!('latency' in result)) throw new Error(`the measurement ended as ${result.state}`)
  return 1000 / result.latency.mean
}
