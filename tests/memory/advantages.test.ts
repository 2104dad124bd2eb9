import { expect, test } from 'vitest'
import { generalisedAdvantages, type Steps } from '../../src/memory/advantages'
import { integer } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

function estimated(steps: Steps, discount: number, lambda: number) {
  const [advantages, returns] = [new Float64Array(steps.values.length), new Float64Array(steps.values.length)]
  generalisedAdvantages(steps, discount, lambda, advantages, returns)
  return { advantages: [...advantages], returns: [...returns] }
}

/** The numbers of the file's opening comment. */
const byHand = (ends: { terminated: number; truncated: number }): Steps => ({
  copies: 1,
  lengths: Int32Array.of(3),
  rewards: Float64Array.of(1, 2, 2),
  values: Float32Array.of(2, 4, 6),
  terminated: Uint8Array.of(0, ends.terminated, 0),
  truncated: Uint8Array.of(0, ends.truncated, 0),
  finalValues: Float32Array.of(0, 8, 0),
  lastValues: Float32Array.of(4),
})

test('rung 3: by hand, a truncated episode is valued through and a terminated one is not', () => {
  const truncated = estimated(byHand({ terminated: 0, truncated: 1 }), 0.5, 0.5)
  expect(truncated).toEqual({ advantages: [1.5, 2, -2], returns: [3.5, 6, 4] })
  const terminated = estimated(byHand({ terminated: 1, truncated: 0 }), 0.5, 0.5)
  expect(terminated).toEqual({ advantages: [0.5, -2, -2], returns: [2.5, 2, 4] })
})

/** Two copies, the second one shorter, with ends of both kinds at random. */
function drawn(seed: number): Steps {
  const generator = stream(seed, 'advantages')
  const [copies, steps] = [2, 12]
  const floats = () => Float32Array.from({ length: copies * steps }, () => 2 * generator.next() - 1)
  const flags = (share: number) => Uint8Array.from({ length: copies * steps }, () => (generator.next() < share ? 1 : 0))
  const terminated = flags(0.15)
  return {
    copies,
    lengths: Int32Array.of(steps, steps - integer(generator, 4)),
    rewards: Float64Array.from(floats()),
    values: floats(),
    terminated,
    truncated: flags(0.15).map((cut, at) => (terminated[at] ? 0 : cut)),
    finalValues: floats(),
    lastValues: Float32Array.of(0.7, -0.3),
  }
}

/** Σ_k (discount · lambda)^k · surprise(t + k) to the end of the episode, each surprise from its definition. */
function closedForm(steps: Steps, discount: number, lambda: number, copy: number, step: number): number {
  const { copies, lengths, rewards, values, terminated, truncated, finalValues, lastValues } = steps
  let sum = 0
  for (let k = 0; step + k < lengths[copy]!; k++) {
    const at = (step + k) * copies + copy
    const isLast = step + k === lengths[copy]! - 1
    const next = terminated[at] ? 0 : truncated[at] ? finalValues[at]! : isLast ? lastValues[copy]! : values[at + copies]!
    sum += (discount * lambda) ** k * (rewards[at]! + discount * next - values[at]!)
    if (terminated[at] || truncated[at]) break
  }
  return sum
}

test('rung 6: the closed form over a grid of lambda, discount and episodes', () => {
  for (let seed = 0; seed < 20; seed++) {
    const steps = drawn(seed)
    for (const lambda of [0, 0.3, 0.8, 0.95, 1]) {
      for (const discount of [0, 0.5, 0.9, 0.99, 1]) {
        const { advantages, returns } = estimated(steps, discount, lambda)
        for (let copy = 0; copy < 2; copy++) {
          for (let step = 0; step < steps.lengths[copy]!; step++) {
            const at = step * 2 + copy
            expect(advantages[at]).toBeCloseTo(closedForm(steps, discount, lambda, copy, step), 10)
            expect(returns[at]).toBe(advantages[at]! + steps.values[at]!)
          }
        }
      }
    }
  }
})

test('lambda 1 is the discounted return to the end less the value, lambda 0 the surprise of one step', () => {
  const steps = byHand({ terminated: 0, truncated: 0 })
  // Returns by hand: 2 + .5 · 4 = 4, 2 + .5 · 4 = 4, 1 + .5 · 4 = 3.
  expect(estimated(steps, 0.5, 1)).toEqual({ advantages: [1, 0, -2], returns: [3, 4, 4] })
  expect(estimated(steps, 0.5, 0).advantages).toEqual([1, 1, -2])
})
