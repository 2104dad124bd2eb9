import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { doubleDqn } from '../../src/agents/double-dqn'
import { makeAgent } from '../../src/agents/registry'
import { candyStore } from '../../src/envs/candy-store'
import { tinyEnv } from '../../src/envs/classic/tiny'
import { evaluate } from '../../src/train/evaluate-agent'
import type { Progress, RunRecord } from '../../src/train/run-record'
import { train } from '../../src/train/train'

const small = { hiddenUnits: [16], batchSize: 8, seed: 1, epsilonDecay: 0.9 }
const shop = (copies = 1, options = {}) => candyStore(copies, { users: 20, items: 15, ...options })

/** All of a record that must not depend on the clock. */
function lasting({ timing: _, ...record }: RunRecord) {
  return record
}

describe('training', () => {
  test('the record tells every episode, and leaves bonuses out of the returns', async () => {
    const env = shop(1, { exploration: true })
    const agent = await makeAgent('random', env)
    let rewards = 0
    let bonuses = 0
    const watched: typeof env = {
      ...env,
      step(actions) {
        env.step(actions)
        rewards += env.rewards[0]!
        bonuses += env.bonuses[0]!
      },
    }
    const record = await train(agent, watched, { episodes: 7, seed: 3 })
    expect(record).toMatchObject({ agent: 'random', seed: 3, copies: 1, steps: 70, episodes: 7, updates: 0, interrupted: false })
    expect(record.env).toBe(env.spec)
    expect(record.curves.lengths).toEqual(Array(7).fill(10))
    expect(bonuses).toBeGreaterThan(0)
    expect(record.curves.returns.reduce((sum, value) => sum + value)).toBeCloseTo(rewards - bonuses, 9)
    expect(record.curves.epsilons).toEqual(Array(7).fill(Number.NaN))
  })

  test('steps count transitions of all copies, and losses and epsilons go with the episodes', async () => {
    const env = shop(4)
    const agent = await doubleDqn(env.spec, small)
    const record = await train(agent, env, { steps: 120, seed: 3 })
    expect(record).toMatchObject({ steps: 120, episodes: 12, updates: 116, copies: 4 })
    expect(record.backend).toBe(agent.backend)
    expect(record.curves.epsilons.map(epsilon => Math.round(Math.log(epsilon) / Math.log(0.9)))).toEqual([
      4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12,
    ])
    expect(record.curves.losses.every(loss => loss > 0)).toBe(true)
    agent.dispose()
  })

  test('rung 1: the same seed gives the same record, and evaluating on the way changes nothing but the evaluations', async () => {
    const once = async (evaluateEvery: number) => {
      const env = shop()
      const agent = await doubleDqn(env.spec, small)
      const record = await train(agent, env, { episodes: 12, seed: 3, evaluateEvery, evaluation: { env: shop(3), episodes: 5, seed: 9 } })
      return { record: lasting(record), checkpoint: agent.save() }
    }
    const [plain, again, evaluated] = [await once(0), await once(0), await once(50)]
    expect(again).toEqual(plain)
    expect(evaluated.checkpoint).toEqual(plain.checkpoint)
    expect(evaluated.record.curves.evaluations.map(({ step }) => step)).toEqual([50, 100])
    expect({ ...evaluated.record.curves, evaluations: [] }).toEqual(plain.record.curves)
  })

  test('a signal ends the run with what there is, also in the middle of the updates of many copies', async () => {
    for (const copies of [1, 64]) {
      const env = shop(copies)
      const agent = await doubleDqn(env.spec, { ...small, hiddenUnits: [128], warmUp: 8 })
      const stop = new AbortController()
      let told = 0
      const onProgress = ({ step }: Progress) => {
        told = step
        stop.abort()
      }
      const record = await train(agent, env, { steps: 1_000_000, onProgress, signal: stop.signal })
      expect(record.interrupted).toBe(true)
      expect(record.steps).toBeGreaterThan(0)
      expect(record.steps).toBeLessThan(100_000)
      expect(told).toBe(record.steps)
      const before = await train(agent, env, { steps: 10, signal: stop.signal })
      expect(before).toMatchObject({ interrupted: true, steps: 0 })
      agent.dispose()
    }
  })

  /** An agent whose updates take a millisecond each, `owed` of them for each step. */
  async function busyAgent(owed: number): Promise<Agent> {
    let left = 0
    return {
      ...(await makeAgent('random', shop())),
      act: (_observations, _explore, actions) => actions.fill(0),
      observe: () => {
        left = owed
      },
      update() {
        const until = performance.now() + 1
        while (performance.now() < until);
        return left-- > 0 ? { loss: 1 } : undefined
      },
    }
  }

  test('an agent that owes many updates is interrupted among them', async () => {
    const stop = new AbortController()
    const record = await train(await busyAgent(400), shop(), { steps: 5, onProgress: () => stop.abort(), signal: stop.signal })
    expect(record).toMatchObject({ interrupted: true, steps: 1 })
    expect(record.updates).toBeLessThan(200)
  })

  test('the event loop turns while training, and progress is told as it goes', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const told: Progress[] = []
    const onProgress = (progress: Progress) => told.push({ ...progress, returns: [...progress.returns] })
    await train(await busyAgent(1), shop(), { episodes: 20, seed: 1, onProgress })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(1)
    expect(told.length).toBeGreaterThan(2)
    const last = told.at(-1)!
    expect(last).toMatchObject({ step: 200, episode: 20, episodes: 20, steps: Infinity, secondsLeft: 0, loss: 1 })
    expect(last.returns.length).toBe(20)
    expect(last.stepsPerSecond).toBeGreaterThan(0)
  })

  test('without a limit, or with one that is none, it is told so', async () => {
    const env = shop()
    const agent = await makeAgent('random', env)
    await expect(train(agent, env, { seed: 1 })).rejects.toThrow('neither episodes nor steps is given')
    await expect(train(agent, env, { episodes: Number.NaN })).rejects.toThrow('episodes is NaN')
    await expect(train(agent, env, { episodes: 1, evaluateEvery: 10 })).rejects.toThrow('evaluateEvery is given without evaluation')
  })
})

