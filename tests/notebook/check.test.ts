/** Exercises: what check says, and that notebooks, judges and solutions belong together. */
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check, judge } from '../../src/notebook/check'
import { exercises } from '../../src/notebook/exercises'
import { dataAnalysisExercises } from '../../src/notebook/exercises/data-analysis'
import { candyStoreExercises } from '../../src/notebook/exercises/level-1'
import { gamingCompanionExercises } from '../../src/notebook/exercises/level-2'
import { mathematicsExercises } from '../../src/notebook/exercises/level-3'
import { sweepExercises } from '../../src/notebook/exercises/sweeps'
import { trainingExercises } from '../../src/notebook/exercises/training'
import { fakeKernel } from './fake-kernel'

const folder = path.resolve(__dirname, '..', '..', 'notebooks')
const byNotebook = {
  '01-level-1-candy-store': candyStoreExercises,
  '02-level-2-gaming-companion': gamingCompanionExercises,
  '03-level-3-mathematics': mathematicsExercises,
  '04-data-analysis': dataAnalysisExercises,
  '05-training': trainingExercises,
  '06-hyperparameter-sweeps': sweepExercises,
}

interface Cell {
  readonly cell_type: string
  readonly source: string | readonly string[]
  readonly outputs?: readonly { readonly data?: Readonly<Record<string, string | readonly string[]>> }[]
}

function cellsOf(file: string): readonly Cell[] {
  return (JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as { cells: readonly Cell[] }).cells
}

const text = (lines: string | readonly string[] | undefined) => (typeof lines === 'string' ? lines : (lines ?? []).join(''))

/** The exercises that a notebook checks, and what its committed outputs say of each. */
function checksOf(file: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const cell of cellsOf(file)) {
    if (cell.cell_type !== 'code') continue
    const names = Array.from(text(cell.source).matchAll(/\bcheck\('([^']+)'/g), match => match[1]!)
    const said = (cell.outputs ?? []).map(output => text(output.data?.['text/plain'])).filter(line => /^[✔✘○] /.test(line))
    names.forEach((name, at) => {
      found.set(name, said[at] ?? '')
    })
  }
  return found
}

describe('check', () => {
  let fake: ReturnType<typeof fakeKernel>
  beforeEach(() => {
    fake = fakeKernel()
  })
  afterEach(() => fake.remove())

  test('says that an empty cell is not answered, and what to do', () => {
    const [name] = Object.keys(exercises)
    check(name!, undefined)
    expect(fake.displayed[0]!.data['text/plain']).toBe('○ not answered: replace undefined with your answer and run the cell again')
  })

  test('refuses a name that no exercise has, and lists those there are', () => {
    expect(() => check('no-such', 1)).toThrow(/there is no exercise 'no-such'; there are /)
    expect(() => check('toString', 1)).toThrow(RangeError)
  })

  test('no judge fails on an answer of any kind: it says what is wrong instead', () => {
    const answers = [
      null,
      '',
      'x',
      Number.NaN,
      -1,
      0,
      true,
      [],
      [undefined],
      {},
      () => undefined,
      () => {
        throw new Error('mine')
      },
      Symbol('s'),
    ]
    for (const name of Object.keys(exercises)) {
      for (const answer of answers) {
        const { verdict, words } = judge(name, answer)
        expect(['right', 'not yet']).toContain(verdict)
        expect(words.length, `${name}, ${String(answer)}`).toBeGreaterThan(10)
      }
    }
  })
})

describe('the notebooks', () => {
  test('no two exercises have one name', () => {
    expect(Object.keys(exercises)).toHaveLength(Object.values(byNotebook).reduce((sum, own) => sum + Object.keys(own).length, 0))
  })

  for (const [notebook, own] of Object.entries(byNotebook)) {
    describe(notebook, () => {
      test('ends with three to five exercises, all of them checked and none answered', () => {
        const names = Object.keys(own)
        expect(names.length).toBeGreaterThanOrEqual(3)
        expect(names.length).toBeLessThanOrEqual(5)
        const checks = checksOf(`${notebook}.ipynb`)
        expect([...checks.keys()].sort()).toEqual([...names].sort())
        for (const [name, said] of checks) expect(said, name).toMatch(/^○ not answered/)
      })

      test('has its solutions, all of them right', () => {
        const checks = checksOf(`solutions/${notebook}.ipynb`)
        expect([...checks.keys()].sort()).toEqual(Object.keys(own).sort())
        for (const [name, said] of checks) expect(said, name).toMatch(/^✔ right/)
      })
    })
  }
})
