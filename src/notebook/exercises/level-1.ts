/** The exercises of notebooks/01-level-1-candy-store.ipynb, in the words of a child of five to eight. */
import { candyNames } from '../../figures/candy-pictures'
import type { Exercises } from './exercise'

const marksMissing = "Write a word between two marks, like 'this'."

/** A word as a child may type it: Mint, ' mint '. */
function wordOf(answer: unknown): string | undefined {
  return typeof answer === 'string' ? answer.trim().toLowerCase() : undefined
}

/** One of a few candies is meant; each wrong one has its own hint. */
function candy(right: string, hints: Readonly<Record<string, string>>): (answer: unknown) => string | undefined {
  const known = [right, ...Object.keys(hints)].sort()
  return answer => {
    const word = wordOf(answer)
    if (word === undefined) return marksMissing
    if (word === right) return undefined
    return Object.hasOwn(hints, word) ? hints[word] : `I do not see that candy here. I see ${known.join(' and ')}.`
  }
}

export const candyStoreExercises: Exercises = {
  'level-1-diary': {
    judge: candy('lolly', {
      'gummy bear': 'It has more stars. But it was shown a lot, and often got no star.',
      mint: 'Look again. Did it get any star?',
    }),
    right: 'three stars of four is more than five stars of ten.',
  },
  'level-1-how-often': {
    judge(answer) {
      const count = typeof answer === 'string' && answer.trim() !== '' ? Number(answer) : answer
      if (typeof count !== 'number' || Number.isNaN(count)) return 'Write a number, like 3.'
      if (count === 8) return undefined
      if (count === 2) return 'That is how often it tries something else. What is left?'
      if (count === 10) return 'That is all of them. Take away the tries of something else.'
      if (count > 10) return 'There are only ten guesses. Take some away.'
      return 'Hold up ten fingers. Fold two of them. Count again.'
    },
    right: 'ten guesses, two to try, and eight for the best.',
  },
  'level-1-stay': {
    judge(answer) {
      const word = answer === true ? 'yes' : answer === false ? 'no' : wordOf(answer)
      if (word === 'no') return undefined
      if (word === 'yes') return 'What does Stay do once it has a star? Read about Stay again.'
      if (word === undefined) return marksMissing
      return "Write 'yes' or 'no'."
    },
    right: 'Stay will never know what it missed.',
  },
  'level-1-try-all': {
    judge(answer) {
      if (!Array.isArray(answer)) return "Write a list, like ['mint', 'lolly']."
      const words = answer.map(wordOf)
      if (words.some(word => word === undefined)) return marksMissing
      const names: readonly (string | undefined)[] = candyNames
      const unknown = words.find(word => !names.includes(word))
      if (unknown !== undefined) return `The store has no ${unknown}. Look at the shelf at the top.`
      const twice = words.find((word, at) => words.indexOf(word) < at)
      if (twice !== undefined) return `You show ${twice} two times. Once is enough.`
      const missing = candyNames.length - words.length
      return missing === 0 ? undefined : `Some candy is still new to you. You need ${missing} more.`
    },
    right: 'now your diary knows a bit about each of them.',
  },
  'level-1-luck': {
    judge: candy('lolly', { 'sour drop': 'One star only. Could that be luck?' }),
    right: 'one star can be luck, nine stars of ten hardly. Our robot does not know that: you are smarter!',
  },
}
