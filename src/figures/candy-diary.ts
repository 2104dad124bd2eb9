/** The robot's diary as bars: how often each candy was shown, and how many of those times it got a star; page beside page as time goes on. */
import { candyNames, pictureAddress } from './candy-pictures'
import type { Figure } from './figure'
import { axis, INK, layout } from './theme'

export interface DiaryPage {
  /** 'after 10 guesses' */
  readonly title: string
  /** [candies] */
  readonly shown: readonly number[]
  /** [candies] */
  readonly stars: readonly number[]
}

const room = 0.13 // share of the width that pictures and names take

/** A bar of no length would still have an outline. */
const orNothing = (length: number): number | null => length || null

export function candyDiary(title: string, pages: readonly DiaryPage[]): Figure {
  if (pages.length === 0) throw new RangeError('candyDiary needs at least one page')
  const most = Math.max(1, ...pages.flatMap(({ shown }) => [...shown]))
  const rows = candyNames.map((_, candy) => candy)
  const width = (1 - room) / pages.length
  const data = pages.flatMap(({ shown, stars }, page) => {
    const axes = { xaxis: page ? `x${page + 1}` : 'x', yaxis: 'y' } as const
    const bar = { type: 'bar', orientation: 'h', y: rows, hoverinfo: 'x+name', showlegend: page === 0, ...axes } as const
    return [
      { ...bar, x: stars.map(orNothing), name: 'star', marker: { color: '#F2B705', line: { color: '#B98900', width: 1 } } },
      {
        ...bar,
        x: shown.map((times, candy) => orNothing(times - stars[candy]!)),
        name: 'no star',
        marker: { color: '#F1F1F1', line: { color: '#B5B5B5', width: 1 } },
      },
    ]
  })
  const told = pages.map(
    ({ title: when, shown, stars }) =>
      `${when}: ${candyNames.map((name, candy) => `${name} shown ${shown[candy]}, stars ${stars[candy]}`).join('; ')}`,
  )
  const xAxes = Object.fromEntries(
    pages.map((page, at) => [
      at ? `xaxis${at + 1}` : 'xaxis',
      axis(page.title, {
        domain: [room + at * width + 0.012, room + (at + 1) * width - 0.012],
        range: [0, most * 1.05],
        anchor: 'y',
        nticks: 4,
      }),
    ]),
  )
  return {
    data,
    layout: layout(title, `${told.join('. ')}.`, {
      height: 380,
      margin: { l: 60, r: 16, t: 92, b: 60 },
      barmode: 'stack',
      bargap: 0.3,
      legend: { orientation: 'h', x: room, y: 1.02, xanchor: 'left', yanchor: 'bottom', traceorder: 'normal' },
      ...xAxes,
      yaxis: { range: [5.5, -0.5], visible: false, fixedrange: true },
      images: rows.map(candy => ({
        source: pictureAddress(candyNames[candy]!),
        xref: 'paper',
        yref: 'y',
        x: -0.05,
        y: candy,
        sizex: 0.05,
        sizey: 0.8,
        xanchor: 'center',
        yanchor: 'middle',
        sizing: 'contain',
      })),
      annotations: rows.map(candy => ({
        xref: 'paper',
        x: -0.012,
        y: candy,
        xanchor: 'left',
        text: candyNames[candy]!.replace(' ', '<br>'),
        align: 'left',
        showarrow: false,
        font: { size: 13, color: INK },
      })),
    }),
  }
}
