/** That looking ahead pays in offers (section 0 of the reference): reckoned by lab/calibrate/offers.ts, and played in the shop itself. */
import { expect, test } from 'vitest'
import { meanWorths, type Policy, planFor, played, playedAtRandom } from '../../lab/calibrate/offers'
import { type OffersOptions, offers } from '../../src/envs/offers'
import { offersModel } from '../../src/envs/offers-model'
import { offersSettings } from '../../src/envs/offers-options'
import { offersWorld } from '../../src/envs/offers-world'
import { bestActions } from '../../src/envs/oracle'

// Of all 500 shoppers, since a few of them spend much.
const worths = meanWorths()

test('the worths are those that src/envs/offers.ts tells', () => {
  expect(worths.never).toBeCloseTo(11.84, 2)
  expect(worths['every day']).toBeCloseTo(10.7, 2)
  expect(worths.myopic).toBeCloseTo(11.56, 2)
  expect(worths['far-sighted']).toBeCloseTo(14.98, 2)
  expect(worths['far-sighted'] / worths.myopic).toBeCloseTo(1.3, 2)
})

test('planning ahead is worth 10 to 40 % over the myopic oracle; sending every day earns less than never sending', () => {
  const { never, myopic } = worths
  const [everyDay, ahead] = [worths['every day'], worths['far-sighted']]
  expect(ahead / myopic).toBeGreaterThan(1.1)
  expect(ahead / myopic).toBeLessThan(1.4)
  expect(everyDay).toBeLessThan(never)
  expect(everyDay).toBeLessThanOrEqual(myopic)
})

const onlyUsers = ['user_1', 'user_5', 'user_12', 'user_20']

test('what was reckoned is what is earned in the shop', () => {
  const options: OffersOptions = { actions: 'flat', onlyUsers }
  const settings = offersSettings(options)
  const world = offersWorld(settings)
  const model = offersModel(settings, world)
  const plans = (policy: Policy) => new Map([...world.visitors].map(shopper => [shopper, planFor(model, settings, shopper, policy)]))
  const ahead = plans('far-sighted')
  const reckoned = (policy: Policy) => [...plans(policy).values()].reduce((sum, { worth }) => sum + worth / ahead.size, 0)

  const env = offers(400, options)
  const must = offers(400, { ...options, nothing: false })
  const earned = {
    never: played(env, (_, actions) => actions.fill(144), 4),
    'every day': played(must, bestActions, 2),
    myopic: played(env, bestActions, 2),
    'far-sighted': played(
      env,
      (_, actions) => {
        for (let copy = 0; copy < env.copies; copy++) {
          const { shopper, steps, known, pending, fatigue } = env.save(copy).state as Record<string, number[]>
          actions[copy] = ahead.get(shopper![0]!)!.choose(steps![0]!, known![9]!, pending![0]!, fatigue![0]!)
        }
      },
      3,
    ),
  }
  for (const [policy, { mean, error }] of Object.entries(earned)) {
    const expected = reckoned(policy as Policy)
    expect(Math.abs(mean - expected), policy).toBeLessThan(4 * error)
  }
})

test('a random policy earns less than 70 % of a good one', () => {
  const told = { flat: 6.1, factored: 6.7 }
  for (const actions of ['flat', 'factored'] as const) {
    const { mean, error } = playedAtRandom({ actions })
    expect(mean).toBeCloseTo(told[actions], 1)
    expect(mean + 3 * error).toBeLessThan(0.7 * worths['far-sighted'])
  }
})
