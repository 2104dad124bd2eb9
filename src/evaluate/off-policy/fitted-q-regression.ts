/** What fitted Q evaluation asks of a regression: that it can be made again and again, cheaply, of targets that change each time. */

/** What follows each round, and which rounds a regression looks at. */
export interface Step {
  /** The next round of the episode, -1 after its last, [rounds]. */
  readonly next: Int32Array
  /** 1 where it is known what followed, [rounds]. */
  readonly told: Uint8Array
}

/** A regression that is made again and again, of other targets each time. */
export interface QRegression {
  /** How many coefficients it has. */
  readonly size: number
  /** From now on each round counts so many times. @param times [rounds] */
  weigh(times: Float64Array): void
  /** The regression of reward + discount · what the next round is worth by the coefficients given. @param out [size], overwritten */
  fit(discount: number, coefficients: Float64Array, out: Float64Array): void
  /** Q of each action in each round. @param actionValues [rounds, actions], overwritten */
  predict(coefficients: Float64Array, actionValues: Float64Array): void
}
