/**
 * LinTS: Thompson sampling with linear payoffs (Agrawal & Goyal 2013, arXiv 1209.3352, algorithm 1).
 *
 * While learning it draws coefficients from what is believed of them, a normal distribution around the ridge regression's, and shows the
 * action that is best under those drawn:
 *
 *   θ~ = θ + alpha · A^(-1/2) z, z standard normal        score(action) = xᵀ θ~
 *
 * Disjoint model: every action draws its own θ~, and only xᵀ θ~ is looked at. A linear function of a normal vector is a normal number: that
 * one has the mean xᵀ θ and the variance alpha² xᵀ A⁻¹ x, so one normal draw an action stands for the whole vector, exactly.
 *
 * Shared model (the paper's): all actions share ONE vector drawn, so that their scores rise and fall together, as what is believed of them
 * does; a draw for each would explore differences that the model knows do not exist. With A = L Lᵀ, L⁻ᵀ z has the covariance A⁻¹. L is
 * computed when something was learned (d³ / 6 multiplications), a draw takes d² / 2.
 *
 * The probability of what was shown is computed only when it is asked for. Disjoint: the chance that one normal number is the highest of
 * several, an integral (highest-normal.ts), right to 1e-8. Shared: the share of `propensityDraws` fresh vectors, drawn from a stream
 * of their own, that lead to the same action or slate. This decision counts as one of them, so the share is never 0.
 *
 * Which regressions there are and what they look at: ridge-regressions.ts; how they learn: ridge.ts and ridge-agent.ts.
 */
import type { Items, Spec } from '../envs/env'
import { actionWidth } from '../envs/spaces'
import { normal } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint } from './agent'
import type { AgentFacts } from './agent-facts'
import { streamOf } from './checkpoints'
import { NormalDraws } from './highest-normal'
import { highestPlaces } from './highest-places'
import { atLeast, readOptions, seed, whole } from './options'
import { type Exploration, RidgeAgent } from './ridge-agent'
import { solveTransposed, triangleOf } from './ridge-cholesky'
import { type RegressionOptions, type Regressions, regressionFields } from './ridge-regressions'

export interface LinTsOptions extends RegressionOptions {
  /** How far the draws spread, in standard deviations of the belief, at least 0; 1. The paper's bound on the regret is for far more. */
  readonly alpha: number
  /** Draws from which a shared model estimates the probability of what it shows; 1,000, good to .016 at the worst (one standard error). */
  readonly propensityDraws: number
  /** Of the coefficients drawn; 0. */
  readonly seed: number
}

const kind = 'lin-ts'

const fields = () => ({
  alpha: atLeast(0).default(1),
  ...regressionFields(),
  propensityDraws: whole(1, 1_000_000).default(1000),
  seed: seed().default(0),
})

export const linTsFacts: AgentFacts = {
  kind,
  about: 'ridge regressions of the reward, and coefficients drawn from what is believed of them',
  source: 'Agrawal & Goyal 2013, arXiv 1209.3352',
  spaces: ['discrete', 'multi-discrete', 'slate'],
  needs:
    "at most 10,000 combinations; of slates the candidates' features in the observation; else, for model 'shared', the items' features",
  fields,
}

/**
 * LinTS for a shop: `linTs(shop.spec, { alpha: 0.5, seed: 1 })`, or `linTs(shop.spec, { model: 'shared' }, shop.items)`.
 *
 * @param items whose features a shared model looks at; may be left out for slates, and when a checkpoint, which holds them, is loaded next
 * @throws UserError for options that do not fit or a shop that it cannot serve
 */
export function linTs(spec: Spec, given: Partial<LinTsOptions> = {}, items?: Items): Agent {
  const options = readOptions<LinTsOptions>(kind, fields, given)
  return new RidgeAgent(kind, 'LinTS', spec, items, options, regressions =>
    regressions.model === 'disjoint'
      ? new OneDrawEach(regressions, options)
      : new OneDrawForAll(regressions, options, actionWidth(spec.actions)),
  )
}

