/** The Chromium that draws pictures and tests the pages: the machine's own, never downloaded. */
import fs from 'node:fs'
import path from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Without a sandbox and without talking to anybody: it only sees pages of our own. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pictures must be the same on every screen.
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
]

/**
 * Where Chromium is.
 *
 * @returns {string | undefined} the program named by CHROMIUM, or the first of the usual names on the path
 */
export function findChromium(env = process.env) {
  if (env.CHROMIUM) return fs.existsSync(env.CHROMIUM) ? env.CHROMIUM : undefined
  const folders = (env.PATH ?? '').split(path.delimiter).concat('/usr/bin')
  return names.flatMap(name => folders.map(folder => path.join(folder, name))).find(file => fs.existsSync(file))
}

/**
 * A headless Chromium; the caller closes it.
 *
 * @throws {Error} that says what to install when there is none
 */
export async function openChromium() {
  const executablePath = findChromium()
  if (!executablePath) {
    throw new Error('Chromium was not found. Install it (Debian, Ubuntu: sudo apt-get install chromium), or name the program in CHROMIUM')
  }
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath, headless: true, args: flags })
}
