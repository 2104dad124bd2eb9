/** The candy store of level 1 as a child has it: run all, then press the buttons and read what the page says. About a minute. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, type Lab, type NotebookPage, openLab } from './browser'

describeInBrowser('level 1 in JupyterLab', () => {
  let lab: Lab
  let notebook: NotebookPage

  beforeAll(async () => {
    lab = await openLab()
    notebook = await lab.open('notebooks/01-level-1-candy-store.ipynb')
    await notebook.runAll()
    await notebook.idle(120)
  })
  afterAll(() => lab?.close())

  /** The panel that has a button of this name; cells out of sight are not on the page until one scrolls to them. */
  async function panel(label: string) {
    const place = notebook.page.locator('.jp-OutputArea-output', { has: notebook.page.locator('button.widget-button', { hasText: label }) })
    for (let look = 0; look < 40 && (await place.count()) === 0; look++) {
      await notebook.page.locator('.jp-WindowedPanel-outer').hover()
      await notebook.page.mouse.wheel(0, 700)
      await notebook.page.waitForTimeout(150)
    }
    const found = place.last()
    await found.scrollIntoViewIfNeeded()
    return {
      press: (name: string) => found.locator('button.widget-button', { hasText: name }).first().click(),
      says: (text: string | RegExp) => found.locator('.widget-html', { hasText: text }).first().waitFor({ timeout: 15_000 }),
      stars: () => found.locator('svg[aria-label="star"]').count(),
      text: async () => (await found.textContent()) ?? '',
    }
  }

  test('every cell ran without an error, with pictures and controls, and the exercises are not answered', async () => {
    const cells = await notebook.cells()
    const outputs = cells.flatMap(cell => cell.outputs)
    expect(outputs.filter(({ mime }) => mime === 'application/vnd.jupyter.error' || mime === 'application/vnd.jupyter.stderr')).toEqual([])
    expect(outputs.some(({ mime }) => mime === 'application/vnd.plotly.v1+json')).toBe(true)
    expect(cells.filter(({ prompt }) => prompt.includes('[') && !/\[\d+\]/.test(prompt))).toEqual([])
    await notebook.screenshot('level-1')
  })

  test('a star goes into the diary and the robot guesses again; no star is written down too', async () => {
    const { press, says, stars } = await panel('Give a star')
    await says('My diary is empty.')
    expect(await stars()).toBe(0)
    await press('Give a star')
    await says('Yum, a star! I write it down.')
    await says('1 of 1')
    expect(await stars()).toBe(2) // in the diary, and in the row of tens
    await press('Try again')
    await says('Oh! I write it down.')
    await press('New robot')
    await says('My diary is empty.')
    expect(await stars()).toBe(0)
  })

  test('the robot plays with a made-up child, ten guesses at a time, and the secret can be seen', async () => {
    const { press, says, text } = await panel('10 guesses')
    await says('I know nothing yet.')
    for (let press10 = 1; press10 <= 3; press10++) {
      await press('10 guesses')
      await says(`I made ${10 * press10} guesses.`)
    }
    await says('21 to 30')
    expect(await text()).not.toContain('The secret of the child')
    await press('Peek')
    await says('The secret of the child')
    await says('9 of 10')
  })

  test('the race is played to its end: who won, what the secret was, and a new game begins', async () => {
    const { press, says } = await panel('New game')
    for (let round = 1; round <= 20; round++) {
      await press(['chocolate', 'gummy bear', 'lolly', 'sour drop', 'mint', 'toffee'][round % 6]!)
      if (round < 20) await says(`Round ${round} of 20.`)
    }
    await says(/You win!|The robot wins!|Both win!/)
    await says('The secret of the child')
    await says(/You won [01]\. The robot won [01]\./)
    await press('mint')
    await says('This game is over.')
    await press('New game')
    await says('A new child, a new secret.')
  })
})
