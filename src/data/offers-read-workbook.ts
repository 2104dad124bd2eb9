/** Behaviour from a workbook in the format of `writeBehaviourWorkbook`; a workbook with anything wrong in it is refused whole. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Behaviour, behaviourActions, messageChannels, sessionChannels } from './offers-behaviour'
import { workbookSheet } from './offers-sheet'
import { workbookColumns } from './offers-write-workbook'
import { type Workbook, xlsx } from './offers-xlsx'
import { UserError } from './user-error'

/** What the workbook of a folder is called. */
const usualName = 'user_behavior.xlsx'

/**
 * @param place an .xlsx file, or the folder that `npx shoplab data --shop offers` wrote it in; rows in any order, other sheets and columns
 *   may be there too
 * @throws UserError naming file, sheet, line (as the spreadsheet numbers it), column, value and what is allowed
 */
export function readBehaviourWorkbook(place: string): Behaviour {
  const inside = join(place, usualName)
  const file = existsSync(inside) ? inside : place
  const book = readBook(file)
  const sheet = (name: keyof typeof workbookColumns) => workbookSheet(file, book, name, workbookColumns[name])
  const users = sheet('users')
  const sessions = sheet('sessions')
  const actions = sheet('actions')
  if (users.rows === 0) throw new UserError(`${file}, sheet users has a header and no users; there must be at least one`)

  const userIds = users.ids('user_id')
  const sessionIds = sessions.ids('session_id')
  const counts = messageChannels.map(channel => users.wholes(`${channel}_sent`, 0, 1e6))
  const sent = Int32Array.from(
    { length: users.rows * counts.length },
    (_, at) => counts[at % counts.length]![Math.floor(at / counts.length)]!,
  )
  return {
    users: { count: users.rows, ids: userIds, signup: users.dates('signup'), sent },
    sessions: {
      count: sessions.rows,
      ids: sessionIds,
      user: sessions.codes('user_id', codesOf(userIds), 'a user_id of sheet users'),
      timestamp: sessions.dates('timestamp'),
      channel: Uint8Array.from(sessions.codes('channel', codesOf(sessionChannels), `one of ${sessionChannels.join(', ')}`)),
    },
    actions: {
      count: actions.rows,
      session: actions.codes('session_id', codesOf(sessionIds), 'a session_id of sheet sessions'),
      timestamp: actions.dates('timestamp'),
      action: Uint8Array.from(actions.codes('action', codesOf(behaviourActions), `one of ${behaviourActions.join(', ')}`)),
      category: actions.texts('category'),
      amount: actions.numbers('amount', 0, 1e9),
      discount: Uint8Array.from(actions.wholes('discount', 0, 1)),
      freeShipping: Uint8Array.from(actions.wholes('free_shipping', 0, 1)),
    },
    source: { file },
  }
}

function codesOf(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, code) => [name, code]))
}

function readBook(file: string): Workbook {
  let content: Uint8Array
  try {
    content = readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new UserError(`${file} does not exist; writeBehaviourWorkbook(generateBehaviour(), file) writes one`)
    if (code === 'EACCES' || code === 'EPERM') throw new UserError(`${file} may not be read: permission is missing`)
    if (code === 'EISDIR') throw new UserError(`${file} is a folder; a workbook must stand there, or ${usualName} in it`)
    throw error
  }
  // The library takes any text for a table; an .xlsx file is a zip archive, which begins with PK.
  const refused = new UserError(`${file} is no workbook; it must be an .xlsx file, whole and without a password`)
  if (!(content[0] === 0x50 && content[1] === 0x4b)) throw refused
  try {
    return xlsx().read(content, { type: 'buffer', dense: true })
  } catch {
    throw refused
  }
}
