import type { Layout, Plot } from 'nodeplotlib'
import { expect, test } from 'vitest'
import { learningCurve } from '../../src/figures/learning-curve'

test("a figure is made of nodeplotlib's types: it can be handed to its plot function as it is", () => {
  const figure = learningCurve([{ agent: 'Double DQN', returns: [[1, 2, 3]] }])
  const data: Plot[] = figure.data // checked by the compiler
  const layout: Layout = figure.layout
  expect(data.length).toBeGreaterThan(0)
  expect(layout.title).toBeDefined()
})
