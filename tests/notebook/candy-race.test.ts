/** The race of level 1: fair, counted rightly, and told to its end. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { candyNames } from '../../src/figures/candy-pictures'
import { candyHelper, hiddenTaste } from '../../src/notebook/candy-helper'
import { candyRace } from '../../src/notebook/candy-race'
import { fakeKernel } from './fake-kernel'
import { panelOf } from './panel'

let kernel: ReturnType<typeof fakeKernel>
beforeEach(() => {
  kernel = fakeKernel()
})
afterEach(() => kernel.remove())

const starsIn = (text: string) => {
  const [, you, me] = text.match(/You: [a-z ]+, (a star!|no star\.) Me: [a-z ]+, (a star!|no star\.)/)!
  return [you === 'a star!', me === 'a star!'] as const
}

test('who picks the candy that the robot picks gets what the robot gets, and a better candy never gets less', async () => {
  const seed = 4
  const taste = hiddenTaste(seed)
  candyRace({ seed }).show()
  const panel = panelOf(kernel)
  const robot = candyHelper({ seed }) // the robot of the race, guess for guess
  for (let round = 0; round < 19; round++) {
    const theirs = robot.guess.candy
    const mine = round % 2 === 0 ? theirs : taste.indexOf(0.9)
    await panel.press(candyNames[mine]!)
    expect(panel.text()).toContain(`Me: ${candyNames[theirs]},`)
    const [you, me] = starsIn(panel.text())
    if (mine === theirs) expect(you).toBe(me)
    else if (me) expect(you).toBe(true)
    robot.answer(me)
  }
})

test('after the last round the winner is who has more stars, and the secret is told; not before', async () => {
  candyRace({ seed: 4 }).show()
  const panel = panelOf(kernel)
  const favourite = candyNames[hiddenTaste(4).indexOf(0.9)]!
  const sums = [0, 0]
  for (let round = 1; round <= 20; round++) {
    expect(panel.text()).not.toContain('The secret of the child')
    await panel.press(favourite)
    if (round === 20) break
    starsIn(panel.text()).forEach((star, who) => {
      sums[who]! += star ? 1 : 0
    })
  }
  const [, words, you, me] = panel.text().match(/(You win!|The robot wins!|Both win!) You have (\d+) stars, I have (\d+)\./)!
  expect(Number(you) - sums[0]!).toBeLessThanOrEqual(1)
  expect(Number(you)).toBeGreaterThanOrEqual(sums[0]!)
  expect(Number(me) - sums[1]!).toBeLessThanOrEqual(1)
  expect(words).toBe(Number(you) > Number(me) ? 'You win!' : Number(you) < Number(me) ? 'The robot wins!' : 'Both win!')
  expect(panel.text()).toContain(`The secret of the child ${favourite}: 9 of 10`)
  expect(panel.text()).toContain(`In the last 10 rounds you took ${favourite} 10 times.`)
})

test('a game that is over takes no more picks; a new game has another secret, and wins are counted over games', async () => {
  candyRace({ seed: 4, rounds: 3 }).show()
  const panel = panelOf(kernel)
  const play = async () => {
    for (let round = 0; round < 3; round++) await panel.press('toffee')
  }
  await play()
  const result = panel.text().match(/You won \d\. The robot won \d\./)![0]
  await panel.press('mint')
  expect(panel.text()).toContain('This game is over. Press New game!')
  expect(panel.text()).toContain(result)
  const secret = panel.text().match(/The secret of the child (.*?) Who took/)![1]
  await panel.press('New game')
  expect(panel.text()).toContain('A new child, a new secret.')
  expect(panel.text()).not.toContain('The secret of the child')
  await play()
  expect(panel.text().match(/The secret of the child (.*?) Who took/)![1]).not.toBe(secret)
  const [, you, robot] = panel.text().match(/You won (\d)\. The robot won (\d)\./)!
  expect(Number(you) + Number(robot)).toBeLessThanOrEqual(2)
})

test('wins are counted for whom the words name, game after game', async () => {
  candyRace({ seed: 2, rounds: 4 }).show()
  const panel = panelOf(kernel)
  const won = { you: 0, robot: 0 }
  const ended = new Set<string>()
  for (let game = 0; game < 12; game++) {
    for (let round = 0; round < 4; round++) await panel.press('mint')
    const [words] = panel.text().match(/You win!|The robot wins!|Both win!/)!
    ended.add(words)
    if (words === 'You win!') won.you++
    if (words === 'The robot wins!') won.robot++
    expect(panel.text()).toContain(`You won ${won.you}. The robot won ${won.robot}.`)
    await panel.press('New game')
  }
  expect(ended).toContain('You win!')
  expect(ended).toContain('The robot wins!')
})
