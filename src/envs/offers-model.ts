/**
 * What drives the shoppers of offers: need, fatigue, answers, persuasion, leaving. The formulas are ours; offers.ts tells the whole of them.
 *
 * Apart from the shop, so that a planner (lab/calibrate/offers.ts) can reckon with the very same ones.
 */
import type { OffersParameters } from '../data/offers-parameters'
import { offerTypes } from './offers-actions'
import { appeals, type OfferTable, offerTable } from './offers-economics'
import type { OffersSettings } from './offers-options'
import type { OffersWorld } from './offers-world'

export interface OffersModel {
  readonly parameters: OffersParameters
  readonly table: OfferTable
  /** [shoppers, 3, 4]: probability that a message by this channel at this timing is answered, without fatigue. */
  readonly answers: Float64Array
  /** [shoppers]: the fatigue that is a strain of 1. */
  readonly tolerance: Float64Array
  /** Need, 0 to 1, on the day that is so many days after the last purchase. */
  needAfter(shopper: number, days: number): number
  /** Probability of a purchase that day without any message answered. */
  buysAlone(shopper: number, need: number, calm: number): number
  /** Probability that an answered message brings a purchase. */
  persuades(shopper: number, message: number, need: number): number
  /** Probability of unsubscribing on a day on which a message arrives. */
  leaves(strain: number): number
}

/** Nobody is persuaded more often. */
const mostPersuaded = 0.9

export function offersModel(settings: OffersSettings, { parameters, answers }: OffersWorld): OffersModel {
  const { count, hazard, conversion, discountSensitivity, freeShippingPreference, interest } = parameters
  const { leaveRate } = settings
  const table = offerTable(settings)
  const { offer, strength } = table
  const kinds = offerTypes.length
  const most = mostPersuaded
  const wishes = new Float64Array(count * kinds)
  for (let shopper = 0; shopper < count; shopper++) {
    const likings = [discountSensitivity[shopper]!, freeShippingPreference[shopper]!, interest[shopper]!, 1]
    for (let kind = 0; kind < kinds; kind++) wishes[shopper * kinds + kind] = appeals[kind]! * likings[kind]!
  }
  return {
    parameters,
    table,
    answers,
    tolerance: parameters.tolerance.map(tolerance => tolerance * settings.tolerance),
    needAfter(shopper, days) {
      const urge = hazard[shopper]! * days
      return urge / (1 + urge)
    },
    buysAlone: (shopper, need, calm) => hazard[shopper]! * need * calm,
    persuades(shopper, message, need) {
      const probability = conversion[shopper]! * need * (1 + wishes[shopper * kinds + offer[message]!]! * strength[message]!)
      return probability < most ? probability : most
    },
    leaves: strain => Math.min(1, leaveRate * strain * strain),
  }
}
