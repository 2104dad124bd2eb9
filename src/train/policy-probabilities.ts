/**
 * The probability of each action in each context of a log under an agent, so that the agent can be judged by the log without being tried.
 *
 * An agent says only how likely it was to do what it has just done. So it is asked again and again: each action that it draws comes with
 * its exact probability, until those of the actions drawn are all but `rest`. An agent that does not explore answers 1 at once. The rest,
 * if any, is spread evenly over the actions never drawn; that is exact where they are all alike, as those of epsilon-greedy agents are, and
 * a guess elsewhere.
 *
 * Equal contexts are asked once. The agent is put back as it was, by its `save` and `load`. Two kinds of agent cannot be judged so, and are
 * refused: one that answers differently when asked again (LinTS with a shared model, whose propensities are themselves shares of draws),
 * and one that has more actions with some probability than `draws` can find.
 */
import type { Agent } from '../agents/agent'
import { checkFlag, checkKeys, checkNumber, checkWhole, checkWord } from '../data/check'
import { checkFeedback, type LoggedFeedback } from '../data/logged-feedback'
import type { Space } from '../envs/env'
import { actionWidth, describeSpace } from '../envs/spaces'
import { jointAction, jointActions } from './joint-action'

export interface PolicyProbabilitiesOptions {
  /** How the agent acts; false: the best it knows. */
  readonly explore?: boolean
  /** The shop's actions, `env.spec.actions`; a list as long as the log's. */
  readonly space?: Space
  /** How often each context is asked at most, 1 to 1,000,000; 10,000. */
  readonly draws?: number
  /** How much of the probability may stay unseen, 0 to 1; 1e-5. */
  readonly rest?: number
  /**
   * 'all': of every action, [rounds, actions], unless told. 'logged': of what was done alone, [rounds], which is all that importance weights
   * ask for; for slates and combinations, of which there may be hundreds of millions.
   */
  readonly of?: 'all' | 'logged'
}

export interface PolicyProbabilities {
  /** [rounds, actions], or [rounds] of the actions in the log */
  readonly probabilities: Float64Array
  /** The largest probability of a context that was not seen but spread; 0 where everything was. */
  readonly unseen: number
}

/** Contexts asked at a time: agents with networks take them as one batch. */
const batch = 1024
/** Probabilities come in 32 bits: sums of many are not nearer to 1 than this. */
const rounding = 1e-5
/** More numbers than this, four gigabytes, are not asked for. */
const mostNumbers = 2 ** 29

/**
 * @param agent    of the observations that are the log's contexts
 * @param feedback of `recordFeedback`, or with such contexts
 * @throws RangeError for bad feedback or options, a log of other actions, and an agent that cannot be judged so
 */
export function policyProbabilities(
  agent: Pick<Agent, 'act' | 'save' | 'load'>,
  feedback: LoggedFeedback,
  options: PolicyProbabilitiesOptions = {},
): PolicyProbabilities {
  checkKeys('policyProbabilities', options, ['explore', 'space', 'draws', 'rest', 'of'])
  checkFeedback(feedback)
  const { rounds, actions, action } = feedback
  const { space = { kind: 'discrete', n: actions } } = options
  const explore = checkFlag('explore', options.explore ?? false)
  const draws = checkWhole('draws', options.draws ?? 10_000, 1, 1_000_000)
  const rest = checkNumber('rest', options.rest ?? rounding, 0, 1)
  const whole = checkWord('of', options.of ?? 'all', ['all', 'logged']) === 'all'
  if (jointActions(space) !== actions) {
    throw new RangeError(
      `the log has ${actions} actions, but space is ${describeSpace(space)} with ${jointActions(space)}; give the space of the log's shop`,
    )
  }
  if (whole && rounds * actions > mostNumbers) {
    throw new RangeError(`${actions} actions in each of ${rounds} rounds are too many probabilities; ask for those of: 'logged'`)
  }
  const probabilities = new Float64Array(whole ? rounds * actions : rounds)
  const contexts = distinctContexts(feedback)
  let unseen = 0
  const before = agent.save()
  try {
    for (let from = 0; from < contexts.length; from += batch) {
      const some = contexts.slice(from, from + batch)
      const known = ask(
        agent,
        feedback,
        some.map(([first]) => first!),
        { explore, space, draws, rest },
      )
      for (const [place, of] of some.entries()) {
        const { chances, seen } = known[place]!
        // What was never drawn shares what is missing, unless that is rounding.
        const never = actions - chances.size
        const missing = never > 0 && 1 - seen > rounding ? 1 - seen : 0
        const other = missing === 0 ? 0 : missing / never
        unseen = Math.max(unseen, missing)
        for (const round of of) {
          if (!whole) {
            probabilities[round] = chances.get(action[round]!) ?? other
            continue
          }
          probabilities.fill(other, round * actions, (round + 1) * actions)
          for (const [id, chance] of chances) probabilities[round * actions + id] = chance
        }
      }
    }
  } finally {
    agent.load(before)
  }
  return { probabilities, unseen }
}

