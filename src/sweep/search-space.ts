/** What a search may choose: a dimension for each hyperparameter, and a configuration, one value for each. */

/** A value that a hyperparameter can take, as JSON and YAML can write it: a number, a word, true or false, or a list such as [256, 256, 128]. */
export type Choice = number | string | boolean | readonly (number | string | boolean)[]

export type Dimension =
  /** A number from `low` to `high`; with `log` its logarithm is even, with `step` it is low, low + step, … */
  | { readonly kind: 'float'; readonly low: number; readonly high: number; readonly log?: boolean; readonly step?: number }
  /** A whole number, both ends allowed. */
  | { readonly kind: 'int'; readonly low: number; readonly high: number; readonly log?: boolean; readonly step?: number }
  /** One of a list, in no order. */
  | { readonly kind: 'categorical'; readonly choices: readonly Choice[] }

/** By hyperparameter: { learningRate: { kind: 'float', low: 1e-5, high: 1e-2, log: true } } */
export type SearchSpace = Readonly<Record<string, Dimension>>

/** One value for each hyperparameter: { learningRate: 0.001, discount: 0.95 } */
export type Configuration = Readonly<Record<string, Choice>>
