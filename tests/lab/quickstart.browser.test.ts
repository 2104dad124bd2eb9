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

  test('the Live Demo panel makes a shop, trains, measures and recommends', async () => {
    const { page } = notebook
    const press = (label: string) => page.locator('.widget-button', { hasText: label }).last().click()
    const says = (text: string) => page.locator('.widget-html', { hasText: text }).last().waitFor({ timeout: 60_000 })
    const fields = page.locator('.widget-text input')
    await fields.nth((await fields.count()) - 6).fill('60') // users
    await fields.nth((await fields.count()) - 5).fill('30') // items
    await press('Initialise')
    await says('A shop of 60 users, 30 items')
    await press('Train')
    await says('200 shoppers, no exploring')
    await press('Recommend')
    await says('For user 42')
    await notebook.screenshot('live-demo')
  })
})
