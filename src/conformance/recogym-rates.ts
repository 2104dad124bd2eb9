/** Click-through rates of RecoGym, counted as the original counts them: when a user has left, one more recommendation without a click. */

import { eventCode } from '../envs/events'
import { recogym } from '../envs/recogym'
import { inProportionToOwnViews, recogymLogs } from '../envs/recogym-logs'
import { categorical, cumulative, integer } from '../random/draws'
import { stream } from '../random/generator'
import { type Estimate, shared } from './published-figure'

export interface ClickThrough extends Estimate {
  readonly users: number
}

/** Rates with streams of our own: users of 256 copies, their rates the tries. */
export const clickThroughRates = shared((share): { random: ClickThrough; popularity: ClickThrough } => {
  const draw = stream(1, 'policy')
  const atRandom = (actions: Int32Array) => {
    for (let copy = 0; copy < actions.length; copy++) actions[copy] = integer(draw, 10)
  }
  const steps = Math.ceil(share * 3500)
  const { views } = play(atRandom, 310, 2)
  const shares = cumulative(views)
  const inProportion = (actions: Int32Array) => {
    for (let copy = 0; copy < actions.length; copy++) actions[copy] = categorical(draw, shares)
  }
  return { random: play(atRandom, steps, 1), popularity: play(inProportion, steps, 3) }
})

function play(policy: (actions: Int32Array) => void, steps: number, seed: number): ClickThrough & { readonly views: Float64Array } {
  const copies = 256
  const env = recogym(copies)
  const actions = new Int32Array(copies)
  const clicks = new Float64Array(copies)
  const views = new Float64Array(10)
  const { view } = eventCode
  env.reset(seed)
  for (let step = 0; step < steps; step++) {
    policy(actions)
    env.step(actions)
    for (let copy = 0; copy < copies; copy++) clicks[copy]! += env.rewards[copy]!
    const { count, kind, item } = env.events
    for (let at = 0; at < count; at++) if (kind[at] === view) views[item[at]!]!++
  }
  const users = env.users.reduce((sum, number) => sum + number, 0)
  const rows = copies * steps + users
  const mean = clicks.reduce((sum, number) => sum + number, 0) / rows
  const squares = clicks.reduce((sum, number) => sum + (number - (mean * rows) / copies) ** 2, 0)
  return { mean, error: Math.sqrt(squares) / rows, users, views }
}

/**
 * The row Popularity of result_AB in "Bandit Feedback - Evaluate Organic Model with Bandit Signal.ipynb": the .025, .5 and .975 quantiles
 * of Beta(clicks + 1, rows - clicks + 1). Its users come after three logs of 1,200 users each, which the notebook makes before: two of
 * random products, one of this policy.
 */
export const organicModelRate = shared((): readonly number[] => {
  const logs = recogymLogs({ products: 1000, flips: 500, popularityDeviation: 0.1, tasteDrift: 0.05, worldSeed: 41 }, 41)
  logs.skipUser()
  logs.run(1200)
  logs.run(1200)
  logs.run(1200, inProportionToOwnViews(1000, 41))
  const { clicks, loggedRecommendations } = logs.run(1200, inProportionToOwnViews(1000, 41))
  return [0.025, 0.5, 0.975].map(share => betaQuantile(share, clicks, loggedRecommendations))
})

/** The quantile of Beta(clicks + 1, rows - clicks + 1), by Simpson's rule over twelve deviations to each side, and bisection. */
function betaQuantile(share: number, clicks: number, rows: number): number {
  const mode = clicks / rows
  const logDensity = (at: number) => clicks * Math.log(at / mode) + (rows - clicks) * Math.log((1 - at) / (1 - mode))
  const integral = (from: number, to: number) => {
    const parts = 2000
    let sum = 0
    for (let part = 0; part <= parts; part++) {
      const weight = part === 0 || part === parts ? 1 : part % 2 === 1 ? 4 : 2
      sum += weight * Math.exp(logDensity(from + ((to - from) * part) / parts))
    }
    return (sum * (to - from)) / parts / 3
  }
  const reach = (12 * Math.sqrt(clicks)) / rows
  const start = mode - reach
  const whole = integral(start, mode + reach)
  let [low, high] = [start, mode + reach]
  for (let digit = 0; digit < 40; digit++) {
    const middle = (low + high) / 2
    if (integral(start, middle) < share * whole) low = middle
    else high = middle
  }
  return (low + high) / 2
}
