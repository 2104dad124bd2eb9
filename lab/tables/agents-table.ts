/** The table of agents and shops, from rows to Markdown, and its place in README.md. */
import { makeEnv, meanInterval, pairedDifference } from 'shoplab'

/** One agent in one shop under one seed. */
export interface ShopRow {
  readonly shop: string
  /** Those of the shop that are not its defaults, as in 'variant=session'; '' for none. */
  readonly options: string
  readonly agent: string
  readonly seed: number
  /** Mean greedy return. */
  readonly return: number
  /** Transitions of training. */
  readonly steps: number
}

const begin = '<!-- agents by shop: npx tsx lab/tables/agents.ts -->'
const end = '<!-- end of agents by shop -->'

/** The references, and the sign of an agent that is better: the interval of its difference, seed by seed, lies above 0. */
const signs: Readonly<Record<string, string>> = { Random: 'r', Popularity: 'p', LinUCB: 'l' }

/** The text of README.md with the table made anew. @throws RangeError when it has no place for it */
export function withAgentsTable(readme: string, rows: readonly ShopRow[]): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)]
  if (from < 0 || to < from) throw new RangeError(`README.md has no place for the table; it begins with ${begin} and ends with ${end}`)
  return `${readme.slice(0, from + begin.length)}\n\n${agentsTable(rows)}\n\n${readme.slice(to)}`
}

/**
 * A table for the shops of single items and one for those of slates, agents downwards, shops across: mean over the seeds, the ends of its
 * 95 % interval (Student), and the signs.
 */
export function agentsTable(rows: readonly ShopRow[]): string {
  const shops = [...new Set(rows.map(({ shop }) => shop))].filter(shop => makeEnv(shop, 1).spec.actions.kind === 'slate')
  const [slates, single] = [true, false].map(wanted => rows.filter(({ shop }) => shops.includes(shop) === wanted)) as [ShopRow[], ShopRow[]]
  return [tableOf('one item at a time', single), tableOf('slates', slates)].filter(text => text !== '').join('\n\n')
}

function tableOf(corner: string, rows: readonly ShopRow[]): string {
  if (rows.length === 0) return ''
  const agents = [...new Set(rows.map(({ agent }) => agent))]
  const shops = [...new Set(rows.map(({ shop }) => shop))]
  const ofShop = shops.map(shop => rows.filter(row => row.shop === shop))
  const lines = agents.map(agent => [agent, ...ofShop.map(own => cell(own, agent))])
  const heads = ofShop.map(([row]) => (row!.options ? `${row!.shop} (${row!.options})` : row!.shop))
  return [[corner, ...heads], ['---', ...shops.map(() => '---')], ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

function cell(rows: readonly ShopRow[], agent: string): string {
  const own = rows.filter(row => row.agent === agent)
  if (own.length === 0) return '–'
  const { estimate, low, high } = meanInterval(own.map(row => row.return))
  const beaten = Object.entries(signs).filter(
    ([other]) => other !== agent && rows.some(row => row.agent === other) && pairedDifference(rows, agent, other).low > 0,
  )
  const digits = Math.abs(estimate) >= 100 ? 0 : Math.abs(estimate) >= 10 ? 1 : 2
  const [middle, from, to] = [estimate, low, high].map(value => value.toFixed(digits))
  const marks = beaten.length > 0 ? ` <sup>${beaten.map(([, sign]) => sign).join('')}</sup>` : ''
  return `${middle} (${from} to ${to})${marks}`
}
