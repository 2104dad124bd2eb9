/** JupyterLab on this machine only: starts it, waits until it answers, runs cells through it, stops it with its kernels. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { CommandError, endGroup, lastLines, run } from './commands.mjs'
import { environment } from './places.mjs'
import { StepError } from './steps.mjs'

const host = '127.0.0.1'

/** Longest wait for an answer of a server that has not ended. */
const patience = 90

/**
 * @param {number} port 0 for any free one
 * @returns {Promise<number>} a port that is free
 * @throws {StepError} when it is in use or not allowed
 */
export function freePort(port) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', error => {
      const code = 'code' in error ? error.code : ''
      const free = port < 60_000 ? port + 11 : 8899
      if (code === 'EADDRINUSE') {
        reject(
          new StepError(`port ${port} is in use by another program`, {
            why: 'JupyterLab may be running already',
            mend: `npm start -- --port ${free}`,
          }),
        )
      } else if (code === 'EACCES') {
        reject(new StepError(`port ${port} may only be used by root`, { mend: 'npm start -- --port 8899' }))
      } else reject(error)
    })
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : port))
    })
  })
}

/**
 * A machine cut off in a network namespace of its own may not even be able to talk to itself.
 *
 * @param {import('./places.mjs').Places} at
 */
export async function ensureLoopback(at) {
  const up = () => Object.values(os.networkInterfaces()).some(addresses => addresses?.some(each => each.internal))
  if (up()) return
  try {
    await run(at.python, [path.join(at.lab, 'loopback.py')], { env: environment(at), seconds: 20 })
  } catch (error) {
    throw new StepError('this machine has no loopback network (127.0.0.1), through which the browser, JupyterLab and its kernels talk', {
      why: error instanceof CommandError ? lastLines(error.output, 1) : [],
      mend: 'sudo ip link set lo up',
    })
  }
}

/**
 * @typedef {{ address: string, token: string, pid: number, stop: () => Promise<void>, ended: Promise<number | null> }} Server
 * @param {import('./places.mjs').Places} at
 * @param {number} port a free one
 * @returns {Promise<Server>} once it answers
 */
export async function startServer(at, port) {
  const token = randomBytes(24).toString('hex')
  const address = `http://${host}:${port}`
  const log = path.join(at.logs, 'jupyter.log')
  const flags = [
    '--no-browser',
    `--ServerApp.root_dir=${at.root}`,
    `--ServerApp.ip=${host}`,
    `--ServerApp.port=${port}`,
    '--ServerApp.port_retries=0',
    '--LabApp.custom_css=True',
  ]
  // JupyterLab reads it from the folder of its own settings only.
  fs.cpSync(path.join(at.lab, 'custom'), path.join(at.jupyter, 'config', 'custom'), { recursive: true })
  if (process.getuid?.() === 0) flags.push('--allow-root')
  fs.writeFileSync(log, '')
  const output = fs.openSync(log, 'a')
  // A group of its own: Ctrl-C reaches only this process, which stops the server without its question.
  const child = spawn(at.python, [path.join(at.lab, 'serve.py'), ...flags], {
    cwd: at.root,
    env: { ...environment(at), JUPYTER_TOKEN: token },
    detached: true,
    stdio: ['pipe', output, output],
  })
  fs.closeSync(output)
  let over = false
  /** @type {Promise<number | null>} */
  const ended = new Promise(resolve => {
    child.once('exit', code => {
      over = true
      resolve(code)
    })
    child.once('error', () => {
      over = true
      resolve(null)
    })
  })
  const pid = child.pid ?? 0
  const stop = async () => {
    if (!over) child.kill('SIGTERM')
    const late = setTimeout(() => endGroup(pid), 10_000)
    await ended
    clearTimeout(late)
  }
  const until = Date.now() + patience * 1000
  while (!(await answers(`${address}/api/status`, token))) {
    if (over || Date.now() > until) {
      await stop()
      const why = lastLines(fs.readFileSync(log, 'utf8'))
      throw new StepError(over ? 'JupyterLab ended as it started' : `JupyterLab did not answer within ${patience} s`, {
        why: [...why, `all of its output: ${log}`],
        mend: 'npm start (again); if it stays so: rm -rf .venv && npm start',
      })
    }
    await new Promise(resolve => setTimeout(resolve, 60))
  }
  return { address, token, pid, stop, ended }
}

/**
 * @param {string} address
 * @param {string} token
 * @returns {Promise<boolean>}
 */
function answers(address, token) {
  return new Promise(resolve => {
    const request = http.get(address, { headers: { authorization: `token ${token}` }, timeout: 5000 }, response => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('error', () => resolve(false)).on('timeout', () => request.destroy())
  })
}

/**
 * Runs cells in a kernel of the server, as the browser does.
 *
 * @param {import('./places.mjs').Places} at
 * @param {Server} server
 * @param {readonly { code: string, expect: string }[]} cells expect: must occur in the cell's output
 * @throws {StepError} naming the cell that did not hold
 */
export async function runCells(at, server, cells) {
  const env = { ...environment(at), JUPYTER_TOKEN: server.token }
  const log = path.join(at.logs, 'check.log')
  try {
    await run(at.python, [path.join(at.lab, 'run_cells.py'), server.address, 'notebooks/check.ipynb'], {
      env,
      log,
      input: JSON.stringify(cells),
      seconds: 200,
    })
  } catch (error) {
    throw new StepError('the kernel did not run a cell', {
      why: error instanceof CommandError ? lastLines(error.output, 10) : String(error),
      mend: `see ${path.join(at.logs, 'jupyter.log')}, then: npm start -- --check`,
    })
  }
}
