import { describe, expect, test } from 'vitest'
import { type ActionDistribution, actionDistribution } from '../../src/agents/action-distribution'
import type { Space } from '../../src/envs/env'
import { randomActions } from '../../src/envs/spaces'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

const spaces: Readonly<Record<string, Space>> = {
  Discrete: { kind: 'discrete', n: 4 },
  MultiDiscrete: { kind: 'multi-discrete', sizes: [3, 1, 2] },
  Slate: { kind: 'slate', candidates: 5, size: 3 },
  'a slate of all candidates': { kind: 'slate', candidates: 3, size: 3 },
}

const measured = (distribution: ActionDistribution, logits: Float64Array, action: Int32Array) => {
  distribution.measure(logits, 0, action, 0)
  return [distribution.logProbability, distribution.entropy] as const
}

test('rung 3: a categorical by hand', () => {
  const distribution = actionDistribution({ kind: 'discrete', n: 3 })
  // Probabilities 1/6, 2/6, 3/6; entropy log(6) - (2 log 2 + 3 log 3) / 6.
  const logits = Float64Array.of(0, Math.log(2), Math.log(3))
  const [logProbability, entropy] = measured(distribution, logits, Int32Array.of(1))
  expect(logProbability).toBeCloseTo(Math.log(1 / 3), 12)
  expect(entropy).toBeCloseTo(1.0114042647, 9)
  const slopes = new Float64Array(3)
  distribution.slopes(1, 0, slopes, 0)
  for (const [at, slope] of [-1 / 6, 2 / 3, -1 / 2].entries()) expect(slopes[at]).toBeCloseTo(slope, 12)
})

test('rung 3: the parts of a MultiDiscrete action are independent, so their log-probabilities and entropies add up', () => {
  const joint = actionDistribution({ kind: 'multi-discrete', sizes: [2, 3] })
  const parts = [2, 3].map(n => actionDistribution({ kind: 'discrete', n }))
  const logits = Float64Array.of(0.3, -1, 2, 0, 0.5)
  const whole = measured(joint, logits, Int32Array.of(1, 2))
  const first = measured(parts[0]!, logits.slice(0, 2), Int32Array.of(1))
  const second = measured(parts[1]!, logits.slice(2), Int32Array.of(2))
  for (const at of [0, 1]) expect(whole[at]).toBeCloseTo(first[at]! + second[at]!, 12)
})

describe.each(Object.entries(spaces))('%s', (_, space) => {
  const distribution = actionDistribution(space)
  const generator = stream(4, 'distribution')
  const logitsOf = (scale: number) => Float64Array.from({ length: distribution.logits }, () => scale * normal(generator))
  const actionOf = () => {
    const action = new Int32Array(distribution.size)
    randomActions(space, generator, action)
    return action
  }

  test('rung 2: slopes of log-probability and entropy agree with central differences', () => {
    const step = 1e-5
    for (let round = 0; round < 20; round++) {
      const [logits, action, slopes] = [logitsOf(1.5), actionOf(), new Float64Array(distribution.logits)]
      for (const [byLogProbability, byEntropy] of [[1, 0] as const, [0, 1] as const, [-0.7, 0.3] as const]) {
        const loss = () => {
          const [logProbability, entropy] = measured(distribution, logits, action)
          return byLogProbability * logProbability + byEntropy * entropy
        }
        loss()
        distribution.slopes(byLogProbability, byEntropy, slopes, 0)
        for (let at = 0; at < logits.length; at++) {
          const kept = logits[at]!
          logits[at] = kept + step
          const above = loss()
          logits[at] = kept - step
          const below = loss()
          logits[at] = kept
          expect(slopes[at]).toBeCloseTo((above - below) / (2 * step), 7)
        }
      }
    }
  })

  test('logits that differ by hundreds stay finite, and only differences count', () => {
    const [logits, action] = [logitsOf(300), actionOf()]
    const [logProbability, entropy] = measured(distribution, logits, action)
    expect([logProbability, entropy].every(Number.isFinite)).toBe(true)
    const shifted = measured(
      distribution,
      logits.map(logit => logit + 1000),
      action,
    )
    expect(shifted[0]).toBeCloseTo(logProbability, 8)
    expect(shifted[1]).toBeCloseTo(entropy, 8)
  })

  test('no action is likelier than the mode, and drawing takes one uniform a choice', () => {
    const logits = logitsOf(1)
    const mode = new Int32Array(distribution.size)
    distribution.mode(logits, 0, mode)
    const [highest] = measured(distribution, logits, mode)
    const [counted, free] = [stream(1, 'draws'), stream(1, 'draws')]
    for (let round = 0; round < 200; round++) {
      const drawn = new Int32Array(distribution.size)
      distribution.sample(logits, 0, counted, drawn)
      for (let choice = 0; choice < distribution.size; choice++) free.next()
      expect(measured(distribution, logits, drawn)[0]).toBeLessThanOrEqual(highest + 1e-12)
    }
    expect(counted.save()).toEqual(free.save())
  })

  test('a row among others is served as alone', () => {
    const rows = Array.from({ length: 3 }, () => logitsOf(1))
    const table = Float64Array.from(rows.flatMap(row => [...row]))
    const actions = Array.from({ length: 3 }, actionOf)
    const all = Int32Array.from(actions.flatMap(action => [...action]))
    const slopes = new Float64Array(table.length).fill(9)
    for (const row of [2, 0, 1]) {
      distribution.measure(table, row, all, row)
      expect([distribution.logProbability, distribution.entropy]).toEqual(measured(distribution, rows[row]!, actions[row]!))
      distribution.slopes(1, 1, slopes, row)
      const alone = new Float64Array(distribution.logits)
      distribution.slopes(1, 1, alone, 0)
      expect(slopes.slice(row * distribution.logits, (row + 1) * distribution.logits)).toEqual(alone)
    }
  })
})
