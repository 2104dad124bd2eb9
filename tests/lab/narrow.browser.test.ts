/** A committed notebook in a narrow window, before anything is run. About ten seconds. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, type Lab, openLab } from './browser'

describeInBrowser('a notebook that nobody has run yet, in a narrow window', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab()
  }, 60_000)
  afterAll(() => lab?.close())

  test('shows its figures whole: none is wider than its place', { timeout: 60_000 }, async () => {
    const { page } = await lab.open('notebooks/00-quickstart.ipynb')
    await page.setViewportSize({ width: 700, height: 900 })
    await page.waitForSelector('.jp-RenderedPlotly .plot-img', { timeout: 30_000 })
    const widths = await page.$$eval('.jp-RenderedPlotly', places =>
      (places as unknown as { clientWidth: number; scrollWidth: number }[]).map(({ clientWidth, scrollWidth }) => ({
        clientWidth,
        scrollWidth,
      })),
    )
    const drawn = widths.filter(({ clientWidth }) => clientWidth > 0)
    expect(drawn.length).toBeGreaterThan(0)
    for (const { clientWidth, scrollWidth } of drawn) expect(scrollWidth).toBeLessThanOrEqual(clientWidth + 1)
  })
})
