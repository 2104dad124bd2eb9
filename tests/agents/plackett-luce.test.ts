import { describe, expect, test } from 'vitest'
import { actionDistribution } from '../../src/agents/action-distribution'
import { stream } from '../../src/random/generator'

const slates = (candidates: number, size: number) => actionDistribution({ kind: 'slate', candidates, size })

const probability = (distribution: ReturnType<typeof slates>, logits: Float64Array, slate: readonly number[]) => {
  distribution.measure(logits, 0, Int32Array.from(slate), 0)
  return Math.exp(distribution.logProbability)
}

/** Every order of `size` of `candidates`. */
function allSlates(candidates: number, size: number): number[][] {
  if (size === 0) return [[]]
  return allSlates(candidates, size - 1).flatMap(begun =>
    Array.from({ length: candidates }, (_, candidate) => candidate)
      .filter(candidate => !begun.includes(candidate))
      .map(candidate => [...begun, candidate]),
  )
}

// Weights 1, 2, 3. Slate 2, 0: 3/6 · 1/3 = 1/6. Slate 0, 1: 1/6 · 2/5 = 1/15. Slate 1, 2, 0: 2/6 · 3/4 · 1 = 1/4.
test('rung 3: Plackett–Luce by hand', () => {
  const logits = Float64Array.of(0, Math.log(2), Math.log(3))
  const two = slates(3, 2)
  expect(probability(two, logits, [2, 0])).toBeCloseTo(1 / 6, 12)
  expect(two.logProbability).toBeCloseTo(-1.791759469, 9)
  // Entropies of (1/6, 2/6, 3/6) and of (1/3, 2/3).
  expect(two.entropy).toBeCloseTo(1.0114042647 + 0.6365141683, 9)
  const slopes = new Float64Array(3)
  two.slopes(1, 0, slopes, 0)
  for (const [at, slope] of [0.5, -1, 0.5].entries()) expect(slopes[at]).toBeCloseTo(slope, 12)
  expect(probability(two, logits, [0, 1])).toBeCloseTo(1 / 15, 12)
  expect(probability(slates(3, 3), logits, [1, 2, 0])).toBeCloseTo(1 / 4, 12)
})

describe('a small case, counted out', () => {
  const logits = Float64Array.of(0.4, -1.2, 1.1, 0)
  const [distribution, all] = [slates(4, 2), allSlates(4, 2)]
  const chances = all.map(slate => probability(distribution, logits, slate))

  test('the probabilities of all slates sum to 1', () => {
    expect(all.length).toBe(12)
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12)
  })

  test('the entropy of all slates is the mean of the entropies along each', () => {
    const whole = chances.reduce((sum, chance) => sum - chance * Math.log(chance), 0)
    const mean = all.reduce((sum, slate, at) => {
      distribution.measure(logits, 0, Int32Array.from(slate), 0)
      return sum + chances[at]! * distribution.entropy
    }, 0)
    expect(mean).toBeCloseTo(whole, 12)
  })

  test('slates are drawn as often as their probabilities say', () => {
    const draws = 40_000
    const counts = new Map<string, number>()
    const [generator, slate] = [stream(2, 'slates'), new Int32Array(2)]
    for (let draw = 0; draw < draws; draw++) {
      distribution.sample(logits, 0, generator, slate)
      counts.set(slate.join(), (counts.get(slate.join()) ?? 0) + 1)
    }
    for (const [at, slate] of all.entries()) {
      const chance = chances[at]!
      const share = (counts.get(slate.join()) ?? 0) / draws
      expect(Math.abs(share - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / draws))
    }
  })
})

test('the mode is the highest logits in order, the first of several', () => {
  const slate = new Int32Array(3)
  slates(5, 3).mode(Float64Array.of(1, 3, 0, 3, 2), 0, slate)
  expect([...slate]).toEqual([1, 3, 4])
})

test('a candidate shown twice is refused, and the next slate is measured as if nothing had been', () => {
  const distribution = slates(4, 3)
  const logits = Float64Array.of(0, 1, 2, 3)
  const wanted = probability(distribution, logits, [3, 1, 0])
  expect(() => probability(distribution, logits, [3, 1, 3])).toThrow('a slate has candidate 3 twice')
  expect(probability(distribution, logits, [3, 1, 0])).toBe(wanted)
})
