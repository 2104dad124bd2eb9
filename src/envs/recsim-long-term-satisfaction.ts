/**
 * Long-term satisfaction, also called Choc and Kale: clickbait engages now and spoils the user's mood for later.
 * Source: RecSim (Ie et al. 2019, arXiv 1909.04847), recsim/environments/long_term_satisfaction.py.
 *
 * Each step brings ten fresh documents with a clickbait c ~ U(0, 1) each; the shop shows one, and the user takes it. A user has a net
 * positive exposure, npe, which nobody sees; it starts at (U(0, 1) - .5) / (1 - memory), memory = .7.
 *   satisfaction = sigmoid(sensitivity · npe), sensitivity .01
 *   engagement   = LogNormal((5 c + 4 (1 - c)) · satisfaction, 1), the reward; the deviation is mixed in the same way, of 1 and 1
 *   npe          becomes memory · npe - 2 (c - .5) + N(0, .05), after the engagement
 * The expected engagement is exp(mean + deviation² / 2). Random documents at sensitivity 0 bring 60 · e^2.5 · 2 (e^.5 - 1) = 948.37.
 *
 * Observation: user [1], always 0, since satisfaction is latent; candidates [10, 1], the clickbait. Action: Slate(10, 1).
 * Ends: 60 steps, truncated.
 *
 * With RecSim's sensitivity of .01 the most clickbait is the best that can be shown; only from about .1 does looking ahead pay.
 *
 * Facts about the original: npe and engagement are drawn from NumPy's global generator, which no configured seed reaches; a slate may
 * be longer, but the first document is always taken; the engagement is cut at 100 where it is observed, not where it is rewarded.
 *
 * Events: impression and click of the document shown; the item is its clickbait in hundredths, rounded down, 0 to 99.
 *
 * Draws: an episode takes 1 uniform and a step 2, whatever is shown; each list of candidates one for each.
 */
import { checkKeys, checkNumber, checkWhole, checkWord } from '../data/check'
import { sigmoid } from '../data/preference'
import type { Generator } from '../random/generator'
import { numbers } from './copy-state'
import { defineEnv } from './define-env'
import type { Env } from './env'
import { eventCode } from './events'

export interface LongTermSatisfactionOptions {
  /** The defaults below are RecSim's, so there is one preset. */
  readonly preset?: 'default'
  /** Fresh documents in each step, 1 to 1000; 10. */
  readonly candidates?: number
  /** Steps of a session; 60. */
  readonly horizon?: number
  /** Share of the exposure that is left after a step, 0 to .999; .7. */
  readonly memory?: number
  /** How much engagement depends on the exposure, 0 to 1000; .01. */
  readonly sensitivity?: number
  /** Standard deviation of the chance in the exposure, 0 to 100; .05. */
  readonly innovationDeviation?: number
  /** Mean and standard deviation of the logarithm of the engagement with pure clickbait, -100 to 100 and 0 to 10; 5 and 1. */
  readonly chocMean?: number
  readonly chocDeviation?: number
  /** The same with a document that has none; 4 and 1. */
  readonly kaleMean?: number
  readonly kaleDeviation?: number
}

/** @throws RangeError naming the option, its value and what is allowed */
function settingsOf(options: LongTermSatisfactionOptions): Required<LongTermSatisfactionOptions> {
  checkKeys('recsim-long-term-satisfaction', options, [
    ...['preset', 'candidates', 'horizon', 'memory', 'sensitivity', 'innovationDeviation'],
    ...['chocMean', 'chocDeviation', 'kaleMean', 'kaleDeviation'],
  ])
  const number = (name: keyof LongTermSatisfactionOptions, usual: number, low: number, high: number) =>
    checkNumber(name, options[name] ?? usual, low, high)
  return {
    preset: checkWord('preset', options.preset ?? 'default', ['default']),
    candidates: checkWhole('candidates', options.candidates ?? 10, 1, 1000),
    horizon: checkWhole('horizon', options.horizon ?? 60, 1, 1_000_000),
    memory: number('memory', 0.7, 0, 0.999),
    sensitivity: number('sensitivity', 0.01, 0, 1000),
    innovationDeviation: number('innovationDeviation', 0.05, 0, 100),
    chocMean: number('chocMean', 5, -100, 100),
    chocDeviation: number('chocDeviation', 1, 0, 10),
    kaleMean: number('kaleMean', 4, -100, 100),
    kaleDeviation: number('kaleDeviation', 1, 0, 10),
  }
}