describe('evaluation', () => {
  test('the same shoppers come to every agent, however many copies are stepped', async () => {
    const agent = await makeAgent('popularity', shop())
    const alone = evaluate(agent, shop(1), { episodes: 11, seed: 5 })
    const together = evaluate(agent, shop(4), { episodes: 11, seed: 5 })
    expect(together).toEqual(alone)
    expect(alone.returns.length).toBe(11)
    expect(alone.mean).toBeCloseTo(alone.returns.reduce((sum, value) => sum + value) / 11, 12)
    expect(evaluate(agent, shop(1), { episodes: 11, seed: 6 }).returns).not.toEqual(alone.returns)
  })

  test('rates come from the events of the episodes counted, no others', async () => {
    const agent = await makeAgent('popularity', shop())
    const { counts, clickThroughRate, conversionRate, returnRate, shown, lengths } = evaluate(agent, shop(8), { episodes: 11, seed: 5 })
    expect(counts.impression).toBe(110)
    expect(shown.reduce((sum, times) => sum + times)).toBe(110)
    expect([...lengths]).toEqual(Array(11).fill(10))
    expect(clickThroughRate).toBe(counts.click / 110)
    expect(conversionRate).toBe(counts.purchase / counts.click)
    expect(returnRate).toBe(counts.return / 11)
  })

  test('copies left over in the last round are not counted', async () => {
    const env = tinyEnv('pairs', 3, { actions: 2, length: 2, begin: () => 0, next: () => 1, reward: seen => seen + 1 })
    const agent = await makeAgent('random', env)
    const { returns, lengths } = evaluate(agent, env, { episodes: 4, seed: 1 })
    expect([...returns]).toEqual([3, 3, 3, 3])
    expect([...lengths]).toEqual([2, 2, 2, 2])
    expect(() => evaluate(agent, env, { episodes: 0, seed: 1 })).toThrow('episodes is 0')
  })
})
