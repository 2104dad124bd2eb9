/** Agents by name, for commands, configurations, records and sweeps. */
import { didYouMean } from '../data/nearest-word'
import { UserError } from '../data/user-error'
import type { Items, Spec } from '../envs/env'
import { a2c, a2cFacts } from './a2c'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { coldStart, newcomerRules } from './cold-start'
import { contentBased, contentBasedFacts } from './content-based'
import { doubleDqn, doubleDqnFacts } from './double-dqn'
import { epsilonGreedy, epsilonGreedyFacts } from './epsilon-greedy'
import { expectedSarsa, expectedSarsaFacts } from './expected-sarsa'
import { fixedRanking, fixedRankingFacts } from './fixed-ranking'
import { itemDqn, itemDqnFacts } from './item-dqn'
import { linTs, linTsFacts } from './lin-ts'
import { linUcb, linUcbFacts } from './lin-ucb'
import { nStepSarsa, nStepSarsaFacts } from './n-step-sarsa'
import { neuralEpsilonGreedy, neuralEpsilonGreedyFacts } from './neural-epsilon-greedy'
import { oneOf, othersOptions, readOptions, seed } from './options'
import { popularity, popularityFacts } from './popularity'
import { ppo, ppoFacts } from './ppo'
import { qLearning, qLearningFacts } from './q-learning'
import { randomAgent, randomFacts } from './random'
import { reinforce, reinforceFacts } from './reinforce'
import { sarsa, sarsaFacts } from './sarsa'
import { slateQ, slateQFacts } from './slate-q'
import { softmax, softmaxFacts } from './softmax'
import { thompsonBernoulli, thompsonBernoulliFacts } from './thompson-bernoulli'
import { thompsonGaussian, thompsonGaussianFacts } from './thompson-gaussian'
import { ucb1, ucb1Facts } from './ucb1'

/** What an agent is made for; items only where their features are wanted. */
export interface AgentShop {
  readonly spec: Spec
  readonly items?: Items
}

interface Entry {
  readonly facts: AgentFacts
  // Options come from files and command lines as well: each agent checks its own.
  readonly make: (shop: AgentShop, options: object) => Agent | Promise<Agent>
}

const coldStartFacts: AgentFacts = {
  kind: 'cold-start',
  about: 'two agents: one for those of whom something is known, another for newcomers',
  source: 'the guide, "Cold Start Handling"',
  spaces: ['discrete', 'multi-discrete', 'slate'],
  needs: 'two agents that serve the shop',
  fields: () => ({
    main: oneOf(agentNames).default('double-dqn'),
    mainOptions: othersOptions().default({}),
    fallback: oneOf(agentNames).default('content-based'),
    fallbackOptions: othersOptions().default({}),
    isNew: oneOf(newcomerRules).default('no-profile'),
    seed: seed().default(0),
  }),
}

/** By name, so that whoever reads the list finds what he looks for. */
const entries: readonly Entry[] = [
  { facts: a2cFacts, make: ({ spec }, options) => a2c(spec, options) },
  { facts: coldStartFacts, make: coldStartByNames },
  { facts: contentBasedFacts, make: contentBased },
  { facts: doubleDqnFacts, make: ({ spec }, options) => doubleDqn(spec, options) },
  { facts: epsilonGreedyFacts, make: ({ spec }, options) => epsilonGreedy(spec, options) },
  { facts: expectedSarsaFacts, make: ({ spec }, options) => expectedSarsa(spec, options) },
  { facts: fixedRankingFacts, make: fixedRanking },
  { facts: itemDqnFacts, make: itemDqn },
  { facts: linTsFacts, make: ({ spec, items }, options) => linTs(spec, options, items) },
  { facts: linUcbFacts, make: ({ spec, items }, options) => linUcb(spec, options, items) },
  { facts: nStepSarsaFacts, make: ({ spec }, options) => nStepSarsa(spec, options) },
  { facts: neuralEpsilonGreedyFacts, make: ({ spec }, options) => neuralEpsilonGreedy(spec, options) },
  { facts: popularityFacts, make: ({ spec }, options) => popularity(spec, options) },
  { facts: ppoFacts, make: ({ spec }, options) => ppo(spec, options) },
  { facts: qLearningFacts, make: ({ spec }, options) => qLearning(spec, options) },
  { facts: randomFacts, make: ({ spec }, options) => randomAgent(spec, options) },
  { facts: reinforceFacts, make: ({ spec }, options) => reinforce(spec, options) },
  { facts: sarsaFacts, make: ({ spec }, options) => sarsa(spec, options) },
  { facts: slateQFacts, make: ({ spec }, options) => slateQ(spec, options) },
  { facts: softmaxFacts, make: ({ spec }, options) => softmax(spec, options) },
  { facts: thompsonBernoulliFacts, make: ({ spec }, options) => thompsonBernoulli(spec, options) },
  { facts: thompsonGaussianFacts, make: ({ spec }, options) => thompsonGaussian(spec, options) },
  { facts: ucb1Facts, make: ({ spec }, options) => ucb1(spec, options) },
]

/** Every name that `makeAgent` knows. */
export const agentNames: readonly string[] = entries.map(({ facts }) => facts.kind)

/** What is to be known of every agent, by its name. */
export const agentFacts: Readonly<Record<string, AgentFacts>> = Object.fromEntries(entries.map(({ facts }) => [facts.kind, facts]))

/**
 * An agent by its name.
 *
 * @param shop    the shop it shall serve, or anything that has its `spec` (and `items`, for agents that look at them)
 * @param options the agent's own
 * @throws UserError for a name or an option that does not exist, and for a shop that the agent cannot serve
 */
export async function makeAgent(name: string, shop: AgentShop, options: object = {}): Promise<Agent> {
  return entryOf(name).make(shop, options)
}

/** What is to be known of an agent. @throws UserError for a name that does not exist */
export function agentFactsOf(name: string): AgentFacts {
  return entryOf(name).facts
}

function entryOf(name: string): Entry {
  const entry = entries.find(({ facts }) => facts.kind === name)
  if (entry) return entry
  throw new UserError(`there is no agent '${name}'; the agents are ${agentNames.join(', ')}${didYouMean(name, agentNames)}`)
}

interface ColdStartNames {
  readonly main: string
  readonly mainOptions: object
  readonly fallback: string
  readonly fallbackOptions: object
  readonly isNew: (typeof newcomerRules)[number]
  readonly seed: number
}

/** The one agent that is made of others; its seed is theirs unless their options say otherwise. */
async function coldStartByNames(shop: AgentShop, given: object): Promise<Agent> {
  const options = readOptions<ColdStartNames>(
    coldStartFacts.kind,
    coldStartFacts.fields as () => Record<keyof ColdStartNames, ReturnType<typeof seed>>,
    given,
  )
  const { seed: shared, isNew } = options
  const made: Agent[] = []
  try {
    made.push(await makeAgent(options.main, shop, { seed: shared, ...options.mainOptions }))
    made.push(await makeAgent(options.fallback, shop, { seed: shared, ...options.fallbackOptions }))
    return coldStart(shop.spec, { main: made[0]!, fallback: made[1]!, isNew, seed: shared })
  } catch (error) {
    for (const agent of made) agent.dispose()
    throw error
  }
}
