import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeRows } from '../../src/data/rows-file'
import { writeWholeFile } from '../../src/data/whole-file'
import { temporaryFolder } from './temporary'

test('a file is written with its folder, and replaced whole', () => {
  const file = path.join(temporaryFolder(), 'new', 'table.csv')
  writeWholeFile(file, 'one')
  writeWholeFile(file, 'two')
  expect(fs.readFileSync(file, 'utf8')).toBe('two')
  expect(fs.readdirSync(path.dirname(file))).toEqual(['table.csv'])
})

test('a folder that is a file, and a file that is a folder, are named; nothing is left behind', () => {
  const folder = temporaryFolder()
  fs.writeFileSync(path.join(folder, 'taken'), 'kept')
  fs.mkdirSync(path.join(folder, 'folder'))
  expect(() => writeRows(path.join(folder, 'taken', 'table.csv'), [{ a: 1 }])).toThrow('is no folder: a file of that name is in the way')
  expect(() => writeWholeFile(path.join(folder, 'folder'), '')).toThrow('folder is a folder; a file cannot be written over it')
  expect(fs.readFileSync(path.join(folder, 'taken'), 'utf8')).toBe('kept')
  expect(fs.readdirSync(folder).sort()).toEqual(['folder', 'taken'])
})
