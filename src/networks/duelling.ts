/**
 * The duelling network (Wang et al. 2016, arXiv 1511.06581): one stream says how good a situation is, another how much better or worse each
 * action makes it, and their sum is the value of the action (its equation 9).
 *
 *   Q(s, a) = V(s) + A(s, a) - mean over a' of A(s, a')
 *
 * Both stand on a common trunk (duelling-parts.ts). The paper's scaling of the trunk's gradient by 1/√2 is left out: it would no more be the
 * gradient of the loss.
 *
 *   ∂loss/∂V = g,  ∂loss/∂A(a') = g · ([a' is the action chosen] - 1 / actions),  where g = ∂loss/∂Q of the action chosen
 *
 * It serves the seam of network.ts from three perceptrons, with dropout behind the trunk's layers, the same as in a plain network, and
 * without batch normalisation.
 */
import { type Generator, stream } from '../random/generator'
import { checkLearned, checkLength, checkNumbers, checkOptions, checkOutputs, checkSameShape, checkWeights, widths } from './check'
import { chosenLoss } from './chosen-loss'
import { drawMask, droppedWidths } from './dropout'
import { type DuellingPart, duellingParameters, duellingParts } from './duelling-parts'
import type { NetworkBackend } from './make-network'
import { makePerceptron } from './make-perceptron'
import type { FitReport, Network, NetworkOptions, NetworkShape, NetworkState } from './network'
import type { Perceptron } from './perceptron'
import { stepTogether } from './step-together'

/**
 * A duelling network of the shape given; its `backend` says what it computes with.
 *
 * @throws RangeError for batch normalisation, and for options out of range
 */
export async function duellingNetwork(
  shape: NetworkShape,
  { backend, ...options }: NetworkOptions & { readonly backend: NetworkBackend },
): Promise<Network> {
  checkOptions(options)
  if (shape.batchNormalisation) throw new RangeError('batchNormalisation is true; a duelling network has none')
  const { seed, initialisation = 'he' } = options
  const parts = duellingParts(shape)
  const perceptrons: Perceptron[] = []
  for (const part of parts) perceptrons.push(await makePerceptron(part.shape, { initialisation, seed, backend }))
  const network = new DuellingNetwork(shape, options, parts, perceptrons)
  network.load({ ...network.save(), parameters: duellingParameters(shape, seed, initialisation) })
  return network
}

class DuellingNetwork implements Network {
  readonly backend: string
  private readonly trunk: Perceptron | undefined
  private readonly advantage: Perceptron
  private readonly value: Perceptron
  private readonly dropout: Generator
  private readonly droppedWidths: readonly number[]
  /** Adam's and the clip's, changed in place. */
  private readonly stepping: { learningRate: number; readonly clipNorm?: number; readonly clipValue?: number }
  private updates = 0
  /** Buffers for acting on up to `capacity` rows. */
  private capacity = 0
  private acting!: Streams
  /** Buffers for learning from batches of `rows` rows. */
  private rows = 0
  private learning!: Streams & Slopes
  /** Of dropout: behind the layers of the trunk that are hidden, and behind its outputs. */
  private masks: readonly Float32Array[] = []
  private hiddenMasks: readonly Float32Array[] = []

  constructor(
    readonly shape: NetworkShape,
    readonly options: NetworkOptions,
    private readonly parts: readonly DuellingPart[],
    private readonly perceptrons: readonly Perceptron[],
  ) {
    const [value, advantage, trunk] = [...perceptrons].reverse()
    this.value = value!
    this.advantage = advantage!
    this.trunk = trunk
    this.backend = advantage!.backend
    this.dropout = stream(options.seed, 'dropout')
    this.droppedWidths = droppedWidths(shape, options.dropout)
    const { clip, clipLimit } = options
    this.stepping = { learningRate: 0, ...(clip === 'norm' && { clipNorm: clipLimit }), ...(clip === 'value' && { clipValue: clipLimit }) }
  }

