/**
 * RFM scores and channel preference: the classical reading of the features (Hughes 1994, "Strategic Database Marketing").
 *
 * Each of recency, frequency and monetary value is scored 1 to 5 by quintile: 1 + floor(5 · share of the shoppers who are strictly worse),
 * so that equal values score equally and the best fifth scores 5. Of recency fewer days are better.
 */
import { messageChannels } from './offers-behaviour'
import { type BehaviourFeatures, featureCount } from './offers-features'

export interface RfmScores {
  /** [count] each, 1 to 5. */
  readonly recency: Uint8Array
  readonly frequency: Uint8Array
  readonly monetary: Uint8Array
}

export function rfmScores({ count, table }: Pick<BehaviourFeatures, 'count' | 'table'>): RfmScores {
  const column = (at: number, sign: number) => Float64Array.from({ length: count }, (_, user) => sign * table[user * featureCount + at]!)
  return { recency: quintiles(column(0, -1)), frequency: quintiles(column(1, 1)), monetary: quintiles(column(2, 1)) }
}

function quintiles(values: Float64Array): Uint8Array {
  const rising = values.slice().sort()
  return Uint8Array.from(values, value => 1 + Math.floor((5 * countBelow(rising, value)) / rising.length))
}

/** How many of the rising numbers are below one. */
function countBelow(rising: Float64Array, value: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rising[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

export interface ChannelPreference {
  /** [count, 3]: each channel's part of the shopper's responses to the three; they sum to 1. */
  readonly shares: Float64Array
  /** [count]: the channel with the largest part, a code of `messageChannels`; of equal ones the first. */
  readonly preferred: Uint8Array
}

export function channelPreference({ count, table }: Pick<BehaviourFeatures, 'count' | 'table'>): ChannelPreference {
  const channels = messageChannels.length
  const shares = new Float64Array(count * channels)
  const preferred = new Uint8Array(count)
  for (let user = 0; user < count; user++) {
    preferred[user] = preferredChannel(table, user * featureCount)
    const responses = table.subarray(user * featureCount + 6, user * featureCount + 6 + channels)
    const all = responses.reduce((sum, response) => sum + response, 0)
    for (let channel = 0; channel < channels; channel++)
      shares[user * channels + channel] = all > 0 ? responses[channel]! / all : 1 / channels
  }
  return { shares, preferred }
}

/** The channel that a row of ten features responds to most, a code of `messageChannels`. */
export function preferredChannel(table: ArrayLike<number>, offset = 0): number {
  let best = 0
  for (let channel = 1; channel < messageChannels.length; channel++) {
    if (table[offset + 6 + channel]! > table[offset + 6 + best]!) best = channel
  }
  return best
}
