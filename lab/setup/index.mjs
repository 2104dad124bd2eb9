/** The whole set-up: what `npm start` and `npm test` do first, in order. A part that a later lesson needs becomes one more step of this list. */
import fs from 'node:fs'
import { simd } from './build-simd.mjs'
import { endAll } from './commands.mjs'
import { kernel } from './kernel.mjs'
import { takeTurn } from './one-at-a-time.mjs'
import { packages } from './packages.mjs'
import { environment, places } from './places.mjs'
import { python } from './python.mjs'
import { explain, failure, runSteps } from './steps.mjs'
import { tensorflow } from './tensorflow.mjs'
import { trust } from './trust.mjs'
import { versions } from './versions.mjs'

/** @type {readonly import('./steps.mjs').Step[]} */
export const steps = [versions, packages, python, tensorflow, simd, kernel, trust]

/**
 * Sets the checkout up, one set-up at a time.
 *
 * @param {{ at?: import('./places.mjs').Places, print?: (line: string) => void, quiet?: boolean, again?: boolean, list?: typeof steps }} [options]
 * @returns {Promise<boolean>} true when every step held; what failed has been printed
 */
export async function setUp({ at = places(), print = console.log, quiet = false, again = false, list = steps } = {}) {
  let giveBack = () => {}
  try {
    for (const folder of [at.logs, at.temporary]) fs.mkdirSync(folder, { recursive: true })
    giveBack = await takeTurn(at.lock, { say: print })
  } catch (error) {
    for (const line of failure(explain(error, at))) print(line.slice(2))
    return false
  }
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    endAll()
    giveBack()
    print('\n  stopped; the next start goes on from the last complete step')
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  const leave = () => {
    endAll()
    giveBack()
  }
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop).on('exit', leave)
  try {
    return await runSteps(list, { at, env: environment(at), again }, { print, quiet })
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop).off('exit', leave)
    giveBack()
  }
}