  values(inputs: Float32Array, rows: number, out: Float32Array): void {
    this.advance(inputs, rows)
    const { outputs } = this.shape
    const { state, advantages } = this.acting
    for (let row = 0; row < rows; row++) {
      const common = state[row]! - meanOf(advantages, row * outputs, outputs)
      for (let at = row * outputs; at < (row + 1) * outputs; at++) out[at] = common + advantages[at]!
    }
  }

  /** What the actions of a row have in common does not change which is best. */
  best(inputs: Float32Array, rows: number, out: Int32Array): void {
    this.advance(inputs, rows)
    const { outputs } = this.shape
    const { advantages } = this.acting
    for (let row = 0; row < rows; row++) {
      const from = row * outputs
      let best = 0
      for (let output = 1; output < outputs; output++) if (advantages[from + output]! > advantages[from + best]!) best = output
      out[row] = best
    }
  }

  valuesAt(inputs: Float32Array, outputs: Int32Array, rows: number, out: Float32Array): void {
    checkOutputs(outputs, rows, this.shape)
    this.advance(inputs, rows)
    chosenValues(this.acting, outputs, rows, this.shape.outputs, out)
  }

  fit(
    inputs: Float32Array,
    outputs: Int32Array,
    targets: Float32Array,
    rows: number,
    learningRate: number,
    weights?: Float32Array,
    errors?: Float32Array,
  ): FitReport {
    checkNumbers('inputs', inputs, rows * this.shape.inputs)
    checkOutputs(outputs, rows, this.shape)
    checkNumbers('targets', targets, rows)
    checkWeights(weights, errors, rows)
    this.prepare(rows)
    const position = this.dropout.save()
    for (const mask of this.masks) drawMask(this.dropout, mask, this.options.dropout)
    this.stepping.learningRate = learningRate
    try {
      const loss = this.differentiate(inputs, outputs, targets, rows, weights, errors)
      const gradientNorm = stepTogether(this.perceptrons, loss, this.stepping)
      this.updates++
      return { loss, gradientNorm }
    } catch (error) {
      this.dropout.load(position)
      throw error
    }
  }

  follow(source: Network, tau: number): void {
    checkSameShape(this.shape, source.shape)
    if (!(source instanceof DuellingNetwork)) throw new RangeError('a duelling network cannot follow a network without duelling streams')
    this.perceptrons.forEach((perceptron, at) => {
      perceptron.follow(source.perceptrons[at]!, tau)
    })
  }

  save(): NetworkState {
    const count = this.parts.at(-1)!.to
    const state = {
      parameters: new Float32Array(count),
      firstMoments: new Float32Array(count),
      secondMoments: new Float32Array(count),
      updates: this.updates,
      dropout: this.dropout.save(),
      statistics: new Float32Array(0),
    }
    this.parts.forEach(({ from }, at) => {
      const saved = this.perceptrons[at]!.save()
      for (const name of flat) state[name].set(saved[name], from)
    })
    return state
  }

  load(state: NetworkState): void {
    checkLearned(state, this.parts.at(-1)!.to, `the duelling network ${widths(this.shape)}`)
    if (state.statistics.length > 0)
      throw new RangeError('the saved statistics are of a network with batch normalisation; this one has none')
    this.dropout.load(state.dropout)
    this.updates = state.updates
    this.parts.forEach(({ from, to }, at) => {
      const [parameters, firstMoments, secondMoments] = flat.map(name => state[name].slice(from, to))
      const moments = { firstMoments: firstMoments!, secondMoments: secondMoments! }
      this.perceptrons[at]!.load({ parameters: parameters!, ...moments, updates: state.updates })
    })
  }

  dispose(): void {
    for (const perceptron of this.perceptrons) perceptron.dispose()
  }

  /** Both streams of every row, without dropout, into `acting`. */
  private advance(inputs: Float32Array, rows: number): void {
    checkLength('inputs', inputs, rows * this.shape.inputs)
    if (rows > this.capacity) {
      this.acting = this.makeStreams(rows)
      this.capacity = rows
    }
    const { features, state, advantages } = this.acting
    this.trunk?.values(inputs, rows, features)
    const seen = this.trunk ? features : inputs
    this.value.values(seen, rows, state)
    this.advantage.values(seen, rows, advantages)
  }

