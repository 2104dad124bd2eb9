/**
 * Logged feedback as a CSV file: one row a round, in the order in which decisions were taken.
 *
 *     episode,actions,action,reward,propensity,c0,c1
 *     0,3,2,1,0.25,0.5,-1
 *
 * `actions` says how many there were to choose from and is the same in every row; `c0`, `c1`, … are the context. `episode` is left out
 * where every round stands alone. Numbers are written so that they read back bit for bit.
 */
import { existsSync } from 'node:fs'
import { csvLine, readSheet, type Sheet } from './csv'
import { checkFeedback, type LoggedFeedback } from './logged-feedback'
import { UserError } from './user-error'
import { writeWholeFile } from './whole-file'

const columns = ['actions', 'action', 'reward', 'propensity']

/**
 * Writes a log; the file is whole or not there. Of feedback that holds more, such as positions, only what `LoggedFeedback` has is written.
 *
 * @throws RangeError for bad feedback, UserError when the place may not be written
 */
export function writeFeedback(file: string, feedback: LoggedFeedback): void {
  checkFeedback(feedback)
  const { rounds, actions, action, reward, propensity, contexts, width, episode } = feedback
  const head = [...(episode ? ['episode'] : []), ...columns, ...Array.from({ length: width }, (_, at) => `c${at}`)]
  const lines = Array.from({ length: rounds }, (_, round) => {
    const context = Array.from(contexts.subarray(round * width, (round + 1) * width), exact)
    return csvLine([...(episode ? [episode[round]!] : []), actions, action[round]!, exact(reward[round]!), propensity[round]!, ...context])
  })
  writeWholeFile(file, csvLine(head) + lines.join(''))
}

/**
 * A log that `writeFeedback` wrote, or anybody in the same columns.
 *
 * @throws UserError naming file, line, column, value and what is allowed
 */
export function readFeedback(file: string): LoggedFeedback {
  if (!existsSync(file)) throw new UserError(`${file} does not exist; writeFeedback(file, feedback) writes such a file`)
  const sheet = readSheet(file, columns)
  if (sheet.rows === 0) throw new UserError(`${file} has a header and no rounds; there must be at least one`)
  const counts = sheet.wholes('actions', 1, 2 ** 31 - 1)
  const actions = counts[0]!
  const other = counts.findIndex(count => count !== actions)
  if (other >= 0) throw sheet.wrong(other, 'actions', `${actions}, as in the first round; every round has the same actions`)
  const propensity = sheet.numbers('propensity', 0, 1)
  const zero = propensity.indexOf(0)
  if (zero >= 0) throw sheet.wrong(zero, 'propensity', 'above 0: what was done had a probability')
  const width = contextColumns(file, sheet)
  const contexts = new Float64Array(sheet.rows * width)
  for (let at = 0; at < width; at++) {
    for (const [round, value] of sheet.numbers(`c${at}`, -Infinity, Infinity).entries()) contexts[round * width + at] = value
  }
  return {
    rounds: sheet.rows,
    actions,
    action: Int32Array.from(sheet.wholes('action', 0, actions - 1)),
    reward: sheet.numbers('reward', -Infinity, Infinity),
    propensity,
    contexts,
    width,
    ...(sheet.has('episode') && { episode: episodes(sheet) }),
  }
}

/** How many of c0, c1, … there are. @throws UserError when one is left out, such as c0 by who counts from 1 */
function contextColumns(file: string, sheet: Sheet): number {
  let width = 0
  while (sheet.has(`c${width}`)) width++
  if (!sheet.has(`c${width + 1}`)) return width
  throw new UserError(`${file}, line 1: the header has the column c${width + 1} and not c${width}; contexts are c0, c1, … without a gap`)
}

function episodes(sheet: Sheet): Int32Array {
  const episode = Int32Array.from(sheet.wholes('episode', 0, 2 ** 31 - 1))
  for (let round = 0; round < sheet.rows; round++) {
    const before = round === 0 ? -1 : episode[round - 1]!
    const allowed = episode[round] === before + 1 || (round > 0 && episode[round] === before)
    const wanted = round === 0 ? '0, with which the first episode begins' : `${before} or ${before + 1}; episodes follow each other`
    if (!allowed) throw sheet.wrong(round, 'episode', wanted)
  }
  return episode
}

/** A number whose text reads back as itself: -0 has a sign. */
function exact(value: number): number | string {
  return Object.is(value, -0) ? '-0' : value
}