/** The disjoint model. */
class OneDrawEach implements Exploration {
  private readonly policy: Generator
  /** [actions], of the row last explored. */
  private readonly deviations: Float64Array
  private readonly draws: NormalDraws

  constructor(
    private readonly regressions: Regressions,
    private readonly options: LinTsOptions,
  ) {
    this.policy = stream(options.seed, 'policy')
    this.deviations = new Float64Array(regressions.count)
    this.draws = new NormalDraws(regressions.means, this.deviations)
  }

  explore(scores: Float64Array): void {
    const { regressions, policy, deviations } = this
    const { alpha } = this.options
    const { means, variances } = regressions
    regressions.expect(true)
    for (let action = 0; action < scores.length; action++) {
      deviations[action] = alpha * Math.sqrt(variances[action]!)
      scores[action] = means[action]! + deviations[action]! * normal(policy)
    }
  }

  chance(chosen: Int32Array, from: number): number {
    return this.draws.probability(chosen[from]!)
  }

  changed(): void {}

  save(): Readonly<Record<string, unknown>> {
    return { policy: this.policy.save() }
  }

  read(checkpoint: Checkpoint): () => void {
    const policy = streamOf(checkpoint, 'policy')
    return () => this.policy.load(policy)
  }
}

/** The shared model. */
class OneDrawForAll implements Exploration {
  private readonly policy: Generator
  private readonly propensities: Generator
  /** L, and whether it is of the A that there is now. */
  private factor = new Float64Array(0)
  private fresh = false
  private drawn = new Float64Array(0)
  /** Of a draw for a propensity. */
  private readonly scores: Float64Array
  private readonly places: Int32Array

  /** @param size how many actions are shown together */
  constructor(
    private readonly regressions: Regressions,
    private readonly options: LinTsOptions,
    private readonly size: number,
  ) {
    this.policy = stream(options.seed, 'policy')
    this.propensities = stream(options.seed, 'propensities')
    this.scores = new Float64Array(regressions.count)
    this.places = new Int32Array(size)
  }

  explore(scores: Float64Array): void {
    this.draw(this.policy, scores)
  }

  chance(chosen: Int32Array, from: number): number {
    const { scores, places, size } = this
    const { propensityDraws } = this.options
    let same = 0
    for (let draw = 0; draw < propensityDraws; draw++) {
      this.draw(this.propensities, scores)
      highestPlaces(scores, size, places, 0)
      let place = 0
      while (place < size && places[place] === chosen[from + place]) place++
      if (place === size) same++
    }
    return (same + 1) / (propensityDraws + 1)
  }

  changed(): void {
    this.fresh = false
  }

  save(): Readonly<Record<string, unknown>> {
    return { policy: this.policy.save(), propensities: this.propensities.save() }
  }

  read(checkpoint: Checkpoint): () => void {
    const [policy, propensities] = [streamOf(checkpoint, 'policy'), streamOf(checkpoint, 'propensities')]
    return () => {
      this.policy.load(policy)
      this.propensities.load(propensities)
    }
  }

  /** What all actions earn under coefficients drawn. */
  private draw(generator: Generator, scores: Float64Array): void {
    const { ridge } = this.regressions
    const { width, coefficients } = ridge
    if (this.drawn.length !== width) [this.factor, this.drawn] = [new Float64Array(triangleOf(width)), new Float64Array(width)]
    if (!this.fresh) ridge.factorise(0, this.factor)
    this.fresh = true
    const { drawn } = this
    for (let at = 0; at < width; at++) drawn[at] = normal(generator)
    solveTransposed(this.factor, width, drawn)
    for (let at = 0; at < width; at++) drawn[at] = coefficients[at]! + this.options.alpha * drawn[at]!
    this.regressions.project(drawn, scores)
  }
}
