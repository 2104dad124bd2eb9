import { afterAll, expect, test } from 'vitest'
import type { Agent, Checkpoint } from '../../src/agents/agent'
import { randomAgent } from '../../src/agents/random'
import { agentFacts, agentNames, makeAgent } from '../../src/agents/registry'
import { candyStore } from '../../src/envs/candy-store'
import { identity } from '../../src/envs/classic/identity'
import type { Env } from '../../src/envs/env'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { simshop } from '../../src/envs/simshop'
import { actionWidth } from '../../src/envs/spaces'
import { importanceWeights } from '../../src/evaluate/off-policy/importance-weights'
import { stream } from '../../src/random/generator'
import { jointAction } from '../../src/train/joint-action'
import { policyProbabilities } from '../../src/train/policy-probabilities'
import { recordFeedback } from '../../src/train/record-feedback'

const candy = (copies: number) => candyStore(copies, { users: 20, items: 6 })
const slates = (copies: number) => interestEvolution(copies, { candidates: 5, slate: 2 })

/** Shared by the tests: nothing here lets it learn on. */
const agents = new Map<string, Promise<Agent>>()
afterAll(async () => {
  for (const agent of agents.values()) (await agent).dispose()
})

function learned(name: string, make: (copies: number) => Env, options: object = {}): Promise<Agent> {
  const key = `${name} in ${make.name}`
  if (!agents.has(key)) agents.set(key, teach(name, make, options))
  return agents.get(key)!
}

/** An agent that has learned a little, so that what it explores depends on what it sees. */
async function teach(name: string, make: (copies: number) => Env, options: object = {}): Promise<Agent> {
  const shop = make(4)
  const agent = await makeAgent(name, shop, { seed: 1, ...options })
  shop.reset(1)
  const actions = new Int32Array(4 * actionWidth(shop.spec.actions))
  for (let step = 0; step < 40; step++) {
    const before = shop.observations.slice()
    agent.act(before, true, actions)
    shop.step(actions)
    agent.observe(shop, before, actions)
    agent.update()
  }
  return agent
}

/** A checkpoint as texts, which are sooner compared than long arrays. */
function bytes({ state, arrays }: Checkpoint): string[] {
  const texts = Object.values(arrays).map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength).toString('latin1'),
  )
  return [JSON.stringify(state), ...texts]
}

test.each(agentNames.filter(name => agentFacts[name]!.spaces.includes('discrete')))(
  'the log that %s wrote, judged for itself: all weights are 1, and it is as it was',
  async name => {
    const agent = await learned(name, candy)
    const log = recordFeedback(candy(4), agent, { visits: 5, seed: 3 })
    const before = agent.save()
    const { probabilities, unseen } = policyProbabilities(agent, log, { explore: true })
    expect(bytes(agent.save())).toEqual(bytes(before))
    expect(unseen).toBe(0)
    expect(new Set(importanceWeights(log, probabilities))).toEqual(new Set([1]))
  },
)

test.each([
  ['reinforce', candy],
  ['double-dqn', candy],
  ['thompson-bernoulli', candy],
  ['lin-ts', candy],
  ['slate-q', slates],
  ['ppo', slates],
] as const)('%s does each action as often as it says', async (name, make) => {
  const agent = await learned(name, make)
  const shop = make(4)
  const space = shop.spec.actions
  const log = recordFeedback(shop, agent, { visits: 1, seed: 3 })
  const { probabilities } = policyProbabilities(agent, log, { explore: true, space })
  const [round, times] = [2, 5000]
  const context = log.contexts.subarray(round * log.width, (round + 1) * log.width)
  const rows = new Float32Array(times * log.width)
  for (let time = 0; time < times; time++) rows.set(context, time * log.width)
  const actions = new Int32Array(times * actionWidth(space))
  agent.act(rows, true, actions)
  const counts = new Float64Array(log.actions)
  for (let time = 0; time < times; time++) counts[jointAction(space, actions, time)]!++
  for (const [action, count] of counts.entries()) {
    const chance = probabilities[round * log.actions + action]!
    // Five standard errors of a count.
    expect(Math.abs(count - times * chance)).toBeLessThanOrEqual(5 * Math.sqrt(times * chance * (1 - chance)) + 1e-3)
  }
})

