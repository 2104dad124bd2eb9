/** Run All of the first notebook, in quick mode, as a newcomer would press it. About a minute. */
import fs from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeInBrowser, type Lab, type NotebookPage, openLab } from './browser'

const quickstart = 'notebooks/00-quickstart.ipynb'

const describeQuickstart = fs.existsSync(quickstart) ? describeInBrowser : describe.skip

describeQuickstart('the quickstart in JupyterLab', () => {
  let lab: Lab
  let notebook: NotebookPage

  beforeAll(async () => {
    lab = await openLab()
    notebook = await lab.open(quickstart)
  })
  afterAll(() => lab?.close())

  test('Run All completes without an error, with figures and controls on the page', async () => {
    await notebook.runAll()
    await notebook.idle(150)
    await notebook.screenshot('quickstart')
    const cells = await notebook.cells()
    expect(cells).toHaveLength(JSON.parse(fs.readFileSync(quickstart, 'utf8')).cells.length)
    const outputs = cells.flatMap(cell => cell.outputs)
    expect(outputs.filter(({ mime }) => mime === 'application/vnd.jupyter.error' || mime === 'application/vnd.jupyter.stderr')).toEqual([])
    expect(outputs.filter(({ mime }) => mime === 'application/vnd.plotly.v1+json').length).toBeGreaterThan(0)
    expect(await notebook.page.locator('.jupyter-widgets').count()).toBeGreaterThan(0)
    expect(cells.filter(({ prompt }) => prompt.includes('[') && !/\[\d+\]/.test(prompt))).toEqual([])
  })
})
