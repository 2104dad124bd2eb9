/**
 * Two panels in which the robot of the first level learns: from the reader, who gives stars, and from a made-up child, whose taste is hidden.
 */
import { bandit } from '../envs/classic/bandit'
import { candyNames, type RobotMood } from '../figures/candy-pictures'
import { card, diaryTable, guessWords, heading, speaking, tens } from './candy-board'
import { candyHelper, hiddenTaste, largest } from './candy-helper'
import { button, hbox, html, vbox, type Widget } from './widgets'

export interface CandyRobotOptions {
  /** How often the robot tries something at random; .2, so that a child sees it happen. */
  readonly epsilon?: number
  readonly seed?: number
}

/** The reader is the child: the robot guesses, the reader gives a star or says try again. `candyRobot().show()` */
export function candyRobot({ epsilon = 0.2, seed = 1 }: CandyRobotOptions = {}): Widget {
  let begun = 0
  let robot = candyHelper({ epsilon, seed })
  const guess = html()
  const diary = html()

  function draw(mood: RobotMood, before: string): void {
    guess.value = card(speaking(`${mood} robot`, `${before} ${guessWords(robot.guess)}`.trim(), candyNames[robot.guess.candy]!))
    const { answers } = robot
    const grown = answers.length ? heading('Your stars, ten guesses in a row') + tens(answers) : ''
    diary.value = card(heading('The diary of the robot'), diaryTable(robot.diary, robot.thoughts()), grown)
  }

  function tell(star: boolean): void {
    robot.answer(star)
    draw(star ? 'happy' : 'puzzled', star ? 'Yum, a star! I write it down.' : 'Oh! I write it down.')
  }

  function afresh(): void {
    robot = candyHelper({ epsilon, seed: seed + 1000 * ++begun })
    draw('curious', 'Hello! My diary is empty.')
  }

  draw('curious', 'Hello! My diary is empty.')
  const buttons = hbox([
    button({ label: '★ Give a star', onClick: () => tell(true) }),
    button({ label: 'Try again', onClick: () => tell(false) }),
    button({ label: 'New robot', onClick: afresh }),
  ])
  return vbox([guess, buttons, diary])
}

/** A made-up child gives the stars; nobody knows its taste until the reader peeks. `candyChild().show()` */
export function candyChild({ epsilon = 0.1, seed = 3 }: CandyRobotOptions = {}): Widget {
  let begun = 0
  let robot = candyHelper({ epsilon, seed })
  let taste = hiddenTaste(seed)
  let child = childOf(taste, seed)
  let peeking = false
  const talk = html()
  const diary = html()
  const secret = html()

  function draw(): void {
    const { answers, diary: lines } = robot
    const last = answers[answers.length - 1]
    const best = candyNames[largest(robot.thoughts())]!
    const words =
      answers.length === 0
        ? 'I know nothing yet. Press a button!'
        : `I made ${answers.length} ${answers.length === 1 ? 'guess' : 'guesses'}. I think the child likes ${best} best.`
    talk.value = card(
      speaking(answers.length === 0 ? 'curious robot' : last ? 'happy robot' : 'puzzled robot', words, last ? 'happy child' : 'child'),
    )
    diary.value = card(
      answers.length ? heading('Stars, ten guesses in a row') + tens(answers) : '',
      heading('The diary of the robot'),
      diaryTable(lines, robot.thoughts()),
    )
    secret.value = peeking ? card(heading('The secret of the child'), secretWords(taste)) : ''
  }

  function guess(times: number): void {
    for (let time = 0; time < times; time++) {
      child.step(Int32Array.of(robot.guess.candy))
      robot.answer(child.rewards[0] === 1)
    }
    draw()
  }

  function another(): void {
    const next = seed + 1000 * ++begun
    robot = candyHelper({ epsilon, seed: next })
    taste = hiddenTaste(next)
    child = childOf(taste, next)
    peeking = false
    draw()
  }

  draw()
  const buttons = [
    hbox([button({ label: '1 guess', onClick: () => guess(1) }), button({ label: '10 guesses', onClick: () => guess(10) })]),
    hbox([
      button({
        label: 'Peek',
        onClick() {
          peeking = !peeking
          draw()
        },
      }),
      button({ label: 'New child', onClick: another }),
    ]),
  ]
  return vbox([talk, ...buttons, secret, diary])
}

/** A child of this taste, ready to answer. */
export function childOf(taste: readonly number[], seed: number): ReturnType<typeof bandit> {
  const child = bandit(1, { chances: taste })
  child.reset(seed)
  return child
}

/** Best first: how many stars of ten each candy gets in the long run. */
export function secretWords(taste: readonly number[]): string {
  const order = candyNames.map((_, candy) => candy).sort((one, other) => taste[other]! - taste[one]!)
  return order.map(candy => `${candyNames[candy]}: ${Math.round(10 * taste[candy]!)} of 10`).join('<br>')
}
