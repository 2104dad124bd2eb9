/**
 * What must hold of every agent, whatever it learns: rungs 1 (determinism), 9 (many copies act as one does) and 11 (resume) of the ladder,
 * and what is refused. Call it in the test of each agent:
 *
 *   agentProperties('ucb1', env => ucb1(env.spec, { seed: 1 }), copies => bandit(copies, ...), { other: copies => ... })
 */
import { describe, expect, test } from 'vitest'
import type { Agent, Checkpoint } from '../../src/agents/agent'
import type { Env } from '../../src/envs/env'
import { actionWidth } from '../../src/envs/spaces'

export interface AgentPropertiesOptions {
  /** A shop of another size, which the agent must refuse to learn from, and whose checkpoint it must refuse. */
  readonly other: (copies: number) => Env
  /** Steps of training before and after the cut; 40. Enough for several updates. */
  readonly steps?: number
  /** Copies stepped together in training; 2. */
  readonly copies?: number
  /** Whether greedy action is without chance, so that rows can be compared one by one; true. */
  readonly greedy?: boolean
  /** Whether it learns; false for those that only act, whose `observe` may take anything. */
  readonly learns?: boolean
}

export function agentProperties(
  name: string,
  make: (env: Env) => Agent | Promise<Agent>,
  makeEnv: (copies: number) => Env,
  { other, steps = 40, copies = 2, greedy = true, learns = true }: AgentPropertiesOptions,
): void {
  describe(`${name}, as every agent`, () => {
    const shop = () => {
      const env = makeEnv(copies)
      env.reset(5)
      return env
    }

    test('rung 1: training twice with one seed gives the same numbers and the same next 100 actions', async () => {
      const [one, two] = [await trained(), await trained()]
      expect(two.agent.save()).toEqual(one.agent.save())
      const rounds = Math.ceil(100 / copies)
      expect(go(two.agent, two.env, rounds)).toEqual(go(one.agent, one.env, rounds))
      one.agent.dispose()
      two.agent.dispose()
    })

    test('evaluation on the way leaves no trace', async () => {
      const [one, two] = [await trained(), await trained(true)]
      expect(untraced(two.agent.save())).toEqual(untraced(one.agent.save()))
      one.agent.dispose()
      two.agent.dispose()
    })

    test('rung 9: many rows are served bit for bit as each alone', async () => {
      if (!greedy) return
      const { agent, env } = await trained()
      const { width } = env.spec
      const size = actionWidth(env.spec.actions)
      const rows = 9
      const crowd = makeEnv(rows)
      crowd.reset(8)
      const [together, chances] = [new Int32Array(rows * size), new Float32Array(rows)]
      agent.act(crowd.observations, false, together, chances)
      for (let row = 0; row < rows; row++) {
        const [alone, chance] = [new Int32Array(size), new Float32Array(1)]
        agent.act(crowd.observations.slice(row * width, (row + 1) * width), false, alone, chance)
        expect([...alone]).toEqual([...together.subarray(row * size, (row + 1) * size)])
        expect(chance[0]).toBe(chances[row])
      }
      agent.dispose()
    })

    test('rung 11: stopped at any step and restored, the rest is the same to the last bit', async () => {
      for (const cut of [0, 1, 7, steps]) {
        const env = shop()
        const one = await make(env)
        go(one, env, cut)
        const checkpoint = copied(one.save())
        const snapshots = Array.from({ length: copies }, (_, copy) => env.save(copy))
        const wanted = go(one, env, steps)

        const again = makeEnv(copies)
        again.reset(77)
        snapshots.forEach((snapshot, copy) => {
          again.load(snapshot, [copy])
        })
        const two = await make(again)
        go(two, shop(), 3)
        two.load(checkpoint)
        expect(go(two, again, steps)).toEqual(wanted)
        expect(two.save()).toEqual(one.save())
        one.dispose()
        two.dispose()
      }
    })

    test('a policy alone acts the same', async () => {
      if (!greedy) return
      const { agent, env } = await trained()
      const two = await make(env)
      two.load(copied(agent.save(true)))
      const size = copies * actionWidth(env.spec.actions)
      const [first, second] = [new Int32Array(size), new Int32Array(size)]
      agent.act(env.observations, false, first)
      two.act(env.observations, false, second)
      expect(second).toEqual(first)
      agent.dispose()
      two.dispose()
    })

    test('the probability told of an action is one', async () => {
      const { agent, env } = await trained()
      const actions = new Int32Array(copies * actionWidth(env.spec.actions))
      for (const explore of [true, false]) {
        const chances = new Float32Array(copies).fill(-1)
        agent.act(env.observations, explore, actions, chances)
        for (const chance of chances) expect(chance > 0 && chance <= 1.000001).toBe(true)
      }
      agent.dispose()
    })

    test('what does not fit is refused, and the agent stays as it was', async () => {
      const { agent, env } = await trained()
      const kept = agent.save()
      const actions = new Int32Array(copies * actionWidth(env.spec.actions))
      agent.act(env.observations, false, actions)
      const before = env.observations.slice()
      env.step(actions)
      const spoilt = before.slice()
      spoilt[0] = Number.NaN
      if (learns) {
        agentRefuses(agent, () => agent.act(before.subarray(1), true, actions.slice()), 'are needed')
        agentRefuses(agent, () => agent.act(spoilt, true, actions.slice()), 'NaN')
        const stranger = other(copies)
        stranger.reset(1)
        const strange = new Int32Array(copies * actionWidth(stranger.spec.actions))
        agentRefuses(agent, () => agent.observe(stranger, stranger.observations.slice(), strange), 'this agent was made for')
        agentRefuses(agent, () => agent.observe(env, spoilt, actions), 'NaN')
        const reward = env.rewards[copies - 1]!
        for (const bad of [Number.NaN, Infinity]) {
          env.rewards[copies - 1] = bad
          agentRefuses(agent, () => agent.observe(env, before, actions), `the reward of copy ${copies - 1} is ${bad}`)
        }
        env.rewards[copies - 1] = reward
        expect(agent.save()).toEqual(kept)
        const larger = await make(stranger)
        agentRefuses(larger, () => larger.load(copied(kept)), /./)
        larger.dispose()
      }
      agentRefuses(agent, () => agent.load({ ...copied(kept), agent: 'another' }), `this agent is ${kept.agent}`)
      agent.dispose()
    })

    test('a checkpoint with a number that is not finite is refused, and the agent stays as it was', async () => {
      const { agent } = await trained()
      const kept = agent.save()
      for (const [name, array] of Object.entries(kept.arrays)) {
        if (array.length === 0 || array instanceof Int32Array || array instanceof Uint8Array) continue
        const spoilt = copied(kept)
        spoilt.arrays[name]![array.length >> 1] = Number.NaN
        expect(() => agent.load(spoilt), name).toThrow('numbers must be finite')
      }
      expect(agent.save()).toEqual(kept)
      agent.dispose()
    })

    async function trained(evaluating = false) {
      const env = shop()
      const agent = await make(env)
      go(agent, env, steps, evaluating)
      return { agent, env }
    }
  })

  function agentRefuses(agent: Agent, act: () => void, words: string | RegExp): void {
    const kept = agent.save()
    expect(act).toThrow(words)
    expect(agent.save()).toEqual(kept)
  }
}

/** Trains for so many steps and returns all actions taken. */
function go(agent: Agent, env: Env, steps: number, evaluating = false): number[] {
  const size = actionWidth(env.spec.actions)
  const taken: number[] = []
  for (let step = 0; step < steps; step++) {
    const before = env.observations.slice()
    const actions = new Int32Array(env.copies * size)
    if (evaluating) agent.act(before, false, actions)
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    while (agent.update()) {}
    taken.push(...actions)
  }
  return taken
}

/** A checkpoint without the stream that evaluation alone draws from, for agents whose best is a matter of chance. */
function untraced({ state: { evaluation: _, ...state }, ...rest }: Checkpoint): object {
  return { ...rest, state }
}

/** As it comes back from disk: the state through JSON, the arrays copied. */
function copied(checkpoint: Checkpoint): Checkpoint {
  const arrays = Object.fromEntries(Object.entries(checkpoint.arrays).map(([name, array]) => [name, array.slice()]))
  return { ...checkpoint, state: JSON.parse(JSON.stringify(checkpoint.state)), arrays }
}
