/** The live training chart: it moves while a cell runs, ends as a figure, and an interrupt leaves it. About 30 seconds. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, type Lab, type NotebookPage, openLab } from './browser'

describeInBrowser('the live chart in JupyterLab', () => {
  let lab: Lab
  let notebook: NotebookPage

  beforeAll(async () => {
    lab = await openLab()
    notebook = await lab.open('tests/lab/notebooks/live-chart.ipynb')
    await notebook.runAll()
  })
  afterAll(() => lab?.close())

  test('it changes in place while the training goes on', async () => {
    await notebook.shows('.jp-OutputArea-output div', 'steps/s', 30)
    const state = () => notebook.page.locator('.jp-OutputArea-output div', { hasText: 'steps/s' }).last().textContent()
    const before = await state()
    await expect.poll(state, { timeout: 10_000 }).not.toBe(before)
    expect(await notebook.page.locator('.jp-OutputArea-output svg polyline').count()).toBeGreaterThan(0)
  })

  test('its last frame is a figure', async () => {
    await notebook.shows('.jp-OutputArea-output', 'finished', 30)
    const cell = (await notebook.cells())[2]
    expect(cell?.outputs.map(({ mime }) => mime)).toContain('application/vnd.plotly.v1+json')
    expect(cell?.outputs.map(({ text }) => text).join()).not.toContain('steps/s')
  })

  test('an interrupt stops the training and leaves the chart', async () => {
    await notebook.shows('.jp-OutputArea-output div', 'of 20,000', 30)
    await notebook.page.waitForTimeout(2000)
    await notebook.interrupt()
    await notebook.idle(20)
    await notebook.page.waitForTimeout(1000)
    const cell = (await notebook.cells())[3]
    const figure = cell?.outputs.find(({ mime }) => mime === 'application/vnd.plotly.v1+json')
    expect(figure?.text ?? '').toContain('stopped after')
    await notebook.screenshot('live-chart')
  })
})
