import { expect, test } from 'vitest'
import { allFigures, conformance, conformanceShops } from '../../src/conformance/all-figures'
import { printRow } from '../../src/conformance/print-row'
import { compareFigure, estimate, type PublishedFigure, shared } from '../../src/conformance/published-figure'

const figure = (given: Partial<PublishedFigure>): PublishedFigure => ({
  ...{ shop: 'shop', what: 'mean', source: 'a paper', published: 2, within: 0.5, ours: () => 2.4 },
  ...given,
})

test('a figure agrees where the difference is at most what is allowed', () => {
  expect(compareFigure(figure({}))).toMatchObject({ published: [2], ours: [2.4], error: 0, allowed: 0.5, agrees: true })
  expect(compareFigure(figure({})).difference).toBeCloseTo(0.4, 12)
  expect(compareFigure(figure({ within: 0.3 })).agrees).toBe(false)
  expect(compareFigure(figure({ ours: () => Number.NaN })).agrees).toBe(false)
})

// 3 · √(.3² + .4²) = 1.5 where both have errors; .5 + 3 · .4 = 1.7 where the published one is exact to its digits.
test('three standard errors come on top', () => {
  const ours = () => ({ mean: 3.6, error: 0.4 })
  const both = compareFigure(figure({ within: { error: 0.3 }, ours }))
  expect(both.allowed).toBeCloseTo(1.5, 12)
  expect(both.agrees).toBe(false)
  const exact = compareFigure(figure({ ours }))
  expect(exact.allowed).toBeCloseTo(1.7, 12)
  expect(exact.agrees).toBe(true)
})

test('several numbers: the one furthest off decides, and there must be as many', () => {
  const several = (ours: readonly number[]) => compareFigure(figure({ published: [1, 2, 3], within: 0, ours: () => ours }))
  expect(several([1, 2, 3])).toMatchObject({ difference: 0, agrees: true })
  expect(several([1, 1, 3.5])).toMatchObject({ difference: -1, agrees: false })
  expect(several([1, 2]).agrees).toBe(false)
  expect(several([1, Number.NaN, 3]).agrees).toBe(false)
})

test('a figure of which nobody said how exact it is, is shown and not tested', () => {
  const { within: _, ...untested } = figure({ note: 'no error' })
  const row = compareFigure(untested)
  expect(row).toMatchObject({ allowed: undefined, agrees: undefined, note: 'no error' })
  expect(printRow(row)).toMatchObject({ figure: 'mean (no error)', allowed: '', verdict: 'shown, not tested' })
})

test('a row in words: two digits of the error, and what differs can be seen', () => {
  const row = compareFigure(figure({ published: 153.7, within: { error: 0.5 }, ours: () => ({ mean: 154.1834, error: 0.2134 }) }))
  expect(printRow(row)).toEqual({
    ...{ figure: 'mean', published: '153.7', ours: '154.18 ± 0.21', difference: '0.48', allowed: '1.6', verdict: 'agrees' },
  })
  const wrong = compareFigure(figure({ published: [0.51, 0.49], within: 5e-4, ours: () => [0.51, 0.4931] }))
  expect(printRow(wrong)).toMatchObject({ published: '0.51 0.49', ours: '0.51 0.4931', difference: '0.0031', verdict: 'differs' })
})

test('the mean and its standard error', () => {
  expect(estimate([1, 2, 3, 4])).toEqual({ mean: 2.5, error: Math.sqrt(5 / 3 / 4) })
})

test('what figures share is computed once for each share of the tries', () => {
  const asked: number[] = []
  const double = shared(share => {
    asked.push(share)
    return 2 * share
  })
  expect([double(), double(1), double(0.5), double(0.5)]).toEqual([2, 2, 1, 1])
  expect(asked).toEqual([1, 0.5])
})

test('every figure has a name of its own and says where it stands', () => {
  expect(new Set(allFigures.map(({ shop, what }) => `${shop}: ${what}`)).size).toBe(allFigures.length)
  for (const { source } of allFigures) expect(source).toMatch(/github\.com\/|arXiv|the guide|the document/)
})

test('the figures of one shop, with fewer tries, and shops or shares that do not exist', () => {
  const rows = conformance({ shop: 'choice-models' })
  expect(rows.map(({ shop, agrees }) => [shop, agrees])).toEqual([
    ['choice-models', true],
    ['choice-models', true],
  ])
  const [full, quick] = [0.2, 0.02].map(share => conformance({ shop: 'recsim-long-term-satisfaction', share }).map(row => row.error))
  for (const [at, error] of full!.entries()) if (error > 0) expect(quick![at]).toBeGreaterThan(2 * error)
  expect(conformanceShops).toContain('simshop')
  expect(() => conformance({ shop: 'bookshop' })).toThrow('shop is "bookshop"; it must be one of')
  expect(() => conformance({ share: 0 })).toThrow('share is 0')
  expect(() => conformance({ shopp: 'simshop' } as never)).toThrow('conformance has no option "shopp"')
})
