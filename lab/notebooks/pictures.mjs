/** Plotly figures as pictures: plotly.js draws in a headless Chromium, as it cannot in Node. */
import fs from 'node:fs'
import path from 'node:path'
import { openChromium } from './chromium.mjs'

const WIDTH = 700
const HEIGHT = 420
/** Dots of a picture for each pixel of the figure, for sharp screens. */
const SCALE = 2

/**
 * png is for files, inline for notebooks: JupyterLab shows it, dot for dot, until the figure is touched.
 *
 * @typedef {{ svg: string, png: Buffer, inline: Buffer, width: number, height: number }} Picture
 */

/**
 * plotly.js out of the Python environment, the same file that JupyterLab draws with.
 *
 * @param {string} environment the folder .venv
 */
function plotlyScript(environment) {
  const library = path.join(environment, 'lib')
  const pythons = fs.existsSync(library) ? fs.readdirSync(library) : []
  const file = pythons
    .map(python => path.join(library, python, 'site-packages', 'plotly', 'package_data', 'plotly.min.js'))
    .find(candidate => fs.existsSync(candidate))
  if (!file) throw new Error('plotly is missing from the Python environment: npm start -- --check installs it')
  return file
}

/**
 * A painter of figures; close it.
 *
 * @param {string} environment the folder .venv
 */
export async function openPainter(environment) {
  const script = plotlyScript(environment)
  const browser = await openChromium()
  const page = await browser.newPage({ deviceScaleFactor: 1 })
  await page.setContent('<!doctype html><meta charset="utf-8"><div id="figure"></div>')
  await page.addScriptTag({ path: script })

  return {
    /**
     * @param {{ data: unknown[], layout: { height?: number } }} figure
     * @returns {Promise<Picture>}
     */
    async paint({ data, layout }) {
      const height = layout.height ?? HEIGHT
      const drawn = await page.evaluate(
        async ({ data, layout, width, height, scale }) => {
          // plotly.js names the parts of a drawing by chance; the same chance every time makes the same file.
          let state = 1
          Math.random = () => {
            state = (state * 48271) % 2147483647
            return state / 2147483647
          }
          const { Plotly, document } = /** @type {any} */ (globalThis)
          const place = document.getElementById('figure')
          await Plotly.newPlot(place, data, { ...layout, width, height }, { staticPlot: true })
          const svg = await Plotly.toImage(place, { format: 'svg', width, height })
          const png = await Plotly.toImage(place, { format: 'png', width, height, scale })
          const inline = await Plotly.toImage(place, { format: 'png', width, height, scale: 1 })
          Plotly.purge(place)
          return { svg, png, inline }
        },
        { data, layout, width: WIDTH, height, scale: SCALE },
      )
      return {
        svg: `${decodeURIComponent(drawn.svg.slice(drawn.svg.indexOf(',') + 1))}\n`,
        png: Buffer.from(drawn.png.slice(drawn.png.indexOf(',') + 1), 'base64'),
        inline: Buffer.from(drawn.inline.slice(drawn.inline.indexOf(',') + 1), 'base64'),
        width: WIDTH,
        height,
      }
    },
    close: () => browser.close(),
  }
}
