import fc from 'fast-check'
import { mean } from 'simple-statistics'
import { expect, test } from 'vitest'
import { policyValues } from '../../../src/agents/policy-iteration'
import { cliffWalkingModel } from '../../../src/envs/classic/cliff-walking'
import { testMdpModel } from '../../../src/envs/classic/test-mdp'
import { fittedQEvaluation } from '../../../src/evaluate/off-policy/fitted-q-evaluation'
import { tabularQ } from '../../../src/evaluate/off-policy/fitted-q-table'
import { logOf, type Problem, randomProblems, sampleEpisodes, testMdpProblem, trueActionValues, trueValue } from './sequence-support'

const problem = testMdpProblem
const start = 1

// One state without contexts, two actions, discount .5. Action 0 pays 1 and goes on, action 1 pays 2 and ends; the judged policy does each
// half the time: Q(1) = 2, Q(0) = 1 + .5 · (.5 Q(0) + .5 · 2), so .75 Q(0) = 1.5, Q(0) = 2, and the value is 2.
const byHand = {
  rounds: 3,
  actions: 2,
  action: Int32Array.of(0, 1, 1),
  reward: Float64Array.of(1, 2, 2),
  propensity: new Float64Array(3).fill(0.5),
  contexts: new Float64Array(),
  width: 0,
  episode: Int32Array.of(0, 0, 1),
}

test('a log without contexts by hand', () => {
  const { estimator, estimate, actionValues } = fittedQEvaluation(byHand, new Float64Array(6).fill(0.5), { discount: 0.5 })
  expect(estimator).toBe('fitted Q evaluation')
  expect(estimate).toBeCloseTo(2, 8)
  for (const value of actionValues) expect(value).toBeCloseTo(2, 8)
})

/** The judged policy's value where transitions and rewards are what was counted, and what was never done leads to the end. */
function countedValue(of: Problem, episodes: ReturnType<typeof sampleEpisodes>): number {
  const states = of.model.states + 1
  const end = of.model.states
  const actions = of.model.actions
  const seen = new Float64Array(states * actions)
  const transitions = new Float64Array(states * actions * states)
  const rewards = new Float64Array(states * actions)
  for (const visits of episodes) {
    for (const [step, { state, action }] of visits.entries()) {
      const pair = state * actions + action
      seen[pair]!++
      rewards[pair] = of.model.rewards[pair]!
      transitions[pair * states + (visits[step + 1]?.state ?? end)]!++
    }
  }
  for (let pair = 0; pair < seen.length; pair++) {
    if (seen[pair] === 0) transitions[pair * states + end] = 1
    else for (let next = 0; next < states; next++) transitions[pair * states + next]! /= seen[pair]!
  }
  const model = { states, actions, transitions, rewards, terminal: Array.from({ length: states }, (_, state) => Number(state === end)) }
  return [...of.judged.slice(0, actions).keys()].reduce((sum, action) => {
    const { actionValues } = policyValues(model, [...of.judged, ...Array.from({ length: actions }, () => 1 / actions)], of.discount)
    return sum + of.judged[action]! * actionValues[action]!
  }, 0)
}

test('where contexts are states it is the value of the process that the log counts', () => {
  fc.assert(
    fc.property(
      randomProblems(),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(100),
      (random, discount, count, seed) => {
        const episodes = sampleEpisodes(random, count, seed)
        const { feedback, policy } = logOf(random, episodes)
        const { estimate } = fittedQEvaluation(feedback, policy, { discount, resamples: 1 })
        expect(estimate).toBeCloseTo(countedValue({ ...random, discount }, episodes), 6)
      },
    ),
  )
})

test('the same seed draws the same interval, and Q is that of the log itself, however often it is drawn again', () => {
  const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 40, 1, start))
  const fitted = (seed: number, resamples: number) => fittedQEvaluation(feedback, policy, { discount: 0.9, seed, resamples })
  expect(fitted(1, 20)).toEqual(fitted(1, 20))
  expect(fitted(2, 20).low).not.toBe(fitted(1, 20).low)
  expect(fitted(2, 20).actionValues).toEqual(fitted(1, 1).actionValues)
})

test('where contexts tell the step too, as many fits as an episode has steps are exact, at discount 1 as well', () => {
  const timed = { ...problem, discount: 1, model: { ...problem.model, terminal: new Uint8Array(6) } }
  const { feedback, policy } = logOf(timed, sampleEpisodes(timed, 300, 1, start), true)
  const short = fittedQEvaluation(feedback, policy, { iterations: 4, resamples: 1 })
  const long = fittedQEvaluation(feedback, policy, { resamples: 1 })
  expect(short.actionValues).toEqual(long.actionValues)
  expect([short.iterations, long.iterations]).toEqual([4, 5])
  expect([short.warnings, long.warnings]).toEqual([[], []])
  const few = fittedQEvaluation(feedback, policy, { iterations: 3, resamples: 1 })
  expect(few.estimate).not.toBeCloseTo(long.estimate, 3)
  expect(few.warnings).toEqual([expect.stringContaining('after 3 fits Q still changes by')])
})

