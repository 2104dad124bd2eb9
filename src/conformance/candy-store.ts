/**
 * The candy store against the guide: its sizes, and the returns of a probe of its agent in the preset `published`.
 *
 * The probe is one shop of 500 shoppers under one seed; .12 is its error. An item at random is engaged with half of the time, since the
 * preference u·v and the noise are as often above 0 as below.
 */
import { candyStore } from '../envs/candy-store'
import { evaluate } from '../train/evaluate-agent'
import { referenceActors } from '../train/play-actors'
import { estimate, type PublishedFigure, shared } from './published-figure'

const shop = 'candy-store'
const guide = 'the guide, its state and its /api/init'
const onPaper = 'the guide, its preference and noise: on paper'
const probe = 'the guide, a probe of its agent: published embeddings, 500 shoppers, one seed, greedy return of 10 steps'

const random = [100, 500].map(items => play('random', items, 2000))
const oracle = [100, 500].map(items => play('myopic oracle', items, 500))

function play(actor: string, items: number, episodes: number) {
  return shared(share => {
    const env = candyStore(50, { preset: 'published', users: 500, items })
    return evaluate(referenceActors[actor]!(env, 1), env, { episodes: Math.ceil(share * episodes), seed: 1 })
  })
}

function fromProbe(what: string, published: number, evaluation: (typeof random)[number]): PublishedFigure {
  return { shop, what, source: probe, published, within: { error: 0.12 }, ours: share => estimate(evaluation(share).returns) }
}

export const candyStoreFigures: readonly PublishedFigure[] = [
  { shop, what: 'numbers in the state', source: guide, published: 42, within: 0, ours: () => candyStore(1).spec.width },
  { shop, what: 'shoppers and items', source: guide, published: [500, 100], within: 0, ours: shoppersAndItems },
  { shop, what: 'share of random items engaged with', source: onPaper, published: 0.5, within: 0, ours: engagedShare },
  fromProbe('return of random, 100 items', 4.55, random[0]!),
  fromProbe('return of random, 500 items', 4.5, random[1]!),
  fromProbe('return of the myopic oracle, 100 items', 9.55, oracle[0]!),
  fromProbe('return of the myopic oracle, 500 items', 9.56, oracle[1]!),
]

function shoppersAndItems(): number[] {
  const store = candyStore(1)
  return [store.shopperIds.length, store.items.labels.length]
}

function engagedShare(share: number) {
  const { clicks, lengths } = random[1]!(share)
  return estimate(Array.from(clicks, (count, visit) => count / lengths[visit]!))
}
