/** What a child may answer to the exercises of level 1: what is right, and mistakes with a word that the hint must have. */
import { candyNames } from '../../../src/figures/candy-pictures'

export interface Answers {
  readonly right: readonly unknown[]
  readonly wrong: readonly (readonly [answer: unknown, hint: string])[]
}

const six = [...candyNames]

export const levelOneAnswers: Readonly<Record<string, Answers>> = {
  'level-1-diary': {
    right: ['lolly', ' Lolly '],
    wrong: [
      ['gummy bear', 'often got no star'],
      ['mint', 'any star'],
      ['toffee', 'I see gummy bear and lolly and mint'],
      [3, 'between two marks'],
    ],
  },
  'level-1-how-often': {
    right: [8, '8'],
    wrong: [
      [2, 'What is left'],
      [10, 'all of them'],
      [12, 'only ten guesses'],
      [7, 'ten fingers'],
      ['eight', 'Write a number'],
      ['', 'Write a number'],
    ],
  },
  'level-1-stay': {
    right: ['no', 'No', false],
    wrong: [
      ['yes', 'Read about Stay again'],
      [true, 'Read about Stay again'],
      ['maybe', "'yes' or 'no'"],
      [0, 'between two marks'],
    ],
  },
  'level-1-try-all': {
    right: [six, [...six].reverse(), six.map(name => name.toUpperCase())],
    wrong: [
      [six.slice(0, 4), 'You need 2 more'],
      [['mint', 'lolly', 'mint'], 'You show mint two times'],
      [[...six.slice(1), 'cake'], 'The store has no cake'],
      ['mint', 'Write a list'],
      [[1, 2, 3], 'between two marks'],
      [[], 'You need 6 more'],
    ],
  },
  'level-1-luck': {
    right: ['lolly'],
    wrong: [
      ['sour drop', 'Could that be luck?'],
      ['mint', 'I see lolly and sour drop'],
      [9, 'between two marks'],
    ],
  },
}
