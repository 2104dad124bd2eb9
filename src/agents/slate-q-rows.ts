/**
 * What a scorer of a slate's candidates is shown: one row for each candidate and one for none, the choice to take nothing.
 *
 *   [the rest of the observation, the candidate's features, 1]
 *   [the rest of the observation, zeros, 0]                         none
 */
import type { Spec } from '../envs/env'
import { type SlateFeatures, slateFeatures } from './observation-features'

export class SlateRows {
  readonly features: SlateFeatures
  /** Numbers in a row. */
  readonly width: number

  /** @throws UserError unless the shop shows slates, of candidates that the observation holds */
  constructor(
    agent: string,
    readonly spec: Spec,
  ) {
    this.features = slateFeatures(agent, spec)
    this.width = this.features.restWidth + this.features.candidateWidth + 1
  }

  /** Rows for all candidates in their order and then none. observations [rows, spec.width], out [rows, candidates + 1, width]. */
  writeAll(observations: Float32Array, rows: number, out: Float32Array): void {
    const { candidates } = this.features
    for (let row = 0; row < rows; row++) {
      const first = row * (candidates + 1)
      this.write(observations, row, 0, out, first)
      for (let at = 1; at <= candidates; at++) this.writeAnother(observations, row, at < candidates ? at : -1, out, first, first + at)
    }
  }

  /** Rows for the candidates of a slate and then none. slates [rows, size], out [rows, size + 1, width]. */
  writeShown(observations: Float32Array, slates: Int32Array, rows: number, out: Float32Array): void {
    const { size } = this.features
    for (let row = 0; row < rows; row++) {
      const first = row * (size + 1)
      this.write(observations, row, slates[row * size]!, out, first)
      for (let at = 1; at <= size; at++) {
        this.writeAnother(observations, row, at < size ? slates[row * size + at]! : -1, out, first, first + at)
      }
    }
  }

  /** One row: of a candidate, or of none where it is -1. */
  write(observations: Float32Array, row: number, candidate: number, out: Float32Array, outRow: number): void {
    this.features.rest(observations, row, out, outRow * this.width)
    this.writeCandidate(observations, row, candidate, out, outRow)
  }

  /** A row of the same observation as row `like` of `out`, from which the rest is copied. */
  private writeAnother(observations: Float32Array, row: number, candidate: number, out: Float32Array, like: number, outRow: number): void {
    const { width } = this
    const { restWidth } = this.features
    for (let at = 0; at < restWidth; at++) out[outRow * width + at] = out[like * width + at]!
    this.writeCandidate(observations, row, candidate, out, outRow)
  }

  private writeCandidate(observations: Float32Array, row: number, candidate: number, out: Float32Array, outRow: number): void {
    const from = outRow * this.width + this.features.restWidth
    const end = (outRow + 1) * this.width - 1
    out[end] = candidate < 0 ? 0 : 1
    if (candidate >= 0) this.features.candidate(observations, row, candidate, out, from)
    else for (let at = from; at < end; at++) out[at] = 0
  }
}
