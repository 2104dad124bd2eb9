/** A test for every published figure of a list. */
import { expect, test } from 'vitest'
import { printRow } from '../../src/conformance/print-row'
import { compareFigure, type PublishedFigure } from '../../src/conformance/published-figure'

/** One test a figure, named by shop and figure; one that is shown and not tested has only to come out. */
export function testFigures(figures: readonly PublishedFigure[]): void {
  test.each(figures.map(figure => [`${figure.shop}: ${figure.what}`, figure] as const))('%s', (_, figure) => {
    const row = compareFigure(figure)
    const { published, ours, difference, allowed } = printRow(row)
    const words = `published ${published}, ours ${ours}, difference ${difference}, allowed ${allowed}`
    expect(row.difference, words).not.toBeNaN()
    expect(row.agrees ?? true, words).toBe(true)
  })
}
