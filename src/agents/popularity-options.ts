/** Popularity's options, for single items and for slates. */
import { atLeast, between, seed } from './options'
import { type SuccessOptions, successField } from './successes'

export interface PopularityOptions extends SuccessOptions {
  /** Chance of a random item, or of a random slate, while learning; .1. */
  readonly epsilon: number
  /** Shows and clicks that every item is taken to have had before the first; 2 and 1. */
  readonly priorShows: number
  readonly priorClicks: number
  /** Of what is drawn while learning; 0. */
  readonly seed: number
}

/** Readers of the options, each with its default. */
export const popularityFields = () => ({
  epsilon: between(0, 1).default(0.1),
  priorShows: atLeast(0, { excluded: true }).default(2),
  priorClicks: atLeast(0).default(1),
  success: successField(),
  seed: seed().default(0),
})
