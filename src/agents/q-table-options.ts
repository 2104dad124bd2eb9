/** What may be set of every agent that learns a table of action values. */
import { atLeast, between, checkAtMost, type Field, oneOf, readOptions, seed, whole, wholes } from './options'
import { type QTableOptions, visitsOf } from './q-table'
import type { StateIndexOptions } from './state-index'

export interface TabularOptions extends QTableOptions, StateIndexOptions {
  /** What a reward is worth one step later, 0 to 1; .9. */
  readonly discount: number
  /** Chance of a random action while learning, at the start; .1. */
  readonly epsilon: number
  /** What epsilon is multiplied by when an episode ends, in any copy; 1. */
  readonly epsilonDecay: number
  /** What epsilon does not fall below; 0. */
  readonly epsilonEnd: number
  /** Of what is drawn while learning; 0. */
  readonly seed: number
}

const largest = 1e6

export const tabularFields = () => ({
  learningRate: between(0, 1).default(0.1),
  visitRate: atLeast(0, { excluded: true }).optional(),
  visitsOf: oneOf(visitsOf).default('pair'),
  discount: between(0, 1).default(0.9),
  epsilon: between(0, 1).default(0.1),
  epsilonDecay: between(0, 1).default(1),
  epsilonEnd: between(0, 1).default(0),
  initialValue: between(-largest, largest).default(0),
  columns: wholes(0, largest).optional(),
  bins: whole(1, largest).optional(),
  binsFrom: between(-largest, largest).default(0),
  binsTo: between(-largest, largest).default(1),
  mostStates: whole(1, 10_000_000).default(100_000),
  seed: seed().default(0),
})

/** @throws UserError for what is unknown, out of range or contradicts itself */
export function readTabularOptions<Options extends TabularOptions = TabularOptions>(
  agent: string,
  fields: () => Readonly<Record<keyof Options & string, Field>>,
  given: unknown,
): Options {
  const options = readOptions<Options>(agent, fields, given)
  checkAtMost(agent, options, 'epsilonEnd', 'epsilon')
  return options
}