  /** Adds the slope of the loss to the gradients of the parts, and returns the loss, the mean over the rows. */
  private differentiate(
    inputs: Float32Array,
    outputs: Int32Array,
    targets: Float32Array,
    rows: number,
    weights?: Float32Array,
    errors?: Float32Array,
  ): number {
    const { trunk, value, advantage, masks, hiddenMasks, learning } = this
    const { features, state, advantages, values, slopes, advantageSlopes, featureSlopes, otherSlopes } = learning
    const actions = this.shape.outputs
    // A perceptron drops hidden units; the trunk's outputs are the network's hidden ones, so their mask is laid on here.
    const lastMask = masks[masks.length - 1]
    if (trunk) {
      trunk.forward(inputs, rows, features, hiddenMasks)
      if (lastMask) multiply(features, lastMask)
    }
    const seen = trunk ? features : inputs
    value.forward(seen, rows, state)
    advantage.forward(seen, rows, advantages)

    chosenValues(learning, outputs, rows, actions, values)
    const loss = chosenLoss(this.options.loss, values, targets, 0, rows, rows, slopes, weights, errors) / rows
    for (let row = 0; row < rows; row++) {
      const from = row * actions
      advantageSlopes.fill(-slopes[row]! / actions, from, from + actions)
      advantageSlopes[from + outputs[row]!]! += slopes[row]!
    }

    if (!trunk) {
      value.backward(slopes)
      advantage.backward(advantageSlopes)
      return loss
    }
    value.backward(slopes, featureSlopes)
    advantage.backward(advantageSlopes, otherSlopes)
    for (let at = 0; at < featureSlopes.length; at++) featureSlopes[at]! += otherSlopes[at]!
    if (lastMask) multiply(featureSlopes, lastMask)
    trunk.backward(featureSlopes)
    return loss
  }

  private prepare(rows: number): void {
    if (rows === this.rows) return
    const streams = this.makeStreams(rows)
    this.learning = {
      ...streams,
      values: new Float32Array(rows),
      slopes: new Float32Array(rows),
      advantageSlopes: new Float32Array(streams.advantages.length),
      featureSlopes: new Float32Array(streams.features.length),
      otherSlopes: new Float32Array(streams.features.length),
    }
    this.masks = this.droppedWidths.map(width => new Float32Array(rows * width))
    this.hiddenMasks = this.masks.slice(0, -1)
    this.rows = rows
  }

  private makeStreams(rows: number): Streams {
    return {
      features: new Float32Array(rows * (this.trunk?.shape.outputs ?? 0)),
      state: new Float32Array(rows),
      advantages: new Float32Array(rows * this.shape.outputs),
    }
  }
}

/** What the parts make of some rows: the trunk's outputs, V [rows], A [rows, actions]. */
interface Streams {
  readonly features: Float32Array
  readonly state: Float32Array
  readonly advantages: Float32Array
}

/** Q of the actions chosen, and the slopes of the loss by it, by A and by the trunk's outputs, these from one stream and the other. */
interface Slopes {
  readonly values: Float32Array
  readonly slopes: Float32Array
  readonly advantageSlopes: Float32Array
  readonly featureSlopes: Float32Array
  readonly otherSlopes: Float32Array
}

const flat = ['parameters', 'firstMoments', 'secondMoments'] as const

/** Q of the action chosen in each row. */
function chosenValues({ state, advantages }: Streams, outputs: Int32Array, rows: number, actions: number, out: Float32Array): void {
  for (let row = 0; row < rows; row++) {
    const from = row * actions
    out[row] = state[row]! - meanOf(advantages, from, actions) + advantages[from + outputs[row]!]!
  }
}

function meanOf(values: Float32Array, from: number, count: number): number {
  let sum = 0
  for (let at = from; at < from + count; at++) sum += values[at]!
  return sum / count
}

function multiply(values: Float32Array, factors: Float32Array): void {
  for (let at = 0; at < values.length; at++) values[at]! *= factors[at]!
}
