/** The robot of level 1: it learns from stars, its diary is what happened, and its buttons do what they say. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { candyNames, picture } from '../../src/figures/candy-pictures'
import { tens } from '../../src/notebook/candy-board'
import { candyHelper, hiddenTaste } from '../../src/notebook/candy-helper'
import { candyChild, candyRobot } from '../../src/notebook/candy-robot'
import { diaryPages, manyRobots, starWords, storeRobots, winnerWords } from '../../src/notebook/candy-robots'
import { fakeKernel } from './fake-kernel'
import { panelOf } from './panel'

describe('the robot', () => {
  test('finds the one candy that gets stars, and shows it most of the time', () => {
    for (const liked of [0, 3, 5]) {
      const robot = candyHelper({ seed: liked })
      for (let guess = 0; guess < 60; guess++) robot.answer(robot.guess.candy === liked)
      expect(robot.answers.slice(-30).filter(Boolean).length).toBeGreaterThan(22)
      expect(robot.thoughts()[liked]).toBe(1)
    }
  })

  test('has every answer in its diary, and thinks the share of stars, or maybe where it never asked', () => {
    const robot = candyHelper({ seed: 2, epsilon: 0.5 })
    const seen = candyNames.map((): boolean[] => [])
    for (let guess = 0; guess < 12; guess++) {
      const star = guess % 3 === 0
      seen[robot.guess.candy]!.push(star)
      robot.answer(star)
    }
    expect(robot.diary).toEqual(seen)
    robot.thoughts().forEach((thought, candy) => {
      const answers = seen[candy]!
      expect(thought).toBeCloseTo(answers.length ? answers.filter(Boolean).length / answers.length : 0.5, 6)
    })
  })

  test('says why it guesses: new, best, or something else', () => {
    const robot = candyHelper({ seed: 1, epsilon: 0.5 })
    const reasons = new Set<string>()
    for (let guess = 0; guess < 100; guess++) {
      const { candy, why } = robot.guess
      const thoughts = robot.thoughts()
      const known = robot.diary[candy]!.length > 0
      expect(why).toBe(!known ? 'new' : thoughts[candy] === Math.max(...thoughts) ? 'best' : 'other')
      reasons.add(why)
      robot.answer(candy === 4)
    }
    expect(reasons).toEqual(new Set(['new', 'best', 'other']))
  })

  test('does the same with the same seed; another child has another taste, dealt from the same', () => {
    const run = (seed: number) => {
      const robot = candyHelper({ seed })
      return Array.from({ length: 20 }, (_, guess) => {
        robot.answer(guess % 2 === 0)
        return robot.guess.candy
      })
    }
    expect(run(4)).toEqual(run(4))
    expect(run(4)).not.toEqual(run(5))
    expect(hiddenTaste(1)).not.toEqual(hiddenTaste(2))
    expect([...hiddenTaste(1)].sort()).toEqual([...hiddenTaste(2)].sort())
  })
})

describe('panels', () => {
  let kernel: ReturnType<typeof fakeKernel>
  beforeEach(() => {
    kernel = fakeKernel()
  })
  afterEach(() => kernel.remove())

  test('a star is written down, no star too, and a new robot has an empty diary', async () => {
    candyRobot().show()
    const { press, html, text } = panelOf(kernel)
    expect(text()).toContain('My diary is empty.')
    expect(html()).not.toContain(picture('star', 18))
    await press('★ Give a star')
    expect(text()).toContain('Yum, a star!')
    expect(text()).toContain('1 of 1')
    expect(html()).toContain(picture('happy robot', 92))
    await press('Try again')
    expect(text()).toContain('Oh! I write it down.')
    expect(html()).toContain(picture('puzzled robot', 92))
    await press('New robot')
    expect(text()).toContain('My diary is empty.')
    expect(text()).not.toMatch(/\d of \d/)
  })

  test('given a star for one candy only, it comes to show that candy', async () => {
    candyRobot().show()
    const { press, html } = panelOf(kernel)
    const shown = () => candyNames.find(name => html().includes(picture(name, 84)))!
    const guesses: string[] = []
    for (let guess = 0; guess < 40; guess++) {
      guesses.push(shown())
      await press(shown() === 'mint' ? '★ Give a star' : 'Try again')
    }
    expect(guesses.slice(-20).filter(name => name === 'mint').length).toBeGreaterThanOrEqual(13)
  })

  test('the made-up child answers by its taste, by one or by ten; the secret shows only when asked', async () => {
    candyChild({ seed: 3 }).show()
    const panel = panelOf(kernel)
    await panel.press('1 guess')
    expect(panel.text()).toContain('I made 1 guess.')
    await panel.press('10 guesses')
    await panel.press('10 guesses')
    expect(panel.text()).toContain('I made 21 guesses')
    expect(panel.text()).not.toContain('The secret of the child')
    await panel.press('Peek')
    const best = candyNames[hiddenTaste(3).indexOf(0.9)]
    expect(panel.text()).toMatch(new RegExp(`The secret of the child ${best}: 9 of 10`))
    await panel.press('Peek')
    expect(panel.text()).not.toContain('The secret of the child')
    await panel.press('New child')
    expect(panel.text()).toContain('I know nothing yet.')
  })
})

test('stars are counted by tens, the stars of a ten first', () => {
  const answers = Array.from({ length: 13 }, (_, at) => at % 2 === 0)
  const rows = tens(answers)
    .split('<div')
    .slice(1)
    .map(row => [row.match(/(\d+ to \d+)/)![1], row.match(/<b>(\d+)<\/b>/)![1], row.match(/aria-label="[^"]+"/g)!.join(' ')])
  const [star, none] = ['aria-label="star"', 'aria-label="no star"']
  expect(rows).toEqual([
    ['1 to 10', '5', [...Array(5).fill(star), ...Array(5).fill(none)].join(' ')],
    ['11 to 20', '2', [star, star, none].join(' ')],
  ])
})

describe('many robots', () => {
  const last = (stars: readonly (readonly number[])[]) => stars.reduce((sum, robot) => sum + robot[robot.length - 1]!, 0) / stars.length
  const first = (stars: readonly (readonly number[])[]) => stars.reduce((sum, robot) => sum + robot[0]!, 0) / stars.length

  // What the notebook says in words, in the numbers it has.
  const robots = 200
  const alone = manyRobots({ label: 'Alone', robots, guesses: 50 })
  const [stay, roam, mix] = [0, 1, 0.1].map(epsilon => manyRobots({ label: `epsilon ${epsilon}`, robots, epsilon, initialValue: 0 }))

  test('get more stars as they learn; picking by luck gets 4 or 5 of ten for ever', () => {
    expect(last(alone.stars) - first(alone.stars)).toBeGreaterThan(1)
    expect(Math.abs(last(roam!.stars) - 4.5)).toBeLessThan(0.4)
  })

  test('friends with one diary are better off where the children are alike, and worse off where they are not', () => {
    const alike = manyRobots({ label: 'alike', robots, guesses: 50, friends: 10 })
    const unlike = manyRobots({ label: 'unlike', robots, guesses: 50, friends: 10, alike: false })
    expect(winnerWords(alone, alike)).toBe('alike gets more stars than Alone. That is hardly luck.')
    expect(winnerWords(alone, unlike)).toBe('Alone gets more stars than unlike. That is hardly luck.')
  })

  test('a bit of both beats never trying and always trying', () => {
    expect(winnerWords(mix!, stay!)).toContain('epsilon 0.1 gets more stars than epsilon 0.')
    expect(winnerWords(mix!, roam!)).toContain('epsilon 0.1 gets more stars than epsilon 1.')
    expect(winnerWords(mix!, mix!)).toContain('we can not tell')
  })

  test('Stay shows its first candy that got a star, and no other', () => {
    for (let seed = 0; seed < 30; seed++) {
      const robot = candyHelper({ seed, epsilon: 0, initialValue: 0 })
      const taste = hiddenTaste(seed)
      for (let guess = 0; guess < 60; guess++) {
        const starred = robot.diary.findIndex(answers => answers.includes(true))
        if (starred >= 0) expect(robot.guess.candy).toBe(starred)
        robot.answer((guess * 7919) % 10 < 10 * taste[robot.guess.candy]!)
      }
    }
  })

  test('say their stars in words, and one diary is told page by page', () => {
    expect(
      starWords({
        label: 'Mix',
        stars: [
          [5, 7, 8],
          [6, 7, 9],
        ],
      }),
    ).toBe('Mix: 6 stars in the first ten, 9 in the last ten.')
    for (const [at, { shown, stars }] of diaryPages([10, 30]).entries()) {
      expect(shown.reduce((sum, times) => sum + times, 0)).toBe([10, 30][at])
      shown.forEach((times, candy) => {
        expect(stars[candy]).toBeLessThanOrEqual(times)
      })
    }
  })

  test('learn in the candy store of the guide too, by the training loop', async () => {
    const options = { label: 'Robot', tables: 'data', robots: 6, visits: 25 }
    const [learner, luck] = [await storeRobots(options), await storeRobots({ ...options, epsilon: 1 })]
    expect(last(learner.stars) - last(luck.stars)).toBeGreaterThan(2)
    expect(learner.stars.every(visits => visits.every(stars => Number.isInteger(stars) && stars >= 0 && stars <= 10))).toBe(true)
  })
})
