/** A program that sweeps into the file named, and is killed when two trials have ended: a test starts it. It prints its workers' ids. */
import { writeSync } from 'node:fs'
import { runSweep } from '../../src/sweep/run-sweep'
import { tinyPlan } from './tiny-plan'

let ended = 0
void runSweep(tinyPlan('median'), {
  file: process.argv[2]!,
  workers: 2,
  onProgress({ running }) {
    for (const { pid } of running) writeSync(1, `${pid}\n`)
  },
  onTrial() {
    if (++ended === 2) process.kill(process.pid, 'SIGKILL')
  },
})
