/** Runs notebooks from the command line: as tests, or to write again what is committed of them. */
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { execute, findNotebooks } from './notebooks/execute.mjs'
import { normalise, notebookText } from './notebooks/normalise.mjs'
import { reproduce, withExecuted, writeIfChanged } from './notebooks/reproduce.mjs'
import { places } from './setup/places.mjs'

const usage = `node lab/notebooks.mjs run [--quick] [--timeout S] [--workers N] [--write] [--json] NOTEBOOK|FOLDER…
  executes notebooks; exits with 1 when a cell throws, has a type error or takes longer than S seconds (600 unless told)
  --quick    few episodes, nothing saved: SHOPLAB_QUICK=1
  --workers  notebooks executed at a time (1 unless told)
  --write    keeps the outputs in the notebooks, in normal form
  --json     prints one JSON object

node lab/notebooks.mjs reproduce [--timeout S] [--figures FOLDER] [--keep-tables] [NOTEBOOK|FOLDER…]
  executes notebooks in full (all of notebooks/ unless told; a cell may take 7200 seconds), writes their outputs with pictures, and the
  figures they name as SVG and PNG to figures/. Before, it runs the scripts of lab/tables that bear the notebooks' names, for the tables they
  read. Needs Chromium. A second run on the same machine changes nothing.
  --keep-tables   takes the tables as they are, which saves minutes

node lab/notebooks.mjs normalise NOTEBOOK|FOLDER…
  brings notebooks into the form in which they are committed, without running them: after editing one in JupyterLab`

/** @param {string} file */
function readNotebook(file) {
  try {
    const notebook = JSON.parse(fs.readFileSync(file, 'utf8'))
    if (Array.isArray(notebook.cells)) return notebook
  } catch (error) {
    throw new Error(`${file} is not a notebook that can be read: ${error instanceof Error ? error.message : error}`)
  }
  throw new Error(`${file} is not a notebook that can be read: it has no cells`)
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      write: { type: 'boolean' },
      json: { type: 'boolean' },
      timeout: { type: 'string' },
      workers: { type: 'string' },
      figures: { type: 'string' },
      'keep-tables': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [command, ...paths] = positionals
  if (values.help) {
    console.log(usage)
    return 0
  }
  const at = places()
  const seconds = Number(values.timeout ?? (command === 'reproduce' ? 7200 : 600))
  if (!Number.isInteger(seconds) || seconds < 1)
    throw new Error(`--timeout is ${values.timeout}; it must be a whole number of seconds, at least 1`)
  const workers = Number(values.workers ?? 1)
  if (!Number.isInteger(workers) || workers < 1) throw new Error(`--workers is ${values.workers}; it must be a whole number, at least 1`)
  if (command === 'reproduce') {
    if (values.quick || values.write) throw new Error('reproduce runs in full and always writes: leave out --quick and --write')
    return reproduce(at, findNotebooks(paths.length ? paths : [at.notebooks]), {
      seconds,
      keepTables: values['keep-tables'] ?? false,
      ...(values.figures ? { figures: path.resolve(values.figures) } : {}),
    })
  }
  if (!['run', 'normalise'].includes(String(command)) || paths.length === 0) {
    console.error(usage)
    return 2
  }
  const notebooks = findNotebooks(paths)
  if (command === 'normalise') {
    for (const file of notebooks) writeIfChanged(at, file, notebookText(normalise(readNotebook(file), { root: at.root })))
    return 0
  }
  const options = { seconds, quick: values.quick ?? false, json: values.json ?? false, workers }
  if (!values.write) return execute(at, notebooks, options)
  return withExecuted(at, notebooks, options, executed => {
    for (const [order, notebook] of executed.entries()) writeIfChanged(at, String(notebooks[order]), notebookText(notebook))
  })
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