/**
 * @param copies users served at once, 1 to 100,000
 * @throws RangeError naming the option, its value and what is allowed
 */
export function longTermSatisfaction(copies: number, options: LongTermSatisfactionOptions = {}): Env {
  const settings = settingsOf(options)
  const { candidates, horizon, memory, sensitivity, innovationDeviation, chocMean, chocDeviation, kaleMean, kaleDeviation } = settings
  const { impression, click } = eventCode

  function draw(clickbait: Float64Array, copy: number, generator: Generator): void {
    for (let at = copy * candidates; at < (copy + 1) * candidates; at++) clickbait[at] = generator.next()
  }

  /** Mean of the logarithm of the engagement. */
  const meanLog = (bait: number, exposure: number) => (bait * chocMean + (1 - bait) * kaleMean) * sigmoid(sensitivity * exposure)
  /** Its standard deviation. */
  const deviationLog = (bait: number) => bait * chocDeviation + (1 - bait) * kaleDeviation

  return defineEnv(copies, {
    name: 'recsim-long-term-satisfaction',
    preset: settings.preset,
    options: settings,
    layout: [
      { name: 'user', offset: 0, shape: [1] },
      { name: 'candidates', offset: 1, shape: [candidates, 1] },
    ],
    actions: { kind: 'slate', candidates, size: 1 },
    horizon,
    eventsPerStep: 2,
    state: { exposure: numbers(1), clickbait: numbers(candidates, 0, 1) },

    begin(copy, { exposure, clickbait }, generator) {
      exposure[copy] = (generator.next() - 0.5) / (1 - memory)
      draw(clickbait, copy, generator)
    },

    observe(copy, { clickbait }, row, offset) {
      row[offset] = 0
      for (let at = 0; at < candidates; at++) row[offset + 1 + at] = clickbait[copy * candidates + at]!
    },

    step(copy, { exposure, clickbait }, actions, at, generator, { rewards, chosen, events }) {
      // Box and Muller's method makes two independent normal numbers of two uniforms: one for the engagement, one for the exposure.
      const radius = Math.sqrt(-2 * Math.log(1 - generator.next()))
      const angle = 2 * Math.PI * generator.next()
      const bait = clickbait[copy * candidates + actions[at]!]!
      rewards[copy] = Math.exp(meanLog(bait, exposure[copy]!) + deviationLog(bait) * radius * Math.cos(angle))
      exposure[copy] = memory * exposure[copy]! - 2 * (bait - 0.5) + innovationDeviation * radius * Math.sin(angle)
      chosen[copy] = 0
      const item = Math.min(99, Math.floor(100 * bait))
      events.add(copy, impression, item, 0, 0, 0)
      events.add(copy, click, item, 0, 0, 0)
      draw(clickbait, copy, generator)
      return false
    },

    expected(copy, { exposure, clickbait }, actions, at) {
      const bait = clickbait[copy * candidates + actions[at]!]!
      return Math.exp(meanLog(bait, exposure[copy]!) + deviationLog(bait) ** 2 / 2)
    },

    who: (copy, { exposure }) => `user with satisfaction ${sigmoid(sensitivity * exposure[copy]!).toFixed(2)}`,
    label: item => `a document with clickbait ${(item / 100).toFixed(2)}`,
  }).env
}
