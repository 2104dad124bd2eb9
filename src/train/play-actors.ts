/** Who earns what in a shop, without any training: random, the myopic oracle, rules of thumb, agents that have learned; over seeds. */
import { type Actor, myopicOracle } from '../agents/myopic-oracle'
import { randomAgent } from '../agents/random'
import type { Env } from '../envs/env'
import { evaluate } from './evaluate-agent'
import { isActor, isShop, said } from './said'

/** Makes whoever acts; it gets the very shop that will be played in. */
export type ActorMaker = (env: Env, seed: number) => Actor

export interface PlayActorsOptions {
  readonly seeds: readonly number[]
  /** Visits of each seed. */
  readonly episodes: number
}

/** A tidy row: one actor, one seed, the means over its visits. */
export interface ActorRow {
  readonly agent: string
  readonly seed: number
  /** Mean return of a visit, training bonuses left out. */
  readonly return: number
  /** Mean steps of a visit. */
  readonly length: number
  /** Clicks by impressions; 0 where nothing is shown. */
  readonly clickThroughRate: number
  /** Mean of a visit's margins, in money. */
  readonly profit: number
}

const shopForm = 'copies => candyStore(copies)'

/** Random choice and the myopic oracle: the floor, and what can be had without looking ahead. */
export const referenceActors: Readonly<Record<string, ActorMaker>> = {
  random: (env, seed) => randomAgent(env.spec, { seed }),
  'myopic oracle': env => myopicOracle(env),
}

/**
 * Lets each actor serve the same shoppers with the same luck: `playActors(copies => simshop(copies), referenceActors, { seeds, episodes })`.
 *
 * @param make   makes the shop with so many copies
 * @param actors by the names that tables and figures shall show
 * @returns a row for each actor and seed, ready for `summarise`, `comparison` and `pairedDifference`
 * @throws RangeError for options out of range, a shop or an actor where its maker is asked for, and a maker that does not give one
 */
export function playActors(
  make: (copies: number) => Env,
  actors: Readonly<Record<string, ActorMaker>>,
  { seeds, episodes }: PlayActorsOptions,
): ActorRow[] {
  if (seeds.length === 0) throw new RangeError('seeds is empty; name at least one, and five for an interval that can be trusted')
  checkMakers(make, actors)
  const env = make(Math.min(episodes, 64))
  if (!isShop(env)) throw new RangeError(`make gives ${said(env)}; it must give a shop: ${shopForm}`)
  return seeds.flatMap(seed =>
    Object.entries(actors).map(([agent, maker]) => {
      // Shoppers are numbered from a seed of their own, apart from those that agents are trained on.
      const { mean, lengths, clickThroughRate, profits } = evaluate(actorOf(agent, maker, env, seed), env, {
        episodes,
        seed: 1_000_000 + seed,
      })
      const steps = lengths.reduce((sum, length) => sum + length, 0)
      return {
        agent,
        seed,
        return: mean,
        length: steps / episodes,
        clickThroughRate,
        profit: profits.reduce((sum, value) => sum + value, 0) / episodes,
      }
    }),
  )
}

function checkMakers(make: unknown, actors: Readonly<Record<string, unknown>>): void {
  if (typeof make !== 'function') {
    throw new RangeError(`make is ${said(make)}; it must be a function that makes ${isShop(make) ? 'one' : 'a shop'}: ${shopForm}`)
  }
  for (const [name, maker] of Object.entries(actors)) {
    if (typeof maker === 'function') continue
    throw new RangeError(
      `actors.${name} is ${said(maker)}; it must be a function that gives ${isActor(maker) ? 'one' : 'an actor'}: ` +
        `{ ${keyOf(name)}: (env, seed) => randomAgent(env.spec, { seed }) }, ` +
        `or { ${keyOf(name)}: () => agent } for one that is made already`,
    )
  }
}

function actorOf(name: string, maker: ActorMaker, env: Env, seed: number): Actor {
  const actor: unknown = maker(env, seed)
  if (isActor(actor)) return actor
  const form = `{ ${keyOf(name)}: () => agent }`
  const how = said(actor) === 'a promise' ? `make it first (await makeAgent(…)), then give ${form}` : form
  throw new RangeError(`actors.${name} gives ${said(actor)}; it must give an actor, something with act: ${how}`)
}

/** The name as a key is typed. */
function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`
}
