/** CartPole itself: 64 copies stepped together with random actions. */
import { cartPole } from '../src/envs/classic/cart-pole'
import { stream } from '../src/random/generator'
import { callsPerSecond } from './harness/calls'
import type { Subject, Window } from './harness/subject'

const copies = 64
const stepsPerCall = 1024

async function stepAll(window: Window): Promise<readonly number[]> {
  const generator = stream(window.turn, 'actions')
  const actions = Array.from({ length: stepsPerCall }, () => Int32Array.from({ length: copies }, () => Math.floor(2 * generator.next())))
  const env = cartPole(copies)
  env.reset(window.turn)
  const rate = await callsPerSecond(() => {
    for (let at = 0; at < stepsPerCall; at++) env.step(actions[at]!)
  }, window)
  return [rate * stepsPerCall * copies]
}

export const subject: Subject = {
  title: 'CartPole, 64 copies, random actions',
  remark: 'Both sides start ended episodes anew and take their actions from a table drawn before. A step is one step of one copy.',
  cases: [
    {
      what: '64 copies',
      figures: [{ unit: 'steps/s', better: 'more' }],
      ours: [{ name: 'cart-pole', goals: [{ ratio: 8 }], run: stepAll }],
      peer: { name: "Gymnasium's CartPoleVectorEnv", script: 'gym_speed', only: 'CartPoleVectorEnv' },
    },
  ],
}
