/**
 * The two traces of RecoGym's "Getting Started.ipynb" (github.com/criteo-research/reco-gym at f8553d1, under "Interacting with the
 * environment", random_seed 42), played in our shop with NumPy's generator.
 *
 * In the first the original draws the actions itself; the second gives 1 to 5 to the next user.
 */
import { eventCode } from '../envs/events'
import { type Recogym, recogym } from '../envs/recogym'
import { numpyRandomState } from '../random/numpy-random-state'
import { shared } from './published-figure'

/** One loop of the notebook: a number for each step, but for the views. */
export interface GettingStartedTrace {
  /** Products viewed before the first recommendation, and after the last. */
  readonly viewedBefore: readonly number[]
  readonly viewedAfter: readonly number[]
  readonly actions: readonly number[]
  readonly rewards: readonly number[]
  /** 1 where the user left. */
  readonly left: readonly number[]
}

export const gettingStarted = shared((): readonly [GettingStartedTrace, GettingStartedTrace] => {
  const env = recogym(1, { numpyTrace: true })
  env.reset(42)
  return [play(env, 3, () => drawnAction(env)), play(env, 5, step => step + 1)]
})

function play(env: Recogym, steps: number, action: (step: number) => number): GettingStartedTrace {
  const trace = {
    viewedBefore: [] as number[],
    viewedAfter: [] as number[],
    actions: [] as number[],
    rewards: [] as number[],
    left: [] as number[],
  }
  for (let step = 0; step < steps; step++) {
    trace.actions.push(action(step))
    env.step(Int32Array.of(trace.actions[step]!))
    trace.rewards.push(env.rewards[0]!)
    trace.left.push(env.terminated[0]!)
    const { count, kind, item } = env.events
    const shown = kind.indexOf(eventCode.impression)
    for (let at = 0; at < count; at++)
      if (kind[at] === eventCode.view) (at < shown ? trace.viewedBefore : trace.viewedAfter).push(item[at]!)
  }
  return trace
}

/** Drawn by the copy's own RandomState in between, as the original's step_offline does where there is no agent. */
function drawnAction(env: Recogym): number {
  const snapshot = env.save(0)
  const random = numpyRandomState(0)
  random.load(snapshot.state.generator as Record<string, number>)
  const action = random.randint(0, 10)
  env.load({ ...snapshot, state: { ...snapshot.state, generator: random.save() } }, [0])
  return action
}
