/**
 * Interest evolution: videos for a user whose interests move with what they watch, and whose time is given back by good videos.
 * Source: RecSim (Ie et al. 2019, arXiv 1909.04847), recsim/environments/interest_evolution.py; the setting of SlateQ (arXiv 1905.12767).
 *
 * There are 20 clusters of documents. Their mean qualities are fixed: the first 14 lie evenly from -3 to 0, the last 6 evenly from 0 to 3.
 * A user has an interest in each cluster, U(-1, 1) at first, and 200 minutes. Each step brings ten fresh documents, each of a cluster
 * drawn anew, N(the cluster's mean, .1) good and 4 minutes long; the shop shows a slate of two. One of them is clicked in proportion to
 * interest + 1, or none in proportion to 1 + 1.
 *   none:  .5 minutes are lost.
 *   one:   watched for min(budget, 4) minutes, which is the reward; the budget falls by them and rises by .9 / 3.4 · minutes · quality.
 *          The interest x in its cluster moves by .3 (1 - |x|) (1 - x), up with probability (1 + x) / 2, else down, clipped to [-1, 1].
 *
 * Observation: user [20], the interests; candidates [10, 20], the cluster of each, one-hot. Quality and budget are not seen.
 * Action: Slate(10, 2), positions among the candidates. Ends: budget at 0 or below, terminated; the last video may take it below 0.
 *
 * No number of steps is the longest possible: when less than 4 minutes are left and all of them go to a good video, a part comes back.
 * But while 4 minutes are left, a click on the best cluster costs .8 minutes on average and no click .5, so they last some 400 steps at the
 * most; then a good video leaves about four fifths of the budget, and below .5 the first slate without a click ends the session, which
 * happens with a chance of at least 1 / (1 + slate). A session of random slates has some 80 steps, of slates chosen for quality some 165;
 * the cap of 1,000 (truncated; ours, RecSim's runner has 27,000) is as good as never reached.
 *
 * Facts about the original: clicks and interests are drawn from NumPy's global generator, which the configured seed does not reach, so two
 * runs of one configuration differ unless that is seeded too. Its observation also holds the response (click, minutes, quality, cluster);
 * here that is in rewards, chosen and events.
 *
 * Events: impression for each document shown, click for the one watched; the item is the cluster. A document's quality matters to nobody
 * before it is watched, so it is drawn then: the same distribution, at the price of one document instead of ten.
 *
 * Draws: an episode takes 20 uniforms and a step 4, whatever is clicked; each list of candidates one for each.
 */
import { normal } from '../random/draws'
import type { Generator } from '../random/generator'
import { choose, multinomialProportional } from './choice-models'
import { numbers, wholes } from './copy-state'
import { defineEnv } from './define-env'
import type { Env } from './env'
import { eventCode } from './events'
import { clusterQualities } from './recsim-cluster-quality'
import { type InterestEvolutionOptions, interestEvolutionSettings } from './recsim-interest-evolution-options'

export type { InterestEvolutionOptions } from './recsim-interest-evolution-options'

/** The lowest interest, from which the masses of choice are counted. */
const leastInterest = -1

/**
 * @param copies users served at once, 1 to 100,000
 * @throws RangeError naming the option, its value and what is allowed
 */
export function interestEvolution(copies: number, options: InterestEvolutionOptions = {}): Env {
  const settings = interestEvolutionSettings(options)
  const { candidates, slate, clusters, documentLength, noClickScore, noClickPenalty, qualityDeviation, qualityReturn } = settings
  const { interestStep, timeBudget } = settings
  const meanQuality = clusterQualities(clusters, settings.lowestQuality, settings.highestQuality)
  const width = clusters + candidates * clusters
  const { impression, click } = eventCode
  // Of the slate at hand; overwritten for each copy.
  const scores = new Float64Array(slate)
  const probabilities = new Float64Array(slate + 1)

  function draw(documents: Int32Array, copy: number, generator: Generator): void {
    for (let at = copy * candidates; at < (copy + 1) * candidates; at++) documents[at] = Math.floor(generator.next() * clusters)
  }

  /** Fills `probabilities` for a slate, no click last. */
  function weigh(interests: Float64Array, documents: Int32Array, copy: number, actions: Int32Array, at: number): void {
    for (let place = 0; place < slate; place++)
      scores[place] = interests[copy * clusters + documents[copy * candidates + actions[at + place]!]!]!
    multinomialProportional(scores, noClickScore, leastInterest, probabilities)
  }

  return defineEnv(copies, {
    name: 'recsim-interest-evolution',
    preset: settings.preset,
    options: settings,
    layout: [
      { name: 'user', offset: 0, shape: [clusters] },
      { name: 'candidates', offset: clusters, shape: [candidates, clusters] },
    ],
    actions: { kind: 'slate', candidates, size: slate },
    horizon: settings.horizon,
    eventsPerStep: slate + 1,
    state: {
      interests: numbers(clusters, -1, 1),
      // At 0 the session is over.
      budget: numbers(1, Number.MIN_VALUE),
      documents: wholes(candidates, 0, clusters - 1),
    },

    begin(copy, { interests, budget, documents }, generator) {
      budget[copy] = timeBudget
      for (let at = copy * clusters; at < (copy + 1) * clusters; at++) interests[at] = 2 * generator.next() - 1
      draw(documents, copy, generator)
    },

    observe(copy, { interests, documents }, row, offset) {
      for (let at = 0; at < clusters; at++) row[offset + at] = interests[copy * clusters + at]!
      row.fill(0, offset + clusters, offset + width)
      for (let at = 0; at < candidates; at++) row[offset + (at + 1) * clusters + documents[copy * candidates + at]!] = 1
    },

    step(copy, { interests, budget, documents }, actions, at, generator, { rewards, chosen, events }) {
      const choiceDraw = generator.next()
      const deviate = normal(generator)
      const tasteDraw = generator.next()
      weigh(interests, documents, copy, actions, at)
      const place = choose(probabilities, choiceDraw)
      for (let shown = 0; shown < slate; shown++)
        events.add(copy, impression, documents[copy * candidates + actions[at + shown]!]!, shown, 0, 0)
      if (place < 0) budget[copy]! -= noClickPenalty
      else {
        const cluster = documents[copy * candidates + actions[at + place]!]!
        const watched = Math.min(budget[copy]!, documentLength)
        rewards[copy] = watched
        chosen[copy] = place
        events.add(copy, click, cluster, place, 0, 0)
        const quality = meanQuality[cluster]! + qualityDeviation * deviate
        budget[copy]! += qualityReturn * watched * quality - watched
        const interest = interests[copy * clusters + cluster]!
        const move = interestStep * (1 - Math.abs(interest)) * (1 - interest)
        const moved = tasteDraw < (interest + 1) / 2 ? interest + move : interest - move
        interests[copy * clusters + cluster] = moved < -1 ? -1 : moved > 1 ? 1 : moved
      }
      draw(documents, copy, generator)
      return budget[copy]! <= 0
    },

    expected(copy, { interests, budget, documents }, actions, at) {
      weigh(interests, documents, copy, actions, at)
      return (1 - probabilities[slate]!) * Math.min(budget[copy]!, documentLength)
    },

    who(copy, { interests, budget }) {
      let fondest = 0
      for (let cluster = 1; cluster < clusters; cluster++)
        if (interests[copy * clusters + cluster]! > interests[copy * clusters + fondest]!) fondest = cluster
      return `user fondest of cluster ${fondest}, ${Math.max(0, budget[copy]!).toFixed(1)} minutes left`
    },
    label: cluster => `cluster ${cluster}`,
  }).env
}
