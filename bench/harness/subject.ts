/** What a subject of the benchmark says of itself: what runs on our side, beside which peer, and what it shall show. */
import type { Figure as Picture } from '../../src/figures/figure'
import type { Measured } from './measure'

export interface Subject {
  readonly title: string
  /** What both sides do, and where they differ; stands below the table. */
  readonly remark: string
  readonly cases: readonly Case[]
  /** How many turns each side gets; 3. */
  readonly turns?: number
  /** Seconds of one measured window; 4. Work of a fixed size takes as long as it takes. */
  readonly seconds?: number
  /** What was measured as a picture, drawn into bench/figures and shown above the table. */
  picture?(cases: readonly Measured[]): Picture
}

/** One thing done by both sides. */
export interface Case {
  readonly what: string
  /** What each run of either side yields, in this order. */
  readonly figures: readonly Figure[]
  readonly ours: readonly Variant[]
  /** Left out where nobody else has it: the goals are then `each`. */
  readonly peer?: PythonPeer | Variant
}

export interface Figure {
  /** Left out where there is only one. */
  readonly name?: string
  readonly unit: string
  readonly better: 'more' | 'less'
}

/** A way of ours to do it. */
export interface Variant {
  readonly name: string
  /** One goal a figure, or none: figures beside it are printed for comparison. */
  readonly goals?: readonly (Goal | undefined)[]
  /** @returns a number for each figure */
  run(window: Window): Promise<readonly number[]>
}

/** `ratio`: so many times as good as the peer, median against median. `each`: at least (or at most) so much in every turn. */
export type Goal = { readonly ratio: number } | { readonly each: number }

export interface Window {
  readonly seconds: number
  /** 0, 1, 2, ...: the seed of whatever is drawn. */
  readonly turn: number
  /** Only see that it works. */
  readonly quick: boolean
}

/** A script of bench/peers. */
export interface PythonPeer {
  readonly name: string
  readonly script: string
  /** Which of its figures: a part of the figure's name. */
  readonly only: string
  /** For each of our figures, the part of a name that tells it from the others of `only`; left out where there is only one. */
  readonly figures?: readonly string[]
  /** Further arguments. */
  arguments?(window: Window): readonly string[]
}

export function isPython(peer: PythonPeer | Variant | undefined): peer is PythonPeer {
  return peer !== undefined && 'script' in peer
}
