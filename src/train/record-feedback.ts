/**
 * A log with propensities: an agent serves visits, and what it saw, what it did, how likely it was to do that and what came of it is
 * written down, so that src/evaluate/off-policy can judge other agents by it. `writeFeedback(file, recordFeedback(shop, agent, …))` keeps
 * it.
 *
 * A round is a decision, an episode a visit, and the context the observation acted on. Rewards leave out training bonuses, as `evaluate`
 * does. An action of several parts, or a slate, is one action (src/train/joint-action.ts), with the probability of all of it together:
 * estimators that ask only for the probability of what was done work on it.
 *
 * The agent acts and nothing else: it neither observes nor learns. Acting while exploring takes random numbers from its stream, so later
 * training goes on with others than without the call; give a copy where that matters.
 */
import type { Actor } from '../agents/myopic-oracle'
import { checkFlag, checkKeys, checkNumber, checkWhole } from '../data/check'
import type { LoggedFeedback } from '../data/logged-feedback'
import type { Env } from '../envs/env'
import { actionWidth } from '../envs/spaces'
import { jointAction, jointActions } from './joint-action'

export interface RecordFeedbackOptions {
  /** 1 to 1,000,000. */
  readonly visits: number
  /** Of the shoppers and their luck: visit e is the first episode of copy e under it, as in `evaluate`. */
  readonly seed: number
  /** Whether the agent explores. Without it most agents have but one action in each context, and a log tells nothing of others; true. */
  readonly explore?: boolean
}

/** Growing columns of one visit. */
interface Visit {
  readonly action: number[]
  readonly reward: number[]
  readonly propensity: number[]
  readonly contexts: number[]
}

/**
 * Lets the agent serve `visits` shoppers.
 *
 * @param env a shop of its own: the call resets it
 * @throws RangeError naming the option, its value and what is allowed; when the agent's propensity is not above 0 and at most 1, or not given;
 *         and in a shop of more than 2^31 - 1 actions
 */
export function recordFeedback(env: Env, agent: Actor, options: RecordFeedbackOptions): LoggedFeedback {
  checkKeys('recordFeedback', options, ['visits', 'seed', 'explore'])
  const visits = checkWhole('visits', options.visits, 1, 1_000_000)
  const seed = checkNumber('seed', options.seed, -Number.MAX_VALUE, Number.MAX_VALUE)
  const explore = checkFlag('explore', options.explore ?? true)
  const { copies } = env
  const { width, actions: space } = env.spec
  const count = jointActions(space)
  const observations = new Float32Array(env.observations.length)
  const actions = new Int32Array(copies * actionWidth(space))
  const propensities = new Float32Array(copies)
  const logged: Visit[] = Array.from({ length: visits }, () => ({ action: [], reward: [], propensity: [], contexts: [] }))

  for (let first = 0; first < visits; first += copies) {
    env.reset(seed, first)
    // The last round may have more copies than visits left.
    const open = new Set(Array.from({ length: Math.min(copies, visits - first) }, (_, copy) => copy))
    while (open.size > 0) {
      observations.set(env.observations)
      // What an agent does not fill stays so, and is seen.
      agent.act(observations, explore, actions, propensities.fill(Number.NaN))
      env.step(actions)
      for (const copy of open) {
        const visit = logged[first + copy]!
        const id = jointAction(space, actions, copy)
        visit.action.push(id)
        visit.propensity.push(checkPropensity(propensities[copy]!, id, first + copy))
        visit.reward.push(env.rewards[copy]! - env.bonuses[copy]!)
        for (let at = copy * width; at < (copy + 1) * width; at++) visit.contexts.push(observations[at]!)
        if (env.terminated[copy] || env.truncated[copy]) open.delete(copy)
      }
    }
  }
  return together(logged, count, width)
}

function checkPropensity(propensity: number, action: number, visit: number): number {
  if (propensity > 0 && propensity <= 1) return propensity
  throw new RangeError(
    `the agent says that its action ${action} in visit ${visit} had the probability ${propensity}; a log needs a probability above 0 and at most 1, so it cannot be written with this agent`,
  )
}

/** Visit after visit. */
function together(logged: readonly Visit[], actions: number, width: number): LoggedFeedback {
  const rounds = logged.reduce((sum, { action }) => sum + action.length, 0)
  const feedback = {
    rounds,
    actions,
    action: new Int32Array(rounds),
    reward: new Float64Array(rounds),
    propensity: new Float64Array(rounds),
    contexts: new Float64Array(rounds * width),
    width,
    episode: new Int32Array(rounds),
  }
  let round = 0
  for (const [visit, { action, reward, propensity, contexts }] of logged.entries()) {
    feedback.action.set(action, round)
    feedback.reward.set(reward, round)
    feedback.propensity.set(propensity, round)
    feedback.contexts.set(contexts, round * width)
    feedback.episode.fill(visit, round, round + action.length)
    round += action.length
  }
  return feedback
}