test('without exploring the best action has probability 1', async () => {
  const agent = await learned('double-dqn', candy)
  const log = recordFeedback(candy(2), agent, { visits: 3, seed: 3 })
  const { probabilities, unseen } = policyProbabilities(agent, log)
  expect(unseen).toBe(0)
  for (let round = 0; round < log.rounds; round++) {
    const [best] = [new Int32Array(1)]
    agent.act(Float32Array.from(log.contexts.subarray(round * log.width, (round + 1) * log.width)), false, best)
    const wanted = Array.from({ length: 6 }, (_, action) => (action === best[0] ? 1 : 0))
    expect([...probabilities.subarray(round * 6, (round + 1) * 6)]).toEqual(wanted)
  }
})

/** Says what it is told to of the actions it draws by these chances. */
function agentOf(chances: readonly number[], said: (action: number, time: number) => number = action => chances[action]!) {
  const generator = stream(1, 'test')
  let [time, loaded] = [0, 0]
  return {
    loaded: () => loaded,
    act(_observations: Float32Array, _explore: boolean, actions: Int32Array, propensities?: Float32Array) {
      for (let row = 0; row < actions.length; row++) {
        let [left, action] = [generator.next(), 0]
        while (left >= chances[action]! && action < chances.length - 1) left -= chances[action++]!
        actions[row] = action
        if (propensities) propensities[row] = said(action, time++)
      }
    },
    save: () => ({}) as never,
    load: () => void loaded++,
  }
}
const oneRound = (actions: number) =>
  recordFeedback(identity(1, { n: actions, length: 1 }), agentOf(Array(actions).fill(1 / actions)), { visits: 1, seed: 1 })

test('what was not seen is spread over the actions never drawn, and said', () => {
  // One draw of the likeliest, .9; the other four have .025 each.
  const agent = agentOf([0.9, 0.025, 0.025, 0.025, 0.025])
  const { probabilities, unseen } = policyProbabilities(agent, oneRound(5), { explore: true, rest: 0.11 })
  expect(unseen).toBeCloseTo(0.1, 6)
  for (const [action, chance] of probabilities.entries()) expect(chance).toBeCloseTo(action === 0 ? 0.9 : 0.025, 6)
})

test('what is missing by rounding alone is not spread', () => {
  const said = 1 - 5e-6
  const { probabilities, unseen } = policyProbabilities(
    agentOf([1, 0], () => said),
    oneRound(2),
  )
  expect(unseen).toBe(0)
  expect(Array.from(probabilities)).toEqual([Math.fround(said), 0])
})

// More contexts than are asked at a time; of the first of them a tenth stays unseen.
test('of many contexts each has its own answer, and the most that was unseen is said', () => {
  const rounds = 1500
  const column = () => new Float64Array(rounds)
  const log = {
    ...{ rounds, actions: 3, action: new Int32Array(rounds), reward: column(), propensity: column().fill(1) },
    ...{ contexts: column().map((_, round) => round), width: 1 },
  }
  const agent = {
    ...agentOf([1]),
    act(observations: Float32Array, _explore: boolean, actions: Int32Array, propensities?: Float32Array) {
      for (const [row, context] of observations.entries()) {
        actions[row] = context % 3
        propensities![row] = context === 0 ? 0.9 : 1
      }
    },
  }
  const { probabilities, unseen } = policyProbabilities(agent, log, { rest: 0.11 })
  expect(unseen).toBeCloseTo(0.1, 6)
  for (let at = 3; at < probabilities.length; at++) {
    const round = Math.floor(at / 3)
    if (probabilities[at] !== Number(at % 3 === round % 3)) expect.fail(`round ${round} has ${probabilities[at]}`)
  }
})

