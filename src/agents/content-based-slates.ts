/**
 * Content-based for slates: the candidates of the highest cosine(profile, features), as content-based.ts ranks items. The profile is the
 * `user` block of the observation, which must be in the space of the candidates' features: in interest evolution the interest in each
 * cluster, where a candidate's features are its cluster, one-hot. A shopper of whom nothing is known, all zeros there, is shown a random
 * slate.
 */

import { UserError } from '../data/user-error'
import type { Env, Spec } from '../envs/env'
import { actionCount, randomActions } from '../envs/spaces'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import { checkAgent, streamOf } from './checkpoints'
import { highestPlaces } from './highest-places'
import { checkObservations, type SlateCandidates, slateCandidates } from './spaces'

export class ContentBasedSlates implements Agent {
  readonly name = 'content-based'
  readonly options: Readonly<Record<string, unknown>>
  private readonly layout: SlateCandidates
  private readonly policy: Generator
  /** Evaluation draws from a stream of its own, so that it leaves no trace in training. */
  private readonly evaluation: Generator
  /** Where the profile begins in a row. */
  private readonly profile: number
  private readonly similarities: Float64Array
  private readonly random: Int32Array

  constructor(
    readonly kind: string,
    private readonly spec: Spec,
    options: { readonly seed: number },
  ) {
    this.layout = slateCandidates(kind, spec)
    const { candidates, size, width } = this.layout
    const block = spec.layout.find(({ name }) => name === 'user')
    if (block?.shape.length !== 1 || block.shape[0] !== width) {
      const found = block ? `the user block of ${spec.name} has ${block.shape.join(' × ')} numbers` : `${spec.name} observes no user`
      throw new UserError(`${kind} needs profiles and candidates in one space; ${found} and a candidate ${width}; choose another agent`)
    }
    this.options = { ...options }
    this.policy = stream(options.seed, 'policy')
    this.evaluation = stream(options.seed, 'evaluation')
    this.profile = block.offset
    this.similarities = new Float64Array(candidates)
    this.random = new Int32Array(size)
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { spec, similarities, random } = this
    const { size } = this.layout
    const copies = actions.length / size
    checkObservations(observations, copies, spec.width)
    for (let copy = 0; copy < copies; copy++) {
      const known = this.compare(observations, copy * spec.width, similarities)
      if (known) highestPlaces(similarities, size, actions, copy * size)
      else {
        randomActions(spec.actions, explore ? this.policy : this.evaluation, random)
        for (let place = 0; place < size; place++) actions[copy * size + place] = random[place]!
      }
      if (propensities) propensities[copy] = known ? 1 : 1 / actionCount(spec.actions)
    }
  }

  observe(_env: Env, _before: Float32Array, _actions: Int32Array): void {}

  update(): Report | undefined {
    return undefined
  }

  /** Cosines of the candidates, -1 to 1; all 0 for a shopper of whom nothing is known. */
  scores(observation: Float32Array, out: Float32Array): void {
    this.compare(observation, 0, out)
  }

  save(policyOnly = false): Checkpoint {
    const state = { policy: this.policy.save(), evaluation: this.evaluation.save() }
    return { agent: this.kind, options: this.options, policyOnly, state, arrays: {}, shapes: {} }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(this.kind, checkpoint)
    const [policy, evaluation] = [streamOf(checkpoint, 'policy'), streamOf(checkpoint, 'evaluation')]
    this.policy.load(policy)
    this.evaluation.load(evaluation)
  }

  dispose(): void {}

  /** @returns whether there is a profile in the row that begins at `row` */
  private compare(observations: Float32Array, row: number, out: Float64Array | Float32Array): boolean {
    const { candidates, offset, width } = this.layout
    const profile = row + this.profile
    let squares = 0
    for (let at = 0; at < width; at++) squares += observations[profile + at]! ** 2
    for (let candidate = 0; candidate < candidates; candidate++) {
      const from = row + offset + candidate * width
      let product = 0
      let own = 0
      for (let at = 0; at < width; at++) {
        product += observations[profile + at]! * observations[from + at]!
        own += observations[from + at]! ** 2
      }
      out[candidate] = squares > 0 && own > 0 ? product / Math.sqrt(squares * own) : 0
    }
    return squares > 0
  }
}
