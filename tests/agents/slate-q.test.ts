import { describe, expect, test } from 'vitest'
import type { Agent, Checkpoint } from '../../src/agents/agent'
import { joinLayers, namedShape } from '../../src/agents/named-layers'
import { randomAgent } from '../../src/agents/random'
import { rankByInterest } from '../../src/agents/recsim-rankings'
import { interestChoice, learnedChoice } from '../../src/agents/slate-choice'
import { type SlateQOptions, slateQ } from '../../src/agents/slate-q'
import { SlateRows } from '../../src/agents/slate-q-rows'
import { candyStore } from '../../src/envs/candy-store'
import { numbers } from '../../src/envs/copy-state'
import { defineEnv } from '../../src/envs/define-env'
import type { Env } from '../../src/envs/env'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { longTermSatisfaction } from '../../src/envs/recsim-long-term-satisfaction'
import { simshop } from '../../src/envs/simshop'
import { activations } from '../../src/networks/activations'
import { type Generator, stream } from '../../src/random/generator'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'
import { agentProperties } from './agent-properties'

const small: Partial<SlateQOptions> = {
  ...{ hiddenUnits: [16], choiceHiddenUnits: [8], batchSize: 16, warmUp: 16, trainEvery: 1 },
  ...{ epsilonSteps: 60, epsilonEnd: 0.3, seed: 1 },
}

/** A shop whose candidates never change: one number each. */
interface Rules {
  readonly candidates: readonly number[]
  readonly size?: number
  readonly length: number
  readonly truncates?: boolean
  begin?(generator: Generator): number
  next?(state: number): number
  /** The place chosen in the slate; -1 for none. */
  choose?(state: number, slate: readonly number[]): number
  /** Of the candidate's number, or undefined for none. */
  reward(state: number, chosen: number | undefined): number
  ends?(state: number, chosen: number | undefined): boolean
}

function tinySlates(copies: number, rules: Rules): Env {
  const { candidates, size = 1, length } = rules
  return defineEnv(copies, {
    name: 'tiny-slates',
    preset: 'classic',
    options: {},
    layout: [
      { name: 'user', offset: 0, shape: [1] },
      { name: 'candidates', offset: 1, shape: [candidates.length, 1] },
    ],
    actions: { kind: 'slate', candidates: candidates.length, size },
    horizon: length,
    state: { state: numbers(1) },
    begin(copy, { state }, generator) {
      state[copy] = rules.begin?.(generator) ?? 1
    },
    observe(copy, { state }, row, offset) {
      row[offset] = state[copy]!
      row.set(candidates, offset + 1)
    },
    step(copy, { state, steps }, actions, at, _generator, { rewards, chosen }) {
      const slate = [...actions.subarray(at, at + size)].map(candidate => candidates[candidate]!)
      const place = rules.choose ? rules.choose(state[copy]!, slate) : 0
      const number = place < 0 ? undefined : slate[place]!
      rewards[copy] = rules.reward(state[copy]!, number)
      chosen[copy] = place
      const ends = rules.ends?.(state[copy]!, number) ?? false
      state[copy] = rules.next?.(state[copy]!) ?? state[copy]!
      return ends || (!rules.truncates && steps[copy] === length)
    },
  }).env
}

/** One step with the slates given, and what comes of it. */
function step(agent: Agent, env: Env, slate: readonly number[]): void {
  const before = env.observations.slice()
  const actions = Int32Array.from(slate)
  env.step(actions)
  agent.observe(env, before, actions)
}

/** Q(s, i) of a candidate's number, or of none, as the checkpoint's network has it. */
function valueIn(checkpoint: Checkpoint, state: number, candidate?: number): number {
  const shape = namedShape('online', checkpoint)!
  const { parameters } = joinLayers('online', shape, checkpoint)
  return activations(shape, parameters, candidate === undefined ? [state, 0, 0] : [state, candidate, 1]).at(-1)![0]!
}

