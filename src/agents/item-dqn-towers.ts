/**
 * The value of an item in a situation, from the vectors of two towers:
 *
 *   [u, c] = user tower(s)    [v(i), b(i)] = item tower(i)    Q(s, i) = u · v(i) / √d + b(i) + c
 *
 * u and v(i) have d numbers. The root keeps Q of a size whatever d is, as in attention (Vaswani et al. 2017).
 */
import type { Perceptron, PerceptronState, Trainable } from '../networks/perceptron'
import type { Checkpoint } from './agent'
import type { ItemTower, ItemTowerState } from './item-dqn-tower'
import { type CheckpointParts, namePerceptron, readPerceptron } from './named-perceptrons'
import type { ObservationFeatures } from './observation-features'

export interface TwoTowersState {
  readonly user: PerceptronState
  readonly item: ItemTowerState
}

export class TwoTowers {
  /** What an optimiser steps. */
  readonly parts: readonly Trainable[]
  /** Numbers in a vector: d and one more. */
  readonly width: number
  /** [rows, width], of the last call: [u / √d, c]. */
  readonly users: Float32Array
  private readonly inputs: Float32Array
  private readonly items: Float32Array
  private readonly userSlopes: Float32Array
  private readonly itemSlopes: Float32Array
  private readonly share: number
  private rows = 0

  /** @param mostRows that are asked for at once */
  constructor(
    private readonly features: ObservationFeatures,
    readonly user: Perceptron,
    readonly item: ItemTower,
    mostRows: number,
  ) {
    const { width } = item
    this.width = width
    this.share = 1 / Math.sqrt(width - 1)
    this.parts = [user, ...item.parts]
    this.inputs = new Float32Array(mostRows * features.width)
    this.users = new Float32Array(mostRows * width)
    this.items = new Float32Array(mostRows * width)
    this.userSlopes = new Float32Array(mostRows * width)
    this.itemSlopes = new Float32Array(mostRows * width)
  }

  /** Fills `users` for the rows first, first + 1, … of observations. */
  readUsers(observations: Float32Array, first: number, rows: number): void {
    this.encode(observations, first, rows)
    this.user.values(this.inputs, rows, this.users)
    this.divide(rows)
  }

  /** Q of each row's observation and item. */
  values(observations: Float32Array, items: Int32Array, rows: number, out: Float32Array): void {
    this.readUsers(observations, 0, rows)
    this.item.values(items, rows, this.items)
    this.multiply(rows, out)
  }

  /** The same, and what `backward` needs is remembered. */
  forward(observations: Float32Array, items: Int32Array, rows: number, out: Float32Array): void {
    this.encode(observations, 0, rows)
    this.user.forward(this.inputs, rows, this.users)
    this.divide(rows)
    this.item.forward(items, rows, this.items)
    this.multiply(rows, out)
    this.rows = rows
  }

  /** Adds to the gradient of both towers. slopes [rows]: ∂loss / ∂Q */
  backward(slopes: Float32Array): void {
    const { users, items, userSlopes, itemSlopes, width, share } = this
    for (let row = 0; row < this.rows; row++) {
      const slope = slopes[row]!
      const last = (row + 1) * width - 1
      for (let at = row * width; at < last; at++) {
        userSlopes[at] = slope * share * items[at]!
        itemSlopes[at] = slope * users[at]!
      }
      userSlopes[last] = slope
      itemSlopes[last] = slope
    }
    this.user.backward(userSlopes)
    this.item.backward(itemSlopes)
  }

  follow(source: TwoTowers, tau: number): void {
    this.user.follow(source.user, tau)
    this.item.follow(source.item, tau)
  }

  /** Adds itself to a checkpoint, its towers as `…user` and `…item`. */
  name(prefix: string, moments: boolean, parts: CheckpointParts): void {
    namePerceptron(`${prefix}user`, this.user.shape, this.user.save(), moments, parts)
    this.item.name(`${prefix}item`, moments, parts)
  }

  /** @throws Error when a part is missing or of another size; nothing is taken over */
  read(prefix: string, checkpoint: Checkpoint, moments: boolean): TwoTowersState {
    return {
      user: readPerceptron(`${prefix}user`, this.user.shape, checkpoint, moments),
      item: this.item.read(`${prefix}item`, checkpoint, moments),
    }
  }

  load({ user, item }: TwoTowersState, features: Float32Array): void {
    this.user.load(user)
    this.item.load(item)
    this.item.features = features
  }

  dispose(): void {
    this.user.dispose()
    this.item.perceptron.dispose()
  }

  private encode(observations: Float32Array, first: number, rows: number): void {
    const { features, inputs } = this
    for (let row = 0; row < rows; row++) features.whole(observations, first + row, inputs, row * features.width)
  }

  private divide(rows: number): void {
    const { users, width, share } = this
    for (let row = 0; row < rows; row++) for (let at = row * width; at < (row + 1) * width - 1; at++) users[at]! *= share
  }

  private multiply(rows: number, out: Float32Array): void {
    const { users, items, width } = this
    for (let row = 0; row < rows; row++) {
      const last = (row + 1) * width - 1
      let value = users[last]! + items[last]!
      for (let at = row * width; at < last; at++) value += users[at]! * items[at]!
      out[row] = value
    }
  }
}
