/**
 * The regressions of a linear bandit: which there are, and what they look at.
 *
 * `model: 'disjoint'` (Li, Chu, Langford & Schapire 2010, algorithm 1): every action has a regression of its own on the observation. The
 * combinations of a shop whose actions have several parts count as actions, at most 10,000 of them.
 *
 * `model: 'shared'`: one regression on features of the action and their products with the shopper's numbers (linear-features.ts); what is
 * learned of one action tells of all that resemble it. It is the only one for slates, where a place among the candidates holds another item
 * every time. Where it needs the features of a catalogue and has been made without, it takes them from the checkpoint that it loads.
 */
import { UserError } from '../data/user-error'
import type { Items, Spec } from '../envs/env'
import type { Checkpoint } from './agent'
import { Arms } from './arms'
import { arrayOf } from './checkpoints'
import {
  type ActionFeatures,
  type ContextFeatures,
  candidateFeatures,
  catalogueFeatures,
  contextFeatures,
  type ProductKind,
  productKinds,
} from './linear-features'
import { atLeast, between, flag, oneOf, whole } from './options'
import { Ridge } from './ridge'
import { requireSpace } from './spaces'

export const ridgeModels = ['disjoint', 'shared'] as const

export interface RegressionOptions {
  /** Penalty on the squared coefficients, above 0; 1. */
  readonly ridge: number
  /** Append a 1, for what depends on nothing observed; true. */
  readonly intercept: boolean
  /** 'disjoint': a regression for every action; 'shared': one, on the actions' features. 'shared' for slates, else 'disjoint'. */
  readonly model?: (typeof ridgeModels)[number]
  /** Which products of shopper's and action's numbers a shared model looks at: 'matching', 'all' or 'none' (linear-features.ts); 'matching'. */
  readonly products: ProductKind
  /** What is left of a regression's past at each of its observations, .5 to 1; 1: all of it. .99 remembers the last hundred or so. */
  readonly forgetting: number
  /** Observations of a regression after which it is computed anew, so that rounding does not build up; 0: never; 1,000. */
  readonly refreshEvery: number
}

export const regressionFields = () => ({
  ridge: atLeast(0, { excluded: true }).default(1),
  intercept: flag().default(true),
  model: oneOf(ridgeModels).optional(),
  products: oneOf(productKinds).default('matching'),
  forgetting: between(0.5, 1).default(1),
  refreshEvery: whole(0).default(1000),
})

export class Regressions {
  readonly model: (typeof ridgeModels)[number]
  /** How many actions are scored: all of them, or the candidates of a slate. */
  readonly count: number
  /** [count], of the row last looked at: the rewards expected of the actions, and the variances of that, as `expect` has left them. */
  readonly means: Float64Array
  readonly variances: Float64Array
  /** What a disjoint model looks at, and what a shared one does: unknown as long as the items are. */
  private readonly context: ContextFeatures | undefined
  private actions: ActionFeatures | undefined
  private known: Ridge | undefined
  private items: Pick<Items, 'features' | 'width'> | undefined
  private x = new Float64Array(0)

  /** @throws UserError for a model or a shop that does not fit */
  constructor(
    private readonly agent: string,
    private readonly spec: Spec,
    items: Items | undefined,
    private readonly settings: RegressionOptions,
  ) {
    const { actions: space, name } = spec
    const slate = space.kind === 'slate'
    this.model = settings.model ?? (slate ? 'shared' : 'disjoint')
    if (slate && this.model === 'disjoint') {
      throw new UserError(
        `${agent}: model is 'disjoint', but the candidates of ${name} are other items every time, so none can have a regression of its own; choose 'shared'`,
      )
    }
    if (slate) {
      this.count = space.candidates
      this.begin(1, candidateFeatures(agent, spec, settings.intercept, settings.products))
    } else if (this.model === 'disjoint') {
      this.count = new Arms(agent, spec).count
      this.context = contextFeatures(agent, spec, settings.intercept)
      this.begin(this.count, this.context)
    } else {
      requireSpace(`${agent} with model 'shared'`, spec, ['discrete', 'slate'])
      this.count = (space as { readonly n: number }).n
      if (items) this.takeItems(items)
    }
    this.means = new Float64Array(this.count)
    this.variances = new Float64Array(this.count)
  }

  /** @throws UserError as long as the items' features are not known */
  get ridge(): Ridge {
    if (this.known) return this.known
    throw new UserError(
      `${this.agent} with model 'shared' needs the features of the items of ${this.spec.name}: make it with them (shop.items), load a checkpoint first, or choose 'disjoint'`,
    )
  }

  /** Looks at row `row` of the observations, of which the methods below speak next. @throws RangeError for an id that there is not */
  look(observations: Float32Array, row: number): void {
    if (this.context) this.context.write(observations, row, this.x)
    else this.actions?.look(observations, row)
  }