// Worked by hand. One number as state, candidates 0, 1 and 2, two are shown, no hidden layers: a row is [state, candidate, 1], none's [state, 0, 0].
//   online Q(s, i) = .5 s + i - .25        Q(1, 2) = 2.25    Q(1, none) = .25
//   target Q(s, i) = s + 2 i + .5          Q(2, ·) = 2.5, 4.5, 6.5    Q(2, none) = 2
//   choice v(i) = exp(ln 2 · i) = 1, 2, 4, and v(none) = 1
//   the best slate at 2 is {1, 2}: (2 + 2 · 4.5 + 4 · 6.5) / 7 = 37/7; the slate {0, 1} is worth (2 + 2.5 + 2 · 4.5) / 4 = 3.375
// The state goes from 1 to 2, the reward is .5, the discount .9. The slate [2, 0] is shown and 2 is clicked:
//   q         y = .5 + .9 · 37/7 = 5.257143, so the squared loss is (5.257143 - 2.25)² = 9.042908
//   sarsa     with {0, 1} shown next: y = .5 + .9 · 3.375 = 3.5375, so it is 1.657656
//   terminated: y = .5, so it is 3.0625
// Nothing is clicked: (5.257143 - .25)² = 25.071480.
// With none worth 0: {1, 2} is worth 35/7, y = .5 + .9 · 5 = 5: 7.5625 for the click, and no click teaches nothing.
describe('rung 3: the targets worked by hand', () => {
  type Ending = 'goes on' | 'truncates' | 'terminates'

  async function shopAndAgent(options: Partial<SlateQOptions>, ending: Ending, clicks: boolean, arrays: Checkpoint['arrays'] = {}) {
    const env = tinySlates(1, {
      ...{ candidates: [0, 1, 2], size: 2, length: ending === 'goes on' ? 3 : 1, truncates: ending === 'truncates' },
      ...{ begin: () => 1, next: () => 2, choose: () => (clicks ? 0 : -1), reward: () => 0.5 },
    })
    const agent = await slateQ(env.spec, {
      ...{ hiddenUnits: [], choiceHiddenUnits: [], discount: 0.9, batchSize: 1, warmUp: 1, trainEvery: 1, learningRate: 0.1 },
      ...{ clipNorm: 1e9, tau: 0.25, ...options },
    })
    const fresh = agent.save()
    agent.load({
      ...fresh,
      arrays: {
        ...fresh.arrays,
        'online.0.weight': Float32Array.of(0.5, 1, 0),
        'online.0.bias': Float32Array.of(-0.25),
        'target.0.weight': Float32Array.of(1, 2, 0.5),
        'target.0.bias': Float32Array.of(0),
        'choice.0.weight': Float32Array.of(0, Math.LN2, 0),
        'choice.0.bias': Float32Array.of(0),
        ...arrays,
      },
    })
    env.reset(1)
    step(agent, env, [2, 0])
    return { agent, env }
  }

  async function lossOf(options: Partial<SlateQOptions>, ending: Ending = 'goes on', clicks = true): Promise<number> {
    const { agent } = await shopAndAgent({ noClick: 'learned', ...options }, ending, clicks)
    return agent.update()!.loss!
  }

  test('what was clicked learns the value of the best next slate, none among its choices', async () => {
    for (const targetOptimiser of ['exact', 'greedy', 'top-k'] as const) expect(await lossOf({ targetOptimiser })).toBeCloseTo(9.042908, 4)
    // Where just one is shown, top-k and the best agree too; Huber's loss is straight beyond 1.
    expect(await lossOf({ loss: 'huber' })).toBeCloseTo(3.007143 - 0.5, 5)
  })

  // v(i) = 3, 1, 1/3 beside none's 1, and target Q = 2, 5, 8 beside none's 1. By v (q - q(none)) = 3, 4, 7/3 top-k takes {0, 1}, worth
  // (1 + 6 + 5) / 5 = 2.4; {1, 2} is the best, (1 + 5 + 8/3) / (7/3) = 26/7. So y = 2.66 or 3.842857, and the loss .1681 or 2.537194.
  test('the optimiser of the target is the one named, and that of acting another', async () => {
    const apart = {
      'choice.0.weight': Float32Array.of(0, -Math.log(3), Math.log(3)),
      'target.0.weight': Float32Array.of(0, 3, 1),
      'target.0.bias': Float32Array.of(1),
    }
    for (const [targetOptimiser, loss] of [['top-k', 0.1681] as const, ['greedy', 2.537194] as const, ['exact', 2.537194] as const]) {
      const { agent } = await shopAndAgent({ targetOptimiser, optimiser: 'exact' }, 'goes on', true, apart)
      expect(agent.update()!.loss).toBeCloseTo(loss, 4)
    }
    for (const [optimiser, slate] of [['top-k', [1, 0]] as const, ['greedy', [1, 2]] as const, ['exact', [2, 1]] as const]) {
      const online = { 'online.0.weight': apart['target.0.weight'], 'online.0.bias': apart['target.0.bias'] }
      const { agent, env } = await shopAndAgent({ optimiser, targetOptimiser: 'exact' }, 'goes on', true, { ...apart, ...online })
      const actions = new Int32Array(2)
      agent.act(env.observations, false, actions)
      expect([...actions]).toEqual(slate)
    }
  })

  test('with none worth 0 the loss is the mean over the rows that teach', async () => {
    const rules = { candidates: [0, 1, 2], size: 2, length: 9, reward: () => 0.5 }
    const env = tinySlates(1, { ...rules, begin: () => 1, next: () => 2, choose: state => (state === 1 ? 0 : -1) })
    const options = { hiddenUnits: [], choiceHiddenUnits: [], batchSize: 4, warmUp: 2, trainEvery: 1, learningRate: 1e-12, discount: 0 }
    const agent = await slateQ(env.spec, { ...options, noClick: 'zero' })
    env.reset(1)
    // The first slate is clicked, the others are not: a batch has the loss of the first, or of none.
    const alone = (0.5 - valueIn(agent.save(), 1, 2)) ** 2
    const losses: string[] = []
    for (let at = 0; at < 5; at++) {
      step(agent, env, [2, 0])
      const report = agent.update()
      if (report) losses.push(report.loss!.toFixed(4))
    }
    expect(losses).toHaveLength(4)
    expect(losses).toContain(alone.toFixed(4))
    for (const loss of losses) expect(['0.0000', alone.toFixed(4)]).toContain(loss)
  })

  test('where nothing was clicked, none learns it', async () => {
    expect(await lossOf({}, 'goes on', false)).toBeCloseTo(25.07148, 4)
  })

  test('with none worth 0, it takes part in no value, and no click teaches nothing', async () => {
    expect(await lossOf({ noClick: 'zero' })).toBeCloseTo(7.5625, 4)
    const { agent } = await shopAndAgent({ noClick: 'zero' }, 'goes on', false)
    expect(agent.update()).toMatchObject({ loss: 0, gradientNorm: 0 })
    expect(valueIn(agent.save(), 1, 2)).toBeCloseTo(2.25, 6)
  })

  test('a truncated episode bootstraps from its own last observation, a terminated one not at all', async () => {
    for (const learning of ['q', 'sarsa'] as const) {
      expect(await lossOf({ learning }, 'truncates')).toBeCloseTo(9.042908, 4)
      expect(await lossOf({ learning }, 'terminates')).toBeCloseTo(3.0625, 4)
    }
  })

  test('SARSA waits for the next slate and takes what was shown', async () => {
    const { agent, env } = await shopAndAgent({ learning: 'sarsa' }, 'goes on', true)
    expect(agent.update()).toBeUndefined()
    step(agent, env, [0, 1])
    expect(agent.save().arrays['replay.nextSlates']).toEqual(Int32Array.of(0, 1))
    expect(agent.update()!.loss).toBeCloseTo(1.657656, 5)
  })

  test('SARSA takes the best slate where another shopper came in between', async () => {
    const { agent, env } = await shopAndAgent({ learning: 'sarsa' }, 'goes on', true)
    env.reset(2)
    step(agent, env, [0, 1])
    expect(agent.save().arrays['replay.nextSlates']).toEqual(Int32Array.of(-1, -1))
    expect(agent.update()!.loss).toBeCloseTo(9.042908, 4)
  })

  // The slope of (y - Q)² is negative at Q(1, 2) = Q([1, 2, 1]), so that Adam's first step moves all three weights and the bias up by .1.
  // Shown were [2, 0]: P = 4/6, 1/6 and none 1/6. The slope of the cross-entropy by the weight of the candidate is 2 (4/6 - 1) < 0: up by .1.
  test('Adam moves values and choice model, and the soft update follows by tau', async () => {
    const { agent } = await shopAndAgent({}, 'goes on', true)
    expect(agent.update()!.choiceLoss).toBeCloseTo(-Math.log(4 / 6), 5)
    const { arrays } = agent.save()
    expectClose(arrays['online.0.weight'], [0.6, 1.1, 0.1])
    expectClose(arrays['online.0.bias'], [-0.15])
    expectClose(arrays['target.0.weight'], [0.25 * 0.6 + 0.75, 0.25 * 1.1 + 1.5, 0.25 * 0.1 + 0.375])
    expect(arrays['choice.0.weight']![1]).toBeCloseTo(Math.LN2 + 0.1, 5)
  })

  test('values and choice model are each clipped to the norm', async () => {
    const { agent } = await shopAndAgent({ clipNorm: 1e-3 }, 'goes on', true)
    expect(agent.update()!.gradientNorm).toBeGreaterThan(1)
    const { arrays } = agent.save()
    for (const name of ['online', 'choice']) expect(Math.hypot(...arrays[`${name}.firstMoments`]!) / 1e-4).toBeCloseTo(1, 4)
  })

  test('a policy taken up is where the target begins, and the replay is empty', async () => {
    const [{ agent: one }, { agent: two }] = [
      await shopAndAgent({}, 'goes on', true),
      await shopAndAgent({ learning: 'sarsa' }, 'goes on', true),
    ]
    two.load(one.save(true))
    const { arrays, state } = two.save()
    expectClose(arrays['target.0.weight'], [0.5, 1, 0])
    expectClose(arrays['target.0.bias'], [-0.25])
    expect(state).toMatchObject({ replaySize: 0, waiting: 0, owed: 0, updates: 0 })
  })

  test('the slate shown is the best by the online values, and the probability told of it is right', async () => {
    const { agent, env } = await shopAndAgent({ epsilonStart: 0.3, epsilonEnd: 0.3 }, 'goes on', true)
    const [actions, chances] = [new Int32Array(2), new Float32Array(1)]
    // At 2, Q = .75, 1.75, 2.75, none .75. {1, 2}: (.75 + 3.5 + 11) / 7 = 2.18. {0, 2}: (.75 + .75 + 11) / 6 = 2.08.
    agent.act(env.observations, false, actions)
    expect([...actions]).toEqual([2, 1])
    let best = 0
    for (let draw = 0; draw < 4000; draw++) {
      agent.act(env.observations, true, actions, chances)
      const isBest = actions[0] === 2 && actions[1] === 1
      if (isBest) best++
      expect(chances[0]).toBeCloseTo(isBest ? 0.7 + 0.3 / 6 : 0.3 / 6, 6)
    }
    expect(Math.abs(best / 4000 - 0.75)).toBeLessThan(0.03) // 4 s.e.
  })
})

