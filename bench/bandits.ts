/** Bandits online: choose for one context, learn from its reward; beside MABWiser. */

import type { Agent } from '../src/agents/agent'
import { linTs } from '../src/agents/lin-ts'
import { linUcb } from '../src/agents/lin-ucb'
import { ucb1 } from '../src/agents/ucb1'
import type { Spec } from '../src/envs/env'
import { normal } from '../src/random/draws'
import { stream } from '../src/random/generator'
import { callsPerSecond } from './harness/calls'
import { shapeOnly } from './harness/shape-only'
import type { Case, Subject, Window } from './harness/subject'

const contexts = 2 ** 12
const decisionsPerCall = 100

interface Bandit {
  readonly name: string
  readonly peer: string
  readonly make: (spec: Spec, seed: number) => Agent
  /** At 10 arms of width 5, and at 100 of width 20; none where nothing was asked for. */
  readonly goals: readonly [number?, number?]
}

const bandits: readonly Bandit[] = [
  { name: 'LinUCB', peer: 'LinUCB(alpha=1.25)', make: spec => linUcb(spec, { alpha: 1.25, intercept: false }), goals: [200, 100] },
  { name: 'LinTS', peer: 'LinTS(alpha=1)', make: (spec, seed) => linTs(spec, { alpha: 1, intercept: false, seed }), goals: [100, 50] },
  { name: 'UCB1', peer: 'UCB1(alpha=1)', make: spec => ucb1(spec), goals: [] },
]

/** Decisions in a second, each with what is learned from it: rewards are clicks, likelier the better context and arm fit. */
async function decide({ make }: Bandit, arms: number, width: number, window: Window): Promise<readonly number[]> {
  const generator = stream(window.turn, 'contexts')
  const weights = Float64Array.from({ length: arms * width }, () => normal(generator) / Math.sqrt(width))
  const observations = Array.from({ length: contexts }, () => Float32Array.from({ length: width }, () => normal(generator)))
  // A shop that is looked at and never stepped: its reward is written here.
  const env = shapeOnly({ width, actions: arms })
  env.reset(window.turn)
  const agent = make(env.spec, window.turn)
  const action = new Int32Array(1)
  let turn = 0
  const rate = await callsPerSecond(() => {
    for (let decision = 0; decision < decisionsPerCall; decision++) {
      const observation = observations[turn++ % contexts]!
      agent.act(observation, true, action)
      let fit = 0
      for (let at = 0; at < width; at++) fit += observation[at]! * weights[action[0]! * width + at]!
      env.rewards[0] = generator.next() < 1 / (1 + Math.exp(-fit)) ? 1 : 0
      agent.observe(env, observation, action)
    }
  }, window)
  return [rate * decisionsPerCall]
}

const sizes: readonly (readonly [number, number])[] = [
  [10, 5],
  [100, 20],
]

export const subject: Subject = {
  title: 'Bandits online: choose for one context, then learn from its reward',
  remark: `MABWiser is asked as its users would: predict, then partial_fit, one context a call. UCB1 sees no contexts.`,
  cases: sizes.flatMap(([arms, width], size) =>
    bandits.map((bandit): Case => {
      const ratio = bandit.goals[size]
      const contextual = bandit.name !== 'UCB1'
      return {
        what: `${bandit.name}, ${arms} arms${contextual ? `, width ${width}` : ''}`,
        figures: [{ unit: 'decisions/s', better: 'more' }],
        ours: [
          { name: 'one copy', goals: [ratio === undefined ? undefined : { ratio }], run: window => decide(bandit, arms, width, window) },
        ],
        peer: {
          name: 'MABWiser',
          script: 'mabwiser_speed',
          only: `${bandit.peer} predict + partial_fit, ${arms} arms${contextual ? `, d=${width}` : ''}`,
        },
      }
    }),
  ),
}