test('of what was done alone they are the same numbers, and enough for a log of slates that would be too many', async () => {
  const agent = await learned('slate-q', slates)
  const log = recordFeedback(slates(4), agent, { visits: 5, seed: 3 })
  const { actions: space } = slates(1).spec
  for (const explore of [true, false]) {
    const all = policyProbabilities(agent, log, { explore, space })
    const logged = policyProbabilities(agent, log, { explore, space, of: 'logged' })
    expect(logged.unseen).toBe(all.unseen)
    expect(Array.from(logged.probabilities)).toEqual(
      Array.from(log.action, (action, round) => all.probabilities[round * log.actions + action]!),
    )
  }
  const pages = recordFeedback(simshop(2), randomAgent(simshop(1).spec, { seed: 1 }), { visits: 2, seed: 1 })
  const large = { space: simshop(1).spec.actions, rest: 1, explore: true }
  expect(() => policyProbabilities(randomAgent(simshop(1).spec), pages, large)).toThrow(
    "too many probabilities; ask for those of: 'logged'",
  )
  const { probabilities } = policyProbabilities(randomAgent(simshop(1).spec), pages, { ...large, of: 'logged' })
  // One of 50 · 49 · 48 · 47 · 46 pages.
  for (const chance of probabilities) expect(chance * 254_251_200).toBeCloseTo(1, 6)
})

test('an agent that cannot be judged is refused, and put back', () => {
  const refused = (agent: ReturnType<typeof agentOf>, message: string | RegExp, options = {}) => {
    expect(() => policyProbabilities(agent, oneRound(2), { explore: true, ...options })).toThrow(message)
    expect(agent.loaded()).toBe(1)
  }
  refused(agentOf([1 - 1e-4, 1e-4]), /^after 100 draws the actions seen in a context have the probability 0.99989/, { draws: 100 })
  refused(
    agentOf([0.5, 0.5], (_, time) => 0.2 + time / 100),
    /^asked again, the agent says that action . has the probability/,
  )
  refused(
    agentOf([0.5, 0.5], () => 0.75),
    'sum to 1.5; they must not sum to more than 1',
  )
  refused(
    agentOf([0.5, 0.5], () => 0.50005),
    /sum to 1\.0001\d+; they must not sum to more than 1/,
  )
  refused(
    agentOf([0.5, 0.5], () => 0.3),
    'for all 2 actions of one context sum to 0.6',
    { of: 'logged' },
  )
  refused(
    agentOf([0.5, 0.5], () => 0),
    'had the probability 0; it must be above 0',
  )
})

test('LinTS with a shared model knows its propensities only about, and is refused', async () => {
  const agent = await learned('lin-ts', slates, { propensityDraws: 20 })
  const log = recordFeedback(slates(4), agent, { visits: 2, seed: 3 })
  const judge = () => policyProbabilities(agent, log, { explore: true, space: slates(1).spec.actions })
  expect(judge).toThrow(/it cannot be judged|it does not know it/)
})

test('a log of other actions, and bad options, are refused', () => {
  const agent = agentOf([0.5, 0.5])
  const judge = (options: object) => () => policyProbabilities(agent, oneRound(2), options)
  expect(judge({ space: { kind: 'discrete', n: 3 } })).toThrow('the log has 2 actions, but space is Discrete(3) with 3')
  expect(judge({ draws: 0 })).toThrow(/^draws is 0; /)
  expect(judge({ rest: 2 })).toThrow(/^rest is 2; /)
  expect(judge({ rest: Number.NaN })).toThrow(/^rest is NaN; /)
  expect(judge({ of: 'done' })).toThrow('of is "done"; it must be one of all, logged')
  expect(judge({ times: 2 })).toThrow(/^policyProbabilities has no option "times"; /)
})
