/** One decision: observations in, the best action of each row out. */
import { doubleDqn } from '../src/agents/double-dqn'
import type { NetworkBackend } from '../src/networks/make-network'
import { callsPerSecond } from './harness/calls'
import { makeBatches } from './harness/guide-step'
import { shapeOnly } from './harness/shape-only'
import type { Case, Subject, Window } from './harness/subject'

const goals: Readonly<Record<number, number>> = { 1: 2.5, 64: 0.6 }

async function decide(backend: NetworkBackend, rows: number, window: Window): Promise<readonly number[]> {
  const agent = await doubleDqn(shapeOnly().spec, { backend, seed: window.turn })
  const batches = makeBatches(rows, window.turn)
  const actions = new Int32Array(rows)
  let turn = 0
  const rate = await callsPerSecond(() => agent.act(batches[turn++ % batches.length]!.observations, false, actions), window)
  agent.dispose()
  return [1e6 / rate]
}

export const subject: Subject = {
  title: "One decision, the guide's network",
  remark: 'From an array of observations to the greedy action of every row, on both sides.',
  cases: Object.entries(goals).map(([batch, ratio]): Case => {
    const rows = Number(batch)
    return {
      what: `batch ${rows}`,
      figures: [{ unit: 'µs', better: 'less' }],
      ours: (['simd-relaxed', 'simd'] as const).map(name => ({ name, goals: [{ ratio }], run: window => decide(name, rows, window) })),
      peer: {
        name: 'PyTorch eager',
        script: 'torch_dqn',
        only: `act (numpy in, greedy action out), guide 42-256-256-128-500 dropout .2, batch ${rows}, eager`,
      },
    }
  }),
}
