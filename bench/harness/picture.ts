/** The picture of a subject, bench/figures/NAME.svg, drawn as those of the notebooks are. */
import fs from 'node:fs'
import path from 'node:path'
import { openPainter } from '../../lab/notebooks/pictures.mjs'
import { places } from '../../lab/setup/places.mjs'
import type { Figure } from '../../src/figures/figure'

const folder = path.join(__dirname, '..', 'figures')

/** @throws Error when there is no Chromium to draw with */
export async function drawPicture(name: string, figure: Figure): Promise<void> {
  const painter = await openPainter(places().environment)
  try {
    const { svg } = await painter.paint({ data: [...figure.data], layout: figure.layout })
    fs.mkdirSync(folder, { recursive: true })
    fs.writeFileSync(path.join(folder, `${name}.svg`), svg)
  } finally {
    await painter.close()
  }
}
