/**
 * Evaluation by type of shopper, where a shop has types (simshop's six): as many visits of each, the same for every agent.
 *
 * Training on several types at once is the shop's own affair: with its option `userTypes` (all six unless told) every visit of every copy
 * draws its type anew, each alike likely, from the copy's own stream. So copies that are stepped together mix the types evenly, however
 * many copies there are and however long the visits of a type last; what differs is the share of the steps, since some types stay longer.
 *
 * Each visit is the first of its copy, as in every evaluation: simshop's familiarity_seeker, who remembers ten visits, is met new.
 */
import type { Actor } from '../agents/myopic-oracle'
import { UserError } from '../data/user-error'
import type { Env } from '../envs/env'
import { makeEnv } from '../envs/registry'
import { type EvaluateOptions, evaluate } from './evaluate-agent'
import { type Measured, measured } from './measured'
import { isActor } from './said'
import { EVALUATION_COPIES, type NamedShop } from './trial'

export interface TypeRow extends Measured {
  readonly type: string
}

/** Whether the shop has shoppers of several types that can be told apart. */
export function hasTypes({ options = {} }: NamedShop): boolean {
  return Array.isArray(options.userTypes)
}

/** The types that come to a shop, each once. @throws UserError for a shop without types */
export function typesOf(shop: NamedShop): readonly string[] {
  if (hasTypes(shop)) return Array.from(new Set(shop.options!.userTypes as string[]))
  throw new UserError(`${shop.name} has no types of shoppers to tell apart; simshop has six`)
}

/**
 * Lets somebody serve `episodes` visits of each type greedily: `evaluateByType(agent, shop.spec, { episodes: 200, seed: 1_000_000 })`.
 *
 * @param actor who serves, or for the myopic oracle what makes it of the shop it looks into
 * @param shop  the spec of the shop, or anything with its name and options, `userTypes` among them
 * @param types to evaluate; those of the shop
 * @throws UserError for a shop without types
 */
export function evaluateByType(
  actor: Actor | ((env: Env) => Actor),
  shop: NamedShop,
  { episodes, seed }: EvaluateOptions,
  types: readonly string[] = typesOf(shop),
): TypeRow[] {
  return types.map(type => {
    const env = makeEnv(shop.name, Math.min(episodes, EVALUATION_COPIES), optionsOfType(shop, type))
    return { type, ...measured(evaluate(isActor(actor) ? actor : actor(env), env, { episodes, seed })) }
  })
}

/** The options of the shop as it is, visited by one type alone. */
export function optionsOfType({ options }: NamedShop, type: string): Record<string, unknown> {
  const { memoryVisits, ...rest } = options ?? {}
  // The shop refuses an option that would do nothing, and this one is the familiarity_seeker's.
  return { ...rest, userTypes: type, ...(type === 'familiarity_seeker' && memoryVisits !== undefined && { memoryVisits }) }
}
