/** Pruners by name, as sweep files and workers have them: { kind: 'median', warmUpSteps: 200 }. */
import { UserError } from '../data/user-error'
import { ashaPruner } from './asha-pruner'
import { checkOptions } from './check-space'
import { medianPruner } from './median-pruner'
import { type AshaOptions, type MedianOptions, noPruner, type Pruner, type PrunerSpec } from './pruner'

/** @throws UserError for a kind or an option that there is not */
export function makePruner(spec: PrunerSpec): Pruner {
  const { kind, ...options } = spec
  switch (kind) {
    case 'none':
      checkOptions('pruner none', options, [])
      return noPruner()
    case 'median':
      checkOptions('median pruner', options, ['startupTrials', 'warmUpSteps'])
      return medianPruner(options as MedianOptions)
    case 'asha':
      checkOptions('ASHA pruner', options, ['minimumResource', 'reductionFactor', 'minimumEarlyStoppingRate'])
      return ashaPruner(options as AshaOptions)
    default:
      throw new UserError(`there is no pruner '${kind}'; the pruners are 'none', 'median' and 'asha'`)
  }
}
