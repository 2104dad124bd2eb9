/** Steps per second of a whole training: acting, environment, replay, updates and what `train` keeps of it. */
import type { Agent } from '../../src/agents/agent'
import type { Env } from '../../src/envs/env'
import { train } from '../../src/train/train'
import type { Window } from './subject'

/** Measured between step 500, when the replay has filled and the code is warm, and the end of the window: as the peer's script does it. */
export async function trainingRate(agent: Agent, env: Env, { seconds, turn, quick }: Window): Promise<number> {
  if (quick) {
    const { steps, updates, timing } = await train(agent, env, { steps: 150, seed: turn })
    if (updates === 0) throw new Error('nothing was learned in 150 steps')
    return steps / timing.total
  }
  const enough = new AbortController()
  let from: { step: number; at: number } | undefined
  let rate = Number.NaN
  await train(agent, env, {
    steps: 10 ** 9,
    seed: turn,
    signal: enough.signal,
    onProgress({ step }) {
      const at = performance.now()
      if (step < 500) return
      from ??= { step, at }
      const passed = (at - from.at) / 1000
      rate = (step - from.step) / passed
      if (passed >= seconds) enough.abort()
    },
  })
  return rate
}
