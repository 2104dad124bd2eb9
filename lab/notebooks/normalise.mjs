/**
 * The one form in which notebooks are committed: what says something about the run, the machine or the moment is left out, so that running
 * a notebook again changes nothing but what its code changed.
 *
 * The form is nbformat's own, sorted keys and one space of indentation, so that JupyterLab saves it the same way.
 */

/** @typedef {{ [key: string]: any }} Json */

const kernelspec = { display_name: 'TypeScript (shoplab)', language: 'typescript', name: 'tslab' }
const languageInfo = {
  codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
  file_extension: '.ts',
  mimetype: 'text/typescript',
  name: 'typescript',
  pygments_lexer: 'typescript',
}

/** What people set on a cell; everything else in its metadata comes from a run or a view. */
const keptOfCells = ['tags', 'jupyter', 'editable', 'deletable', 'slideshow']

/**
 * A notebook in its committed form.
 *
 * @param {Json} notebook nbformat 4
 * @param {{ root?: string }} [options] root: the checkout's folder, whose path is taken out of outputs
 * @returns {Json} a new notebook; the one given stays as it was
 */
export function normalise(notebook, { root } = {}) {
  let executions = 0
  const seen = new Set()
  const cells = notebook.cells.map((/** @type {Json} */ cell, /** @type {number} */ at) => {
    const metadata = Object.fromEntries(Object.entries(cell.metadata ?? {}).filter(([key]) => keptOfCells.includes(key)))
    const id = uniqueId(cell.id, at, seen)
    const source = lines(joined(cell.source).replace(/\s+$/, ''))
    if (cell.cell_type !== 'code') return { ...cell, id, metadata, source }
    const executed = cell.execution_count !== null && cell.execution_count !== undefined
    const count = executed ? ++executions : null
    const outputs = merged(cell.outputs ?? []).map(output => normaliseOutput(output, count, root))
    return { cell_type: 'code', execution_count: count, id, metadata, outputs, source }
  })
  const widgets = notebook.metadata?.widgets
  // The kernel's version stays: without it JupyterLab would put it in and call the notebook changed.
  const version = notebook.metadata?.language_info?.version
  const metadata = { kernelspec, language_info: { ...languageInfo, ...(version ? { version } : {}) }, ...(widgets ? { widgets } : {}) }
  return { cells, metadata, nbformat: 4, nbformat_minor: Math.max(5, notebook.nbformat_minor ?? 5) }
}

/**
 * The text of the file: sorted keys, one space of indentation, a newline at the end.
 *
 * @param {Json} notebook
 */
export function notebookText(notebook) {
  return `${JSON.stringify(sorted(notebook), null, 1)}\n`
}

/** @param {any} value @returns {any} */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sorted(value[key])]),
  )
}

/** The cell's id, or one by its place where it has none or shares it. @param {string | undefined} id @param {number} at @param {Set<string>} seen */
function uniqueId(id, at, seen) {
  let unique = id && !seen.has(id) ? id : `cell-${at + 1}`
  while (seen.has(unique)) unique += '-again'
  seen.add(unique)
  return unique
}

/**
 * Text printed in pieces is one output: where it was cut depends on the moment.
 *
 * @param {Json[]} outputs
 */
function merged(outputs) {
  /** @type {Json[]} */
  const all = []
  for (const output of outputs) {
    const last = all.at(-1)
    if (last && output.output_type === 'stream' && last.output_type === 'stream' && last.name === output.name) {
      last.text = joined(last.text) + joined(output.text)
    } else all.push({ ...output })
  }
  return all
}

/** @param {Json} output @param {number | null} count @param {string | undefined} root @returns {Json} */
function normaliseOutput(output, count, root) {
  const clean = withoutPaths(output, root)
  if (clean.output_type === 'stream') return { name: clean.name, output_type: 'stream', text: lines(joined(clean.text)) }
  if (clean.output_type === 'error') return { ename: clean.ename, evalue: clean.evalue, output_type: 'error', traceback: clean.traceback }
  const data = Object.fromEntries(Object.entries(clean.data).map(([mime, content]) => [mime, normaliseContent(mime, content)]))
  const metadata = clean.metadata ?? {}
  return { data, ...(clean.output_type === 'execute_result' ? { execution_count: count } : {}), metadata, output_type: clean.output_type }
}

/** @param {string} mime @param {any} content */
function normaliseContent(mime, content) {
  if (/[/+]json$/.test(mime)) return content
  if (/^text\/|^image\/svg/.test(mime)) return lines(joined(content))
  return joined(content).trim()
}

/** @param {any} value @param {string | undefined} root @returns {any} */
function withoutPaths(value, root) {
  if (!root) return value
  if (typeof value === 'string') return value.replaceAll(`${root}/`, '').replaceAll(root, '.')
  if (Array.isArray(value)) return value.map(item => withoutPaths(item, root))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutPaths(item, root)]))
}

/** nbformat keeps text as a list of lines or as one string. @param {string | string[]} text */
const joined = text => (Array.isArray(text) ? text.join('') : String(text ?? ''))

/** @param {string} text */
const lines = text => text.match(/[^\n]*\n|[^\n]+/g) ?? []
