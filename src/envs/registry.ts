/** Shops by name, for commands, records and sweeps. */
import { checkKeys } from '../data/check'
import { type CandyStoreOptions, candyStore } from './candy-store'
import { type CartPoleOptions, cartPole } from './classic/cart-pole'
import { type IdentityOptions, identity } from './classic/identity'
import { probe, probeNames } from './classic/probes'
import type { Env } from './env'

type Maker = (copies: number, options: Readonly<Record<string, unknown>>) => Env

const makers: Readonly<Record<string, Maker>> = {
  'candy-store': (copies, options) => candyStore(copies, options as CandyStoreOptions),
  'cart-pole': (copies, options) => cartPole(copies, options as CartPoleOptions),
  identity: (copies, options) => identity(copies, options as IdentityOptions),
  ...Object.fromEntries(
    probeNames.map(name => {
      const maker: Maker = (copies, options) => {
        checkKeys(`probe-${name}`, options, [])
        return probe(name, copies)
      }
      return [`probe-${name}`, maker]
    }),
  ),
}

/** Every name that `makeEnv` knows. */
export const envNames: readonly string[] = Object.keys(makers)

/**
 * A shop by its name; `makeEnv(env.spec.name, copies, env.spec.options)` makes the same shop again.
 *
 * @param copies  shoppers served at once, at least 1
 * @param options the shop's own
 * @throws RangeError for a name or an option that does not exist
 */
export function makeEnv(name: string, copies: number, options: Readonly<Record<string, unknown>> = {}): Env {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined
  if (!maker) throw new RangeError(`there is no shop ${JSON.stringify(name)}; the shops are ${envNames.join(', ')}`)
  return maker(copies, options)
}
