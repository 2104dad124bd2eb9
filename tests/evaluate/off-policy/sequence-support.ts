/** Small decision processes whose values are known, and logs of them. */
import fc from 'fast-check'
import type { DecisionModel } from '../../../src/agents/value-iteration-model'
import type { LoggedFeedback } from '../../../src/data/logged-feedback'
import { testMdpModel } from '../../../src/envs/classic/test-mdp'
import { stream } from '../../../src/random/generator'

/** A process of a few steps with the policy that writes the log and the one that is judged, both [states, actions]. */
export interface Problem {
  readonly model: DecisionModel & { readonly terminal: ArrayLike<number> }
  readonly behaviour: readonly number[]
  readonly judged: readonly number[]
  readonly discount: number
  /** Steps after which an episode ends, if it has not come to a terminal state before. */
  readonly horizon: number
}

/** The test MDP, in which state 4 ends an episode: the log tries everything, the judged policy prefers the third action. */
export const testMdpProblem: Problem = {
  model: { ...testMdpModel, terminal: [0, 0, 0, 0, 1, 0] },
  behaviour: Array.from({ length: 24 }, () => 0.25),
  judged: Array.from({ length: 24 }, (_, at) => (at % 4 === 2 ? 0.4 : 0.2)),
  discount: 0.9,
  horizon: 4,
}

/** A log of two steps and of one, for sums by hand. */
export const twoEpisodes: LoggedFeedback = {
  rounds: 3,
  actions: 2,
  action: Int32Array.of(0, 1, 0),
  reward: Float64Array.of(1, 2, 4),
  propensity: Float64Array.of(0.25, 1, 0.8),
  contexts: new Float64Array(),
  width: 0,
  episode: Int32Array.of(0, 0, 1),
}

/** Two or three states, the last of them terminal half the time, two actions, three steps; episodes begin in state 0. */
export function randomProblems({ certain = false } = {}): fc.Arbitrary<Problem> {
  const weight = (least: number) => fc.integer({ min: least, max: 5 })
  const row = (count: number, least: number) =>
    fc
      .array(weight(least), { minLength: count, maxLength: count })
      .filter(weights => weights.some(each => each > 0))
      .map(weights => weights.map(each => each / weights.reduce((sum, other) => sum + other, 0)))
  const rows = (count: number, width: number, least: number) =>
    fc.array(row(width, least), { minLength: count, maxLength: count }).map(all => all.flat())
  return fc.integer({ min: 2, max: 3 }).chain(states =>
    fc.record({
      model: fc.record({
        states: fc.constant(states),
        actions: fc.constant(2),
        transitions: certain
          ? fc
              .array(fc.integer({ min: 0, max: states - 1 }), { minLength: states * 2, maxLength: states * 2 })
              .map(to => to.flatMap(there => Array.from({ length: states }, (_, state) => Number(state === there))))
          : rows(states * 2, states, 0),
        rewards: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: states * 2, maxLength: states * 2 }),
        terminal: fc.boolean().map(ends => Array.from({ length: states }, (_, state) => Number(ends && state === states - 1))),
      }),
      behaviour: rows(states, 2, 1),
      judged: rows(states, 2, 0),
      discount: fc.double({ min: 0, max: 1, noNaN: true }),
      horizon: fc.constant(3),
    }),
  )
}

/** Q of the judged policy with so many steps to go, [steps to go][states, actions], by its definition; steps to go from 0. */
export function trueActionValues({ model, judged, discount, horizon }: Problem): number[][] {
  const { states, actions, transitions, rewards, terminal } = model
  const values = [Array.from({ length: states * actions }, () => 0)]
  for (let left = 1; left <= horizon; left++) {
    values.push(
      Array.from({ length: states * actions }, (_, pair) => {
        if (terminal[Math.floor(pair / actions)]) return 0
        let value = rewards[pair]!
        for (let next = 0; next < states; next++) {
          for (let action = 0; action < actions; action++) {
            const chance = transitions[pair * states + next]! * judged[next * actions + action]!
            value += discount * chance * values[left - 1]![next * actions + action]!
          }
        }
        return value
      }),
    )
  }
  return values
}

/** What an episode that begins in the state is worth under the judged policy. */
export function trueValue(problem: Problem, state = 0): number {
  const { actions } = problem.model
  const values = trueActionValues(problem)[problem.horizon]!
  return Array.from({ length: actions }, (_, action) => action).reduce(
    (sum, action) => sum + problem.judged[state * actions + action]! * values[state * actions + action]!,
    0,
  )
}

export interface Visit {
  readonly state: number
  readonly action: number
  readonly step: number
}

/** Every episode that can be, from state 0, with the probability that the logging policy goes that way. */
export function allEpisodes({ model, behaviour, horizon }: Problem): { visits: Visit[]; probability: number }[] {
  const { states, actions, transitions, terminal } = model
  const found: { visits: Visit[]; probability: number }[] = []
  const go = (state: number, visits: Visit[], probability: number) => {
    if (probability === 0) return
    if (visits.length === horizon || (visits.length > 0 && terminal[state])) {
      found.push({ visits, probability })
      return
    }
    for (let action = 0; action < actions; action++) {
      const longer = [...visits, { state, action, step: visits.length }]
      const chosen = probability * behaviour[state * actions + action]!
      // After the last step it does not matter where one is.
      if (longer.length === horizon) go(0, longer, chosen)
      else for (let next = 0; next < states; next++) go(next, longer, chosen * transitions[(state * actions + action) * states + next]!)
    }
  }
  go(0, [], 1)
  return found
}

/** Episodes as a log, its contexts one-hot states or, with `timed`, pairs of step and state; and the judged policy, [rounds, actions]. */
export function logOf(
  { model, behaviour, judged, horizon }: Problem,
  episodes: readonly (readonly Visit[])[],
  timed = false,
): { feedback: LoggedFeedback & { episode: Int32Array }; policy: Float64Array; visits: readonly Visit[] } {
  const { states, actions, rewards } = model
  const visits = episodes.flat()
  const width = timed ? states * horizon : states
  const contexts = new Float64Array(visits.length * width)
  for (const [round, { state, step }] of visits.entries()) contexts[round * width + (timed ? step * states : 0) + state] = 1
  return {
    feedback: {
      rounds: visits.length,
      actions,
      action: Int32Array.from(visits, ({ action }) => action),
      reward: Float64Array.from(visits, ({ state, action }) => rewards[state * actions + action]!),
      propensity: Float64Array.from(visits, ({ state, action }) => behaviour[state * actions + action]!),
      contexts,
      width,
      episode: Int32Array.from(episodes.flatMap((episode, number) => episode.map(() => number))),
    },
    policy: Float64Array.from(visits.flatMap(({ state }) => judged.slice(state * actions, (state + 1) * actions))),
    visits,
  }
}

/** Episodes drawn from the process under the logging policy. */
export function sampleEpisodes({ model, behaviour, horizon }: Problem, count: number, seed: number, start = 0): Visit[][] {
  const { states, actions, transitions, terminal } = model
  const chance = stream(seed, 'sampled episodes')
  const draw = (from: ArrayLike<number>, at: number, among: number) => {
    let rest = chance.next()
    for (let each = 0; each < among - 1; each++) if ((rest -= from[at + each]!) < 0) return each
    return among - 1
  }
  return Array.from({ length: count }, () => {
    const visits: Visit[] = []
    let state = start
    do {
      const action = draw(behaviour, state * actions, actions)
      visits.push({ state, action, step: visits.length })
      state = draw(transitions, (state * actions + action) * states, states)
    } while (visits.length < horizon && !terminal[state])
    return visits
  })
}