test('with many episodes it comes to the true values, within an interval that shrinks', () => {
  const widths = [200, 5000].map(count => {
    const { feedback, policy, visits } = logOf(problem, sampleEpisodes(problem, count, 2, start), true)
    const { low, high, actionValues } = fittedQEvaluation(feedback, policy, { discount: 0.9, resamples: 100 })
    const truth = trueValue(problem, start)
    expect([low < truth, truth < high]).toEqual([true, true])
    if (count === 5000) {
      const first = visits.findIndex(({ step }) => step === 0)
      for (const [action, value] of [...actionValues.subarray(first * 4, first * 4 + 4)].entries()) {
        expect(Math.abs(value - trueActionValues(problem)[4]![start * 4 + action]!)).toBeLessThan(0.3)
      }
    }
    return high - low
  })
  expect(widths[0]! / widths[1]!).toBeGreaterThan(3)
})

test('episodes that are cut off tell of a process that goes on: the test MDP at discount .5', () => {
  const cut: Problem = { ...problem, model: { ...testMdpModel, terminal: new Uint8Array(6) }, discount: 0.5, horizon: 6 }
  const { feedback, policy } = logOf(cut, sampleEpisodes(cut, 1000, 4, start))
  const { values } = policyValues(testMdpModel, cut.judged, 0.5)
  const options = { discount: 0.5, resamples: 50 }
  const { low, high } = fittedQEvaluation(feedback, policy, { ...options, truncated: new Uint8Array(1000).fill(1) })
  expect([low < values[start]!, values[start]! < high, high - low < 0.3]).toEqual([true, true, true])
  // Taken for ends, one step in six seems to lead nowhere.
  const ended = fittedQEvaluation(feedback, policy, options)
  expect(Math.abs(ended.estimate - values[start]!)).toBeGreaterThan(high - low)
})

test('cliff walking, where nothing is random: random walks from everywhere give the value of a careful walker exactly', () => {
  const { states, actions } = cliffWalkingModel
  // Up from the start, right along the row above the edge, down at the last column; one step in five is random.
  const wanted = Array.from({ length: states }, (_, cell) => (cell >= 36 ? 0 : cell % 12 === 11 ? 2 : cell < 24 ? 1 : 0))
  const cliff: Problem = {
    model: cliffWalkingModel,
    behaviour: Array.from({ length: states * actions }, () => 0.25),
    judged: Array.from({ length: states * actions }, (_, pair) => 0.05 + (wanted[Math.floor(pair / actions)] === pair % actions ? 0.8 : 0)),
    discount: 0.95,
    horizon: 60,
  }
  const starts = Array.from({ length: 37 }, (_, cell) => cell)
  const walks = starts.flatMap(cell => sampleEpisodes(cliff, 10, cell, cell))
  const { feedback, policy } = logOf(cliff, walks)
  const truncated = walks.map(walk => Number(walk.length === 60))
  const { estimate, effectiveSampleSize, warnings } = fittedQEvaluation(feedback, policy, { discount: 0.95, resamples: 1, truncated })
  const { values } = policyValues(cliffWalkingModel, cliff.judged, 0.95)
  expect(estimate).toBeCloseTo(mean([...values.subarray(0, 37)]), 5)
  expect(effectiveSampleSize).toBeGreaterThan(100)
  expect(warnings).toEqual([])
})

/** Contexts that say the same as one-hot ones in other numbers: the first column left out, the others mixed. */
function mixed(contexts: Float64Array, width: number): Float64Array {
  return Float64Array.from({ length: (contexts.length / width) * (width - 1) }, (_, at) => {
    const [round, column] = [Math.floor(at / (width - 1)), at % (width - 1)]
    let value = 0
    for (let other = 1; other < width; other++)
      value += contexts[round * width + other]! * (((other * (column + 2)) % width) + (other === column + 1 ? 3 : 0))
    return value
  })
}

test('the regression on contexts that tell the states apart in other numbers agrees with the table', () => {
  const stopping = { ...problem, discount: 0.8, horizon: 8 }
  const { feedback, policy } = logOf(stopping, sampleEpisodes(stopping, 300, 5, start))
  const other = { ...feedback, contexts: mixed(feedback.contexts, 6), width: 5 }
  const options = { discount: 0.8, resamples: 5, seed: 2 }
  const table = fittedQEvaluation(feedback, policy, options)
  const linear = fittedQEvaluation(other, policy, { ...options, ridge: 1e-10 })
  for (const part of ['estimate', 'low', 'high'] as const) expect(linear[part]).toBeCloseTo(table[part], 5)
  for (const [at, value] of linear.actionValues.entries()) expect(value).toBeCloseTo(table.actionValues[at]!, 5)
  expect(fittedQEvaluation(other, policy, options).estimate).toBeCloseTo(table.estimate, 2)
})

