/**
 * Online learning: an agent that serves people and learns from what they do, without a simulation behind it. The shop gives the spec, the
 * items and what is seen of a shopper who comes in; what happens then is told by whoever asks.
 *
 *   const service = recommender(shop, linUcb(shop.spec))
 *   const shown = service.recommend('user_42', 1)
 *   service.feedback(shown, { reward: 1, clicked: shown.items[0] })
 *
 * Each feedback is one transition: what was seen, what was shown, the reward, what is seen next. Told the shop's own outcomes one after
 * another, an agent learns to the last bit what it learns in `train`. Agents that learn from whole stretches (SARSA, A2C, PPO) take the
 * feedbacks in the order in which they come as one stretch: give them each feedback before the next recommendation, of one shopper at a time.
 *
 * A list of several items is more than an agent that chooses one chooses: it leads the list with its choice, fills it up with those that
 * it scores highest, and learns as if it had shown alone what was clicked or bought, or the first item where nothing was.
 */
import type { Agent } from '../agents/agent'
import { contentBased } from '../agents/content-based'
import { popularity } from '../agents/popularity'
import { bestItems } from '../agents/recommend'
import { checkKeys, checkWord } from '../data/check'
import { UserError } from '../data/user-error'
import type { Env, Spec } from '../envs/env'
import { EventLog, eventCode } from '../envs/events'
import { actionWidth } from '../envs/spaces'
import { isActor, isShop, said } from './said'
import { hasFront, shopFront } from './shop-front'

export interface OnlineRecommenderOptions {
  /**
   * Who serves new shoppers: those of whom there has been no feedback, or whose profile the shop does not know. Popularity or content-based
   * by name, or an agent of one's own; left out, the agent serves everybody. Each of the two learns from what it has shown itself.
   */
  readonly fallback?: 'popularity' | 'content-based' | Agent
  /** Whether the agent tries things out, as in training; true. False: always the best it knows. */
  readonly explore?: boolean
}

export interface OnlineRecommendation {
  /** By which feedback finds it; each once in a process. */
  readonly id: string
  /** The shopper's id. */
  readonly user: string
  /** What is shown, first place first: row numbers of items, on a slate places among the candidates, or the parts of the one choice. */
  readonly items: readonly number[]
  /** The score of each by the agent that chose; [] for a choice of several parts. */
  readonly scores: readonly number[]
  /** The agent that chose: 'lin-ucb', or the fallback's name. */
  readonly agent: string
}

/** What somebody took of what was shown. */
export type Chosen = number | readonly number[] | null

/** What came of a recommendation. */
export interface Feedback {
  /** What it was worth: what the agent learns from. */
  readonly reward: number
  /** Those of `items` that were clicked; one, a list, null or left out for none. Of a choice of several parts 0, its only place. */
  readonly clicked?: Chosen
  /** Those that were bought. */
  readonly purchased?: Chosen
  /** What is seen of the shopper now, [width]; left out, the visit has ended with this. */
  readonly next?: Float32Array
  /** How the visit ended, if it did: of itself, or because somebody stopped looking; 'terminated' without `next`. */
  readonly end?: 'terminated' | 'truncated'
}

export interface OnlineRecommender {
  /**
   * What to show a shopper.
   *
   * @param user        id or row number; anybody where `observation` is given
   * @param k           1 to the number of items; a slate's own length; 1 for a choice of several parts, where it may be left out as well
   * @param observation what is seen of them, [width]; left out, what the shop shows of somebody who has just come in
   * @throws UserError when there is no such shopper, or k is out of range
   */
  recommend(user: string | number, k?: number, observation?: Float32Array): OnlineRecommendation
  /**
   * Tells what came of a recommendation; the agent that made it learns.
   *
   * @throws UserError for a recommendation of another recommender, one that has had its feedback, and one older than the last 10,000
   * @throws RangeError for an outcome that does not fit, such as a reward that is NaN; nothing is learned then, and it may be told again
   */
  feedback(recommendation: Pick<OnlineRecommendation, 'id'>, outcome: Feedback): void
  /** Recommendations that wait for their feedback. */
  readonly waiting: number
}

interface Waiting {
  readonly agent: Agent
  readonly user: string
  readonly before: Float32Array
  readonly items: readonly number[]
}

