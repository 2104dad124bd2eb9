/** Behaviour that says that it was generated must be what its seed and size give. */
import { differentCell } from './different-cell'
import type { Behaviour } from './offers-behaviour'
import { generateBehaviour } from './offers-generate'

/**
 * Takes as long as generating the behaviour; what comes from a file is taken as it is.
 *
 * @throws RangeError naming the first column that the source does not give
 */
export function checkSource(behaviour: Behaviour): void {
  const { source } = behaviour
  if ('file' in source) return
  const { seed, users } = source
  const generated = generateBehaviour({ seed, users })
  for (const sheet of ['users', 'sessions', 'actions'] as const) {
    const cell = differentCell(behaviour[sheet], generated[sheet])
    if (!cell) continue
    throw new RangeError(
      `tables say that they were generated (seed ${seed}, ${users} users), but their ${sheet}.${cell.column} is not what that gives; ` +
        'write them with writeBehaviourWorkbook(tables, file) and give the file',
    )
  }
}
