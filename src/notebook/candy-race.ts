/**
 * The game "Who learns faster, you or the robot?": both look for the favourite of a made-up child, twenty rounds, the same luck for both.
 *
 * The child is two bandits under one seed, so that in every round a candy would get a star from both or from none.
 */
import { candyNames, picture } from '../figures/candy-pictures'
import { card, diaryTable, heading, marks, speaking, tens } from './candy-board'
import { candyHelper, hiddenTaste, largest } from './candy-helper'
import { childOf, secretWords } from './candy-robot'
import { button, hbox, html, vbox, type Widget } from './widgets'

export interface CandyRaceOptions {
  readonly rounds?: number
  readonly seed?: number
}

/** A panel with a button for each candy. `candyRace().show()` */
export function candyRace({ rounds = 20, seed = 7 }: CandyRaceOptions = {}): Widget {
  let games = 0
  const won = { you: 0, robot: 0 }
  let game = newGame(seed)
  const board = html()
  const places = candyNames.map(() => html())
  const result = html()

  function draw(words: string, mood: 'happy robot' | 'puzzled robot' | 'curious robot'): void {
    const { mine, robot } = game
    const both = [
      ['You', 'child', mine.answers],
      ['Robot', 'plain robot', robot.answers],
    ] as const
    const scores = both.map(
      ([who, face, answers]) =>
        `<div style="display:flex;align-items:center;gap:8px">${picture(face, 30)}<span style="min-width:56px">${who}</span><b style="min-width:26px">${answers.filter(Boolean).length}</b><span>${marks(answers, 10)}</span></div>`,
    )
    board.value = card(speaking(mood, words), ...scores)
    places.forEach((place, candy) => {
      const tried = mine.diary[candy]!
      const told = tried.length ? `${tried.filter(Boolean).length} of ${tried.length}` : ''
      place.value = `<div style="width:148px;text-align:center;line-height:1.3">${picture(candyNames[candy]!, 58)}<div style="min-height:20px;font-size:14px">${told ? `${picture('star', 14)} ${told}` : ''}</div></div>`
    })
  }

  function pick(candy: number): void {
    const { mine, robot, yourChild, robotsChild } = game
    if (mine.answers.length === rounds) {
      draw('This game is over. Press New game!', 'curious robot')
      return
    }
    const theirs = robot.guess.candy
    yourChild.step(Int32Array.of(candy))
    robotsChild.step(Int32Array.of(theirs))
    const [myStar, robotStar] = [yourChild.rewards[0] === 1, robotsChild.rewards[0] === 1]
    mine.diary[candy]!.push(myStar)
    mine.answers.push(myStar)
    mine.picks.push(candy)
    game.robotsPicks.push(theirs)
    robot.answer(robotStar)
    const told = (star: boolean) => (star ? 'a star!' : 'no star.')
    draw(
      `Round ${mine.answers.length} of ${rounds}. You: ${candyNames[candy]}, ${told(myStar)} Me: ${candyNames[theirs]}, ${told(robotStar)}`,
      robotStar ? 'happy robot' : 'puzzled robot',
    )
    if (mine.answers.length === rounds) finish()
  }

  function finish(): void {
    const { mine, robot, taste, robotsPicks } = game
    const [yours, theirs] = [mine.answers, robot.answers].map(answers => answers.filter(Boolean).length) as [number, number]
    if (yours > theirs) won.you++
    if (theirs > yours) won.robot++
    const best = largest(taste)
    const late = (picks: readonly number[]) => picks.slice(-10).filter(candy => candy === best).length
    const words = yours > theirs ? 'You win!' : yours < theirs ? 'The robot wins!' : 'Both win!'
    draw(`${words} You have ${yours} stars, I have ${theirs}.`, yours > theirs ? 'puzzled robot' : 'happy robot')
    result.value = card(
      heading('The secret of the child'),
      secretWords(taste),
      heading(`Who took the best, ${candyNames[best]}?`),
      `In the last ${Math.min(10, rounds)} rounds you took ${candyNames[best]} ${late(mine.picks)} times. The robot took it ${late(robotsPicks)} times.`,
      heading('Your stars'),
      tens(mine.answers),
      heading('The stars of the robot'),
      tens(robot.answers),
      heading('The diary of the robot'),
      diaryTable(robot.diary, robot.thoughts()),
      heading('All games'),
      `You won ${won.you}. The robot won ${won.robot}. One game can be luck. Play some more!`,
    )
  }

  function again(): void {
    game = newGame(seed + 1000 * ++games)
    result.value = ''
    draw('A new child, a new secret. You pick first!', 'curious robot')
  }

  draw('Find what the child likes best. Pick a candy!', 'curious robot')
  const shelf = candyNames.map((name, candy) => vbox([places[candy]!, button({ label: name, onClick: () => pick(candy) })]))
  return vbox([board, hbox(shelf.slice(0, 3)), hbox(shelf.slice(3)), hbox([button({ label: 'New game', onClick: again })]), result])
}

function newGame(seed: number) {
  const taste = hiddenTaste(seed)
  const mine = { diary: candyNames.map((): boolean[] => []), answers: [] as boolean[], picks: [] as number[] }
  return {
    taste,
    mine,
    robot: candyHelper({ seed }),
    robotsPicks: [] as number[],
    yourChild: childOf(taste, seed),
    robotsChild: childOf(taste, seed),
  }
}
