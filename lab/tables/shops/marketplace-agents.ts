/**
 * Writes what notebooks/shops/marketplace-agents.ipynb reads: agents trained under five seeds in the marketplace, as it is and as published,
 * and measured greedily on the same shoppers beside random choice, the myopic oracle and rules that look ahead. Eight minutes on two cores.
 *
 *   shops-marketplace-agents.csv           means of a session, and how often each outcome came in one
 *   shops-marketplace-agents-curves.csv    return of the sessions that ended in each stretch of the training
 *   shops-marketplace-agents-steps.csv     five steps of a session at a time: who is still there, and what a step brings
 *   shops-marketplace-agents-returns.csv   how returns are spread: the share of sessions in each interval of ten
 *   shops-marketplace-agents-new.csv       three shoppers in ten unknown: LinUCB alone, and with popularity for those
 *
 * The agents' settings were not searched; what they do was looked at under seed 11 and other shoppers.
 */
import { join } from 'node:path'
import {
  type Actor,
  type Agent,
  coldStart,
  dataFolder,
  evaluate,
  linUcb,
  type Marketplace,
  makeAgent,
  marketplace,
  myopicOracle,
  popularity,
  randomAgent,
  readTrainingFile,
  train,
  writeRows,
} from 'shoplab'
import { type Policy, remember, resting } from '../../calibrate/marketplace'
import { seedBySeed } from '../seed-by-seed'
import { curve, means, type Row, rounded, spread, timeline } from './marketplace-agents-measures'

type Preset = 'corrected' | 'published'
type Tables = Readonly<Record<'agents' | 'curves' | 'steps' | 'returns' | 'new', Row[]>>

const seeds = [1, 2, 3, 4, 5]
const sessions = 320
const transitions = 30_000
const shoppersOf = (seed: number) => 1_000_000 + seed
/** What lab/calibrate/marketplace.ts found good for a shop that knows its shoppers. */
const toll = 2

/** Whose curves, and whose sessions step by step and return by return, the notebook draws. */
const withCurve = ['Popularity', 'Epsilon-greedy', 'LinUCB', 'Double DQN', 'Item DQN', 'PPO']
const withSteps = ['Random', 'Epsilon-greedy', 'LinUCB', 'LinUCB, resting', 'Myopic oracle', 'Resting']
const withReturns = ['Random', 'Epsilon-greedy', 'LinUCB', 'LinUCB, resting', 'Double DQN', 'Resting']

interface Contestant {
  readonly label: string
  readonly name: string
  readonly options?: object
  readonly copies?: number
  /** Times as many recommendations to learn from. */
  readonly longer?: number
}

const { agents: theirs } = readTrainingFile(join(dataFolder(), '..', 'configs', 'marketplace.yaml'))
const small = { hiddenUnits: [64, 64], dropout: 0, epsilonDecay: 0.99 }
const banditsAndDqn: readonly Contestant[] = [
  { label: 'Popularity', name: 'popularity' },
  { label: 'Epsilon-greedy', name: 'epsilon-greedy', options: { epsilon: 0.2, epsilonDecay: 0.9998 } },
  { label: 'LinUCB', name: 'lin-ucb' },
  { label: 'DQN as in configs', name: 'double-dqn', options: theirs.find(({ label }) => label === 'DQN')!.options! },
  { label: 'Double DQN', name: 'double-dqn', options: small },
  { label: 'Double DQN, discount 0', name: 'double-dqn', options: { ...small, discount: 0 } },
]
const contests: Readonly<Record<Preset, readonly Contestant[]>> = {
  corrected: [
    ...banditsAndDqn,
    { label: 'Item DQN', name: 'item-dqn', options: { epsilonDecay: 0.99 } },
    { label: 'Item DQN, discount 0', name: 'item-dqn', options: { epsilonDecay: 0.99, discount: 0 } },
    { label: 'PPO', name: 'ppo', copies: 8 },
    { label: 'LinUCB, 4 times as long', name: 'lin-ucb', longer: 4 },
    { label: 'Item DQN, 4 times as long', name: 'item-dqn', options: { epsilonDecay: 0.99, trainEvery: 4 }, longer: 4 },
    {
      label: 'Item DQN, discount 0, 4 times as long',
      name: 'item-dqn',
      options: { epsilonDecay: 0.99, trainEvery: 4, discount: 0 },
      longer: 4,
    },
  ],
  published: [...banditsAndDqn, { label: 'Double DQN, duelling', name: 'double-dqn', options: { ...small, duelling: true } }],
}