function expectClose(values: ArrayLike<number> | undefined, wanted: number[]): void {
  expect(values).toHaveLength(wanted.length)
  wanted.forEach((value, at) => {
    expect(values![at]).toBeCloseTo(value, 5)
  })
}

describe('the learned choice model', () => {
  const spec = tinySlates(1, { candidates: [0, 1, 2, 3], size: 2, length: 1, reward: () => 0 }).spec

  async function shown(hiddenUnits: number[], rows: number) {
    const slateRows = new SlateRows('slate-q', spec)
    const model = await learnedChoice(slateRows, rows, { hiddenUnits, learningRate: 0.01, clipNorm: 1e9, backend: 'auto', seed: 2 })
    const draws = stream(4, 'test')
    const observations = Float32Array.from({ length: rows * spec.width }, () => 2 * draws.next() - 1)
    const slates = Int32Array.from({ length: rows * 2 }, (_, at) => (at % 2 === 0 ? (at / 2) % 4 : ((at - 1) / 2 + 1) % 4))
    const inputs = new Float32Array(rows * 3 * slateRows.width)
    slateRows.writeShown(observations, slates, rows, inputs)
    return { slateRows, model, observations, slates, inputs }
  }

  test('rung 2: its slopes are those of central differences', async () => {
    const { model, inputs } = await shown([5], 6)
    const scorer = model.scorer!
    const clicked = Int32Array.of(0, 1, -1, -1, 0, 1)
    // The step is held back, so that the gradient can be looked at.
    scorer.step = () => {}
    model.fit(inputs, clicked, 6)
    const gradient = scorer.gradient()
    const state = scorer.save()
    const lossAt = (at: number, shift: number) => {
      const parameters = state.parameters.slice()
      parameters[at]! += shift
      scorer.load({ ...state, parameters })
      return model.fit(inputs, clicked, 6)
    }
    const length = Math.hypot(...gradient)
    gradient.forEach((slope, at) => {
      const numeric = (lossAt(at, 1e-3) - lossAt(at, -1e-3)) / 2e-3
      expect(Math.abs(numeric - slope)).toBeLessThan(1e-3 * length)
    })
  })

  test('it learns how often each is chosen', async () => {
    // Whatever the shopper: of the candidates' numbers 0 to 3 weights 1, 2, 4, 8, and none 2.
    const env = tinySlates(1, { candidates: [0, 1, 2, 3], size: 2, length: 1, reward: () => 0 })
    env.reset(1)
    const rows = 256
    const slateRows = new SlateRows('slate-q', env.spec)
    const model = await learnedChoice(slateRows, rows, { hiddenUnits: [8], learningRate: 0.005, clipNorm: 1e9, backend: 'auto', seed: 2 })
    const draws = stream(4, 'test')
    const observations = Float32Array.from({ length: rows * 5 }, (_, at) => env.observations[at % 5]!)
    const [slates, clicked] = [new Int32Array(rows * 2), new Int32Array(rows)]
    const inputs = new Float32Array(rows * 3 * slateRows.width)
    for (let update = 0; update < 600; update++) {
      for (let row = 0; row < rows; row++) {
        const first = Math.floor(draws.next() * 4)
        const second = (first + 1 + Math.floor(draws.next() * 3)) % 4
        slates.set([first, second], 2 * row)
        const draw = draws.next() * (2 ** first + 2 ** second + 2)
        clicked[row] = draw < 2 ** first ? 0 : draw < 2 ** first + 2 ** second ? 1 : -1
      }
      slateRows.writeShown(observations, slates, rows, inputs)
      model.fit(inputs, clicked, rows)
    }
    const weights = new Float64Array(5)
    const all = new Float32Array(5 * slateRows.width)
    slateRows.writeAll(observations, 1, all)
    model.weigh(observations, all, 1, weights)
    const wanted = [1, 2, 4, 8, 2]
    wanted.forEach((weight, at) => {
      expect(Math.abs(weights[at]! / weights[3]! / (weight / 8) - 1)).toBeLessThan(0.2)
    })
  })
})

