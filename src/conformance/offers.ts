/**
 * Offers against its document, which publishes no results: only what an action and a state are made of.
 *
 * It says 144 actions and lists three timings, which make 108; a fourth, the next day, makes 144, and sending nothing 145.
 */
import type { Env } from '../envs/env'
import { type OffersOptions, offers } from '../envs/offers'
import { actionCount } from '../envs/spaces'
import type { PublishedFigure } from './published-figure'

const shop = 'offers'
const source = 'the document: README of the "Reinforcement Learning Recommendation Agent", Model Details'

const actionsOf = (options: OffersOptions) => () => actionCount(offers(1, { users: 3, actions: 'flat', ...options }).spec.actions)

const featuresOf = ({ spec: { layout } }: Env) => layout.find(({ name }) => name === 'user')!.shape[0]!

export const offersFigures: readonly PublishedFigure[] = [
  { shop, what: 'actions, as it says', source, published: 144, within: 0, ours: actionsOf({ nothing: false }) },
  { shop, what: 'actions, as it lists them', source, published: 108, within: 0, ours: actionsOf({ nothing: false, timings: 3 }) },
  { shop, what: 'features of the state', source, published: 10, within: 0, ours: () => featuresOf(offers(1, { users: 3 })) },
]
