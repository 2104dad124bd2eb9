/**
 * A program that sweeps into the file named, and is killed when two trials have ended: a test starts it. It prints the ids of its workers, also of
 * one that has only just begun: Linux keeps a list of a process's children.
 */
import { readFileSync, writeSync } from 'node:fs'
import { runSweep } from '../../src/sweep/run-sweep'
import { tinyPlan } from './tiny-plan'

let ended = 0
void runSweep(tinyPlan('median'), {
  file: process.argv[2]!,
  workers: 2,
  onTrial() {
    if (++ended < 2) return
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    writeSync(1, children.trim().split(' ').join('\n'))
    process.kill(process.pid, 'SIGKILL')
  },
})
