/** Source lines in notebooks: found by marks, refused when a mark is gone. */
import { afterEach, describe, expect, test } from 'vitest'
import { showSource, sourceLines } from '../../src/notebook/source'
import { fakeKernel } from './fake-kernel'

describe('sourceLines', () => {
  test('gives the lines from a mark on, by number or to a second mark, without the indentation they share', () => {
    const { file, text } = sourceLines('data/preference', 'export function sigmoid', 3)
    expect(file).toBe('src/data/preference.ts')
    expect(text).toBe('export function sigmoid(x: number): number {\n  return 1 / (1 + Math.exp(-x))\n}')
    expect(sourceLines('data/preference', 'export function sigmoid', /^\}/).text).toBe(text)
    expect(sourceLines('data/preference', /^ {2}return 1 \//).text).toBe('return 1 / (1 + Math.exp(-x))')
  })

  test('the second mark may stand on the first line', () => {
    expect(sourceLines('data/preference', 'export function sigmoid', /\{$/).text).toBe('export function sigmoid(x: number): number {')
  })

  test('refuses a mark that no line bears, and one that several bear', () => {
    expect(() => sourceLines('data/preference', 'export function tanh')).toThrow(/no line bears the mark export function tanh/)
    expect(() => sourceLines('data/preference', 'export function')).toThrow(/lines \d+, \d+, \d+ bear the mark/)
    expect(() => sourceLines('data/preference', 'export function sigmoid', 'export function tanh')).toThrow(/no line from line \d+ on/)
  })

  test('refuses lines behind the end of the file and numbers that are none', () => {
    expect(() => sourceLines('data/preference', 'export function sigmoid', 1000)).toThrow(/there are not 1000 lines/)
    for (const until of [0, -1, 1.5, Number.NaN]) {
      expect(() => sourceLines('data/preference', 'export function sigmoid', until)).toThrow(/until is/)
    }
  })

  test('reads nothing but files of src', () => {
    for (const module of ['../package', '/etc/passwd', 'data/preference.ts', '']) {
      expect(() => sourceLines(module, 'a')).toThrow(/name a file inside src/)
    }
    expect(() => sourceLines('data/no-such', 'a')).toThrow(/there is no src\/data\/no-such\.ts/)
  })
})

describe('showSource', () => {
  let fake: ReturnType<typeof fakeKernel> | undefined
  afterEach(() => fake?.remove())

  test('shows the lines as TypeScript under the name of the file', () => {
    fake = fakeKernel()
    showSource('memory/schedules', 'export function decayed(', 3)
    const { data } = fake.displayed[0]!
    expect(data['text/markdown']).toMatch(/^`src\/memory\/schedules\.ts`\n\n```typescript\nexport function decayed\(.*\n.*\n\}\n```$/)
    expect(data['text/plain']).toMatch(/^src\/memory\/schedules\.ts\n\nexport function decayed\(/)
  })
})
