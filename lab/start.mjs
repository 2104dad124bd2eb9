/** `npm start`: sets up what is missing, then opens JupyterLab on the first notebook. Needs nothing but Node, so that it can run before anything is installed. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setUp } from './setup/index.mjs'
import { OptionError, startOptions } from './setup/options.mjs'
import { places } from './setup/places.mjs'
import { ensureLoopback, freePort, runCells, startServer } from './setup/server.mjs'
import { explain, failure, seconds } from './setup/steps.mjs'

const help = `npm start -- [options]
  Sets up what is missing (npm packages, Python environment, TensorFlow, kernel), then opens JupyterLab on notebooks/00-quickstart.ipynb.

  --port NUMBER   the port of JupyterLab (8888 unless told)
  --no-browser    only print the address
  --check         set up, run two cells through the kernel, print the time, and stop
  --retry         try again for the native TensorFlow library where it could not be had
  --help          this text

  Everything is kept inside this folder. PYTHON=/path/to/python3 names the Python to build on.`

const cells = [
  { code: '1 + 1', expect: '2' },
  { code: "import * as shoplab from 'shoplab'\ntypeof shoplab", expect: 'object' },
]

/** @param {string} address */
function openBrowser(address) {
  const shown = process.platform === 'darwin' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  if (!shown) return
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open'
  spawn(command, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {}) // the address is printed: the user can open it
    .unref()
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const started = performance.now()
  const at = places()
  const options = startOptions(process.argv.slice(2))
  if (options.help) {
    console.log(help)
    return 0
  }
  try {
    // before the work of setting up, and again after it
    const asked = options.check ? 0 : options.port
    if (asked) await freePort(asked)
    console.log('shoplab')
    if (!(await setUp({ at, again: options.retry }))) return 1
    await ensureLoopback(at)
    const starting = performance.now()
    const server = await startServer(at, await freePort(asked))
    let stopping = false
    const stop = async () => {
      if (stopping) return
      stopping = true
      console.log('\nstopping JupyterLab and its kernels')
      await server.stop()
    }
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop)
    console.log(
      `  ✓ ${'JupyterLab'.padEnd(16)} ${`answers on port ${new URL(server.address).port}`.padEnd(62)} ${seconds(performance.now() - starting).padStart(8)}`,
    )
    if (options.check) {
      try {
        const checking = performance.now()
        await runCells(at, server, cells)
        if (stopping) return 130
        console.log(
          `  ✓ ${'Cells'.padEnd(16)} ${"1 + 1, import 'shoplab'".padEnd(62)} ${seconds(performance.now() - checking).padStart(8)}`,
        )
      } finally {
        await server.stop()
      }
      console.log(`ready in ${seconds(performance.now() - started)}`)
      return 0
    }
    const quickstart = 'notebooks/00-quickstart.ipynb'
    const page = fs.existsSync(path.join(at.root, quickstart)) ? `/lab/tree/${quickstart}` : '/lab'
    const address = `${server.address}${page}?token=${server.token}`
    console.log(`\n  ${address}\n\n  ready in ${seconds(performance.now() - started)}. Ctrl-C stops JupyterLab.`)
    if (options.browser) openBrowser(address)
    const code = await server.ended
    if (stopping) return 0
    console.error(`JupyterLab ended by itself${code ? ` with code ${code}` : ''}; its output: ${path.join(at.logs, 'jupyter.log')}`)
    return 1
  } catch (error) {
    const told = explain(error, at)
    for (const line of failure(told)) console.error(line.slice(2))
    return 1
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof OptionError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
