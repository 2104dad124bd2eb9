/** Samplers by name, as sweep files and workers have them: { kind: 'tpe', startupTrials: 20 }. */
import { UserError } from '../data/user-error'
import { checkOptions } from './check-space'
import { gridSampler } from './grid-sampler'
import { randomSampler } from './random-sampler'
import type { Sampler, SamplerSpec, TpeOptions } from './sampler'
import { tpeSampler } from './tpe-sampler'

/** @throws UserError for a kind or an option that there is not */
export function makeSampler(spec: SamplerSpec): Sampler {
  const { kind, ...options } = spec
  switch (kind) {
    case 'grid':
      checkOptions('grid sampler', options, [])
      return gridSampler()
    case 'random':
      checkOptions('random sampler', options, [])
      return randomSampler()
    case 'tpe':
      checkOptions('TPE sampler', options, ['startupTrials', 'candidates', 'multivariate'])
      return tpeSampler(options as TpeOptions)
    default:
      throw new UserError(`there is no sampler '${kind}'; the samplers are 'grid', 'random' and 'tpe'`)
  }
}
