/**
 * Offers against what its document says: the number of actions and features (src/conformance/offers.ts), and the sample output.
 *
 * The document is the README of the "Reinforcement Learning Recommendation Agent" (section "Model Details" and "Sample Output").
 */
import { expect, test } from 'vitest'
import { offersFigures } from '../../src/conformance/offers'
import { featureNames } from '../../src/data/offers-features'
import { offers } from '../../src/envs/offers'
import { describeOffer } from '../../src/envs/offers-actions'
import { describeFeatures } from '../../src/envs/offers-words'
import { actionCount } from '../../src/envs/spaces'
import { testFigures } from './test-figures'

testFigures(offersFigures)

test('the factored actions are as many as the flat ones, and one more sends nothing', () => {
  const countOf = (options: object) => actionCount(offers(1, { users: 3, ...options }).spec.actions)
  for (const timings of [3, 4]) expect(countOf({ nothing: false, timings })).toBe(countOf({ actions: 'flat', nothing: false, timings }))
  expect(countOf({ actions: 'flat' })).toBe(countOf({ actions: 'flat', nothing: false }) + 1)
  expect(offers(1, { users: 3 }).spec.actions).toEqual({ kind: 'multi-discrete', sizes: [5, 3, 3, 4] })
})

test('every action is another one, in words', () => {
  expect(new Set(Array.from({ length: 145 }, (_, action) => describeOffer(action))).size).toBe(145)
  expect(new Set(Array.from({ length: 109 }, (_, action) => describeOffer(action, 3))).size).toBe(109)
})

test('the ten state features, in the order of the document', () => {
  expect(featureNames).toEqual([
    'recency',
    'frequency',
    'monetary',
    'engagement',
    'discountSensitivity',
    'freeShippingPreference',
    'emailResponse',
    'smsResponse',
    'pushResponse',
    'daysSincePurchase',
  ])
  expect(offers(1, { users: 3 }).spec.layout[1]!.shape).toEqual([2])
})

test('the sample output, letter by letter', () => {
  const row = [2, 8, 142.5, 0.82, 0.7, 0.2, 0.4, 0.1, 0.3, 12]
  expect(describeFeatures(row)).toBe(`State Features:
- Recency: 2.00 days
- Frequency: 8 sessions
- Monetary Value: $142.50
- Engagement Score: 0.82
- Discount Sensitive: Yes
- Preferred Channel: email`)
  expect(describeOffer([0, 2, 0, 0])).toBe('15% discount via email (immediate delivery)')
  expect(describeOffer(24)).toBe('15% discount via email (immediate delivery)')
  expect(describeOffer(18, 3)).toBe('15% discount via email (immediate delivery)')
})

test('the other words, in the manner of the sample', () => {
  expect(describeOffer([1, 0, 1, 1])).toBe('free shipping worth $5 via sms (delivery in 1 hour)')
  expect(describeOffer([2, 1, 2, 2])).toBe('recommendation of 10 products via push (delivery in 6 hours)')
  expect(describeOffer([3, 2, 0, 3])).toBe('bundle at 15% off via email (next-day delivery)')
  expect(describeOffer([4, 0, 0, 0])).toBe('no message')
  expect(describeOffer(144)).toBe('no message')
  expect(() => describeOffer(145)).toThrow('action is 145; it must be a whole number between 0 and 144')
  expect(() => describeOffer([0, 0, 0, 3], 3)).toThrow('number 3 of action is 3; it must be a whole number between 0 and 2')
  expect(() => describeOffer([0, 0])).toThrow('action has 2 numbers; it must have 4')
  expect(() => describeFeatures([1, 2])).toThrow('row has 2 numbers; it must have the 10 features')
})
