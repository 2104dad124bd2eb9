/** The pictures of level 1 as figures: the right numbers in the right places, and words for who does not see them. */
import { expect, test } from 'vitest'
import { candyDiary } from '../../src/figures/candy-diary'
import { candyNames, picture, pictureAddress } from '../../src/figures/candy-pictures'
import { candyShelf } from '../../src/figures/candy-shelf'
import { candyStars } from '../../src/figures/candy-stars'
import { describeFigure } from '../../src/figures/figure'

test('a picture is SVG with a name, for a page as for a figure', () => {
  for (const name of [...candyNames, 'happy robot', 'star'] as const) {
    expect(picture(name, 40)).toMatch(new RegExp(`^<svg [^>]*width="40" height="40"[^>]*aria-label="${name}".*</svg>$`))
    expect(decodeURIComponent(pictureAddress(name).replace('data:image/svg+xml,', ''))).toBe(picture(name, 128))
  }
})

test('a shelf has each picture over its label', () => {
  const { layout } = candyShelf(
    'Two',
    [
      { picture: 'mint', label: 'mint' },
      { picture: 'star', label: 'star' },
    ],
    'A mint and a star.',
  )
  expect(layout.images!.map(({ source, x }) => [source, x])).toEqual([
    [pictureAddress('mint'), 0],
    [pictureAddress('star'), 1],
  ])
  expect(layout.annotations!.map(({ text, x }) => [text, x])).toEqual([
    ['mint', 0],
    ['star', 1],
  ])
  expect(() => candyShelf('None', [], '')).toThrow('at least one picture')
})

test('a diary has stars and the rest of the times shown, page by page, and nothing where nothing was shown', () => {
  const figure = candyDiary('Diary', [
    { title: 'after 3 guesses', shown: [2, 1, 0, 0, 0, 0], stars: [2, 0, 0, 0, 0, 0] },
    { title: 'after 6 guesses', shown: [5, 1, 0, 0, 0, 0], stars: [3, 0, 0, 0, 0, 0] },
  ])
  expect(figure.data.map(({ name, x, xaxis }) => [name, x, xaxis])).toEqual([
    ['star', [2, null, null, null, null, null], 'x'],
    ['no star', [null, 1, null, null, null, null], 'x'],
    ['star', [3, null, null, null, null, null], 'x2'],
    ['no star', [2, 1, null, null, null, null], 'x2'],
  ])
  expect(describeFigure(figure)).toContain('after 6 guesses: chocolate shown 5, stars 3; gummy bear shown 1, stars 0')
})

test('lines of stars are means of robots; one group has a thin line for each robot, several have bands', () => {
  const options = { title: 'Stars', across: 'guesses', up: 'stars in ten guesses' }
  const stars = [
    [2, 6],
    [4, 8],
  ]
  const one = candyStars([{ label: 'Mix', stars }], options)
  expect(one.data.map(({ x, y }) => [x, y])).toEqual([
    [
      [10, 20],
      [2, 6],
    ],
    [
      [10, 20],
      [4, 8],
    ],
    [
      [10, 20],
      [3, 7],
    ],
  ])
  const two = candyStars(
    [
      { label: 'Mix', stars },
      {
        label: 'Stay',
        stars: [
          [1, 1],
          [1, 1],
        ],
      },
    ],
    options,
  )
  expect(two.data.filter(({ showlegend }) => showlegend !== false).map(({ name, y }) => [name, y])).toEqual([
    ['Mix', [3, 7]],
    ['Stay', [1, 1]],
  ])
  expect(two.data.filter(({ fill }) => fill === 'tonexty')).toHaveLength(2)
  expect(describeFigure(two)).toContain('Mix: from 3.0 to 7.0')
  expect(() => candyStars([], options)).toThrow('at least one robot')
})