test('the known choice model is the one of interest evolution, and of no other shop', async () => {
  const env = interestEvolution(1, { candidates: 5, slate: 2, clusters: 4 })
  const agent = await slateQ(env.spec, { ...small, choiceModel: 'interest', hiddenUnits: [] })
  const fresh = agent.save()
  // Every candidate is worth 3 and none 1, so that scores are 2 (interest + 1).
  const arrays = { ...fresh.arrays, 'online.0.weight': Float32Array.from({ length: 9 }, (_, at) => (at === 8 ? 2 : 0)) }
  agent.load({ ...fresh, arrays: { ...arrays, 'online.0.bias': Float32Array.of(1) } })
  env.reset(3)
  const scores = new Float32Array(5)
  agent.scores(env.observations, scores)
  for (let candidate = 0; candidate < 5; candidate++) {
    const cluster = [0, 1, 2, 3].findIndex(at => env.observations[4 + candidate * 4 + at] === 1)
    expect(scores[candidate]).toBeCloseTo(2 * (env.observations[cluster]! + 1), 5)
  }
  const { spec } = interestEvolution(1, { candidates: 5, slate: 2, clusters: 4, noClickScore: 3 })
  const weights = new Float64Array(6)
  interestChoice(new SlateRows('slate-q', spec)).weigh(env.observations, new Float32Array(0), 1, weights)
  // A candidate of interest i weighs i + 1, and none noClickScore + 1.
  for (let candidate = 0; candidate < 5; candidate++) expect(weights[candidate]).toBeCloseTo(scores[candidate]! / 2, 5)
  expect(weights[5]).toBe(4)
  await expect(slateQ(simshop(1).spec, { choiceModel: 'interest' })).rejects.toThrow("for simshop take choiceModel 'learned'")
})

