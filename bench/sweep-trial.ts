/** One trial of a hyperparameter search: proposing a configuration and keeping what became of it. */
import { randomSampler } from '../src/sweep/random-sampler'
import type { Sampler } from '../src/sweep/sampler'
import { createStudy } from '../src/sweep/study'
import { tpeSampler } from '../src/sweep/tpe-sampler'
import { hartmann6 } from '../tests/sweep/test-functions'
import { callsPerSecond } from './harness/calls'
import type { Case, Subject, Window } from './harness/subject'

const trials = 200

async function millisecondsPerTrial(sampler: Sampler, window: Window): Promise<readonly number[]> {
  let seed = window.turn * 1000
  const oneStudy = () => {
    const study = createStudy({ space: hartmann6.space, sampler, seed: seed++ })
    for (let trial = 0; trial < trials; trial++) {
      const asked = study.ask()!
      study.tell(asked, hartmann6.of(asked.configuration))
    }
  }
  return [1000 / (await callsPerSecond(oneStudy, window)) / trials]
}

const samplers = { TPE: { make: tpeSampler, peer: 'TPE version default' }, random: { make: randomSampler, peer: 'random' } }

export const subject: Subject = {
  title: `One trial of a search, Hartmann6 (six floats), studies of ${trials} trials in memory`,
  remark: `A trial's mean share of a whole study, the function itself included: about a microsecond of ours, some ten of Optuna's. Both propose
the six numbers together and let TPE learn from all earlier trials, so later trials cost more. Optuna runs with the defaults of version 5
(multivariate TPE with constant liar); how good the proposals are is in tests/conformance/optuna.test.ts.`,
  cases: Object.entries(samplers).map(
    ([name, { make, peer }]): Case => ({
      what: name,
      figures: [{ unit: 'ms/trial', better: 'less' }],
      ours: [{ name: 'shoplab', goals: [{ ratio: 10 }], run: window => millisecondsPerTrial(make(), window) }],
      peer: { name: 'Optuna', script: 'optuna_speed', only: `${peer}, Hartmann6, ${trials} trials, in memory` },
    }),
  ),
}
