/**
 * A shop's tables: who comes, what is sold, and what happened between them, as columns.
 *
 * Rows are counted from 0 and a row's number is how the rest of the module names a shopper or an item; the ids (`user_0`, `item_0`) are
 * what stands in the files. The formats are those of `writeTables`.
 *
 * Two things a log may lack: embeddings (their width is then 0, their lists are empty) and events (the list is empty, weights alone count).
 */

/** The outcomes that interactions.csv knows, in the order of their codes. */
export const interactionEvents = ['ignore', 'click', 'purchase'] as const

/** The weight of each outcome, by its code: how much it says that the shopper wanted the item. */
export const interactionWeights = [0, 0.5, 1] as const

export interface Users {
  readonly count: number
  readonly ids: readonly string[]
  /** In years. */
  readonly age: Uint8Array
  readonly gender: readonly string[]
  readonly location: readonly string[]
  /** Unix time in seconds. */
  readonly signupDate: Float64Array
  /** [count, width]: what the shopper likes, in the same space as the items; empty where width is 0. */
  readonly embeddings: Float64Array
}

export interface Catalogue {
  readonly count: number
  readonly ids: readonly string[]
  readonly titles: readonly string[]
  readonly categories: readonly string[]
  readonly price: Float64Array
  /** 1 to 5 stars. */
  readonly rating: Float64Array
  /** [count, width]; empty where width is 0 */
  readonly embeddings: Float64Array
}

export interface Interactions {
  readonly count: number
  /** Row of the shopper in `users`. */
  readonly user: Int32Array
  /** Row of the item in `items`. */
  readonly item: Int32Array
  /** Unix time in seconds; rows are in the order of time. */
  readonly timestamp: Float64Array
  /** 0 ignored, .5 clicked, 1 bought; in a log without events any number from 0 to 1. */
  readonly weight: Float64Array
  /** Codes of `interactionEvents`; empty in a log without events. */
  readonly event: Uint8Array
}

export interface ShopTables {
  readonly users: Users
  readonly items: Catalogue
  readonly interactions: Interactions
  /** Numbers in one embedding; 0 where there are none. */
  readonly width: number
  /** Where the tables came from: enough to have them again. */
  readonly source: TablesSource
}

/** Made by `generateTables` or `generateInteractionLog` with these options, or read from a folder. */
export type TablesSource =
  | { readonly seed: number; readonly users: number; readonly items: number; readonly interactions: number }
  | LogSource
  | { readonly folder: string }

/** What `generateInteractionLog` made, by its options. */
export interface LogSource {
  readonly preset: 'corrected' | 'published'
  readonly seed: number
  readonly users: number
  readonly items: number
  readonly interactions: number
  /** Share of the users who sign up late. */
  readonly lateUsers: number
}
