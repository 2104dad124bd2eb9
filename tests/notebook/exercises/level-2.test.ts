import { describe, expect, test } from 'vitest'
import { judge } from '../../../src/notebook/check'

type Remember = (diary: string[], story: string, room: number) => unknown

const remember: Remember = (diary, story, room) => [...diary, story].slice(-room)
const pushing: Remember = (diary, story, room) => {
  diary.push(story)
  if (diary.length > room) diary.shift()
  return diary
}

/** Right answers; wrong ones with a part of what is said to them. */
const cases: Readonly<Record<string, { right: readonly unknown[]; wrong: readonly (readonly [answer: unknown, says: string])[] }>> = {
  'level-2-return': {
    right: [2.6, 1 - 0.1 + 0.8 - 0.1 + 1],
    wrong: [
      [2.8, 'a second time'],
      [1.6, 'still counts +1'],
      [2.4, 'taken just before'],
      [3, 'ignored'],
      [2.9, 'two ignored'],
      [7, 'beside each line'],
      ['2.6', 'one number'],
    ],
  },
  'level-2-epsilon': {
    right: [78],
    wrong: [
      [76, 'Can chance pick it'],
      [24, 'at random'],
      [2, 'on purpose'],
      [0.78, 'as a share'],
      [50, 'Two ways'],
    ],
  },
  'level-2-correction': {
    right: [0.74],
    wrong: [
      [2, 'How far does it go'],
      [0.84, 'discounted'],
      [0.64, 'reward alone'],
      [0.8, 'difference'],
      [0.14, 'Where does it stand'],
      [9, 'First the target'],
    ],
  },
  'level-2-falling-epsilon': {
    right: [114],
    wrong: [
      [46, '2 % of what is left'],
      [113, 'not below 0.1 yet'],
      [150, 'fewer are enough'],
      [113.97, 'whole numbers'],
      [-3, 'below nought'],
    ],
  },
  'level-2-diary': {
    right: [remember, pushing],
    wrong: [
      [(diary: string[], story: string) => [...diary, story], 'the oldest has to go'],
      [(diary: string[], story: string, room: number) => [story, ...diary].slice(0, room), 'at the end'],
      [(diary: string[], story: string, room: number) => [...diary.slice(0, room - 1), story], 'the oldest story goes first'],
      [(_: string[], story: string) => [story], 'a story is lost'],
      [(diary: string[], story: string) => diary.push(story), 'return a list'],
      [
        (diary: string[], story: string, room: number) => {
          diary.push(story)
          return diary.slice(-room)
        },
        'changed, and another returned',
      ],
      [['a', 'b'], 'Give a function'],
    ],
  },
}

describe.each(Object.entries(cases))('%s', (name, { right, wrong }) => {
  test('is not answered while the cell is empty', () => expect(judge(name).verdict).toBe('not answered'))

  test('accepts the solution', () => {
    for (const answer of right) expect(judge(name, answer)).toMatchObject({ verdict: 'right' })
  })

  test.each(wrong.map(([answer, says]) => [String(answer), answer, says] as const))(
    'refuses %s and says what is wrong',
    (_, answer, says) => {
      const { verdict, words } = judge(name, answer)
      expect(verdict).toBe('not yet')
      expect(words).toContain(says)
    },
  )
})
