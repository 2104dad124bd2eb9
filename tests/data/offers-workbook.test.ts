import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { generateBehaviour } from '../../src/data/offers-generate'
import { readBehaviourWorkbook } from '../../src/data/offers-read-workbook'
import { writeBehaviourWorkbook } from '../../src/data/offers-write-workbook'
import type { Cell, Workbook } from '../../src/data/offers-xlsx'
import { UserError } from '../../src/data/user-error'
import { annsBehaviour } from './offers-by-hand'
import { temporaryFolder } from './temporary'

const library = createRequire(import.meta.url)('xlsx')
const temporary = temporaryFolder()
const behaviour = generateBehaviour({ seed: 3, users: 12 })
const good = join(temporary, 'user_behavior.xlsx')
writeBehaviourWorkbook(behaviour, good)

/** The workbook with something done to it, in a file of its own. */
function changed(change: (book: Workbook, cell: (sheet: string, line: number, column: number, cell?: Cell) => void) => void): string {
  const book = library.read(readFileSync(good), { type: 'buffer', dense: true }) as Workbook
  change(book, (sheet, line, column, cell) => {
    const row = book.Sheets[sheet]!['!data']![line - 1] as (Cell | undefined)[]
    row[column] = cell
  })
  const file = join(temporary, 'changed.xlsx')
  writeFileSync(file, library.write(book, { type: 'buffer', bookType: 'xlsx' }))
  return file
}

function refusal(file: string): string {
  try {
    readBehaviourWorkbook(file)
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as Error).message.replaceAll(`${temporary}/`, '')
  }
  throw new Error('it was taken')
}

const text = (v: string): Cell => ({ t: 's', v })
const number = (v: number): Cell => ({ t: 'n', v })

test('what was written is read back as it was', () => {
  expect(readBehaviourWorkbook(good)).toEqual({ ...behaviour, source: { file: good } })
  const ann = join(temporary, 'deep', 'ann.xlsx')
  writeBehaviourWorkbook(annsBehaviour(), ann)
  expect(readBehaviourWorkbook(ann)).toEqual({ ...annsBehaviour(), source: { file: ann } })
})

