/**
 * Going down a ranked list as the session goes on: first the best item or page of items, then the next, because nobody wants the same one
 * ten times. After the end it begins anew. How far a session is stands in the observation (`progress` of a block); in a shop that does not
 * say it, the best is shown always.
 */
import type { Spec } from '../envs/env'
import { highestPlaces } from './highest-places'
import { progressColumn } from './spaces'

/** Tells how many steps of its session a row has behind it. */
export class SessionSteps {
  private readonly progress: number
  private readonly width: number
  private readonly horizon: number

  constructor(spec: Spec) {
    this.progress = progressColumn(spec)
    this.width = spec.width
    this.horizon = spec.horizon
  }

  /** @param row which of the rows of `observations` */
  of(observations: Float32Array, row: number): number {
    if (this.progress < 0) return 0
    return Math.max(0, Math.round(observations[row * this.width + this.progress]! * this.horizon))
  }
}

/** Fills pages from the scores of their candidates. */
export class Pages {
  private readonly order: Int32Array

  /** @param size items on a page, at most as many as there are candidates */
  constructor(
    private readonly candidates: number,
    private readonly size: number,
  ) {
    this.order = new Int32Array(candidates)
  }

  /**
   * Writes the page of that number: the first holds the `size` highest scores, best first, of equal ones the lower candidate.
   *
   * @param scores [candidates]
   * @param page   0 is the first; after the last candidate the list begins anew, also within a page
   * @param from   where the page begins in `actions`
   */
  write(scores: Float64Array, page: number, actions: Int32Array, from: number): void {
    const { candidates, size, order } = this
    const first = (page * size) % candidates
    highestPlaces(scores, Math.min(candidates, first + size), order, 0)
    for (let place = 0; place < size; place++) actions[from + place] = order[(first + place) % candidates]!
  }
}
