/** A figure with frames in JupyterLab: its slider and its buttons move the picture, with no help of the kernel. About 20 seconds. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, type Lab, type NotebookPage, openLab } from './browser'

describeInBrowser('a figure with frames in JupyterLab', () => {
  let lab: Lab
  let notebook: NotebookPage

  beforeAll(async () => {
    lab = await openLab()
    notebook = await lab.open('tests/lab/notebooks/frames.ipynb')
    await notebook.runAll()
    await notebook.idle(60)
    await notebook.page.locator('.js-plotly-plot .slider-group').waitFor({ timeout: 30_000 })
  })
  afterAll(() => lab?.close())

  /** 'Step 3 of 10: …', the line over the bars. */
  const caption = async () => (await notebook.page.locator('.js-plotly-plot .annotation-text', { hasText: 'Step ' }).textContent()) ?? ''
  /** The outlines and colours of the bars. */
  const bars = () =>
    notebook.page.$$eval('.js-plotly-plot .barlayer .point path', (paths: { getAttribute(name: string): string | null }[]) =>
      paths.map(path => `${path.getAttribute('d')} ${path.getAttribute('style')}`).join('|'),
    )

  test('it begins with its first frame', async () => {
    expect(await caption()).toContain('Step 1 of 10')
    await notebook.screenshot('frames-first')
  })

  test('a press on the slider shows that step', async () => {
    const before = await bars()
    const rail = (await notebook.page.locator('.js-plotly-plot .slider-rail-touch-rect').boundingBox())!
    await notebook.page.mouse.click(rail.x + rail.width * 0.995, rail.y + rail.height / 2)
    await expect.poll(caption, { timeout: 10_000 }).toContain('Step 10 of 10')
    expect(await bars()).not.toBe(before)
    await notebook.screenshot('frames-last')
  })

  test('play goes through the steps, pause stays where it is', async () => {
    const press = (label: string) => notebook.page.locator('.js-plotly-plot .updatemenu-button', { hasText: label }).click()
    const rail = (await notebook.page.locator('.js-plotly-plot .slider-rail-touch-rect').boundingBox())!
    await notebook.page.mouse.click(rail.x + 2, rail.y + rail.height / 2)
    await expect.poll(caption, { timeout: 10_000 }).toContain('Step 1 of 10')
    await press('Play')
    await expect.poll(caption, { timeout: 10_000 }).toMatch(/Step [3-7] of 10/)
    await press('Pause')
    const paused = await caption()
    await notebook.page.waitForTimeout(1500)
    expect(await caption()).toBe(paused)
    expect(paused).not.toContain('Step 10')
    expect(notebook.consoleErrors).toEqual([])
  })
})
