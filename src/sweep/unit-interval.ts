/**
 * Every dimension as a stretch of [0, 1], so that samplers need to know one range only.
 *
 * A float fills the interval evenly, or its logarithm does. The values of an integer, and of a float with a step, get a cell
 * each, whose middle (in logarithms: whose point) stands for the value. A categorical dimension counts its choices: 0, 1, 2, …
 */
import type { Choice, Dimension } from './search-space'

/** How far from a step a number may lie and still be meant, as a share of the step: 0.1 + 0.2 is 0.3. */
export const slack = 1e-6

type Range = Exclude<Dimension, { kind: 'categorical' }>

/** The number of values that a dimension has; Infinity for a float without steps. */
export function valueCount(dimension: Dimension): number {
  if (dimension.kind === 'categorical') return dimension.choices.length
  const step = stepOf(dimension)
  return step === 0 ? Infinity : Math.floor((dimension.high - dimension.low) / step + slack) + 1
}

/** The value with this position, 0..valueCount - 1, of a dimension with finitely many. */
export function valueAt(dimension: Dimension, position: number): Choice {
  if (dimension.kind === 'categorical') return dimension.choices[position]!
  const { low } = dimension
  const step = stepOf(dimension)
  // Rounded to the decimals that low and step are written with: 0.3, not 0.30000000000000004.
  return Number((low + position * step).toFixed(Math.min(100, Math.max(decimals(low), decimals(step)))))
}

/** The position of a value among those of a dimension with finitely many; -1 when it is none of them. */
export function positionOf(dimension: Dimension, value: Choice): number {
  if (dimension.kind === 'categorical') return choiceIndex(dimension.choices, value)
  if (typeof value !== 'number') return -1
  const position = (value - dimension.low) / stepOf(dimension)
  const nearest = Math.round(position)
  return Math.abs(position - nearest) <= slack && nearest >= 0 && nearest < valueCount(dimension) ? nearest : -1
}

/** Whether a value is one that the dimension has. */
export function fits(dimension: Dimension, value: Choice): boolean {
  if (valueCount(dimension) < Infinity) return positionOf(dimension, value) >= 0
  const { low, high } = dimension as Range
  return typeof value === 'number' && value >= low && value <= high
}

/** The place of a value among the choices, lists compared by what they hold; -1 when it is none of them. */
export function choiceIndex(choices: readonly Choice[], value: Choice): number {
  if (!Array.isArray(value)) return choices.indexOf(value)
  const text = JSON.stringify(value)
  return choices.findIndex(choice => Array.isArray(choice) && JSON.stringify(choice) === text)
}

/**
 * How one dimension looks to a sampler, which draws in [0, 1] and keeps what it drew as a coordinate: the point itself, or,
 * where there are cells or choices, the number of the one that was hit.
 */
export interface Scale {
  readonly kind: 'continuous' | 'cells' | 'choices'
  /** The number of cells or choices. */
  readonly values: number
  /** The coordinate of a point of [0, 1]. */
  coordinateAt(unit: number): number
  /** The value with a coordinate. */
  valueOf(coordinate: number): Choice
  /** Where a value lies in [0, 1], or the number of a choice; NaN when the dimension does not have it. */
  place(value: Choice): number
  /** Where in [0, 1] a cell begins; the end of the last cell is `border(values)`. */
  border(cell: number): number
}

// Classes, not closures: samplers make a scale for each dimension of each proposal.

export function scaleOf(dimension: Dimension): Scale {
  if (dimension.kind === 'categorical') return new Choices(dimension.choices)
  return valueCount(dimension) < Infinity ? new Cells(dimension) : new Continuous(dimension)
}

class Choices implements Scale {
  readonly kind = 'choices'
  readonly values: number

  constructor(private readonly choices: readonly Choice[]) {
    this.values = choices.length
  }

  coordinateAt(unit: number): number {
    return Math.min(this.values - 1, Math.floor(unit * this.values))
  }

  valueOf(coordinate: number): Choice {
    return this.choices[coordinate]!
  }

  place(value: Choice): number {
    const at = choiceIndex(this.choices, value)
    return at < 0 ? NaN : at
  }

  border(choice: number): number {
    return choice / this.values
  }
}

class Cells implements Scale {
  readonly kind = 'cells'
  readonly values: number
  private readonly step: number
  private readonly log: boolean
  private readonly begin: number
  private readonly extent: number

  constructor(private readonly dimension: Range) {
    this.values = valueCount(dimension)
    this.step = stepOf(dimension)
    this.log = dimension.log ?? false
    this.begin = forward(dimension.low - this.step / 2, this.log)
    this.extent = forward(dimension.low + (this.values - 0.5) * this.step, this.log) - this.begin
  }

  coordinateAt(unit: number): number {
    const value = backward(this.begin + unit * this.extent, this.log)
    return clamp(Math.floor((value - this.dimension.low) / this.step + 0.5), 0, this.values - 1)
  }

  valueOf(coordinate: number): Choice {
    return valueAt(this.dimension, coordinate)
  }

  place(value: Choice): number {
    return positionOf(this.dimension, value) < 0 ? NaN : (forward(value as number, this.log) - this.begin) / this.extent
  }

  border(cell: number): number {
    return (forward(this.dimension.low + (cell - 0.5) * this.step, this.log) - this.begin) / this.extent
  }
}

class Continuous implements Scale {
  readonly kind = 'continuous'
  readonly values = Infinity
  private readonly log: boolean
  private readonly begin: number
  private readonly extent: number

  constructor(private readonly dimension: Range) {
    this.log = dimension.log ?? false
    this.begin = forward(dimension.low, this.log)
    this.extent = forward(dimension.high, this.log) - this.begin
  }

  coordinateAt(unit: number): number {
    return unit
  }

  /** Rounding may lead a hair beyond the ends. */
  valueOf(coordinate: number): Choice {
    return clamp(backward(this.begin + coordinate * this.extent, this.log), this.dimension.low, this.dimension.high)
  }

  place(value: Choice): number {
    return fits(this.dimension, value) ? (forward(value as number, this.log) - this.begin) / this.extent : NaN
  }

  border(): number {
    return NaN
  }
}

function forward(x: number, log: boolean): number {
  return log ? Math.log(x) : x
}

function backward(x: number, log: boolean): number {
  return log ? Math.exp(x) : x
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, x))
}

/** The distance between neighbouring values; 0 for a float without steps. */
function stepOf({ kind, step }: Range): number {
  return step ?? (kind === 'int' ? 1 : 0)
}

/** How many decimals a number is written with: 2 for 0.05, 7 for 1e-7. */
function decimals(x: number): number {
  const [mantissa, exponent = '0'] = String(x).split('e')
  return Math.max(0, (mantissa!.split('.')[1]?.length ?? 0) - Number(exponent))
}
