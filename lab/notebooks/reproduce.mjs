/** Executes notebooks in full and writes what is committed: their outputs in normal form, with pictures, and the files of named figures. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { environment } from '../setup/places.mjs'
import { execute } from './execute.mjs'
import { normalise, notebookText } from './normalise.mjs'
import { openPainter } from './pictures.mjs'

const PLOTLY = 'application/vnd.plotly.v1+json'

/** @typedef {import('./normalise.mjs').Json} Json */
/** @typedef {import('../setup/places.mjs').Places} Places */

/**
 * @param {Places} at
 * @param {string[]} notebooks
 * @param {{ seconds: number, figures?: string, keepTables?: boolean }} options seconds: what a cell may take; figures: the folder for named
 *   figures; keepTables: the tables that notebooks read stay as they are
 * @returns {Promise<number>} the exit code; when a notebook fails nothing is written
 */
export async function reproduce(at, notebooks, { seconds, figures = path.join(at.root, 'figures'), keepTables = false }) {
  // First of all, so that a missing browser does not cost a long run.
  const painter = await openPainter(at.environment)
  try {
    if (!keepTables) for (const notebook of notebooks) writeTables(at, notebook)
    return await withExecuted(at, notebooks, { seconds }, async executed => {
      /** @type {Map<string, string>} */
      const named = new Map()
      const results = []
      for (const [order, notebook] of executed.entries()) {
        const pictures = await paintOutputs(notebook, painter, name => {
          const other = named.get(name)
          if (other) throw new Error(`two figures are named '${name}': in ${other} and ${notebooks[order]}`)
          named.set(name, String(notebooks[order]))
        })
        results.push({ notebook, pictures })
      }
      fs.mkdirSync(figures, { recursive: true })
      for (const [order, { notebook, pictures }] of results.entries()) {
        writeIfChanged(at, String(notebooks[order]), notebookText(notebook))
        for (const { name, picture } of pictures) {
          writeIfChanged(at, path.join(figures, `${name}.svg`), picture.svg)
          writeIfChanged(at, path.join(figures, `${name}.png`), picture.png)
        }
      }
    })
  } finally {
    await painter.close()
  }
}

/**
 * Runs the script of lab/tables that has the notebook's place and name, where there is one: it writes the tables that the notebook reads.
 *
 * @param {Places} at
 * @param {string} notebook
 */
function writeTables(at, notebook) {
  const name = path.relative(at.notebooks, notebook).replace(/\.ipynb$/, '.ts')
  const script = path.join(at.root, 'lab', 'tables', name)
  if (!fs.existsSync(script)) return
  console.log(`tables of ${path.relative(at.root, notebook)}`)
  const program = ['--require', path.join(at.root, 'lab', 'preload.cjs'), script]
  const { status } = spawnSync(process.execPath, program, { cwd: at.root, env: environment(at), stdio: 'inherit' })
  if (status !== 0) throw new Error(`${path.relative(at.root, script)} failed; nothing was written`)
}

/**
 * Executes notebooks and hands over the normalised results; whatever `use` does happens only when all passed.
 *
 * @param {Places} at
 * @param {string[]} notebooks
 * @param {{ seconds: number, quick?: boolean }} options
 * @param {(executed: Json[]) => void | Promise<void>} use
 * @returns {Promise<number>} the exit code
 */
export async function withExecuted(at, notebooks, options, use) {
  fs.mkdirSync(at.temporary, { recursive: true })
  const into = fs.mkdtempSync(path.join(at.temporary, 'notebooks-'))
  try {
    const code = await execute(at, notebooks, { ...options, into })
    if (code !== 0) return code
    await use(
      notebooks.map((_, order) => normalise(JSON.parse(fs.readFileSync(path.join(into, `${order}.ipynb`), 'utf8')), { root: at.root })),
    )
    return 0
  } finally {
    fs.rmSync(into, { recursive: true, force: true })
  }
}

/**
 * Puts a picture beside every Plotly output, for places that show pictures only.
 *
 * @param {Json} notebook changed
 * @param {{ paint(figure: any): Promise<import('./pictures.mjs').Picture> }} painter
 * @param {(name: string) => void} claim called with every name of a figure
 */
async function paintOutputs(notebook, painter, claim) {
  const pictures = []
  for (const output of notebook.cells.flatMap((/** @type {Json} */ cell) => cell.outputs ?? [])) {
    const figure = output.data?.[PLOTLY]
    if (!figure) continue
    const picture = await painter.paint(figure)
    output.data['image/png'] = picture.inline.toString('base64')
    output.metadata['image/png'] = { width: picture.width, height: picture.height }
    const name = output.metadata.shoplab?.name
    if (!name) continue
    claim(name)
    pictures.push({ name, picture })
  }
  return pictures
}

/**
 * @param {Places} at
 * @param {string} file
 * @param {string | Buffer} content
 */
export function writeIfChanged(at, file, content) {
  const bytes = Buffer.from(content)
  if (fs.existsSync(file) && fs.readFileSync(file).equals(bytes)) return
  fs.writeFileSync(`${file}.tmp`, bytes)
  fs.renameSync(`${file}.tmp`, file)
  console.log(`wrote ${path.relative(at.root, file)}`)
}
