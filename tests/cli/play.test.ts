import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()

test('play tells a session, the same for the same seed', () => {
  const words = ['play', 'candy-store', '--agent', 'random', '--seed', '1']
  const { code, output, errors } = shoplab(folder, words)
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  const lines = output.trimEnd().split('\n')
  expect(lines[0]).toBe('candy-store (guide), Discrete(100), seed 1, served by random')
  expect(lines[1]).toMatch(/has come in$/)
  expect(lines[11]).toMatch(/^10 {2}shown .*; reward .*; the session was cut off$/)
  expect(lines[12]).toMatch(/^10 steps, return -?\d+\.\d\d; the session was truncated$/)
  expect(shoplab(folder, words).output).toBe(output)
})

test('play --agent oracle --json shows what can be had', () => {
  const { code, output } = shoplab(folder, ['play', 'simshop', '--agent', 'oracle', '--set', 'userTypes=value_optimizer', '--json'])
  expect(code).toBe(0)
  const told = JSON.parse(output)
  expect(told).toMatchObject({ env: 'simshop', preset: 'corrected', agent: 'oracle', seed: 1, end: 'terminated' })
  expect(told.lines).toHaveLength(told.steps + 1)
  expect(told.return).toBeGreaterThan(0)
})

test('a list of words needs no quotation marks', () => {
  const { code, errors } = shoplab(folder, ['play', 'simshop', '--set', 'userTypes=[cheap_seeker,brand_lover]', '--steps', '1'])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
})

test('offers take the folder that data wrote as they take its workbook', () => {
  expect(shoplab(folder, ['data', '--shop', 'offers', '--users', '10', '--out', 'written'])).toMatchObject({ code: 0, errors: '' })
  const session = (tables: string) => shoplab(folder, ['play', 'offers', '--set', `tables=${tables}`, '--steps', '2'])
  expect(session('written')).toMatchObject({ code: 0, errors: '' })
  expect(session('written')).toEqual(session(path.join('written', 'user_behavior.xlsx')))
  fs.mkdirSync(path.join(folder, 'bare'))
  expect(session('bare').errors).toBe('shoplab: bare is a folder; a workbook must stand there, or user_behavior.xlsx in it\n')
})

test.each([
  [['play', 'candyshop'], 'there is no shop "candyshop"; the shops are candy-store'],
  [['play', 'simshop', '--agent', 'nobody'], "there is no agent 'nobody'; give oracle or one of"],
  [['play', 'simshop', '--agent', 'double-dqn'], 'double-dqn chooses one action of a list, but simshop has slate actions'],
  [['play', 'simshop', '--preset', 'guide'], 'preset is "guide"; it must be one of'],
  [['play', 'simshop', '--set', 'pages=3'], 'simshop has no option "pages"'],
])('%j is refused in a line', (words, message) => {
  const { code, output, errors } = shoplab(folder, words)
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors).toContain(message)
  expect(errors.trimEnd().split('\n')).toHaveLength(1)
})

test('a shop behind --set is told where it belongs', () => {
  const { code, errors } = shoplab(folder, ['play', '--set', 'horizon=3', 'candy-store'])
  expect(code).toBe(2)
  expect(errors).toContain("'candy-store' is invalid")
  expect(errors).toContain('a word without = behind --set')
})
