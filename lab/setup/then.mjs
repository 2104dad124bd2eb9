/** Sets up what is missing, then runs a program of an npm package: node lab/setup/then.mjs vitest run --project learning */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setUp } from './index.mjs'
import { environment, places } from './places.mjs'

const [name = '', ...words] = process.argv.slice(2)
const at = places()
if (!(await setUp({ at, quiet: true }))) process.exit(1)
const child = spawn(path.join(at.modules, '.bin', name), words, { cwd: at.root, env: environment(at), stdio: 'inherit' })
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal))
child.on('error', error => {
  console.error(error.message)
  process.exitCode = 1
})
child.on('exit', code => {
  process.exitCode = code ?? 1
})
