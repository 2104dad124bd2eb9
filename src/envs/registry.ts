/** Shops by name, for commands, records and sweeps, with what a list of them says. */
import { checkKeys } from '../data/check'
import { didYouMean } from '../data/nearest-word'
import { type CandyStoreOptions, candyStore } from './candy-store'
import { type CartPoleOptions, cartPole } from './classic/cart-pole'
import { type CliffWalkingOptions, cliffWalking } from './classic/cliff-walking'
import { type IdentityOptions, identity } from './classic/identity'
import { probe, probeNames } from './classic/probes'
import { type TestMdpOptions, testMdp } from './classic/test-mdp'
import type { Block, Env, Space } from './env'
import { type InteractionLogOptions, interactionLog } from './interaction-log'
import { type MarketplaceOptions, marketplace } from './marketplace'
import { type OffersOptions, offers } from './offers'
import { hasOracle } from './oracle'
import { type RecogymOptions, recogym } from './recogym'
import { type InterestEvolutionOptions, interestEvolution } from './recsim-interest-evolution'
import { type LongTermSatisfactionOptions, longTermSatisfaction } from './recsim-long-term-satisfaction'
import { type SimshopOptions, simshop } from './simshop'

type Maker = (copies: number, options: Readonly<Record<string, unknown>>) => Env

interface Entry {
  readonly make: Maker
  /** What it is, in a sentence. */
  readonly about: string
  readonly source: string
  /** The first is the default. */
  readonly presets: readonly string[]
}

const shops: Readonly<Record<string, Entry>> = {
  'candy-store': {
    make: (copies, options) => candyStore(copies, options as CandyStoreOptions),
    about: 'ten candies to one shopper, one at a time; tastes are embeddings',
    source: 'the guide "Deep Reinforcement Learning Recommender System"',
    presets: ['guide', 'published'],
  },
  marketplace: {
    make: (copies, options) => marketplace(copies, options as MarketplaceOptions),
    about: 'products that may be viewed, liked, bought, shared or reported; budgets, carts and fatigue',
    source: 'the project "RL E-commerce Recommendation System"',
    presets: ['corrected', 'published'],
  },
  simshop: {
    make: (copies, options) => simshop(copies, options as SimshopOptions),
    about: 'pages of 5 of 50 products for six kinds of shopper',
    source: 'SimShop, github ernestknurov/simshop, commit 5e9d17a',
    presets: ['corrected', 'published'],
  },
  'interaction-log': {
    make: (copies, options) => interactionLog(copies, options as InteractionLogOptions),
    about: 'feedback of users on items as in a log; with variant "session" a small process in which order matters',
    source: 'the project "Reinforcement Learning for Recommendation Systems"',
    presets: ['corrected', 'published'],
  },
  offers: {
    make: (copies, options) => offers(copies, options as OffersOptions),
    about: 'one message a day, or none: offer, value, channel and hour; margins, costs, fatigue',
    source: 'the project "Reinforcement Learning Recommendation Agent"',
    presets: ['default'],
  },
  'recsim-interest-evolution': {
    make: (copies, options) => interestEvolution(copies, options as InterestEvolutionOptions),
    about: 'slates of documents; interests drift with what is watched, and poor documents cost time',
    source: 'RecSim, arXiv 1909.04847; SlateQ, arXiv 1905.12767',
    presets: ['default'],
  },
  'recsim-long-term-satisfaction': {
    make: (copies, options) => longTermSatisfaction(copies, options as LongTermSatisfactionOptions),
    about: 'clickbait engages at once and dissatisfies later',
    source: 'RecSim, arXiv 1909.04847',
    presets: ['default'],
  },
  recogym: {
    make: (copies, options) => recogym(copies, options as RecogymOptions),
    about: 'users who browse by themselves between advertisements that few click',
    source: 'RecoGym, arXiv 1808.00720',
    presets: ['default'],
  },
}

const probeWords: Readonly<Record<(typeof probeNames)[number], string>> = {
  constant: 'one step, one action, always 1: is a reward learned at all?',
  observation: 'one step whose reward is what was seen: is the observation used?',
  delay: 'two steps, the reward after the second: is it discounted?',
  action: 'one step whose reward is the action’s: does the policy follow the rewards?',
  both: 'one step whose reward depends on observation and action: are they joined?',
}

const probes: Readonly<Record<string, Entry>> = Object.fromEntries(
  probeNames.map((name): [string, Entry] => {
    const make: Maker = (copies, options) => {
      checkKeys(`probe-${name}`, options, [])
      return probe(name, copies)
    }
    return [`probe-${name}`, { make, about: probeWords[name], source: 'ours', presets: ['classic'] }]
  }),
)

const classics: Readonly<Record<string, Entry>> = {
  'cart-pole': {
    make: (copies, options) => cartPole(copies, options as CartPoleOptions),
    about: 'a pole on a cart, for comparison with other libraries',
    source: 'Barto, Sutton & Anderson 1983; Gymnasium CartPole-v1',
    presets: ['classic'],
  },
  'cliff-walking': {
    make: (copies, options) => cliffWalking(copies, options as CliffWalkingOptions),
    about: 'from corner to corner of a grid along a cliff',
    source: 'Sutton & Barto 2018, example 6.6',
    presets: ['classic'],
  },
  identity: {
    make: (copies, options) => identity(copies, options as IdentityOptions),
    about: 'the action must equal the observation',
    source: 'Stable-Baselines3, IdentityEnv',
    presets: ['classic'],
  },
  'test-mdp': {
    make: (copies, options) => testMdp(copies, options as TestMdpOptions),
    about: 'six states and four actions whose values are known',
    source: 'RecSim, tests of its tabular agent',
    presets: ['classic'],
  },
  ...probes,
}

const entries: Readonly<Record<string, Entry>> = { ...shops, ...classics }

/** The eight shops. */
export const shopNames: readonly string[] = Object.keys(shops)

/** Every name that `makeEnv` knows: the shops, then what agents are tested on. */
export const envNames: readonly string[] = Object.keys(entries)

/**
 * A shop by its name; `makeEnv(env.spec.name, copies, env.spec.options)` makes the same shop again.
 *
 * @param copies  shoppers served at once, at least 1
 * @param options the shop's own
 * @throws RangeError for a name or an option that does not exist
 */
export function makeEnv(name: string, copies: number, options: Readonly<Record<string, unknown>> = {}): Env {
  return entryOf(name).make(copies, options)
}

/** A shop as a list shows it. */
export interface EnvFacts {
  readonly name: string
  readonly about: string
  readonly source: string
  readonly presets: readonly string[]
  /** Numbers in an observation row, and its parts. */
  readonly width: number
  readonly layout: readonly Block[]
  readonly actions: Space
  readonly horizon: number
  /** Options with their defaults. */
  readonly options: Readonly<Record<string, unknown>>
  /** Whether the expected reward of an action can be asked for. */
  readonly oracle: boolean
}

/** What a shop is with its default options. */
export function envFacts(name: string): EnvFacts {
  const { make, about, source, presets } = entryOf(name)
  const env = make(1, {})
  const { width, layout, actions, horizon, options } = env.spec
  return { name, about, source, presets, width, layout, actions, horizon, options, oracle: hasOracle(env) }
}

function entryOf(name: string): Entry {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined
  if (!entry) {
    const others = envNames.slice(shopNames.length).join(', ')
    throw new RangeError(
      `there is no shop ${JSON.stringify(name)}; the shops are ${shopNames.join(', ')}; for tests of agents there are ${others}${didYouMean(name, envNames)}`,
    )
  }
  return entry
}