test('the same behaviour gives the same bytes, also at another time and in another time zone', () => {
  const again = join(temporary, 'again.xlsx')
  const zone = process.env.TZ
  vi.useFakeTimers({ now: Date.UTC(2035, 4, 6, 7, 8, 9), toFake: ['Date'] })
  process.env.TZ = 'Asia/Tokyo'
  try {
    writeBehaviourWorkbook(generateBehaviour({ seed: 3, users: 12 }), again)
  } finally {
    vi.useRealTimers()
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
  expect(readFileSync(again).equals(readFileSync(good))).toBe(true)
})

test('a spreadsheet program shows dates as dates, and the three sheets', () => {
  const book = library.read(readFileSync(good), { type: 'buffer' })
  expect(book.SheetNames).toEqual(['users', 'sessions', 'actions'])
  expect(book.Sheets.sessions.C2.w).toMatch(/^2022-\d\d-\d\d \d\d:\d\d:\d\d$/)
  expect(library.utils.sheet_to_json(book.Sheets.users, { header: 1 })[0]).toEqual([
    'user_id',
    'signup',
    'email_sent',
    'sms_sent',
    'push_sent',
  ])
})

test('dates as text, numbers as ids, flags as true and false, blank lines, other columns and sheets are taken', () => {
  const file = changed((book, set) => {
    set('sessions', 2, 2, text('2022-01-02 03:04:05'))
    set('sessions', 3, 2, text('2022-01-02'))
    set('actions', 2, 5, { t: 'b', v: false })
    set('users', 1, 5, text('note'))
    set('users', 2, 5, text('likes tea'))
    const rows = book.Sheets.users!['!data'] as (Cell | undefined)[][]
    rows.splice(4, 0, [])
    book.Sheets.users!['!ref'] = 'A1:F14'
    book.SheetNames.push('notes')
    book.Sheets.notes = { '!data': [[text('hello')]], '!ref': 'A1' }
  })
  const read = readBehaviourWorkbook(file)
  expect(read.users).toEqual(behaviour.users)
  expect(read.sessions.timestamp[0]).toBe(Date.UTC(2022, 0, 2, 3, 4, 5) / 1000)
  expect(read.sessions.timestamp[1]).toBe(Date.UTC(2022, 0, 2) / 1000)
  expect(read.actions.discount).toEqual(behaviour.actions.discount)
})

test('a malformed cell is refused with file, sheet, line, column, value and what is allowed', () => {
  const cases: [string, number, number, Cell | undefined, string][] = [
    ['users', 3, 0, text('user_0'), 'changed.xlsx, sheet users, line 3, column user_id: "user_0" is not new: line 2 has the same id'],
    ['users', 4, 0, undefined, 'sheet users, line 4, column user_id: "" is not a text; it is empty'],
    ['users', 2, 1, text('soon'), 'sheet users, line 2, column signup: "soon" is not a date between the years 2000 and 2100'],
    ['users', 2, 1, text('2022-02-30'), '"2022-02-30" is not a date'],
    ['users', 2, 1, number(7), 'column signup: 7 is not a date'],
    ['users', 2, 2, number(-1), 'column email_sent: -1 is not a whole number between 0 and 1000000'],
    ['users', 2, 4, number(1.5), 'column push_sent: 1.5 is not a whole number'],
    ['sessions', 3, 0, text('session_0'), 'sheet sessions, line 3, column session_id: "session_0" is not new'],
    ['sessions', 5, 1, text('user_99'), 'sheet sessions, line 5, column user_id: "user_99" is not a user_id of sheet users'],
    ['sessions', 5, 2, undefined, 'sheet sessions, line 5, column timestamp: "" is not a date'],
    ['sessions', 5, 3, text('fax'), 'sheet sessions, line 5, column channel: "fax" is not one of email, sms, push, direct'],
    [
      'actions',
      6,
      0,
      text('session_9999'),
      'sheet actions, line 6, column session_id: "session_9999" is not a session_id of sheet sessions',
    ],
    ['actions', 6, 2, text('like'), 'column action: "like" is not one of view, add_to_cart, purchase'],
    ['actions', 6, 3, undefined, 'column category: "" is not a text'],
    ['actions', 6, 4, text('free'), 'column amount: "free" is not a number between 0 and 1000000000'],
    ['actions', 6, 4, text('12'), 'column amount: "12" is not a number'],
    ['actions', 6, 4, number(-2), 'column amount: -2 is not a number between 0'],
    ['actions', 6, 4, { t: 'e', v: 42 }, 'column amount: "" is not a number'],
    ['actions', 6, 5, number(2), 'column discount: 2 is not a whole number between 0 and 1'],
    ['actions', 6, 6, text('yes'), 'column free_shipping: "yes" is not a whole number between 0 and 1'],
  ]
  for (const [sheet, line, column, cell, message] of cases)
    expect(refusal(changed((_, set) => set(sheet, line, column, cell)))).toContain(message)
})

test('a workbook of the wrong shape is refused', () => {
  const without = (name: string) =>
    changed(book => {
      book.SheetNames.splice(book.SheetNames.indexOf(name), 1)
    })
  expect(refusal(without('actions'))).toBe('changed.xlsx has no sheet actions; its sheets are users, sessions')
  expect(refusal(changed((_, set) => set('sessions', 1, 3, text('medium'))))).toBe(
    'changed.xlsx, sheet sessions, line 1: the header has no column channel; it must have session_id, user_id, timestamp, channel',
  )
  expect(refusal(changed((_, set) => set('users', 1, 4, text('sms_sent'))))).toContain('line 1: the header has the column "sms_sent" twice')
  const nobody = changed(book => {
    const users = book.Sheets.users!
    users['!data'] = users['!data']!.slice(0, 1)
    users['!ref'] = 'A1:E1'
  })
  expect(refusal(nobody)).toContain('sheet users has a header and no users')
})

test('what is no workbook is refused', () => {
  const place = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(temporary, name), content)
    return join(temporary, name)
  }
  expect(refusal(join(temporary, 'nowhere.xlsx'))).toContain('nowhere.xlsx does not exist; writeBehaviourWorkbook(')
  expect(refusal(place('table.xlsx', 'user_id,signup\nuser_0,2022-01-01\n'))).toContain('table.xlsx is no workbook')
  expect(refusal(place('empty.xlsx', ''))).toContain('empty.xlsx is no workbook')
  expect(refusal(place('half.xlsx', readFileSync(good).subarray(0, 900)))).toContain('half.xlsx is no workbook')
  mkdirSync(join(temporary, 'folder.xlsx'))
  expect(refusal(join(temporary, 'folder.xlsx'))).toContain('folder.xlsx is a folder; a workbook must stand there')
})

test('where something is in the way, nothing is written and the message says so', () => {
  expect(() => writeBehaviourWorkbook(behaviour, join(good, 'below.xlsx'))).toThrow(UserError)
  expect(() => writeBehaviourWorkbook(behaviour, join(temporary, 'folder.xlsx'))).toThrow(/is a folder; a file cannot be written over it/)
  expect(readdirSync(temporary).filter(name => name.endsWith('.tmp'))).toEqual([])
  expect(readBehaviourWorkbook(good).users).toEqual(behaviour.users)
})
