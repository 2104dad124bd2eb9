import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { fetchOpenBandit, openBanditFiles } from '../../src/data/open-bandit-fetch'
import { UserError } from '../../src/data/user-error'
import { temporaryFolder } from './temporary'

const folder = temporaryFolder()
const file = 'obp-0.4.1-py3-none-any.whl'

/** A made-up wheel: each file holds its own name, and some are there that are not wanted. */
const wheel = join(folder, file)
const names = [
  ...openBanditFiles.map(name => `obp/dataset/obd/${name}`),
  'obp/dataset/obd/.DS_Store',
  'obp/ope/meta.py',
  'obp-0.4.1.dist-info/LICENSE',
]
const pack = 'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as z:\n  for n in sys.argv[2:]: z.writestr(n, n)'
execFileSync(resolve(__dirname, '../../.venv/bin/python'), ['-c', pack, wheel, ...names])
const sha256 = createHash('sha256').update(readFileSync(wheel)).digest('hex')

let downloads = 0
const source = {
  sha256,
  download(into: string) {
    downloads++
    copyFileSync(wheel, join(into, file))
  },
}

test('of the wheel the data and the licence are unpacked, with a note of where they come from; a second call does nothing', () => {
  const place = join(folder, 'new', 'open-bandit')
  const { fetched, files } = fetchOpenBandit(place, source)
  expect(fetched).toBe(true)
  expect(readdirSync(place).sort()).toEqual(['LICENSE', 'README.md', 'bts', 'random'])
  for (const name of openBanditFiles) expect(readFileSync(join(place, name), 'utf8')).toBe(`obp/dataset/obd/${name}`)
  for (const name of files) expect(existsSync(name)).toBe(true)
  expect(readFileSync(join(place, 'LICENSE'), 'utf8')).toBe('obp-0.4.1.dist-info/LICENSE')
  for (const words of ['Saito', '2020', 'Apache-2.0', 'obp 0.4.1']) expect(readFileSync(join(place, 'README.md'), 'utf8')).toContain(words)
  expect(readdirSync(join(folder, 'new'))).toEqual(['open-bandit'])
  const before = downloads
  expect(fetchOpenBandit(place, source)).toEqual({ fetched: false, files })
  expect(downloads).toBe(before)
})

test('an empty folder is filled; one that holds something else is left as it is, and nothing is downloaded', () => {
  const [empty, other] = [join(folder, 'empty'), join(folder, 'other')]
  for (const name of [empty, other]) mkdirSync(name)
  expect(fetchOpenBandit(empty, source).fetched).toBe(true)
  writeFileSync(join(other, 'thesis.txt'), 'mine')
  const before = downloads
  expect(() => fetchOpenBandit(other, source)).toThrow(`${other} holds something, but not all of the data`)
  expect(() => fetchOpenBandit(join(other, 'thesis.txt'), source)).toThrow('thesis.txt is a file')
  expect(readdirSync(other)).toEqual(['thesis.txt'])
  expect(downloads).toBe(before)
})

test.each([
  ['is another than it must be', { ...source, sha256: 'ab' }, new RegExp(`has the SHA-256 ${sha256}; it must be ab, so nothing`)],
  [
    'does not come',
    {
      ...source,
      download() {
        throw new UserError('offline')
      },
    },
    /^offline$/,
  ],
])('when the wheel %s, nothing is left', (_, broken, message) => {
  const place = join(folder, 'parent', 'never')
  expect(() => fetchOpenBandit(place, broken)).toThrow(message)
  expect(readdirSync(join(folder, 'parent'))).toEqual([])
})
