/** The exercises of notebooks/02-level-2-gaming-companion.ipynb. */
import type { Exercise, Exercises } from './exercise'

const near = (a: number, b: number) => Math.abs(a - b) < 5e-4

/** A number wanted; the usual mistakes have a hint of their own. */
function number(solution: number, mistakes: readonly (readonly [value: number, hint: string])[], other: string, right: string): Exercise {
  return {
    judge(answer) {
      if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'Give one number, such as 1.5.'
      if (near(answer, solution)) return undefined
      return mistakes.find(([value]) => near(answer, value))?.[1] ?? other
    },
    right,
  }
}

const visit = number(
  1 - 0.1 + 0.8 - 0.1 + 1,
  [
    [2.8, 'One candy was taken a second time while it was still among the last three taken. What does that cost?'],
    [1.6, 'A candy that is taken again still counts +1; the 0.2 is taken off that.'],
    [2.4, 'Cola Gum is shown twice, but only candies that were taken just before count as repeated.'],
    [3, 'You counted what was taken. What do the ignored ones cost?'],
    [2.9, 'There are two ignored candies.'],
  ],
  'Write a number beside each line: +1 or −0.1, and 0.2 less for what was among the last three taken. Then add them up.',
  'three taken, two ignored, and 0.2 off for the repeated lolly.',
)

const chance = number(
  78,
  [
    [76, 'That is how often it picks the favourite on purpose. Can chance pick it as well?'],
    [24, 'That is how often it picks at random. You are asked about the favourite.'],
    [2, 'That is how often chance picks the favourite. How often is it picked on purpose?'],
    [100, 'Then it would never try anything else. How often does it?'],
    [0.78, 'Right as a share. Of 100 steps, how many is that?'],
  ],
  'Two ways lead to the favourite: on purpose, and by chance, which takes each of the twelve candies equally often.',
  '76 on purpose, and of the 24 random picks one in twelve, that is 2, hits the favourite too.',
)

const correction = number(
  0.6 + 0.1 * (1 + 0.5 * 2 - 0.6),
  [
    [2, 'That is what the guess should move towards. How far does it go in one correction?'],
    [0.84, 'You counted the next guess in full. It lies a step ahead, so it is discounted.'],
    [0.64, 'You looked at the reward alone. What follows is worth something, too.'],
    [0.8, 'The correction is a tenth of the *difference* between target and guess.'],
    [0.14, 'That is how far the guess moves. Where does it stand then?'],
    [1.4, 'That is the whole difference. The learning rate says which part of it is corrected.'],
  ],
  'First the target: reward plus 0.5 times the next guess. Then the difference to the old guess. Then a tenth of that difference.',
  'the target is 1 + 0.5 · 2 = 2, the guess is 1.4 too low, and a tenth of that is corrected.',
)

const falling: Exercise = {
  judge(answer) {
    if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'Give one number, such as 10.'
    if (!Number.isInteger(answer)) return 'Visits come in whole numbers: round so that epsilon is below 0.1.'
    if (answer === 46 || answer === 45)
      return 'Each visit takes away 2 % of what is left of epsilon, not 0.02. So it falls more and more slowly.'
    if (answer < 0) return 'How many visits from now on? The number cannot be below nought.'
    const after = 0.98 ** answer
    if (after >= 0.1) return `After ${answer} visits epsilon is ${after.toFixed(4)}: that is not below 0.1 yet.`
    return 0.98 ** (answer - 1) < 0.1 ? `It was below 0.1 before visit ${answer}: fewer are enough.` : undefined
  },
  right: '0.98 multiplied by itself 114 times is the first that is below 0.1.',
}

const stories: readonly (readonly [diary: readonly string[], story: string, room: number])[] = [
  [[], 'a', 3],
  [['a'], 'b', 3],
  [['a', 'b', 'c'], 'd', 3],
  [['a', 'b'], 'a', 2],
  [['a'], 'b', 1],
]

const diary: Exercise = {
  judge(answer) {
    if (typeof answer !== 'function') return 'Give a function: (diary, story, room) => the diary afterwards.'
    for (const [before, story, room] of stories) {
      const handed = [...before]
      const given: unknown = answer(handed, story, room)
      const place = `with [${before.join(', ')}], the story ${story} and room for ${room}: `
      if (!Array.isArray(given)) return `${place}the function should return a list.`
      if (given.length > room) return `${place}your diary has ${given.length} stories. When it is full, the oldest has to go.`
      if (given[given.length - 1] !== story) return `${place}the new story should stand at the end.`
      const wanted = [...before, story].slice(-room)
      if (given.length < wanted.length) return `${place}a story is lost that there was room for.`
      if (given.some((one, at) => one !== wanted[at])) return `${place}the oldest story goes first, and the others stay in their order.`
      if (given !== handed && handed.join() !== before.join()) return `${place}the list you were given was changed, and another returned.`
    }
    return undefined
  },
  right: 'the newest at the end, the oldest gone: that is all a replay is, but for drawing from it at random.',
}

export const gamingCompanionExercises: Exercises = {
  'level-2-return': visit,
  'level-2-epsilon': chance,
  'level-2-correction': correction,
  'level-2-falling-epsilon': falling,
  'level-2-diary': diary,
}
