/**
 * What the interaction log's formulas are worth, computed exactly: `npx tsx lab/calibrate/interaction-log.ts`.
 *
 * - `affinityOf`: what a random item, the most popular one and each user's best one are clicked, in the corrected log.
 * - `sessionOf`: the session solved by value iteration (Bellman 1957; the shop's own tables of clicks and leaving are the model). Over the
 *   twenty steps of an episode, rewards not discounted: the best plan, the myopic oracle, the plan that is best at discount .9, which is what
 *   agents learn, and a random one. And the values at discount .9 that Q-learning and SARSA with epsilon .1 approach: SARSA's are
 *   those of the best plan among the ones that take a random item one time in ten (Sutton & Barto 2018, section 5.4).
 * The four numbers of the session were chosen from a grid so that, over the logs of eight seeds, looking ahead is worth 10 to 40 % also to the
 * plan at discount .9, and that the two learners serve differently in the log of seed 42. tests/envs/interaction-log-session.test.ts holds them to this.
 */
import { type InteractionLogOptions, interactionLogSettings } from '../../src/envs/interaction-log-options'
import { type SessionModel, segments, sessionModel } from '../../src/envs/interaction-log-session'
import { logWorld } from '../../src/envs/interaction-log-world'

export const calibrationSeeds = [42, 1, 2, 3, 4, 5, 6, 7] as const

/** The chance of a click, averaged over users. */
export function affinityOf(dataSeed: number): { random: number; popular: number; best: number } {
  const { affinity, tables } = logWorld(interactionLogSettings({ dataSeed }))
  const [users, items] = [tables.users.count, tables.items.count]
  const ofItem = new Float64Array(items)
  let best = 0
  for (let user = 0; user < users; user++) {
    const row = affinity.subarray(user * items, (user + 1) * items)
    best += Math.max(...row) / users
    for (const [item, chance] of row.entries()) ofItem[item]! += chance / users
  }
  return { random: ofItem.reduce((sum, chance) => sum + chance, 0) / items, popular: Math.max(...ofItem), best }
}

export interface Session extends SessionModel {
  readonly items: number
  /** [items] */
  readonly category: Int32Array
  /** [segments]: how many of the shoppers who come are of the segment. */
  readonly shares: readonly number[]
}

export function sessionOf(options: InteractionLogOptions): Session {
  const settings = interactionLogSettings({ ...options, variant: 'session' })
  const world = logWorld(settings)
  const model = sessionModel(world, settings)
  const shares = segments.map((_, segment) => model.segmentOf.filter(own => own === segment).length / model.segmentOf.length)
  return { ...model, items: world.tables.items.count, category: world.categories.of, shares }
}

/** [segments, lasts]: an item for each state. */
export type Plan = Int32Array

/** What an item is worth in a state, when `next` [lasts] is what each category shown last is worth from then on. */
function worth(session: Session, state: number, item: number, next: Float64Array): number {
  const click = session.clicks[state * session.items + item]!
  const stays = 1 - (1 - click) * session.leaves[state]!
  return click + stays * next[session.category[item]!]!
}

/** The item with the highest worth in a state; of equal ones the first. */
function bestItem(session: Session, state: number, next: Float64Array): number {
  let best = 0
  let most = -Infinity
  for (let item = 0; item < session.items; item++) {
    const value = worth(session, state, item, next)
    if (value <= most) continue
    most = value
    best = item
  }
  return best
}

function meanWorth(session: Session, state: number, next: Float64Array): number {
  let sum = 0
  for (let item = 0; item < session.items; item++) sum += worth(session, state, item, next)
  return sum / session.items
}

/** The expected clicks of an episode of `steps`, over the segments as they come, when each state's worth is said by `worthOf`. */
export function episode(session: Session, worthOf: (state: number, next: Float64Array) => number, steps = 20): number {
  const { lasts } = session
  return session.shares.reduce((sum, share, segment) => {
    let next = new Float64Array(lasts)
    for (let left = 0; left < steps; left++) next = Float64Array.from(next, (_, last) => worthOf(segment * lasts + last, next))
    return sum + share * next[lasts - 1]!
  }, 0)
}

