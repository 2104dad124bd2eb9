/** One gradient step of Double DQN on the guide's network, on a batch that is already there. */
import { guideSteps } from './harness/guide-step'
import type { Case, Subject } from './harness/subject'

const goals: Readonly<Record<number, number>> = { 32: 1.6, 64: 1.2, 256: 0.65 }

export const subject: Subject = {
  title: "Double DQN step, the guide's network 42-256-256-128-500, dropout .2, Huber loss, gradient norm clipped at 1",
  remark: `A step is three forward passes, the loss, its gradient, clipping and Adam; no replay, no update of the target. The peer keeps
one batch, ours takes 16 in turn. The kernels skip units that are off and compute one output a row where one is enough. The networks are as at
the start of a training, half of their units on; later fewer are. "All units on" is the kernels' worst case, which ReLU networks do not meet.`,
  cases: Object.entries(goals).map(([batch, ratio]): Case => {
    const rows = Number(batch)
    return {
      what: `batch ${rows}`,
      figures: [{ unit: 'steps/s', better: 'more' }],
      ours: [
        { name: 'simd-relaxed', goals: [{ ratio }], run: window => guideSteps('simd-relaxed', rows, window) },
        { name: 'simd', run: window => guideSteps('simd', rows, window) },
        { name: 'simd-relaxed, all units on', run: window => guideSteps('simd-relaxed', rows, window, true) },
        { name: 'simd, all units on', run: window => guideSteps('simd', rows, window, true) },
      ],
      peer: {
        name: 'PyTorch eager, fused Adam',
        script: 'torch_dqn',
        only: `train steps, guide 42-256-256-128-500 dropout .2, batch ${rows}, eager, Adam(fused=True)`,
      },
    }
  }),
}