  /** Fills `means`, and `variances` where they are wanted. */
  expect(withVariances: boolean): void {
    const { ridge, actions, x, means, variances } = this
    if (!actions) {
      ridge.predict(x, means, withVariances ? variances : undefined)
      return
    }
    for (let action = 0; action < this.count; action++) {
      actions.write(action, x)
      means[action] = ridge.mean(0, x)
      if (withVariances) variances[action] = ridge.variance(0, x)
    }
  }

  /** What the actions would earn if a shared model's coefficients were these. coefficients [width], out [count] */
  project(coefficients: Float64Array, out: Float64Array): void {
    const { actions, x } = this
    for (let action = 0; action < this.count; action++) {
      actions!.write(action, x)
      let sum = 0
      for (let at = 0; at < x.length; at++) sum += coefficients[at]! * x[at]!
      out[action] = sum
    }
  }

  /** Takes in what an action has earned. */
  learn(action: number, reward: number): void {
    const { ridge, actions, x } = this
    actions?.write(action, x)
    ridge.learn(actions ? 0 : action, x, reward)
  }

  /** @param policyOnly the coefficients alone, which a beginner takes as what it expects before it has seen anything */
  save(policyOnly: boolean): Pick<Checkpoint, 'arrays' | 'shapes'> {
    // Without its items there is nothing yet that could be kept.
    if (!this.known) return { arrays: {}, shapes: {} }
    const { inverses, precisions, sums, coefficients, origins, counts, arms, width } = this.known
    // Nearly always all origins are 0, which need not be said.
    const rows = { coefficients, ...(policyOnly ? {} : { sums, ...(origins.some(value => value !== 0) && { origins }) }) }
    const all = { ...rows, ...(policyOnly ? {} : { inverses, precisions, counts }) }
    const arrays: Record<string, Checkpoint['arrays'][string]> = {}
    const shapes: Record<string, readonly number[]> = {}
    for (const [name, array] of Object.entries(all)) {
      arrays[name] = array.slice()
      if (array !== counts) shapes[name] = [arms, name in rows ? width : array.length / arms]
    }
    if (this.items) {
      arrays.itemFeatures = this.items.features.slice()
      shapes.itemFeatures = [this.count, this.items.width]
    }
    return { arrays, shapes }
  }

  /**
   * Reads and checks a checkpoint; what it returns takes it over.
   *
   * @throws Error when it is of another shop or of other options
   */
  read(checkpoint: Checkpoint): () => void {
    const { model } = checkpoint.options
    if (model !== this.model) throw new Error(`model is ${JSON.stringify(model)} in the checkpoint; this agent has '${this.model}'`)
    const inside = this.model === 'shared' && this.spec.actions.kind === 'discrete'
    if (inside && Object.keys(checkpoint.arrays).length === 0) return () => this.forgetItems()
    // A catalogue that was not known before is the checkpoint's; one that was must be the same size.
    const itemWidth = checkpoint.shapes.itemFeatures?.[1] ?? this.items?.width ?? 0
    if (inside && this.items && itemWidth !== this.items.width) {
      throw new Error(`items have ${itemWidth} features in the checkpoint; this agent's have ${this.items.width}: it is of another shop`)
    }
    const items = inside
      ? { features: arrayOf(checkpoint, 'itemFeatures', Float32Array, this.count * itemWidth).slice(), width: itemWidth }
      : undefined
    const actions = items ? this.featuresOf(items) : undefined
    const width = (actions ?? this.ridge).width
    const arms = actions ? 1 : this.ridge.arms
    const read = (name: string, length: number) => arrayOf(checkpoint, name, Float64Array, arms * length)
    const coefficients = read('coefficients', width)
    const triangle = (width * (width + 1)) / 2
    const rest = checkpoint.policyOnly
      ? undefined
      : {
          sums: read('sums', width),
          origins: 'origins' in checkpoint.arrays ? read('origins', width) : new Float64Array(arms * width),
          inverses: read('inverses', triangle),
          precisions: read('precisions', triangle),
          counts: read('counts', 1),
        }
    return () => {
      if (items && actions) {
        this.items = items
        this.begin(1, actions)
      }
      this.ridge.begin(coefficients)
      if (!rest) return
      for (const name of ['sums', 'origins', 'inverses', 'precisions', 'counts'] as const) this.ridge[name].set(rest[name])
    }
  }

  private takeItems({ features, width }: Pick<Items, 'features' | 'width'>): void {
    this.items = { features, width }
    this.begin(1, this.featuresOf(this.items))
  }

  private forgetItems(): void {
    this.items = undefined
    this.actions = undefined
    this.known = undefined
  }

  private featuresOf(items: Pick<Items, 'features' | 'width'>): ActionFeatures {
    return catalogueFeatures(this.agent, this.spec, items, this.settings.intercept, this.settings.products)
  }

  private begin(arms: number, features: ContextFeatures | ActionFeatures): void {
    if ('actions' in features) this.actions = features
    this.known = new Ridge(arms, features.width, this.settings)
    this.x = new Float64Array(features.width)
  }
}
