/** The same gradient step beside TensorFlow.js, as one would write it with the library's own operations and optimiser. */
import { guideSteps } from './harness/guide-step'
import type { Subject } from './harness/subject'
import { tfjsSteps } from './peers/tfjs-dqn'

const rows = 32

export const subject: Subject = {
  title: "Double DQN step, the guide's network, beside TensorFlow.js's native library",
  remark: `The peer (peers/tfjs-dqn.ts) is a plain program of the library's operations: variableGrads, train.adam, dropout, clipping by the
global norm. "tfjs" is our own network on that library, the reference that simd is checked against.`,
  cases: [
    {
      what: `batch ${rows}`,
      figures: [{ unit: 'steps/s', better: 'more' }],
      ours: [
        { name: 'simd', goals: [{ ratio: 5 }], run: window => guideSteps('simd', rows, window) },
        { name: 'tfjs', run: window => guideSteps('tfjs', rows, window) },
      ],
      peer: { name: 'tfjs-node operations', run: window => tfjsSteps(rows, window) },
    },
  ],
}