test('where episodes have one step it is the direct method: the mean reward of each action, as often as the judged policy does it', () => {
  const alone = { ...byHand, reward: Float64Array.of(3, 5, 8), episode: Int32Array.of(0, 1, 2) }
  expect(fittedQEvaluation(alone, [0.25, 0.75, 0.25, 0.75, 0.25, 0.75], { resamples: 1 }).estimate).toBeCloseTo(0.25 * 3 + 0.75 * 6.5, 12)
})

test('each resample has a fit of its own: for a mean the interval is as wide as that of a mean', () => {
  const rounds = 800
  const reward = Float64Array.from({ length: rounds }, (_, round) => round % 10)
  const alone = { ...byHand, rounds, reward, action: Int32Array.from({ length: rounds }, (_, round) => Number(round % 20 < 10)) }
  const log = {
    ...alone,
    propensity: new Float64Array(rounds).fill(0.5),
    episode: Int32Array.from({ length: rounds }, (_, round) => round),
  }
  const { low, high, estimate } = fittedQEvaluation(
    log,
    Float64Array.from({ length: 2 * rounds }, (_, at) => at % 2),
    { resamples: 1000 },
  )
  expect(estimate).toBeCloseTo(4.5, 12)
  // 400 rounds of action 1, their rewards 0 to 9 with deviation sqrt(8.25).
  expect((high - low) / (2 * 1.96 * Math.sqrt(8.25 / 400))).toBeCloseTo(1, 1)
  const linear = { ...log, contexts: new Float64Array(rounds).fill(2), width: 1 }
  const same = fittedQEvaluation(
    linear,
    Float64Array.from({ length: 2 * rounds }, (_, at) => at % 2),
    { resamples: 1000 },
  )
  expect(same.low).toBeCloseTo(low, 4)
  expect(same.high).toBeCloseTo(high, 4)
})

test('says when Q has not settled, and refuses a regression that grows beyond all numbers', () => {
  const truncated = [1, 1]
  const going = { ...byHand, action: Int32Array.of(0, 1, 0), episode: Int32Array.of(0, 0, 1) }
  const endless = fittedQEvaluation(going, [1, 0, 1, 0, 1, 0], { truncated, resamples: 1 })
  expect(endless.iterations).toBe(1000)
  expect(endless.warnings.at(-1)).toContain('after 1000 fits Q still changes')
  // From 1 to 4: whatever a line through these is worth at 1, it is worth 2.5 times as much at 4 (Tsitsiklis & Van Roy 1997).
  const doubling = { ...going, action: Int32Array.of(0, 0, 0), contexts: Float64Array.of(1, 4, 0.5), width: 1 }
  expect(() => fittedQEvaluation(doubling, [1, 0, 1, 0, 1, 0], { truncated, resamples: 1 })).toThrow('Q grows beyond all numbers')
})

test('two ones in a context are no state of a table', () => {
  const steps = { next: Int32Array.of(1, -1), told: Uint8Array.of(1, 1) }
  const table = (...contexts: number[]) => {
    const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 1, 1, start))
    return tabularQ({ ...feedback, rounds: 2, contexts: Float64Array.from(contexts), width: 2 }, policy, steps)
  }
  expect(table(1, 0, 0, 1)?.size).toBe(2 * 4)
  for (const contexts of [
    [1, 1, 0, 1],
    [1, 0, 0, 0],
    [1, 0, 0, 2],
  ])
    expect(table(...contexts)).toBeUndefined()
})

test('bad input is refused', () => {
  const policy = new Float64Array(6).fill(0.5)
  const { episode, ...alone } = byHand
  expect(() => fittedQEvaluation(alone, policy)).toThrow('episode is missing')
  expect(() => fittedQEvaluation(byHand, [0.5, 0.5, 0.5])).toThrow('this estimator needs 6')
  expect(() => fittedQEvaluation(byHand, policy, { discount: 2 })).toThrow('discount is 2')
  expect(() => fittedQEvaluation(byHand, policy, { iterations: 0 })).toThrow('iterations is 0')
  expect(() => fittedQEvaluation(byHand, policy, { ridge: 0 })).toThrow('ridge is 0')
  expect(() => fittedQEvaluation(byHand, policy, { tolerance: -1 })).toThrow('tolerance is -1')
  expect(() => fittedQEvaluation(byHand, policy, { truncated: [1] })).toThrow('truncated has 1 numbers')
  expect(() => fittedQEvaluation(byHand, policy, { truncated: [0, 2] })).toThrow('truncated[1] is 2')
  expect(() => fittedQEvaluation({ ...byHand, episode: Int32Array.of(0, 1, 2) }, policy, { truncated: [1, 1, 1] })).toThrow(
    'truncated leaves no round',
  )
  expect(() => fittedQEvaluation({ ...byHand, contexts: new Float64Array(6000).fill(2), width: 2000 }, policy)).toThrow('4002 coefficients')
  expect(() => fittedQEvaluation({ ...byHand, reward: Float64Array.of(1, Number.NaN, 2) }, policy)).toThrow('reward[1] is NaN')
})
