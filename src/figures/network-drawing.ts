/** A network at work on one shopper: its units in columns, coloured by their activation, and the items it thinks best of. */
import type { ColorBar } from 'plotly.js'
import type { Figure, Layout, Plot } from './figure'
import { layout, PALETTE, QUIET, readable, translucent } from './theme'

export interface NetworkDrawingData {
  /** Activations of every layer, the input first and the outputs last. */
  readonly layers: readonly ArrayLike<number>[]
  /** Stretches of the input, in order; together its whole width: { name: 'shopper', size: 20 }. */
  readonly groups: readonly { readonly name: string; readonly size: number }[]
  /** Names of the outputs. */
  readonly outputs: readonly string[]
  /**
   * Weights from each layer to the next, [before, after] row by row: the connections that carry most are drawn as lines. A Double DQN has
   * them in `agent.save(true).arrays['online.0.weight']` and so on.
   */
  readonly weights?: readonly ArrayLike<number>[]
}

export interface NetworkDrawingOptions {
  readonly title?: string
  /** Outputs that are named, the highest; 6. */
  readonly top?: number
}

/** One mark: some units of a layer, their mean activation, and its place. */
interface Mark {
  readonly column: number
  /** Downwards, in marks. */
  readonly row: number
  readonly units: readonly number[]
  readonly value: number
  readonly label: string
}

/** More inputs or units than these share marks. */
const MOST_INPUTS = 48
const MOST_UNITS = 32
const LINKS = 60 // between two columns
const ROW = 11 // pixels
const POSITIVE = PALETTE[0]
const NEGATIVE = PALETTE[1]

/**
 * Colours are shares of the largest in the same column, blue above 0 and orange below. Where a layer has more units than there
 * is room for, a mark is the mean of several; the line under the column says of how many.
 *
 * @throws RangeError where groups, names or weights do not fit the layers
 */
export function networkDrawing(data: NetworkDrawingData, options: NetworkDrawingOptions = {}): Figure {
  const { title = 'The network at work', top = 6 } = options
  check(data, top)
  const { layers, outputs, weights } = data
  const last = layers.length - 1
  const ranked = Array.from(layers[last]!, (_, unit) => unit).sort((a, b) => layers[last]![b]! - layers[last]![a]! || a - b)
  const named = ranked.slice(0, top)
  const natural = layers.map((layer, column) => {
    if (column === 0) return inputColumn(layer, data.groups)
    if (column === last) return outputColumn(layer, column, named, outputs)
    return centred(bins(layer, column, consecutive(layer.length), Math.ceil(layer.length / MOST_UNITS)))
  })
  const lowest = Math.max(...natural.map(marks => marks[marks.length - 1]!.row))
  const columns = natural.map(marks => stretched(marks, lowest))
  const tallest = lowest + 1
  const annotations: NonNullable<Layout['annotations']> = columns.flatMap((marks, column) => {
    const heading = column === 0 ? 'Input' : column === last ? 'Values' : `Hidden ${column}`
    const many = largestMark(marks)
    const active = column > 0 && column < last ? `<br>${countActive(layers[column]!)} active` : ''
    return [
      words(`<b>${heading}</b><br>${readable(layers[column]!.length)}`, column, -tallest, { yanchor: 'bottom' }),
      words(`${many > 1 ? `means of ${many}` : 'each unit'}${active}`, column, tallest, {
        yanchor: 'top',
        font: { size: 12, color: QUIET },
      }),
    ]
  })
  let from = 0
  for (const { name, size } of data.groups) {
    const marks = columns[0]!.filter(({ units }) => units[0]! >= from && units[0]! < from + size)
    const middle = (marks[0]!.row + marks[marks.length - 1]!.row) / 2
    annotations.push(words(`${name}<br>${readable(size)}`, 0, middle, { xanchor: 'right', xshift: -10 }))
    from += size
  }
  for (const { row, label } of columns[last]!.slice(0, named.length)) {
    annotations.push(words(label, last, row, { xanchor: 'left', xshift: 8, font: { size: 12 } }))
  }
  const rest = outputs.length - named.length
  if (rest > 0) {
    const marks = columns[last]!.slice(named.length)
    const middle = (marks[0]!.row + marks[marks.length - 1]!.row) / 2
    annotations.push(words(`${readable(rest)} others`, last, middle, { xanchor: 'left', xshift: 8, font: { size: 12, color: QUIET } }))
  }
  const hidden = layers
    .slice(1, last)
    .map((layer, at) => `${countActive(layer)} of the ${readable(layer.length)} units of hidden layer ${at + 1}`)
  const best = named.map(item => `${outputs[item]} ${readable(layers[last]![item]!)}`)
  const look = layout(
    title,
    `A network ${layers.map(({ length }) => length).join(' → ')} for one shopper. ${hidden.length ? `Active (above 0): ${hidden.join(', ')}. ` : ''}` +
      `Highest of ${readable(outputs.length)} values: ${best.join(', ')}; the lowest is ${readable(layers[last]![ranked[ranked.length - 1]!]!)}.`,
    {
      height: Math.round(2 * tallest * ROW) + 216,
      margin: { l: 92, r: 214, t: 118, b: 98 },
      showlegend: false,
      annotations,
      shapes: weights ? [] : columns.slice(1).map((marks, at) => between(columns[at]!, marks, at)),
      xaxis: { visible: false, range: [-0.08, last + 0.08], fixedrange: true },
      yaxis: { visible: false, range: [tallest, -tallest], fixedrange: true },
    },
    `colour: activation, as a share of its column's largest${weights ? '; lines: what raises and lowers most' : ''}`,
  )
  Object.assign(look.title as object, { xref: 'container', x: 0, pad: { t: 26, l: 16 } })
  return { data: [...links(data, columns, named.length), ...columns.map((marks, column) => dots(marks, column === last))], layout: look }
}

