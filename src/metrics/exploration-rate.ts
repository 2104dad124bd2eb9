import { checkWhole } from '../data/check'

/**
 * Exploration rate: the share of decisions that were not the greedy one, 0 to 1.
 *
 * What is greedy is what the agent would have done had it not explored: `agent.act(observations, false, greedy)` beside
 * `agent.act(observations, true, taken)`, at the same moment. A random draw that happens to be the greedy action is none that explores
 * here: epsilon-greedy over n actions has a rate of epsilon · (1 - 1 / n), so epsilon is about rate · n / (n - 1). A slate counts as
 * one decision, which explores where any of its places differs.
 *
 * @param taken  [decisions, width]
 * @param greedy [decisions, width]
 * @param width  numbers in an action: 1, or the size of a slate
 * @throws RangeError when there is no decision, the lengths differ or are no multiple of the width, or an action is not a whole number
 */
export function explorationRate(taken: ArrayLike<number>, greedy: ArrayLike<number>, width = 1): number {
  checkWhole('width', width, 1, Number.MAX_SAFE_INTEGER)
  if (taken.length !== greedy.length)
    throw new RangeError(`taken has ${taken.length} numbers and greedy ${greedy.length}; give one greedy action for each that was taken`)
  if (taken.length === 0 || taken.length % width !== 0)
    throw new RangeError(`taken has ${taken.length} numbers; it must have ${width} for each decision, and at least one decision`)
  let explored = 0
  for (let at = 0; at < taken.length; at += width) {
    let differs = 0
    for (let place = at; place < at + width; place++) {
      checkAction('taken', place, taken[place]!)
      checkAction('greedy', place, greedy[place]!)
      if (taken[place] !== greedy[place]) differs = 1
    }
    explored += differs
  }
  return explored / (taken.length / width)
}

function checkAction(name: string, at: number, action: number): void {
  if (!Number.isInteger(action)) throw new RangeError(`${name}[${at}] is ${action}; actions are whole numbers`)
}
