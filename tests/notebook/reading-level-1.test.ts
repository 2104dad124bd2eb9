/** A child of five to eight can read level 1: short words, short sentences, no formula, in all that it shows and says. */
import fs from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { candyNames } from '../../src/figures/candy-pictures'
import { candyRace } from '../../src/notebook/candy-race'
import { candyChild, candyRobot } from '../../src/notebook/candy-robot'
import { judge } from '../../src/notebook/check'
import { levelOneAnswers } from './exercises/level-1-answers'
import { fakeKernel } from './fake-kernel'
import { panelOf } from './panel'

/** The words of more than seven letters that a child meets here, one a line; each must be worth its letters. */
const listed = fs
  .readFileSync('tests/notebook/long-words-level-1.txt', 'utf8')
  .split('\n')
  .filter(line => line !== '')

interface Output {
  readonly text?: string[]
  readonly data?: Readonly<Record<string, string[] | unknown>>
}
interface Cell {
  readonly cell_type: string
  readonly source: string[]
  readonly outputs?: Output[]
}

const notebooks = ['notebooks/01-level-1-candy-store.ipynb', 'notebooks/solutions/01-level-1-candy-store.ipynb'].map(file => {
  const { cells, metadata } = JSON.parse(fs.readFileSync(file, 'utf8')) as { cells: Cell[]; metadata: { widgets?: object } }
  return { cells, metadata }
})

/** Prose as it is read: without code, addresses and marks of Markdown. */
const read = (markdown: string) => markdown.replace(/`[^`]*`/g, ' it ').replace(/\]\([^)]*\)/g, ']')

/** Everything on a page, by where it stands. */
function pages(): { place: string; text: string }[] {
  return notebooks.flatMap(({ cells, metadata }) => {
    const prose = cells.filter(cell => cell.cell_type === 'markdown').map(cell => ({ place: 'prose', text: read(cell.source.join('')) }))
    const comments = cells.flatMap(cell => {
      const found = cell.cell_type === 'code' ? [...cell.source.join('').matchAll(/\/\/ (.*)/g)] : []
      return found.map(([, text]) => ({ place: 'comment', text: text! }))
    })
    const outputs = cells.flatMap(({ outputs = [] }) =>
      outputs.flatMap(({ text = [], data = {} }) => [
        { place: 'output', text: text.join('') },
        { place: 'output', text: [data['text/plain'] ?? []].flat().join('') },
        { place: 'output', text: unmarked([data['text/html'] ?? []].flat().join('')) },
        { place: 'figure', text: figureWords(data['application/vnd.plotly.v1+json']).join(' ') },
      ]),
    )
    const widgets = [...JSON.stringify(metadata.widgets ?? {}).matchAll(/"(?:value|description)":"((?:[^"\\]|\\.)*)"/g)]
    return [...prose, ...comments, ...outputs, ...widgets.map(([, text]) => ({ place: 'panel', text: unmarked(JSON.parse(`"${text}"`)) }))]
  })
}

const unmarked = (html: string) => html.replace(/<[^>]*>/g, ' ')

/** The texts that Plotly draws: titles, labels, names of lines. */
function figureWords(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return ['text', 'name', 'description'].includes(key) ? [unmarked(value)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([inner, content]) => figureWords(content, Array.isArray(value) ? key : inner))
}

const longWords = (text: string) =>
  (text.match(/\p{L}[\p{L}'’]*/gu) ?? []).map(word => word.replace(/['’]/g, '').toLowerCase()).filter(word => word.length > 7)

/** Numbers with signs, Greek letters, TeX, powers, per cent: what makes prose a formula. */
const formula = /[$\\^=×÷√∑≤≥≈%]|\p{Script=Greek}|\d\s*[+*/−-]\s*\d|\d\.\d/u

/** The sentences of prose; a line of a list and a heading is one, too. */
const sentences = (text: string) =>
  text
    .split(/(?<=[.!?:])["*]*\s+|\n+/)
    .map(sentence => (sentence.match(/[\p{L}\d][\p{L}\d'’-]*/gu) ?? []).join(' '))
    .filter(sentence => sentence !== '')

describe('the page', () => {
  test('has no word of more than seven letters that is not in the list, and the list has none that is not needed', () => {
    const found = new Set(pages().flatMap(({ text }) => longWords(text)))
    expect([...found].filter(word => !listed.includes(word))).toEqual([])
    expect(listed.filter(word => !found.has(word))).toEqual([])
    expect(listed.length).toBeLessThanOrEqual(12)
  })

  test('has no formula', () => {
    // What figures say to those who do not see them has means to a tenth; the child hears a sentence with whole stars.
    for (const { place, text } of pages()) if (place !== 'figure' && !/^[^.]*\. stars in/.test(text)) expect(text).not.toMatch(formula)
  })

  test('speaks in short sentences', () => {
    const all = pages()
      .filter(({ place }) => place === 'prose')
      .flatMap(({ text }) => sentences(text))
    const lengths = all.map(sentence => sentence.split(' ').length)
    expect(all.filter((_, at) => lengths[at]! > 14)).toEqual([])
    expect(lengths.reduce((sum, length) => sum + length, 0) / lengths.length).toBeLessThan(8)
  })
})

describe('what panels and puzzles say', () => {
  let kernel: ReturnType<typeof fakeKernel>
  beforeEach(() => {
    kernel = fakeKernel()
  })
  afterEach(() => kernel.remove())

  const simple = (text: string) => {
    expect(longWords(text).filter(word => !listed.includes(word))).toEqual([])
    expect(text).not.toMatch(formula)
  }

  test('has no other long word and no formula either, whichever button is pressed', async () => {
    for (const [panel, buttons] of [
      [candyRobot(), ['★ Give a star', 'Try again', 'Try again', 'New robot']],
      [candyChild(), ['1 guess', '10 guesses', 'Peek', 'New child']],
      [candyRace({ rounds: 6 }), [...candyNames, 'mint', 'New game']],
    ] as const) {
      panel.show()
      for (let time = 0; time < 5; time++) {
        for (const label of buttons) {
          await panelOf(kernel).press(label)
          simple(panelOf(kernel).text())
        }
      }
    }
    simple(panelOf(kernel).labels().join(' '))
  })

  test('nor have the hints of the puzzles', () => {
    for (const [name, { right, wrong }] of Object.entries(levelOneAnswers)) {
      for (const answer of [...right, ...wrong.map(([mistake]) => mistake)]) simple(judge(name, answer).words)
    }
  })
})