/** Every stretch of the input by itself, so that no mark is of two. */
function inputColumn(layer: ArrayLike<number>, groups: NetworkDrawingData['groups']): Mark[] {
  const size = Math.ceil(layer.length / MOST_INPUTS)
  const marks: Mark[] = []
  let from = 0
  let row = 0
  for (const group of groups) {
    for (const mark of bins(layer, 0, consecutive(group.size, from), size)) marks.push({ ...mark, row: row++ })
    from += group.size
    row += 1.5
  }
  return centred(marks)
}

/** The outputs named, the highest on top, and below them all others. */
function outputColumn(layer: ArrayLike<number>, column: number, named: readonly number[], outputs: readonly string[]): Mark[] {
  const marks = named.map((unit, place): Mark => {
    const value = layer[unit]!
    const name = outputs[unit]!
    return {
      column,
      row: 1.6 * place,
      units: [unit],
      value,
      label: `${name.length > 22 ? `${name.slice(0, 21)}…` : name} <b>${readable(value)}</b>`,
    }
  })
  const others = consecutive(layer.length).filter(unit => !named.includes(unit))
  const start = 1.6 * marks.length + 1
  return centred([
    ...marks,
    ...bins(layer, column, others, Math.max(1, Math.ceil(others.length / MOST_UNITS))).map(mark => ({ ...mark, row: start + mark.row })),
  ])
}

function bins(layer: ArrayLike<number>, column: number, units: readonly number[], size: number): Mark[] {
  return Array.from({ length: Math.ceil(units.length / size) }, (_, row) => {
    const members = units.slice(row * size, (row + 1) * size)
    const value = members.reduce((sum, unit) => sum + layer[unit]!, 0) / members.length
    const ends = `${members[0]! + 1}${members.length > 1 ? ` to ${members[members.length - 1]! + 1}` : ''}`
    return { column, row, units: members, value, label: `unit${members.length > 1 ? 's' : ''} ${ends}: ${readable(value)}` }
  })
}

function centred(marks: readonly Mark[]): Mark[] {
  const middle = (marks[0]!.row + marks[marks.length - 1]!.row) / 2
  return marks.map(mark => ({ ...mark, row: mark.row - middle }))
}

/** Columns of many marks reach from the top to the bottom; those of few stay together. */
function stretched(marks: Mark[], lowest: number): Mark[] {
  const own = marks[marks.length - 1]!.row
  return own === 0 || own < lowest / 2 ? marks : marks.map(mark => ({ ...mark, row: (mark.row * lowest) / own }))
}

function dots(marks: readonly Mark[], scale: boolean): Plot {
  const largest = Math.max(...marks.map(({ value }) => Math.abs(value))) || 1
  return {
    x: marks.map(({ column }) => column),
    y: marks.map(({ row }) => row),
    type: 'scatter',
    mode: 'markers',
    marker: {
      size: 9,
      color: marks.map(({ value }) => Number((value / largest).toPrecision(4))),
      cmin: -1,
      cmax: 1,
      colorscale: [
        [0, NEGATIVE],
        [0.5, '#FFFFFF'],
        [1, POSITIVE],
      ],
      line: { width: 0.7, color: QUIET },
      showscale: scale,
      ...(scale && {
        colorbar: {
          orientation: 'h',
          x: 0.5,
          xanchor: 'center',
          y: 0,
          yanchor: 'top',
          ypad: 44,
          len: 0.7,
          thickness: 8,
          tickmode: 'array',
          tickvals: [-1, 0, 1],
          ticktext: ['−1', '0', '1 = largest'],
          outlinewidth: 0.5,
        } as Partial<ColorBar>,
      }),
    },
    text: marks.map(({ label }) => label),
    hoverinfo: 'text',
    cliponaxis: false,
    name: `Layer ${marks[0]!.column + 1}`,
  }
}