/** What is known of an agent in a context. */
interface Known {
  /** Of each action that was drawn, by its number. */
  readonly chances: Map<number, number>
  /** Their sum. */
  seen: number
}

/** Asks until all contexts are answered. @param rows the rounds of the contexts */
function ask(
  agent: Pick<Agent, 'act'>,
  { contexts, width, actions }: LoggedFeedback,
  rows: readonly number[],
  { explore, space, draws, rest }: { readonly explore: boolean; readonly space: Space; readonly draws: number; readonly rest: number },
): Known[] {
  const parts = actionWidth(space)
  const known = rows.map((): Known => ({ chances: new Map(), seen: 0 }))
  let open = rows.map((_, place) => place)
  for (let draw = 0; open.length > 0; draw++) {
    if (draw === draws) {
      const least = Math.min(...open.map(place => known[place]!.seen))
      throw new RangeError(
        `after ${draws} draws the actions seen in a context have the probability ${least}, and ${rest} may be missing; give more draws, a larger rest, or judge the agent without exploring`,
      )
    }
    const observations = new Float32Array(open.length * width)
    for (const [at, place] of open.entries()) {
      observations.set(contexts.subarray(rows[place]! * width, (rows[place]! + 1) * width), at * width)
    }
    const taken = new Int32Array(open.length * parts)
    const chances = new Float32Array(open.length).fill(Number.NaN)
    agent.act(observations, explore, taken, chances)
    open = open.filter((place, at) => {
      const of = known[place]!
      add(of, jointAction(space, taken, at), chances[at]!)
      if (of.seen >= 1 - rest) return false
      if (of.chances.size < actions) return true
      if (of.seen >= 1 - rounding) return false
      throw new RangeError(
        `the probabilities that the agent gives for all ${actions} actions of one context sum to ${of.seen}; they must sum to 1, so it cannot be judged`,
      )
    })
  }
  return known
}

/** One more answer. @throws RangeError when it is no probability, or does not go with those before */
function add(known: Known, id: number, chance: number): void {
  if (!(chance > 0 && chance <= 1))
    throw new RangeError(`the agent says that its action ${id} had the probability ${chance}; it must be above 0 and at most 1`)
  const before = known.chances.get(id)
  if (before === chance) return
  if (before !== undefined) {
    throw new RangeError(
      `asked again, the agent says that action ${id} has the probability ${chance}, and before ${before}: it does not know it, so it cannot be judged`,
    )
  }
  known.chances.set(id, chance)
  known.seen += chance
  if (known.seen > 1 + rounding) {
    throw new RangeError(
      `the probabilities that the agent gives for one context sum to ${known.seen}; they must not sum to more than 1, so it cannot be judged`,
    )
  }
}

/** The rounds of each different context, in the order in which it first comes. */
function distinctContexts({ rounds, contexts, width }: LoggedFeedback): readonly (readonly number[])[] {
  const places = new Map<string, number[]>()
  for (let round = 0; round < rounds; round++) {
    const key = contexts.subarray(round * width, (round + 1) * width).join()
    const of = places.get(key)
    if (of) of.push(round)
    else places.set(key, [round])
  }
  return Array.from(places.values())
}