/** Everything of one seed. */
async function play(seed: number): Promise<Tables> {
  const tables: Tables = { agents: [], curves: [], steps: [], returns: [], new: [] }
  for (const preset of ['corrected', 'published'] as const) {
    const shop = marketplace(sessions, { preset })
    const measure = (agent: string, actor: Actor) => {
      const evaluation = evaluate(actor, shop, { episodes: sessions, seed: shoppersOf(seed) })
      tables.agents.push({ preset, agent, seed, ...means(evaluation) })
      if (preset === 'published') return
      if (withReturns.includes(agent)) tables.returns.push(...spread(evaluation).map(row => ({ agent, seed, ...row })))
      if (withSteps.includes(agent)) tables.steps.push(...timeline(shop, actor, shoppersOf(seed)).map(row => ({ agent, seed, ...row })))
    }
    measure('Random', randomAgent(shop.spec, { seed }))
    for (const { label, name, options, copies = 1, longer = 1 } of contests[preset]) {
      const env = marketplace(copies, { preset })
      const agent = await makeAgent(name, env, { ...options, seed })
      const record = await train(agent, env, { steps: longer * transitions, seed })
      measure(label, agent)
      if (name === 'ppo') measure(`${label}, drawn`, drawn(agent))
      if (preset === 'corrected') {
        if (label === 'LinUCB')
          measure(
            'LinUCB, resting',
            actorOf(shop, () => restingByScores(agent, shop)),
          )
        if (withCurve.includes(label)) tables.curves.push(...curve(record, transitions).map(row => ({ agent: label, seed, ...row })))
      }
      agent.dispose()
      console.log(`${preset}: ${label}, seed ${seed}`)
    }
    measure('Myopic oracle', myopicOracle(shop))
    if (preset === 'corrected')
      measure(
        'Resting',
        actorOf(shop, () => resting(toll)),
      )
  }
  tables.new.push(...(await strangers(seed)))
  return tables
}

/** Acts by chance, as it does while learning: the policy itself and not its likeliest action. */
function drawn(agent: Agent): Actor {
  return { act: (observations, _explore, actions) => agent.act(observations, true, actions) }
}

/** A policy that remembers the sessions it is in as an actor: with the first step of sessions that begin together it begins anew. */
function actorOf(shop: Marketplace, make: () => Policy): Actor {
  const progress = shop.spec.layout.find(({ name }) => name === 'context')!.offset
  let policy: Policy | undefined
  return {
    act(observations, _explore, actions) {
      const first = observations.every((value, at) => at % shop.spec.width !== progress || value === 0)
      if (first || !policy) policy = make()
      policy(shop, actions)
    },
  }
}

/** The product of the highest score less the toll on the fatigue with its category. */
function restingByScores(agent: Agent, { copies, spec, catalogue }: Marketplace): Policy {
  const fatigue = new Float64Array(copies * 10)
  const scores = new Float32Array(catalogue.count)
  return (env, actions) => {
    for (let copy = 0; copy < copies; copy++) {
      agent.scores(env.observations.subarray(copy * spec.width, (copy + 1) * spec.width), scores)
      let top = -Infinity
      for (const [product, score] of scores.entries()) {
        const rested = score - toll * fatigue[copy * 10 + catalogue.category[product]!]!
        if (rested > top) [top, actions[copy]] = [rested, product]
      }
    }
    remember(fatigue, env, actions)
  }
}

/** Trained where three shoppers in ten are unknown, and measured where all are. */
async function strangers(seed: number): Promise<Row[]> {
  const shop = marketplace(1, { newShoppers: 0.3 })
  const unknown = marketplace(64, { newShoppers: 1 })
  const known = marketplace(64)
  const agents = {
    'LinUCB alone': linUcb(shop.spec, { seed }),
    'LinUCB, popularity for the unknown': coldStart(shop.spec, {
      main: linUcb(shop.spec, { seed }),
      fallback: popularity(shop.spec, { seed }),
    }),
    Random: randomAgent(shop.spec, { seed }),
  }
  const rows: Row[] = []
  for (const [label, agent] of Object.entries(agents)) {
    if (label !== 'Random') await train(agent, shop, { steps: transitions, seed })
    const [ofUnknown, ofKnown] = [unknown, known].map(env => evaluate(agent, env, { episodes: sessions, seed: shoppersOf(seed) }))
    const productsForUnknown = ofUnknown!.shown.filter(times => times > 0).length
    rows.push(rounded({ agent: label, seed, returnOfUnknown: ofUnknown!.mean, productsForUnknown, returnOfKnown: ofKnown!.mean }))
  }
  return rows
}

seedBySeed(__filename, seeds, play, results => {
  for (const name of ['agents', 'curves', 'steps', 'returns', 'new'] as const) {
    const file = `shops-marketplace-agents${name === 'agents' ? '' : `-${name}`}.csv`
    writeRows(
      join(dataFolder(), file),
      results.flatMap(tables => tables[name]),
    )
  }
})