/** The connections that carry most, activation times weight, summed over the units of two marks; of the outputs, to those named. */
function links({ layers, weights }: NetworkDrawingData, columns: readonly Mark[][], named: number): Plot[] {
  if (!weights) return []
  return weights.flatMap((matrix, at) => {
    const width = layers[at + 1]!.length
    const carried = columns[at]!.flatMap(start =>
      (at === weights.length - 1 ? columns[at + 1]!.slice(0, named) : columns[at + 1]!).map(end => {
        let sum = 0
        for (const unit of start.units) for (const next of end.units) sum += layers[at]![unit]! * matrix[unit * width + next]!
        return { start, end, sum }
      }),
    )
    const strongest = carried
      .filter(({ sum }) => sum !== 0)
      .sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum))
      .slice(0, LINKS)
    return [
      { name: 'raises', colour: POSITIVE, some: strongest.filter(({ sum }) => sum > 0) },
      { name: 'lowers', colour: NEGATIVE, some: strongest.filter(({ sum }) => sum < 0) },
    ]
      .filter(({ some }) => some.length > 0)
      .map(
        ({ name, colour, some }): Plot => ({
          x: some.flatMap(() => [at, at + 1, null]),
          y: some.flatMap(({ start, end }) => [start.row, end.row, null]),
          type: 'scatter',
          mode: 'lines',
          line: { width: 1, color: translucent(colour, 0.35) },
          hoverinfo: 'skip',
          name,
        }),
      )
  })
}

/** All units of one column lead to all of the next: a shade from one to the other. */
function between(left: readonly Mark[], right: readonly Mark[], at: number): NonNullable<Layout['shapes']>[number] {
  const ends = (marks: readonly Mark[]) => [marks[0]!.row - 0.5, marks[marks.length - 1]!.row + 0.5]
  const [a, b] = ends(left)
  const [c, d] = ends(right)
  const path = `M ${at} ${a} L ${at + 1} ${c} L ${at + 1} ${d} L ${at} ${b} Z`
  return { type: 'path', path, fillcolor: translucent(QUIET, 0.1), line: { width: 0 }, layer: 'below' }
}

function words(text: string, x: number, y: number, more: object): NonNullable<Layout['annotations']>[number] {
  return { text, x, y, xref: 'x', yref: 'y', showarrow: false, ...more }
}

function check({ layers, groups, outputs, weights }: NetworkDrawingData, top: number): void {
  if (layers.length < 2 || layers.some(({ length }) => length === 0)) {
    throw new RangeError('networkDrawing needs at least two layers, the input and the outputs, and each at least one unit')
  }
  const inputs = groups.reduce((sum, { size }) => sum + size, 0)
  if (inputs !== layers[0]!.length || groups.some(({ size }) => size < 1)) {
    throw new RangeError(`groups have ${inputs} inputs together; the input has ${layers[0]!.length}, name each of them in one group`)
  }
  if (outputs.length !== layers[layers.length - 1]!.length) {
    throw new RangeError(`outputs has ${outputs.length} names for ${layers[layers.length - 1]!.length} outputs; give one for each`)
  }
  if (!(Number.isInteger(top) && top >= 1)) throw new RangeError(`top is ${top}; it must be a whole number of at least 1`)
  const wrong = weights?.findIndex((matrix, at) => matrix.length !== layers[at]!.length * (layers[at + 1]?.length ?? 0))
  if (weights && (weights.length !== layers.length - 1 || wrong !== -1)) {
    throw new RangeError('weights needs a matrix for each pair of neighbouring layers, [units before, units after] row by row')
  }
}

const consecutive = (length: number, from = 0): number[] => Array.from({ length }, (_, at) => from + at)
const countActive = (layer: ArrayLike<number>): string => readable(Array.from(layer).filter(value => value > 0).length)
const largestMark = (marks: readonly Mark[]): number => Math.max(...marks.map(({ units }) => units.length))