describe('rung 4: the probes, as slates of one', () => {
  async function learned(rules: Rules, given: Partial<SlateQOptions> = {}, steps = 600) {
    const env = tinySlates(1, rules)
    const options = { learningRate: 0.01, tau: 0.1, discount: 0.9, epsilonSteps: steps, ...given }
    const agent = await slateQ(env.spec, { ...small, ...options })
    await train(agent, env, { steps, seed: 1 })
    const checkpoint = agent.save(true)
    const shows = (state: number) => {
      const action = new Int32Array(1)
      agent.act(Float32Array.of(state, ...rules.candidates), false, action)
      return rules.candidates[action[0]!]!
    }
    return { value: (state: number, candidate?: number) => valueIn(checkpoint, state, candidate), shows }
  }
  const coin = (generator: Generator) => (generator.next() < 0.5 ? 1 : -1)

  test('1: a constant reward is learned', async () => {
    const { value } = await learned({ candidates: [0], length: 1, reward: () => 1 })
    expect(value(1, 0)).toBeCloseTo(1, 1)
  })

  test('2: the value depends on the observation', async () => {
    const { value } = await learned({ candidates: [0], length: 1, begin: coin, reward: state => state })
    expect(value(1, 0)).toBeCloseTo(1, 1)
    expect(value(-1, 0)).toBeCloseTo(-1, 1)
  })

  test('3: the discount carries value back', async () => {
    const { value } = await learned({ candidates: [0], length: 2, begin: () => 0, next: () => 1, reward: state => state })
    expect(value(1, 0)).toBeCloseTo(1, 1)
    expect(value(0, 0)).toBeCloseTo(0.9, 1)
  })

  test('4: the slate follows the reward', async () => {
    const { value, shows } = await learned({ candidates: [-1, 1], length: 1, reward: (_, chosen) => chosen! })
    expect(value(1, -1)).toBeCloseTo(-1, 1)
    expect(value(1, 1)).toBeCloseTo(1, 1)
    expect(shows(1)).toBe(1)
  })

  test('5: and does so by the observation', async () => {
    const rules = { candidates: [-1, 1], length: 1, begin: coin, reward: (state: number, chosen: number | undefined) => state * chosen! }
    const { shows } = await learned(rules)
    expect([shows(-1), shows(1)]).toEqual([-1, 1])
  })

  // Candidate 0 is clicked, brings 1 and ends the visit. Candidate 1 is not clicked at first; then it is, and brings 3. To wait is worth 2.7.
  test('to choose nothing has a value: it is worth waiting, unless none is worth 0', async () => {
    const rules: Rules = {
      ...{ candidates: [0, 1], length: 2, begin: () => 0, next: () => 1 },
      choose: (state, [candidate]) => (candidate === 0 || state === 1 ? 0 : -1),
      reward: (state, chosen) => (chosen === 0 ? 1 : state === 1 ? 3 : 0),
      ends: (_, chosen) => chosen === 0,
    }
    const patient = await learned(rules, {}, 1500)
    expect(patient.value(0)).toBeCloseTo(2.7, 0)
    expect([patient.shows(0), patient.shows(1)]).toEqual([1, 1])
    const blind = await learned(rules, { noClick: 'zero' }, 1500)
    expect([blind.shows(0), blind.shows(1)]).toEqual([0, 1])
  })
})

