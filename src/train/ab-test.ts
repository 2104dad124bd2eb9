/**
 * An A/B test on simulated traffic: every visit is served by one of two policies, by lot, and the two groups are compared.
 *
 * What a shop can do in earnest, where nobody can serve the same shopper twice. A simulator can (`compare`, `evaluate` with one seed), and
 * needs far fewer visits for the same certainty; the test is here to learn how it behaves and how many visits it takes.
 */
import type { Agent } from '../agents/agent'
import { checkWhole } from '../data/check'
import type { Env } from '../envs/env'
import { type MeanDifference, meanDifference } from '../evaluate/mean-difference'
import { chance } from '../random/draws'
import { stream } from '../random/generator'
import { evaluate } from './evaluate-agent'

/** What can be compared, a number for each visit. */
const abMeasures = ['return', 'clicks', 'purchases'] as const

export interface AbTestOptions {
  /** The policy that serves now, and the one that might replace it; both greedy. */
  readonly control: Agent
  readonly treatment: Agent
  /** A shop of its own: the test resets it. */
  readonly env: Env
  readonly visits: number
  /** The treatment's share of the traffic, above 0 and below 1; .5. */
  readonly share?: number
  /** Of the traffic and of the lot; 0. */
  readonly seed?: number
  readonly measure?: (typeof abMeasures)[number]
}

export interface AbTest extends MeanDifference {
  readonly measure: string
  /** Visits served by control and treatment. */
  readonly visits: readonly [number, number]
  /** [visits], in the order of the visits: 1 = served by the treatment. */
  readonly assigned: Uint8Array
  /** [visits]: what the visit brought. */
  readonly outcomes: Float64Array
}

/** @throws RangeError when an option is out of range, or the traffic is too little for either group */
export function abTest({ control, treatment, env, visits, share = 0.5, seed = 0, measure = 'return' }: AbTestOptions): AbTest {
  checkWhole('visits', visits, 1, 100_000_000)
  if (!(share > 0 && share < 1)) throw new RangeError(`share is ${share}; it must lie between 0 and 1, both left out`)
  if (!abMeasures.includes(measure)) throw new RangeError(`measure is '${measure}'; it must be one of ${abMeasures.join(', ')}`)
  const lot = stream(seed, 'ab-test', 'lot')
  const assigned = Uint8Array.from({ length: visits }, () => (chance(lot, share) ? 1 : 0))
  // A visit depends on nothing but its own number and who serves it: letting both serve all and keeping one of each two changes nothing.
  const outcomes = Float64Array.from(outcomesOf(control, env, visits, seed, measure))
  const treated = outcomesOf(treatment, env, visits, seed, measure)
  for (let visit = 0; visit < visits; visit++) if (assigned[visit]) outcomes[visit] = treated[visit]!
  const groups = [0, 1].map(group => outcomes.filter((_, visit) => assigned[visit] === group)) as [Float64Array, Float64Array]
  return { measure, visits: [groups[0].length, groups[1].length], ...meanDifference(groups[0], groups[1]), assigned, outcomes }
}

function outcomesOf(agent: Agent, env: Env, episodes: number, seed: number, measure: string): ArrayLike<number> {
  const { returns, clicks, purchases } = evaluate(agent, env, { episodes, seed })
  return measure === 'return' ? returns : measure === 'clicks' ? clicks : purchases
}
