/**
 * Our search beside Optuna 5.0.0: the best values after 25, 50 and 100 trials, over hundreds of seeds.
 *
 * optuna5.json has Optuna's, for seeds 0..299, as bench/peers/optuna_quality.py printed them: the defaults of that version
 * (multivariate TPE with constant liar) and random search.
 */
import { mean, sampleVariance } from 'simple-statistics'
import type { Sampler } from '../../src/sweep/sampler'
import { createStudy } from '../../src/sweep/study'
import { branin, hartmann6, rosenbrock, type TestFunction } from '../sweep/test-functions'
import optuna from './optuna5.json'

export const functions: Readonly<Record<string, TestFunction>> = {
  branin,
  hartmann6,
  rosenbrock2: rosenbrock(2),
  rosenbrock4: rosenbrock(4),
}

export const after = optuna.trials

/** The best value after 25, 50 and 100 trials, for each seed. */
export type BestValues = readonly (readonly number[])[]

export function optunaBest(name: string, sampler: 'tpe' | 'random'): BestValues {
  return (optuna.best as Readonly<Record<string, BestValues>>)[`${name} ${sampler}`]!
}

export function ourBest({ space, of }: TestFunction, sampler: Sampler, seeds: number): BestValues {
  return Array.from({ length: seeds }, (_, seed) => {
    const study = createStudy({ space, sampler, seed })
    let best = Infinity
    const values: number[] = []
    for (let trial = 1; trial <= after.at(-1)!; trial++) {
      const asked = study.ask()!
      const value = of(asked.configuration)
      study.tell(asked, value)
      best = Math.min(best, value)
      // Optuna's are kept with six digits; ours too, so that neither side wins by what was cut.
      if (after.includes(trial)) values.push(Number(best.toPrecision(6)))
    }
    return values
  })
}

export interface Superiority {
  readonly probability: number
  readonly low: number
  readonly high: number
}

/**
 * The probability that a run of ours ends lower than one of theirs, ties half, with its 95 % interval: normal, from the variance
 * of the placements (DeLong et al. 1988), which is that of the Mann-Whitney statistic without assuming that both are alike.
 */
export function superiority(ours: readonly number[], theirs: readonly number[]): Superiority {
  const wins = (mine: number, other: number) => (mine < other ? 1 : mine === other ? 0.5 : 0)
  const ofOurs = ours.map(mine => mean(theirs.map(other => wins(mine, other))))
  const ofTheirs = theirs.map(other => mean(ours.map(mine => wins(mine, other))))
  const probability = mean(ofOurs)
  const half = 1.96 * Math.sqrt(sampleVariance(ofOurs) / ours.length + sampleVariance(ofTheirs) / theirs.length)
  return { probability, low: probability - half, high: probability + half }
}

export const column = (rows: BestValues, at: number) => rows.map(row => row[at]!)

export const sentence = ({ probability, low, high }: Superiority) => `${probability.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`
