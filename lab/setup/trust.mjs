/** Signs the notebooks that came with the checkout: Jupyter leaves SVG and HTML outputs of a notebook blank until it is signed. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { run } from './commands.mjs'
import { fingerprint, readStamp, writeStamp } from './stamps.mjs'

const program = `
import sys, nbformat
from nbformat.sign import NotebookNotary
notary = NotebookNotary()
for path in sys.argv[1:]:
    notary.sign(nbformat.read(path, as_version=4))
`

/**
 * Notebooks whose outputs may be shown: the committed ones, as committed or as changed here; all of them where there is no git to ask.
 *
 * @param {import('./places.mjs').Places} at
 * @returns {string[]}
 */
export function ownNotebooks(at) {
  try {
    const listed = execFileSync('git', ['ls-files', '-z', '--', 'notebooks'], {
      cwd: at.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const files = listed.split('\0').filter(file => file.endsWith('.ipynb'))
    if (files.length > 0) return files.map(file => path.join(at.root, file)).filter(file => fs.existsSync(file))
  } catch {
    // not a git checkout, or git refuses to read another user's
  }
  return notebooksIn(at.notebooks)
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function notebooksIn(folder) {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(entry => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const file = path.join(folder, entry.name)
      return entry.isDirectory() ? notebooksIn(file) : entry.name.endsWith('.ipynb') ? [file] : []
    })
}

/** @type {import('./steps.mjs').Step} */
export const trust = {
  name: 'Notebooks',
  async run({ at, env, log }) {
    const files = ownNotebooks(at)
    const data = path.join(at.jupyter, 'data')
    const stamp = path.join(data, 'trusted.json')
    const content = fingerprint(files.map(file => fs.readFileSync(file)))
    if (readStamp(stamp)?.content !== content) {
      fs.mkdirSync(data, { recursive: true })
      if (files.length > 0) await run(at.python, ['-c', program, ...files], { cwd: at.root, env, log, seconds: 120 })
      writeStamp(stamp, { content })
    }
    return `${files.length} trusted`
  },
}
