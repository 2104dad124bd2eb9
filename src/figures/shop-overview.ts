/** The shop's data at a glance: who comes, what is sold at what price, how unevenly it sells, and when. */
import type { ShopTables } from '../data/tables'
import type { Figure } from './figure'
import { arrange, bars, lyingBars, panel, percent } from './panels'
import { shareOfTopFifth, shopCounts } from './shop-counts'
import { PALETTE, readable } from './theme'

/** Six panels: ages, categories, prices; interactions by item, by outcome and by hour of the day (UTC). */
export function shopOverview(tables: ShopTables, { title = 'The shop at a glance' } = {}): Figure {
  const { users, items, interactions } = tables
  const { ages, categories, prices, popularity, byEvent, byHour, total, ...counts } = shopCounts(tables)
  const panels = [
    panel('Items by kind', 'Items', '', lyingBars(categories, 2)),
    panel('Shoppers by age', 'Age (years)', 'Shoppers', bars(ages.middles, ages.counts, 0)),
    panel('Items by price', 'Price (dollars)', 'Items', bars(prices.middles, prices.counts, 4)),
    panel('Popularity: the long tail', 'Item, most popular first', 'Interactions', {
      x: popularity.map((_, rank) => rank + 1),
      y: popularity,
      type: 'scatter',
      mode: 'lines',
      fill: 'tozeroy',
      line: { color: PALETTE[1], width: 2 },
    }),
    panel('What shoppers did', '', 'Interactions', bars(['ignored', 'clicked', 'bought'], byEvent, 3)),
    panel(
      'Interactions by hour',
      'Hour of the day (UTC)',
      'Interactions',
      bars(
        byHour.map((_, hour) => hour),
        byHour,
        5,
      ),
    ),
  ]
  const busiest = byHour.indexOf(Math.max(...byHour))
  const description =
    `${readable(users.count)} shoppers aged ${counts.youngest} to ${counts.oldest}; ${readable(items.count)} items of ${categories.length} kinds, ` +
    `most of them ${categories[0]?.[0] ?? 'none'}, priced up to ${readable(counts.highestPrice)}; ${readable(interactions.count)} interactions, of which ${percent(byEvent[1]! / total)} ` +
    `were clicks and ${percent(byEvent[2]! / total)} purchases. The most popular fifth of the items drew ${percent(shareOfTopFifth(popularity))} of them; the busiest hour is ${busiest} o'clock UTC.`
  return arrange(panels, title, description, { columns: 2, gap: 0.14, rowHeight: 240 })
}
