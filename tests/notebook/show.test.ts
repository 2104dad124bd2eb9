/** Showing things: inline in a notebook, as text elsewhere. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { recommendations } from '../../src/figures/recommendations'
import { budget, quickMode } from '../../src/notebook/budget'
import { PLOTLY, show } from '../../src/notebook/show'
import { table } from '../../src/notebook/table'
import { fakeKernel } from './fake-kernel'

const figure = recommendations([{ label: 'Toffee', score: 2 }])
const rows = [
  { agent: 'random', return: 1.23456 },
  { agent: '<b>', return: 12 },
]

describe('in a notebook', () => {
  let kernel: ReturnType<typeof fakeKernel>
  beforeEach(() => {
    kernel = fakeKernel()
  })
  afterEach(() => kernel.remove())

  test('a figure is shown as Plotly and as words, its name beside it', () => {
    show(figure, { name: 'five-items' })
    const [output] = kernel.displayed
    expect(output?.data[PLOTLY]).toEqual({ data: figure.data, layout: figure.layout })
    expect(output?.data['text/plain']).toContain('Toffee 2')
    expect(output?.metadata).toEqual({ shoplab: { name: 'five-items' } })
  })

  test('rows, tables and DataFrames are shown as HTML and text', () => {
    show(rows)
    show(table(rows))
    show({ columns: ['agent', 'return'], values: rows.map(row => Object.values(row)) })
    for (const { data } of kernel.displayed) {
      expect(data['text/html']).toContain('<td style="padding:2px 8px;text-align:right">1.235</td>')
      expect(data['text/html']).toContain('&lt;b&gt;')
      expect(data['text/plain']).toBe('agent   return\nrandom   1.235\n<b>         12')
    }
    expect(kernel.displayed).toHaveLength(3)
  })

  test('what cannot be shown, and names that are no file names, are refused', () => {
    expect(() => show(new Map() as never)).toThrow(TypeError)
    expect(() => show(figure, { name: '../up' })).toThrow("name is '../up'")
    expect(() => show('words', { name: 'words' })).toThrow('only figures have a name')
    expect(kernel.displayed).toEqual([])
  })
})

test('outside a notebook a figure is a sentence on standard output', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  show(figure)
  expect(write.mock.calls.flat().join('')).toBe('Recommended. Best first: Toffee 2.\n')
  write.mockRestore()
})

test('long tables are cut, and say how much is missing', () => {
  const { text, html } = table(
    Array.from({ length: 30 }, (_, at) => ({ at })),
    { most: 3 },
  )
  expect(text).toBe('at\n 0\n 1\n 2\n… and 27 more rows')
  expect(html.match(/<tr>/g)).toHaveLength(4)
})

test('the budget is the quick one only in quick mode', () => {
  vi.stubEnv('SHOPLAB_QUICK', '')
  expect([quickMode(), budget(3000, 20)]).toEqual([false, 3000])
  vi.stubEnv('SHOPLAB_QUICK', '1')
  expect([quickMode(), budget(3000, 20)]).toEqual([true, 20])
  vi.unstubAllEnvs()
})