export const byPlan = (session: Session, plan: Plan) => (state: number, next: Float64Array) => worth(session, state, plan[state]!, next)

export const byBest = (session: Session) => (state: number, next: Float64Array) =>
  worth(session, state, bestItem(session, state, next), next)

export const byChance = (session: Session) => (state: number, next: Float64Array) => meanWorth(session, state, next)

/** Looks at the next click alone. */
export function myopicPlan(session: Session): Plan {
  const nothing = new Float64Array(session.lasts)
  return Int32Array.from(session.leaves, (_, state) => bestItem(session, state, nothing))
}

export interface Solution {
  readonly plan: Plan
  /** [segments, lasts]: discounted clicks from each state on, without end. */
  readonly values: Float64Array
}

/**
 * The best plan among those that take a random item with probability epsilon, and its values: Q-learning's with 0, SARSA's with its epsilon.
 *
 * @param discount below 1; iterated until no value moves by 1e-9
 */
export function solve(session: Session, { discount = 0.9, epsilon = 0 } = {}): Solution {
  const { lasts } = session
  const plan = new Int32Array(session.leaves.length)
  const values = new Float64Array(session.leaves.length)
  for (const segment of segments.keys()) {
    const own = values.subarray(segment * lasts, (segment + 1) * lasts)
    for (let moved = Infinity; moved > 1e-9; ) {
      moved = 0
      const next = own.map(value => discount * value)
      for (let last = 0; last < lasts; last++) {
        const state = segment * lasts + last
        plan[state] = bestItem(session, state, next)
        const soft = epsilon === 0 ? 0 : epsilon * meanWorth(session, state, next)
        const value = (1 - epsilon) * worth(session, state, plan[state]!, next) + soft
        moved = Math.max(moved, Math.abs(value - own[last]!))
        own[last] = value
      }
    }
  }
  return { plan, values }
}

export interface SessionFigures {
  readonly best: number
  readonly myopic: number
  readonly ahead: number
  readonly random: number
  /** Value at discount .9 where nothing was shown yet, over the segments as they come. */
  readonly qLearning: number
  readonly sarsa: number
  /** States, of 24, where the two plans serve different items. */
  readonly different: number
}

export function sessionFigures(session: Session): SessionFigures {
  const greedy = solve(session)
  const soft = solve(session, { epsilon: 0.1 })
  const start = (values: Float64Array) =>
    session.shares.reduce((sum, share, segment) => sum + share * values[(segment + 1) * session.lasts - 1]!, 0)
  return {
    best: episode(session, byBest(session)),
    myopic: episode(session, byPlan(session, myopicPlan(session))),
    ahead: episode(session, byPlan(session, greedy.plan)),
    random: episode(session, byChance(session)),
    qLearning: start(greedy.values),
    sarsa: start(soft.values),
    different: greedy.plan.filter((item, state) => item !== soft.plan[state]).length,
  }
}

if (process.argv[1]?.endsWith('interaction-log.ts')) {
  const percent = (more: number, less: number) => `${(100 * (more / less - 1)).toFixed(1)} %`
  for (const seed of calibrationSeeds) {
    const { random, popular, best } = affinityOf(seed)
    const figures = sessionFigures(sessionOf({ dataSeed: seed }))
    console.log(
      `log ${seed}: a random item is clicked ${random.toFixed(3)}, the most popular ${popular.toFixed(3)}, a user's best ${best.toFixed(3)}; ` +
        `session: best plan ${figures.best.toFixed(2)}, myopic ${figures.myopic.toFixed(2)} (+${percent(figures.best, figures.myopic)}), ` +
        `best at .9 ${figures.ahead.toFixed(2)} (+${percent(figures.ahead, figures.myopic)}), random ${figures.random.toFixed(2)}; ` +
        `Q-learning ${figures.qLearning.toFixed(3)}, SARSA ${figures.sarsa.toFixed(3)}, ${figures.different} states served differently`,
    )
  }
}