agentProperties(
  'slate-q in interest evolution',
  env => slateQ(env.spec, small),
  copies => interestEvolution(copies, { candidates: 5, slate: 2, clusters: 4, timeBudget: 20 }),
  { other: copies => interestEvolution(copies, { candidates: 6, slate: 2, clusters: 4 }) },
)

agentProperties(
  'slate-q by SARSA in simshop',
  env =>
    slateQ(env.spec, {
      ...small,
      learning: 'sarsa',
      optimiser: 'greedy',
      epsilonSchedule: 'episode',
      targetUpdate: 'hard',
      targetEvery: 5,
    }),
  copies => simshop(copies, { candidates: 5, pageSize: 2, historyLength: 1 }),
  { other: copies => simshop(copies, { candidates: 6, pageSize: 2, historyLength: 1 }), steps: 24 },
)

agentProperties(
  'slate-q in long-term satisfaction',
  env => slateQ(env.spec, { ...small, optimiser: 'top-k', targetOptimiser: 'top-k', loss: 'huber', noClick: 'zero' }),
  copies => longTermSatisfaction(copies, { candidates: 4 }),
  { other: copies => longTermSatisfaction(copies, { candidates: 5 }), steps: 24 },
)

test('the defaults, and options and shops that do not fit', async () => {
  const { spec } = interestEvolution(1)
  const agent = await slateQ(spec)
  expect(agent.options).toEqual({
    ...{ optimiser: 'exact', targetOptimiser: 'exact', learning: 'q', choiceModel: 'learned', noClick: 'learned' },
    ...{ hiddenUnits: [128, 64], choiceHiddenUnits: [64], learningRate: 1e-3, discount: 0.99, batchSize: 32 },
    ...{ replayCapacity: 20_000, warmUp: 500, trainEvery: 4, targetUpdate: 'soft', tau: 0.01, targetEvery: 100 },
    ...{ clipNorm: 10, loss: 'squared', epsilonStart: 1, epsilonEnd: 0.01, epsilonSchedule: 'linear', epsilonDecay: 0.99 },
    ...{ epsilonSteps: 10_000, backend: 'auto', seed: 0 },
  })
  agent.dispose()
  await expect(slateQ(spec, { optimiser: 'best' as 'exact' })).rejects.toThrow(
    'optimiser is "best"; it must be one of top-k, greedy, exact',
  )
  await expect(slateQ(spec, { warmUp: 50, replayCapacity: 20 })).rejects.toThrow('warmUp is 50; it must be at most replayCapacity, 20')
  await expect(slateQ(spec, { epsilonStart: 0 })).rejects.toThrow('epsilonEnd is 0.01; it must be at most epsilonStart, 0')
  await expect(slateQ(candyStore(1, { users: 5, items: 4 }).spec)).rejects.toThrow(
    'slate-q shows slates, but candy-store has discrete actions',
  )
})

