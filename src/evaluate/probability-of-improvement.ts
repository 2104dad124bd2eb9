import { mean } from 'simple-statistics'
import { stream } from '../random/generator'
import type { BootstrapOptions, Interval } from './bootstrap-interval'
import { percentileInterval } from './bootstrap-interval'
import { finiteStrata } from './scores'

/**
 * Probability of improvement: how likely a run of `agent` beats a run of `other`, ties counting half (Agarwal et al. 2021, rliable; the
 * Mann-Whitney statistic divided by the number of pairs).
 *
 * The mean over strata (tasks, shops) of the share of all pairs of runs that the first wins; .5: none is better. It says how often, not by
 * how much. Its interval is the stratified percentile bootstrap, both agents' runs drawn again in each stratum.
 *
 * @param agent  [strata][runs]; for one task `[scores]`
 * @param other  the same strata, in the same order; runs need not be as many
 * @throws RangeError when the strata differ in number, one is empty, or a score is not finite
 */
export function probabilityOfImprovement(
  agent: readonly ArrayLike<number>[],
  other: readonly ArrayLike<number>[],
  { resamples = 2000, level = 0.95, seed = 0 }: Omit<BootstrapOptions, 'statistic'> = {},
): Interval {
  if (agent.length !== other.length) {
    throw new RangeError(`agent has ${agent.length} strata and other ${other.length}; give the same tasks for both`)
  }
  const [mine, theirs] = [finiteStrata('agent', agent), finiteStrata('other', other)]
  const share = () => mean(mine.map((scores, stratum) => winShare(scores, theirs[stratum]!)))
  const estimate = share()
  const chance = stream(seed, 'bootstrap')
  const [allMine, allTheirs] = [mine.map(scores => scores.slice()), theirs.map(scores => scores.slice())]
  const draw = (drawn: number[], all: readonly number[]) => {
    for (let run = 0; run < all.length; run++) drawn[run] = all[Math.floor(chance.next() * all.length)]!
  }
  return percentileInterval(estimate, { resamples, level }, () => {
    for (let stratum = 0; stratum < mine.length; stratum++) {
      draw(mine[stratum]!, allMine[stratum]!)
      draw(theirs[stratum]!, allTheirs[stratum]!)
    }
    return share()
  })
}

function winShare(mine: readonly number[], theirs: readonly number[]): number {
  let wins = 0
  for (const one of mine) for (const other of theirs) wins += one > other ? 1 : one === other ? 0.5 : 0
  return wins / (mine.length * theirs.length)
}
