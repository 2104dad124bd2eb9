/**
 * Recorded events: what happened in whole sessions, as columns sorted by session and within one by time. The business metrics read these.
 *
 * Events name their session by its row, 0 to sessions.count - 1; a session has a number that tells it from others and a segment, such as
 * the shopper's type. A step without any event is there too: it has its reward and adds to its session's length.
 */
export interface RecordedEvents {
  readonly sessions: {
    readonly count: number
    /** [sessions]: from the lowest to the highest, none twice */
    readonly number: Int32Array
    /** [sessions] */
    readonly segment: readonly string[]
    /** [sessions], in steps */
    readonly length: Int32Array
  }
  /** [sum of the lengths]: the rewards of each session's steps, bonuses left out, one session after the other. */
  readonly rewards: Float64Array
  readonly count: number
  /** [events] each: the row of the session, the step from 0, the kind's code, and the rest as in an `EventLog`. */
  readonly session: Int32Array
  readonly step: Int32Array
  readonly kind: Uint8Array
  readonly item: Int32Array
  readonly position: Uint8Array
  readonly price: Float64Array
  readonly margin: Float64Array
}
