/** Functions on which searches are compared, with their usual ranges (https://www.sfu.ca/~ssurjano/optimization.html). */
import type { Configuration, SearchSpace } from '../../src/sweep/search-space'

export interface TestFunction {
  readonly space: SearchSpace
  readonly least: number
  readonly of: (configuration: Configuration) => number
}

const float = (low: number, high: number) => ({ kind: 'float' as const, low, high })

const numbers = (configuration: Configuration, count: number) => Array.from({ length: count }, (_, at) => configuration[`x${at}`] as number)

export const branin: TestFunction = {
  space: { x: float(-5, 10), y: float(0, 15) },
  least: 0.397887,
  of: ({ x, y }) => {
    const a = x as number
    const bowl = (y as number) - (5.1 / (4 * Math.PI ** 2)) * a * a + (5 / Math.PI) * a - 6
    return bowl ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10
  },
}

const narrowness = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
]
const centres = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]
const depths = [1, 1.2, 3, 3.2]

export const hartmann6: TestFunction = {
  space: Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`x${at}`, float(0, 1)])),
  least: -3.32237,
  of: configuration => {
    const x = numbers(configuration, 6)
    const dip = (at: number) => Math.exp(-x.reduce((sum, one, axis) => sum + narrowness[at]![axis]! * (one - centres[at]![axis]!) ** 2, 0))
    return -depths.reduce((sum, depth, at) => sum + depth * dip(at), 0)
  },
}

export function rosenbrock(width: number): TestFunction {
  return {
    space: Object.fromEntries(Array.from({ length: width }, (_, at) => [`x${at}`, float(-5, 10)])),
    least: 0,
    of: configuration => {
      const x = numbers(configuration, width)
      let sum = 0
      for (let at = 0; at + 1 < width; at++) sum += 100 * (x[at + 1]! - x[at]! ** 2) ** 2 + (1 - x[at]!) ** 2
      return sum
    },
  }
}