/** A service whose recommendations are seldom answered must not grow for ever. */
const mostWaiting = 10_000

let opened = 0

/** @param env for its spec, its items and its shoppers; it is not stepped */
export function onlineRecommender(env: Env, agent: Agent, options: OnlineRecommenderOptions = {}): OnlineRecommender {
  if (!isShop(env))
    throw new RangeError(`env is ${said(env)}; it must be a shop: recommender(shop, agent), or recommender(folder) for a saved run`)
  if (!isActor(agent)) throw new RangeError(`agent is ${said(agent)}; it must be an agent: await makeAgent('lin-ucb', shop)`)
  checkKeys('recommender', options, ['fallback', 'explore'])
  const { explore = true } = options
  const { spec } = env
  const fallback = fallbackOf(env, options.fallback)
  const front = hasFront(env) ? shopFront(env) : undefined
  const name = String(++opened)
  const waiting = new Map<string, Waiting>()
  const answered = new Set<string>()
  let made = 0

  function whoIs(user: string | number, seen: Float32Array | undefined): { readonly id: string; readonly observation: Float32Array } {
    if (!seen) {
      if (front) return front.come(user)
      throw new UserError(`${spec.name} has no shoppers with names; give what is seen of them: recommend(user, k, observation)`)
    }
    if (seen.length !== spec.width) throw new RangeError(`observation has ${seen.length} numbers; ${spec.name} has ${spec.width}`)
    const known = front && 'shopperIds' in env ? (env.shopperIds as readonly string[]) : []
    // Whoever is asked for by id and by row number is one shopper.
    return { id: known.includes(String(user)) ? String(user) : (known[Number(user)] ?? String(user)), observation: seen.slice() }
  }

  return {
    get waiting() {
      return waiting.size
    },

    recommend(user, k, seen) {
      const { id: shopper, observation } = whoIs(user, seen)
      const count = checkCount(k, spec)
      const isNew = fallback !== undefined && (!answered.has(shopper) || hasNoProfile(spec, observation))
      const serving = isNew ? fallback : agent
      const { items, scores } = choose(serving, observation, count, spec, explore)
      const id = `${name}-${++made}`
      waiting.set(id, { agent: serving, user: shopper, before: observation, items })
      if (waiting.size > mostWaiting) waiting.delete(waiting.keys().next().value as string)
      return { id, user: shopper, items, scores, agent: serving.kind }
    },

    feedback(recommendation, outcome) {
      const id = recommendation?.id
      if (typeof id !== 'string') throw new RangeError(`recommendation is ${said(recommendation)}; give what recommend() returned`)
      if (outcome === null || typeof outcome !== 'object') {
        throw new RangeError(`outcome is ${said(outcome)}; it must be an object, as in { reward: 1 }`)
      }
      const found = waiting.get(id)
      if (!found) throw unanswerable(id, name, made)
      const { agent: serving, user, before, items } = found
      checkOutcome(outcome, places(items, spec), spec)
      const shown = learnedOf(items, outcome, spec)
      serving.observe(stepOf(env, before, shown, outcome), before, Int32Array.from(shown))
      waiting.delete(id)
      answered.add(user)
      while (serving.update()) {}
    },
  }
}

function fallbackOf(env: Env, fallback: OnlineRecommenderOptions['fallback']): Agent | undefined {
  if (fallback === undefined || isActor(fallback)) return fallback as Agent | undefined
  return checkWord('fallback', fallback, ['popularity', 'content-based']) === 'popularity' ? popularity(env.spec) : contentBased(env)
}

/** Whether the shop knows nothing of the shopper: zeros where their numbers stand. An id is a profile, whichever it is. */
function hasNoProfile({ layout }: Spec, row: Float32Array): boolean {
  const block = layout.find(({ name, categories }) => name === 'user' && !categories?.some(count => count > 0))
  if (!block) return false
  const end = block.offset + block.shape.reduce((product, length) => product * length, 1)
  return row.subarray(block.offset, end).every(value => value === 0)
}

/** How many are shown. */
function checkCount(k: number | undefined, { name, actions }: Spec): number {
  const usual = actions.kind === 'slate' ? actions.size : 1
  const most = actions.kind === 'discrete' ? actions.n : usual
  const least = actions.kind === 'discrete' ? 1 : usual
  const count = k ?? usual
  if (Number.isInteger(count) && count >= least && count <= most) return count
  throw new UserError(`k is ${count}; ${name} can be shown ${least === most ? `exactly ${most}` : `1 to ${most}`} at a time`)
}

