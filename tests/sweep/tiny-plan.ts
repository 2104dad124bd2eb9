/** A sweep whose trials take some hundredths of a second. */
import { type SweepOptions, type SweepPlan, sweepPlan } from '../../src/sweep/sweep-plan'

export const tinyOptions: SweepOptions = {
  name: 'tiny',
  env: { name: 'candy-store', options: { users: 10, items: 8 } },
  agent: { name: 'double-dqn', options: { hiddenUnits: [8], batchSize: 8 } },
  method: 'grid',
  parameters: {
    learningRate: { kind: 'categorical', choices: [0.001, 0.01, 0.1] },
    discount: { kind: 'float', low: 0.5, high: 0.9, step: 0.4 },
  },
  seeds: [1, 2],
  testSeeds: [11, 12],
  episodes: 5,
  evaluation: { episodes: 10 },
}

const ranges: SweepOptions['parameters'] = {
  learningRate: { kind: 'float', low: 1e-4, high: 0.1, log: true },
  discount: { kind: 'float', low: 0.5, high: 0.99 },
}

/** 'median' is random search with the median rule. */
export function tinyPlan(kind: 'grid' | 'random' | 'tpe' | 'median' = 'grid', more: Partial<SweepOptions> = {}): SweepPlan {
  if (kind === 'grid') return sweepPlan({ ...tinyOptions, ...more })
  if (kind !== 'median') return sweepPlan({ ...tinyOptions, parameters: ranges, method: kind, trials: kind === 'tpe' ? 14 : 6, ...more })
  return sweepPlan({
    ...{ ...tinyOptions, parameters: ranges, method: 'random', trials: 10, batch: 3 },
    pruner: { kind: 'median', startupTrials: 2 },
    evaluation: { episodes: 10, every: 1 },
    ...more,
  })
}
