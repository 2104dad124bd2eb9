/** Controls on the page: the reader moves one, the kernel answers, the page shows the answer. About 20 seconds. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, type Lab, type NotebookPage, openLab } from './browser'

describeInBrowser('widgets in JupyterLab', () => {
  let lab: Lab
  let notebook: NotebookPage

  beforeAll(async () => {
    lab = await openLab()
    notebook = await lab.open('tests/lab/notebooks/widgets.ipynb')
    await notebook.runAll()
    await notebook.idle()
    await notebook.page.waitForSelector('.widget-slider', { timeout: 30_000 })
  })
  afterAll(() => lab?.close())

  test('every control is drawn', async () => {
    expect(await notebook.page.locator('.jupyter-widgets-error-widget').count()).toBe(0)
  })

  const pageSays = (text: string) => notebook.shows('.widget-html', text)

  test('a slider that is dragged tells the kernel, and the page shows what the kernel says', async () => {
    const handle = await notebook.page.locator('.noUi-handle').first().boundingBox()
    const track = await notebook.page.locator('.noUi-base').first().boundingBox()
    if (!handle || !track) throw new Error('the slider is not on the page')
    const height = handle.y + handle.height / 2
    await notebook.page.mouse.move(handle.x + handle.width / 2, height)
    await notebook.page.mouse.down()
    await notebook.page.mouse.move(track.x + track.width / 2, height, { steps: 8 })
    await notebook.page.mouse.up()
    await pageSays('discount 0.5')
  })

  test('an option chosen from a dropdown reaches the kernel', async () => {
    await notebook.page.locator('.widget-dropdown select').selectOption('Double DQN')
    await pageSays('agent Double DQN')
  })

  test('fields for numbers and text are heard when they are left, and numbers stay within their ends', async () => {
    const number = notebook.page.locator('.widget-text input[type=number]').first()
    await number.fill('7000')
    await number.press('Tab')
    await pageSays('shopper 499')
    const text = notebook.page.locator('.widget-text input[type=text]').first()
    await text.fill('hello <b>')
    await text.press('Enter')
    await pageSays('note hello')
  })

  test('a button finds the values that the page has set', async () => {
    await notebook.page.locator('button.widget-button:has-text("Recommend")').click()
    await pageSays('Double DQN, 499')
    await notebook.screenshot('widgets')
  })

  test('what a listener throws stands under the controls', async () => {
    await notebook.page.locator('button.widget-button:has-text("Fail")').click()
    await pageSays('RangeError: shopper is 900; there are 500')
  })

  test('after the page is loaded again the controls are there with their values, and the kernel still answers', async () => {
    await notebook.page.keyboard.press('Control+s')
    await notebook.page.waitForTimeout(1500)
    await notebook.page.reload()
    await notebook.page.waitForSelector('.widget-slider', { timeout: 30_000 })
    expect(await notebook.page.locator('.widget-dropdown select').inputValue()).toBe('Double DQN')
    await notebook.page.locator('.widget-dropdown select').selectOption('random')
    await pageSays('agent random')
  })
})
