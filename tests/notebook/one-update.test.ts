/** The targets that one update reveals are those of the formulas. */
import { describe, expect, test } from 'vitest'
import { candyStore } from '../../src/envs/candy-store'
import { oneUpdate } from '../../src/notebook/one-update'

const shop = (more: object) => candyStore(1, { users: 4, items: 2, dataSeed: 4, onlyUsers: [1], ...more })
const options = { hiddenUnits: [8], discount: 0.9 }

describe('oneUpdate', () => {
  test('of a Double DQN: the online network names, the target network values', async () => {
    const { reward, value, online, target, loss } = await oneUpdate(shop({ horizon: 3 }), options)
    const named = online[0]! > online[1]! ? 0 : 1
    expect(target[named]).toBeLessThan(target[1 - named]!) // else the two formulas would agree
    expect(loss).toBeCloseTo((reward + 0.9 * target[named]! - value) ** 2, 5)
  })

  test('of a DQN: the target network names and values', async () => {
    const { reward, value, target, loss } = await oneUpdate(shop({ horizon: 3 }), { ...options, double: false })
    expect(loss).toBeCloseTo((reward + 0.9 * Math.max(...target) - value) ** 2, 5)
  })

  test('at the end of a visit: nothing follows when it terminated, something does when it was truncated', async () => {
    const ended = await oneUpdate(shop({ horizon: 1, endsSession: true }), options)
    expect(ended.loss).toBeCloseTo((ended.reward - ended.value) ** 2, 5)
    const cut = await oneUpdate(shop({ horizon: 1 }), options)
    expect(Math.abs(cut.loss - (cut.reward - cut.value) ** 2)).toBeGreaterThan(0.1)
  })
})