test('a click on a place that no slate has is refused before anything is learned', async () => {
  const env = interestEvolution(1, { candidates: 5, slate: 2, clusters: 4 })
  const agent = await slateQ(env.spec, small)
  env.reset(1)
  const before = env.observations.slice()
  env.step(Int32Array.of(0, 1))
  env.chosen[0] = 2
  const kept = agent.save()
  expect(() => agent.observe(env, before, Int32Array.of(0, 1))).toThrow('the place clicked by copy 0 is 2; it must be between -1 and 1')
  expect(agent.save()).toEqual(kept)
})

// The quick version of tests/learning/slate-q.test.ts: a shop of 4 clusters and short sessions.
test('in interest evolution it comes to earn more than the myopic ranking and than random, on five seeds', async () => {
  const options = { clusters: 4, candidates: 6, slate: 2, timeBudget: 40, lowestQuality: -3, highestQuality: 3 }
  const evaluation = { episodes: 200, seed: 1_000_000 }
  const shop = interestEvolution(100, options)
  const earned: number[] = []
  for (const seed of [1, 2, 3, 4, 5]) {
    const env = interestEvolution(1, options)
    const agent = await slateQ(env.spec, { hiddenUnits: [32], choiceHiddenUnits: [16], epsilonSteps: 2000, warmUp: 100, seed })
    await train(agent, env, { steps: 4000, seed })
    earned.push(evaluate(agent, shop, evaluation).mean)
    agent.dispose()
  }
  const myopic = evaluate(rankByInterest(shop), shop, evaluation).mean
  const random = evaluate(randomAgent(shop.spec), shop, evaluation).mean
  console.log(`SlateQ ${earned.map(value => value.toFixed(1)).join(', ')}; myopic ${myopic.toFixed(1)}, random ${random.toFixed(1)}`)
  expect(myopic).toBeGreaterThan(random)
  expect(Math.min(...earned)).toBeGreaterThan(myopic)
})
