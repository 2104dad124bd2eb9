/** Pictures in a row with a word or two under each: the candies of the store, the steps of the robot. */
import { type PictureName, pictureAddress } from './candy-pictures'
import type { Figure } from './figure'
import { INK, layout } from './theme'

export interface ShelfPlace {
  readonly picture: PictureName
  /** What stands under it. */
  readonly label: string
}

/** @param description what the row says, for readers who do not see it */
export function candyShelf(title: string, places: readonly ShelfPlace[], description: string): Figure {
  if (places.length === 0) throw new RangeError('candyShelf needs at least one picture')
  const size = Math.min(0.72, places.length * 0.16)
  const narrow = places.length > 5 // then words of two stand below each other, and fit a narrow page
  const hidden = { visible: false, fixedrange: true } as const
  return {
    // Plotly draws axes only where there is a trace.
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        x: places.map((_, at) => at),
        y: places.map(() => 0.5),
        marker: { opacity: 0 },
        hoverinfo: 'skip',
      },
    ],
    layout: layout(title, description, {
      height: 220,
      margin: { l: 10, r: 10, t: 50, b: 10 },
      showlegend: false,
      xaxis: { ...hidden, range: [-0.5, places.length - 0.5] },
      yaxis: { ...hidden, range: [-0.3, 1] },
      images: places.map(({ picture }, at) => ({
        source: pictureAddress(picture),
        xref: 'x',
        yref: 'y',
        x: at,
        y: 0.52,
        sizex: size,
        sizey: 0.9,
        xanchor: 'center',
        yanchor: 'middle',
        sizing: 'contain',
      })),
      annotations: places.map(({ label }, at) => ({
        x: at,
        y: 0.02,
        text: narrow ? label.replace(' ', '<br>') : label,
        yanchor: 'top',
        showarrow: false,
        font: { size: narrow ? 13 : 15, color: INK },
      })),
    }),
  }
}