function choose(agent: Agent, observation: Float32Array, count: number, { actions }: Spec, explore: boolean) {
  const action = new Int32Array(actionWidth(actions))
  agent.act(observation, explore, action)
  if (actions.kind === 'multi-discrete') return { items: Array.from(action), scores: [] }
  const all = new Float32Array(actions.kind === 'discrete' ? actions.n : actions.candidates)
  agent.scores(observation, all)
  const further = actions.kind === 'discrete' && count > 1 ? bestItems(all, count - 1, { exclude: action }) : []
  const items = [...action, ...further.map(({ item }) => item)]
  return { items, scores: items.map(item => all[item]!) }
}

function unanswerable(id: string, name: string, made: number): UserError {
  const [owner, number] = String(id).split('-')
  if (owner !== name || !(Number(number) >= 1 && Number(number) <= made)) {
    return new UserError(`recommendation ${JSON.stringify(id)} was made by another recommender; give each feedback to the one that made it`)
  }
  return new UserError(
    `recommendation "${id}" has had its feedback already, or is older than the last ${mostWaiting} without one; each is learned from once`,
  )
}

/** What of a list can be taken: its items, or the one place of a choice of several parts. */
function places(items: readonly number[], { actions }: Spec): readonly number[] {
  return actions.kind === 'multi-discrete' ? [0] : items
}

/** What the agent learns from as its action: the slate or choice as it was, of a list of single items one. */
function learnedOf(items: readonly number[], { clicked, purchased }: Feedback, { actions }: Spec): readonly number[] {
  return actions.kind === 'discrete' ? [listOf(clicked)[0] ?? listOf(purchased)[0] ?? items[0]!] : items
}

function listOf(chosen: Chosen | undefined): readonly number[] {
  return chosen === undefined || chosen === null ? [] : [chosen].flat()
}

function checkOutcome(outcome: Feedback, shown: readonly number[], { width }: Spec): void {
  checkKeys('the outcome', outcome, ['reward', 'clicked', 'purchased', 'next', 'end'])
  const { reward, clicked, purchased, next, end } = outcome
  if (!Number.isFinite(reward)) throw new RangeError(`reward is ${reward}; it must be a finite number`)
  for (const [what, chosen] of Object.entries({ clicked, purchased })) {
    const wrong = listOf(chosen).find(item => !shown.includes(item))
    if (wrong !== undefined)
      throw new RangeError(`${what} is ${wrong}; it must be among what was shown, ${shown.join(', ')}, or null for none`)
  }
  if (next !== undefined && next.length !== width) throw new RangeError(`next has ${next.length} numbers; the shop has ${width}`)
  if (end !== undefined) checkWord('end', end, ['terminated', 'truncated'])
}

/** The one step of one shopper as agents observe it; its events say kind and place, and for single items which. */
function stepOf(env: Env, before: Float32Array, items: readonly number[], { reward, clicked, purchased, next, end }: Feedback): Env {
  const following = (next ?? before).slice()
  const ended = end ?? (next ? undefined : 'terminated')
  const shown = places(items, env.spec)
  const taken = { click: listOf(clicked), purchase: listOf(purchased) }
  const events = new EventLog(2 * shown.length)
  for (const kind of ['click', 'purchase'] as const) {
    for (const [place, item] of shown.entries()) if (taken[kind].includes(item)) events.add(0, eventCode[kind], item, place, 0, 0)
  }
  const nowhere = () => {
    throw new Error('this is what a shopper did; it cannot be stepped, reset, saved or loaded')
  }
  return {
    spec: env.spec,
    ...(env.items && { items: env.items }),
    copies: 1,
    observations: following,
    finalObservations: following,
    rewards: Float64Array.of(reward),
    bonuses: new Float64Array(1),
    terminated: Uint8Array.of(ended === 'terminated' ? 1 : 0),
    truncated: Uint8Array.of(ended === 'truncated' ? 1 : 0),
    chosen: Int32Array.of(shown.findIndex(item => taken.click.includes(item))),
    events,
    reset: nowhere,
    step: nowhere,
    save: nowhere,
    load: nowhere,
  }
}
