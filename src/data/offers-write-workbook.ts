/**
 * Behaviour as a workbook (user_behavior.xlsx): three sheets, which `readBehaviourWorkbook` takes back as they were.
 *
 * - users: user_id, signup (date), email_sent, sms_sent, push_sent (messages sent while the records ran);
 * - sessions: session_id, user_id, timestamp (date and time, UTC), channel (email, sms, push or direct);
 * - actions: session_id, timestamp, action (view, add_to_cart or purchase), category, amount, discount (1 or 0), free_shipping (1 or 0).
 */
import { type Behaviour, behaviourActions, messageChannels, sessionChannels } from './offers-behaviour'
import { type Cell, toSheetDate, type Workbook, type Worksheet, xlsx } from './offers-xlsx'
import { writeWholeFile } from './whole-file'

/** The sheets, and the columns that each must have. */
export const workbookColumns = {
  users: ['user_id', 'signup', ...messageChannels.map(channel => `${channel}_sent`)],
  sessions: ['session_id', 'user_id', 'timestamp', 'channel'],
  actions: ['session_id', 'timestamp', 'action', 'category', 'amount', 'discount', 'free_shipping'],
} as const

/**
 * Writes the workbook; the same behaviour gives the same bytes, since nothing in it tells when it was written. The file is whole or not
 * there.
 *
 * @param file its folder is made when it does not exist
 * @throws UserError when the place may not be written or is full
 */
export function writeBehaviourWorkbook(behaviour: Behaviour, file: string): void {
  const content = xlsx().write(workbookOf(behaviour), { type: 'buffer', bookType: 'xlsx', compression: true })
  writeWholeFile(file, content)
}

function workbookOf({ users, sessions, actions }: Behaviour): Workbook {
  const channels = messageChannels.length
  const sheets = {
    users: sheet(workbookColumns.users, users.count, row => [
      text(users.ids[row]!),
      date(users.signup[row]!),
      ...messageChannels.map((_, channel) => number(users.sent[row * channels + channel]!)),
    ]),
    sessions: sheet(workbookColumns.sessions, sessions.count, row => [
      text(sessions.ids[row]!),
      text(users.ids[sessions.user[row]!]!),
      date(sessions.timestamp[row]!),
      text(sessionChannels[sessions.channel[row]!]!),
    ]),
    actions: sheet(workbookColumns.actions, actions.count, row => [
      text(sessions.ids[actions.session[row]!]!),
      date(actions.timestamp[row]!),
      text(behaviourActions[actions.action[row]!]!),
      text(actions.category[row]!),
      number(actions.amount[row]!),
      number(actions.discount[row]!),
      number(actions.freeShipping[row]!),
    ]),
  }
  return { SheetNames: Object.keys(sheets), Sheets: sheets }
}

const text = (v: string): Cell => ({ t: 's', v })
const number = (v: number): Cell => ({ t: 'n', v })
const date = (seconds: number): Cell => ({ t: 'n', v: toSheetDate(seconds), z: 'yyyy-mm-dd hh:mm:ss' })

function sheet(columns: readonly string[], count: number, cells: (row: number) => Cell[]): Worksheet {
  const last = String.fromCharCode('A'.charCodeAt(0) + columns.length - 1)
  return { '!data': [columns.map(text), ...Array.from({ length: count }, (_, row) => cells(row))], '!ref': `A1:${last}${count + 1}` }
}
