/** The data's analysis on one panel: shoppers, items and interactions. Source: the guide, "Dataset distributions" (Data-Analysis.png). */
import type { ShopTables } from '../data/tables'
import type { Figure, Plot } from './figure'
import { arrange, bars, lyingBars, panel, percent } from './panels'
import { shareOfTopFifth, shopCounts } from './shop-counts'
import { PALETTE, readable, translucent } from './theme'

// The colour says what is counted.
const SHOPPERS = 0
const ITEMS = 2
const INTERACTIONS = 1
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MOST_NAMES = 8

/**
 * Twelve panels, a row for each question: who comes (age, gender, location), what is sold (kind, price, rating), how unevenly it goes
 * (interactions by item, by shopper, by outcome), and when (hour, weekday, interactions in a session). Times are UTC; a session ends with a
 * pause of half an hour.
 */
export function dataAnalysis(tables: ShopTables, { title = 'Data analysis: shoppers, items, interactions' } = {}): Figure {
  const { users, items, interactions } = tables
  const { genders, locations, categories, popularity, activity, byEvent, byHour, total, ...counts } = shopCounts(tables)
  // The tables' week begins on Sunday; drawn so that the weekend is one stretch.
  const byWeekday = WEEKDAYS.map((_, day) => counts.byWeekday[(day + 1) % 7]!)
  const columns = (named: readonly (readonly [string, number])[], colour: number) =>
    bars(
      named.map(([name]) => name),
      named.map(([, count]) => count),
      colour,
    )
  const panels = [
    panel('Shoppers by location', 'Shoppers', '', lyingBars(most(locations), SHOPPERS)),
    panel('Shoppers by age', 'Age (years)', '', bars(counts.ages.middles, counts.ages.counts, SHOPPERS)),
    panel('Shoppers by gender', 'Gender', '', columns(most(genders), SHOPPERS)),
    panel('Items by kind', 'Items', '', lyingBars(most(categories), ITEMS)),
    panel('Items by price', 'Price (dollars)', '', bars(counts.prices.middles, counts.prices.counts, ITEMS)),
    panel('Items by rating', 'Stars (1 to 5)', '', bars(counts.ratings.middles, counts.ratings.counts, ITEMS)),
    panel('What shoppers did', 'Interactions', '', lyingBars(named(['ignored', 'clicked', 'bought'], byEvent), INTERACTIONS)),
    panel('Interactions by item', 'Rank, most popular first', '', tail(popularity, 'item'), tailNote(popularity)),
    panel('… by shopper', 'Rank, busiest first', '', tail(activity, 'shopper'), tailNote(activity)),
    panel('… by weekday', 'Interactions', '', lyingBars(named(WEEKDAYS, byWeekday), INTERACTIONS)),
    panel(
      '… by hour of the day',
      'Hour (UTC)',
      '',
      bars(
        byHour.map((_, hour) => hour),
        byHour,
        INTERACTIONS,
      ),
    ),
    panel('Sessions by length', 'Interactions', '', bars(counts.sessions.middles, counts.sessions.counts, INTERACTIONS)),
  ]
  const shares = (named: readonly (readonly [string, number])[], of: number) =>
    named
      .slice(0, 3)
      .map(([name, count]) => `${name} ${percent(count / (of || 1))}`)
      .join(', ')
  const highest = (values: readonly number[]) => values.indexOf(Math.max(...values))
  const description =
    `${readable(users.count)} shoppers aged ${readable(counts.youngest)} to ${readable(counts.oldest)} (gender: ${shares(genders, users.count)}; location: ${shares(locations, users.count)}). ` +
    `${readable(items.count)} items of ${categories.length} kinds (${shares(categories, items.count)}), priced up to ${readable(counts.highestPrice)} dollars, rated ${readable(counts.meanRating)} stars on average. ` +
    `${readable(interactions.count)} interactions: ${percent(byEvent[0]! / total)} ignored, ${percent(byEvent[1]! / total)} clicked, ${percent(byEvent[2]! / total)} bought. ` +
    `The most popular fifth of the items drew ${percent(shareOfTopFifth(popularity))} of them, the busiest fifth of the shoppers made ${percent(shareOfTopFifth(activity))}. ` +
    `The busiest hour is ${highest(byHour)} o'clock UTC, the busiest day ${WEEKDAYS[highest(byWeekday)]}; ${readable(counts.sessionCount)} sessions (no pause above half an hour) have ${readable(counts.meanSession)} interactions on average.`
  return arrange(panels, title, description, { columns: 3, gap: 0.085, rowHeight: 215, titleSize: 13, leftMargin: 104, mostTicks: 4 })
}

/** The most frequent names; what is left is one more, so that nothing falls off the panel silently. */
function most(named: readonly [string, number][]): [string, number][] {
  if (named.length <= MOST_NAMES) return [...named]
  const left = named.slice(MOST_NAMES - 1)
  return [...named.slice(0, MOST_NAMES - 1), [`${left.length} others`, left.reduce((sum, [, count]) => sum + count, 0)]]
}

function named(names: readonly string[], counts: readonly number[]): [string, number][] {
  return names.map((name, at) => [name, counts[at]!])
}

/** Counts from the largest to the smallest as one falling area, the first fifth of them in full colour. */
function tail(sorted: readonly number[], what: string): Plot[] {
  const top = Math.ceil(sorted.length / 5)
  const part = (from: number, to: number, opacity: number): Plot => ({
    // A step for each rank, half a rank to either side of it.
    x: sorted.slice(from, to).flatMap((_, at) => [from + at + 0.5, from + at + 1.5]),
    y: sorted.slice(from, to).flatMap(count => [count, count]),
    type: 'scatter',
    mode: 'lines',
    line: { width: 0 },
    fill: 'tozeroy',
    fillcolor: translucent(PALETTE[INTERACTIONS], opacity),
    hovertemplate: `${what} of rank %{x:.0f}: %{y}<extra></extra>`,
  })
  return [part(0, top, 1), part(top, sorted.length, 0.4)].filter(({ x }) => (x as number[]).length > 0)
}

const tailNote = (sorted: readonly number[]): string => (sorted.length < 5 ? '' : `top fifth: ${percent(shareOfTopFifth(sorted))}`)
