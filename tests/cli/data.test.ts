import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()
const small = ['data', '--users', '20', '--items', '10', '--interactions', '50']
const names = ['README.md', 'interactions.csv', 'items.csv', 'users.csv']
const read = (run: string) => names.map(name => fs.readFileSync(path.join(folder, run, name), 'utf8'))

test('the same seed writes the same bytes, another seed others', () => {
  for (const [out, seed] of [
    ['one', '7'],
    ['two', '7'],
    ['three', '8'],
  ] as const) {
    expect(shoplab(folder, [...small, '--seed', seed, '--out', out])).toMatchObject({ code: 0, errors: '' })
  }
  expect(fs.readdirSync(path.join(folder, 'one')).sort()).toEqual(names)
  expect(read('two')).toEqual(read('one'))
  expect(read('three')).not.toEqual(read('one'))
})

test('--json says what was written', () => {
  const { code, output } = shoplab(folder, [...small, '--out', 'json', '--json'])
  expect(code).toBe(0)
  const answer = JSON.parse(output)
  expect(answer).toMatchObject({ seed: 42, users: 20, items: 10, interactions: 50 })
  for (const file of answer.files) expect(fs.existsSync(path.join(folder, file))).toBe(true)
})

test.each([
  ['--seed', 'seven', 'must be a whole number'],
  ['--items', '0', 'at least 1'],
  ['--users', '2.5', 'must be a whole number'],
  ['--interactions', '-1', 'at least 0'],
])('%s %s is refused before anything is written', (option, value, message) => {
  const { code, output, errors } = shoplab(folder, ['data', option, value, '--out', 'never'])
  expect({ code, output }).toEqual({ code: 2, output: '' })
  expect(errors).toContain(`'${option}`)
  expect(errors).toContain(message)
  expect(fs.existsSync(path.join(folder, 'never'))).toBe(false)
})

test('too many items are refused in a line, without a stack trace; SHOPLAB_DEBUG=1 shows it', () => {
  const words = ['data', '--items', '100001', '--out', 'never']
  expect(shoplab(folder, words)).toEqual({
    code: 1,
    output: '',
    errors: 'shoplab: items is 100001; it must be a whole number between 1 and 100000\n',
  })
  expect(shoplab(folder, words, { SHOPLAB_DEBUG: '1' }).errors).toContain('generate-tables.ts')
})

test('a folder that cannot be written is named', () => {
  fs.writeFileSync(path.join(folder, 'file'), '')
  const { code, errors } = shoplab(folder, [...small, '--out', 'file/below'])
  expect(code).toBe(1)
  expect(errors).toMatch(/^shoplab: file\/below .*\n$/)
})
