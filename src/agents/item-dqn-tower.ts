/**
 * The item tower: a perceptron over an item's features, to whose outputs a learned vector of that very item may be added (`itemEmbeddings`).
 *
 *   [v(i), b(i)] = perceptron(features of i) + embedding(i)
 *
 * The embedding knows what features do not tell, once the item has been seen; it starts near 0, so that a new item is judged by its features.
 */
import { Embedding } from '../networks/embedding'
import type { InnerProductSearch } from '../networks/inner-product-search'
import type { Perceptron, PerceptronState, Trainable } from '../networks/perceptron'
import type { Checkpoint } from './agent'
import { arrayOf } from './checkpoints'
import { type CheckpointParts, nameMoments, namePerceptron, readMoments, readPerceptron, unmoved } from './named-perceptrons'

/** Items that are put through the tower at once, so that what is between stays in the processor's cache. */
const BLOCK = 256

export interface ItemTowerState {
  readonly perceptron: PerceptronState
  readonly embedding?: PerceptronState
}

export class ItemTower {
  /** What an optimiser steps. */
  readonly parts: readonly Trainable[]
  /** Numbers in its outputs. */
  readonly width: number
  private readonly embedding: Embedding | undefined
  private readonly inputs: Float32Array
  private readonly gathered: Float32Array
  /** A block of items and their vectors. */
  private readonly block = new Int32Array(BLOCK)
  private readonly vectors: Float32Array
  /** Of the last `forward`. */
  private items: Int32Array = new Int32Array(0)
  private rows = 0

  /**
   * @param features [items, inputs of the perceptron]; may be set later
   * @param count    items
   * @param batchSize rows that are asked for at once
   * @param seed     of the embeddings; none without it
   */
  constructor(
    readonly perceptron: Perceptron,
    public features: Float32Array,
    readonly count: number,
    batchSize: number,
    seed?: number,
  ) {
    const mostRows = Math.max(BLOCK, batchSize)
    this.width = perceptron.shape.outputs
    this.inputs = new Float32Array(mostRows * perceptron.shape.inputs)
    this.embedding = seed === undefined ? undefined : new Embedding(count, this.width, { seed, stream: 'item embedding' })
    this.gathered = new Float32Array(this.embedding ? mostRows * this.width : 0)
    this.vectors = new Float32Array(BLOCK * this.width)
    this.parts = this.embedding ? [perceptron, this.embedding] : [perceptron]
  }

  /** Vectors of the items named. items [rows], out [rows, width] */
  values(items: Int32Array, rows: number, out: Float32Array): void {
    this.gather(items, rows)
    this.perceptron.values(this.inputs, rows, out)
    this.addEmbeddings(items, rows, out)
  }

  /** The same, and what `backward` needs is remembered; `items` must not change in between. */
  forward(items: Int32Array, rows: number, out: Float32Array): void {
    this.gather(items, rows)
    this.perceptron.forward(this.inputs, rows, out)
    this.addEmbeddings(items, rows, out)
    this.items = items
    this.rows = rows
  }

  /** The vectors of all items into a table of as many rows. */
  refresh(table: InnerProductSearch): void {
    const { block, vectors, width, count } = this
    for (let first = 0; first < count; first += BLOCK) {
      const rows = Math.min(BLOCK, count - first)
      for (let row = 0; row < rows; row++) block[row] = first + row
      this.values(block, rows, vectors)
      table.table.set(rows === BLOCK ? vectors : vectors.subarray(0, rows * width), first * width)
    }
  }

  /** Adds to the gradient. slopes [rows, width] */
  backward(slopes: Float32Array): void {
    this.perceptron.backward(slopes)
    this.embedding?.scatterAdd(this.items, this.rows, slopes)
  }

  follow(source: ItemTower, tau: number): void {
    this.perceptron.follow(source.perceptron, tau)
    if (source.embedding) this.embedding?.follow(source.embedding, tau)
  }

  /** Adds itself to a checkpoint, the embeddings as `name.embedding`. */
  name(name: string, moments: boolean, parts: CheckpointParts): void {
    namePerceptron(name, this.perceptron.shape, this.perceptron.save(), moments, parts)
    const saved = this.embedding?.save()
    if (!saved) return
    parts.arrays[`${name}.embedding`] = saved.parameters
    parts.shapes[`${name}.embedding`] = [this.count, this.width]
    if (moments) nameMoments(`${name}.embedding`, saved, parts)
  }

  /** @throws Error when a part is missing or of another size; nothing is taken over */
  read(name: string, checkpoint: Checkpoint, moments: boolean): ItemTowerState {
    const perceptron = readPerceptron(name, this.perceptron.shape, checkpoint, moments)
    if (!this.embedding) return { perceptron }
    const parameters = arrayOf(checkpoint, `${name}.embedding`, Float32Array, this.count * this.width)
    return { perceptron, embedding: moments ? readMoments(`${name}.embedding`, parameters, checkpoint) : unmoved(parameters) }
  }

  load({ perceptron, embedding }: ItemTowerState): void {
    this.perceptron.load(perceptron)
    if (embedding) this.embedding?.load(embedding)
  }

  private gather(items: Int32Array, rows: number): void {
    const { features, inputs } = this
    const { inputs: width } = this.perceptron.shape
    for (let row = 0; row < rows; row++) {
      const from = items[row]! * width
      for (let at = 0; at < width; at++) inputs[row * width + at] = features[from + at]!
    }
  }

  private addEmbeddings(items: Int32Array, rows: number, out: Float32Array): void {
    if (!this.embedding) return
    const { gathered, width } = this
    this.embedding.gather(items, rows, gathered)
    for (let at = 0; at < rows * width; at++) out[at]! += gathered[at]!
  }
}
