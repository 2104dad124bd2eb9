/** Searches on a landscape of two hyperparameters: its height as shades, and on it the trials in the order in which they were made. */
import type { Configuration, SearchSpace } from '../sweep/search-space'
import type { Direction } from '../sweep/trial-record'
import type { Figure, Plot } from './figure'
import { bestFirst, needComplete, type StudyTrials } from './study-trials'
import { axis, layout, PALETTE, QUIET, readable } from './theme'

export interface SearchMapOptions {
  /** Two numbers with ranges, across and up. */
  readonly space: SearchSpace
  readonly direction: Direction
  readonly title?: string
  /** The shades follow the logarithm of the height, for heights above 0. */
  readonly log?: boolean
}

/** Points of the landscape across, and up. */
const GRID = 41

/**
 * One to three studies side by side, all on the same landscape.
 *
 * @throws RangeError when the space does not have two ranges, or there are no or too many studies
 */
export function searchMap(
  of: (configuration: Configuration) => number,
  studies: readonly StudyTrials[],
  options: SearchMapOptions,
): Figure {
  const { space, direction, title = 'Where the searches looked', log = false } = options
  const names = Object.keys(space)
  const ranges = Object.values(space).flatMap(dimension => (dimension.kind === 'categorical' ? [] : [dimension]))
  if (names.length !== 2 || ranges.length !== 2)
    throw new RangeError(`the space has ${names.join(', ')}; a map needs two numbers with ranges`)
  if (studies.length < 1 || studies.length > 3) throw new RangeError(`there are ${studies.length} studies; a map has room for one to three`)
  const [x, y] = ranges.map(({ low, high }) => Array.from({ length: GRID }, (_, at) => low + ((high - low) * at) / (GRID - 1)))
  const height = (value: number) => Number((log ? Math.log10(value) : value).toPrecision(3))
  const z = y!.map(up => x!.map(across => height(of({ [names[0]!]: across, [names[1]!]: up }))))
  const gap = 0.04
  const width = (1 - gap * (studies.length - 1)) / studies.length
  const data: Plot[] = []
  const frame: Record<string, object> = {}
  const annotations: object[] = []
  const said: string[] = []
  const good = direction === 'minimise' ? [PALETTE[0], '#FFFFFF'] : ['#FFFFFF', PALETTE[0]]
  studies.forEach(({ name, trials }, order) => {
    const complete = needComplete(trials, 'searchMap')
    const best = bestFirst(complete, direction)[0]!
    const at = order === 0 ? '' : String(order + 1)
    const place = { xaxis: `x${at}`, yaxis: `y${at}` }
    const left = order * (width + gap)
    frame[`xaxis${at}`] = axis(names[0]!, {
      ...{ domain: [left, Math.min(1, left + width)], anchor: `y${at}` as 'y2', range: widened(ranges[0]!), showgrid: false, nticks: 5 },
    })
    frame[`yaxis${at}`] = axis(order === 0 ? names[1]! : '', {
      ...{ anchor: `x${at}` as 'x2', range: widened(ranges[1]!), showgrid: false, showticklabels: order === 0 },
    })
    annotations.push({
      ...{ text: `<b>${name}</b>: best ${readable(best.value)}`, showarrow: false, xref: 'paper', yref: 'paper' },
      ...{ x: left, y: 1, xanchor: 'left', yanchor: 'bottom' },
    })
    data.push({
      ...place,
      ...{ type: 'contour', x: x!, y: y!, z, showscale: false, hoverinfo: 'skip', ncontours: 14 },
      colorscale: [
        [0, good[0]!],
        [1, good[1]!],
      ],
      line: { width: 0.5, color: '#FFFFFF' },
      opacity: 0.55,
    } as Plot)
    const points = (some: typeof complete) => ({
      ...place,
      x: some.map(({ configuration }) => configuration[names[0]!] as number),
      y: some.map(({ configuration }) => configuration[names[1]!] as number),
      text: some.map(({ number, value }) => `trial ${number}: ${readable(value)}`),
      ...{ type: 'scatter', mode: 'markers', hoverinfo: 'text', name, showlegend: false, cliponaxis: false },
    })
    const last = Math.max(1, ...complete.map(({ number }) => number))
    const marker = { size: 8, color: complete.map(({ number }) => number / last), colorscale: EARLY_TO_LATE, cmin: 0, cmax: 1 }
    data.push({ ...points(complete), marker: { ...marker, line: { color: '#FFFFFF', width: 1 } } } as Plot)
    data.push({ ...points([best]), marker: { size: 15, symbol: 'circle-open', color: '#D55E00', line: { width: 3 } } } as Plot)
    said.push(
      `${name}: ${complete.length === 1 ? 'one trial' : `${complete.length} trials`}, best ${readable(best.value)} in trial ${best.number}`,
    )
  })
  const note = `blue: ${direction === 'minimise' ? 'low' : 'high'}, good; dot: a trial, dark: late; ring: the best`
  const more = { height: 380, showlegend: false, margin: { l: 56, r: 16, t: 92, b: 56 }, ...frame, annotations }
  return { data, layout: layout(title, `${names.join(' and ')}, to ${direction}. ${said.join('; ')}.`, more as object, note) }
}

/** With room for the marks of trials at the edge. */
function widened({ low, high }: { readonly low: number; readonly high: number }): [number, number] {
  return [low - 0.04 * (high - low), high + 0.04 * (high - low)]
}

const EARLY_TO_LATE: readonly (readonly [number, string])[] = [
  [0, '#F2C79B'],
  [0.5, QUIET],
  [1, '#111111'],
]
