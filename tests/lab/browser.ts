/** JupyterLab in a real browser, as a reader has it: opens copies of notebooks, runs cells, looks at what is on the page. */
import fs from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { describe } from 'vitest'
import { findChromium, openChromium } from '../../lab/notebooks/chromium.mjs'
import { places } from '../../lab/setup/places.mjs'
import { freePort, startServer } from '../../lab/setup/server.mjs'

const at = places()
const results = path.join(at.root, 'test-results')

/** Like vitest's describe; left out where there is no Chromium, unless REQUIRE_BROWSER=1 makes its absence a failure. */
export const describeInBrowser: (name: string, body: () => void) => void =
  findChromium() || process.env.REQUIRE_BROWSER === '1' ? describe : describe.skip

/** The part of an element of the page that is used here; the browser's own types are not among those of this project. */
interface Element {
  readonly textContent: string | null
  readonly scrollHeight: number
  scrollTop: number
  readonly dataset: Readonly<Record<string, string>>
  matches(selector: string): boolean
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
}

export interface CellOnPage {
  /** '[1]:', '[*]:' while it runs, '[ ]:' before. */
  readonly prompt: string
  readonly outputs: readonly { readonly mime: string; readonly text: string }[]
}

export interface Lab {
  /** Opens a copy of the notebook, in test-results/, so that the original stays as it is. */
  open(notebook: string): Promise<NotebookPage>
  close(): Promise<void>
}

export interface NotebookPage {
  readonly page: Page
  runAll(): Promise<void>
  /** Waits until no cell runs or waits. */
  idle(seconds?: number): Promise<void>
  cells(): Promise<CellOnPage[]>
  /** Presses the button with the square. */
  interrupt(): Promise<void>
  /** The whole notebook as one picture, test-results/NAME.png. */
  screenshot(name: string): Promise<void>
  /** Waits until an element shows the text. */
  shows(selector: string, text: string | RegExp, seconds?: number): Promise<void>
  /** Errors that the page wrote to the browser's console. */
  readonly consoleErrors: readonly string[]
}

/** Starts JupyterLab (with notebooks in quick mode) and a browser. */
export async function openLab(): Promise<Lab> {
  fs.mkdirSync(results, { recursive: true })
  for (const folder of [at.logs, at.temporary]) fs.mkdirSync(folder, { recursive: true })
  process.env.SHOPLAB_QUICK = '1'
  const browser = await openChromium()
  const server = await startServer(at, await freePort(0)).catch(async error => {
    await browser.close()
    throw error
  })
  return {
    async open(notebook) {
      const copy = `browser-${path.basename(notebook)}`
      fs.copyFileSync(path.resolve(at.root, notebook), path.join(results, copy))
      return openNotebook(browser, `${server.address}/lab/tree/test-results/${copy}?token=${server.token}&reset`, server.token)
    },
    async close() {
      await browser.close()
      await server.stop()
    },
  }
}

async function openNotebook(browser: Browser, address: string, token: string): Promise<NotebookPage> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } })
  const consoleErrors: string[] = []
  page.on('console', message => message.type() === 'error' && consoleErrors.push(message.text()))
  await page.goto(address)
  await page.waitForSelector('.jp-Notebook .jp-Cell', { timeout: 60_000 })
  await kernelIdle(page, token, 60)

  return {
    page,
    consoleErrors,
    async runAll() {
      await page.click('.lm-MenuBar-item:has-text("Run")')
      await page.click('.lm-Menu-item[data-command="runmenu:run-all"]')
    },
    async idle(seconds = 60) {
      await page
        .locator('.jp-CodeCell .jp-InputPrompt', { hasText: '*' })
        .first()
        .waitFor({ state: 'hidden', timeout: seconds * 1000 })
      await kernelIdle(page, token, seconds)
    },
    cells: () =>
      page.$$eval('.jp-Notebook .jp-Cell', (cells: Element[]) =>
        cells.map(cell => ({
          prompt: cell.querySelector('.jp-InputPrompt')?.textContent ?? '',
          outputs: [...cell.querySelectorAll('.jp-OutputArea-output')].map(output => ({
            // The Plotly renderer does not say its type on the page.
            mime:
              output.matches('.js-plotly-plot') || output.querySelector('.main-svg')
                ? 'application/vnd.plotly.v1+json'
                : (output.dataset.mimeType ?? ''),
            text: output.textContent ?? '',
          })),
        })),
      ),
    shows: (selector, text, seconds = 15) =>
      page
        .locator(selector, { hasText: text })
        .first()
        .waitFor({ state: 'attached', timeout: seconds * 1000 }),
    interrupt: () => page.click('[data-jp-item-name="interrupt"] jp-button'),
    async screenshot(name) {
      const toTop = () =>
        page.$eval('.jp-WindowedPanel-outer', (panel: Element) => {
          panel.scrollTop = 0
          return panel.scrollHeight
        })
      // Twice: cells that were never on the page have their height only then.
      for (let look = 0; look < 2; look++) {
        await page.setViewportSize({ width: 1200, height: Math.min(16_000, Math.max(1000, (await toTop()) + 200)) })
        await page.waitForTimeout(1000)
      }
      await toTop()
      await page.waitForTimeout(500)
      const panel = await page.locator('.jp-NotebookPanel').boundingBox()
      const end = await page.locator('.jp-Notebook .jp-Cell').last().boundingBox()
      const clip = panel && end ? { ...panel, height: Math.min(panel.height, end.y + end.height + 20 - panel.y) } : undefined
      await page.screenshot({ path: path.join(results, `${name}.png`), ...(clip ? { clip } : {}) })
      await page.setViewportSize({ width: 1200, height: 1000 })
    },
  }
}

/** Several looks in a row: between two cells a kernel is idle for a moment. */
async function kernelIdle(page: Page, token: string, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000
  for (let quiet = 0; quiet < 3; ) {
    const response = await page.request.get(new URL('/api/kernels', page.url()).href, { headers: { authorization: `token ${token}` } })
    const kernels = (await response.json()) as { execution_state: string }[]
    quiet = kernels.length > 0 && kernels.every(kernel => kernel.execution_state === 'idle') ? quiet + 1 : 0
    if (Date.now() > until) throw new Error(`the kernel was not idle within ${seconds} s`)
    await page.waitForTimeout(150)
  }
}
