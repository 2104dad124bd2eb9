/** The gaming companion of level 2 as a reader has it: run all, predict, drag the slider, read the result. About a minute and a half. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, type Lab, type NotebookPage, openLab } from './browser'

describeInBrowser('level 2 in JupyterLab', () => {
  let lab: Lab
  let notebook: NotebookPage

  beforeAll(async () => {
    lab = await openLab()
    notebook = await lab.open('notebooks/02-level-2-gaming-companion.ipynb')
    await notebook.runAll()
    await notebook.idle(150)
  })
  afterAll(() => lab?.close())

  /** The experiment that asks this; cells out of sight are not on the page until one scrolls to them. */
  async function experiment(question: string) {
    const { page } = notebook
    const place = page.locator('.jp-OutputArea-output', { has: page.locator('.widget-html', { hasText: question }) })
    for (let look = 0; look < 80 && (await place.count()) === 0; look++) {
      await page.locator('.jp-WindowedPanel-outer').hover()
      await page.mouse.wheel(0, 500)
      await page.waitForTimeout(150)
    }
    const found = place.last()
    await found.scrollIntoViewIfNeeded()
    return {
      predict: (letter: string) => found.locator('button.widget-button', { hasText: new RegExp(`^${letter}$`) }).click(),
      says: (text: string | RegExp) => found.locator('.widget-html', { hasText: text }).first().waitFor({ timeout: 60_000 }),
      text: async () => (await found.textContent()) ?? '',
      pictures: () => found.locator('svg[role=img]').count(),
      /** Drags the handle to this share of the track. */
      async drag(share: number) {
        await found.locator('.noUi-handle').scrollIntoViewIfNeeded()
        const handle = await found.locator('.noUi-handle').boundingBox()
        const track = await found.locator('.noUi-base').boundingBox()
        if (!handle || !track) throw new Error('the slider is not on the page')
        const height = handle.y + handle.height / 2
        await page.mouse.move(handle.x + handle.width / 2, height)
        await page.mouse.down()
        await page.mouse.move(track.x + share * track.width, height, { steps: 8 })
        await page.mouse.up()
      },
    }
  }

  test('every cell ran without an error, and the exercises are not answered', async () => {
    const cells = await notebook.cells()
    const outputs = cells.flatMap(cell => cell.outputs)
    expect(outputs.filter(({ mime }) => mime === 'application/vnd.jupyter.error' || mime === 'application/vnd.jupyter.stderr')).toEqual([])
    expect(cells.filter(({ prompt }) => prompt.includes('[') && !/\[\d+\]/.test(prompt))).toEqual([])
  })

  test('before a prediction the slider does not move and nothing is told', async () => {
    const { drag, text, pictures } = await experiment('Which epsilon brings the most stars')
    await drag(1)
    await notebook.page.waitForTimeout(500)
    expect(await text()).toContain('epsilon: 0.1')
    expect(await text()).not.toContain('95 % interval')
    expect(await pictures()).toBe(0)
  })

  test('after a prediction the slider is dragged, the experiment runs, and the result is read', async () => {
    const { predict, drag, says, text, pictures } = await experiment('Which epsilon brings the most stars')
    await predict('B')
    await says('You predicted B')
    await says(/Stars in 200 tries: [\d.]+ \(95 % interval/)
    expect(await pictures()).toBe(1)
    await drag(0)
    await says('epsilon: 0')
    await says('Against epsilon 0.1, same seeds:')
    await drag(1)
    await says('epsilon: 1')
    // Nothing but chance brings fewer stars than one try in ten at random, whatever the seeds.
    await says(/Stars in 200 tries: −[\d.]+ \(−[\d.]+ to −[\d.]+\), less/)
    expect(await text()).toContain('4 of 7 places not looked at yet')
    await notebook.screenshot('level-2')
  })

  test('an experiment that trains networks runs when its slider is let go', async () => {
    const { predict, drag, says } = await experiment('what do the guesses do?')
    await predict('C')
    await says('Hope: guess minus truth')
    await drag(0)
    await says('copied after updates: 1')
    await says('Against copied after updates slowly, same seeds:')
  })

  test('an experiment that reads its table shows the place that was chosen', async () => {
    const { predict, drag, says } = await experiment('Who needs to look ahead')
    await predict('A')
    await drag(1)
    await says('discount: 0.99')
    await says(/Pole stays up \(steps\): \+[\d.]+ \(\+[\d.]+ to \+[\d.]+\), more/)
  })
})
